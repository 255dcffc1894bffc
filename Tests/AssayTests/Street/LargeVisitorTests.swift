import AssayIngest
import AssayMeasurement
import AssayModel
import AssayParsing
import AssayReports
import AssaySessions
import TestSupport
import Testing

@testable import Assay

/// A visitor with more events than are looked at together, and the promises that hold for it all the same.
@Suite struct LargeVisitorTests {
  /// Lines of one visitor with very many events, and of some others, drawn from a seed: ads with ids, what follows from
  /// them, repetitions, prefetches, pauses that end sessions. Times never go back; many are equal.
  private func log(seed: UInt64, large: Int, others: Int) -> String {
    var random = SeededGenerator(seed: seed)
    var (text, second, next) = ("", 0, 0)
    for _ in 0..<large + others {
      second += [0, 0, 1, 3, 20][random.below(5)] + (random.below(400) == 0 ? 2_400 : 0)
      let isLarge = random.below(large + others) < large
      if random.below(3) == 0 { next += 1 }
      let id = isLarge ? "L\(next - random.below(4))" : "o\(random.below(50))"
      let kind = ["impression", "impression", "exposure", "click", "conversion"][random.below(5)]
      let hour = second / 3_600 % 24
      let clock = [hour, second / 60 % 60, second % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
      text += combined(
        "/ad/\(kind)?imp=\(id)&cid=c\(random.below(3))&pid=p\(random.below(2))&s=0-50_900-99.5f",
        at: "\(23 + second / 86_400)/Nov/2026:\(clock) +0000",
        from: isLarge ? "203.0.113.7" : "198.51.100.\(random.below(30))",
        agent: isLarge ? "curl/8.5" : "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0")
    }
    return text
  }

  @Test(arguments: 0..<3) func `any memory, number of workers and cut into files give the same bytes`(seed: UInt64)
    async throws
  {
    let bench = Workbench()
    let text = log(seed: seed, large: 3_000, others: 800)
    let inputs = [bench.write(text, to: "access.log")]
    let window = ["sessions.window": "500"]
    let whole = try await bench.json(inputs, window)
    #expect(whole.contains("visitor.many-events"))
    for settings in [["memory": "1MiB"], ["jobs": "3"], ["jobs": "2", "memory": "1MiB"]] {
      let difference = firstDifference(try await bench.json(inputs, window.merging(settings) { $1 }), whole)
      #expect(difference == nil, "\(settings)")
    }
    let lines = text.split(separator: "\n")
    bench.write(lines[..<1_501].map { "\($0)\n" }.joined(), to: "cut/1.log")
    bench.write(lines[1_501...].map { "\($0)\n" }.joined(), to: "cut/2.log")
    let cut = try await bench.json([bench.path("cut")], window.merging(["jobs": "2"]) { $1 })
    let difference = firstDifference(try withoutPlaces(cut), try withoutPlaces(whole))
    #expect(difference == nil)
  }

  @Test(arguments: 0..<4) func `a window changes nothing where what belongs together lies near`(seed: UInt64)
    async throws
  {
    let bench = Workbench()
    let inputs = [bench.write(log(seed: seed, large: 3_000, others: 800), to: "access.log")]
    // Repetitions reach back a day unless it is said otherwise, and this day's would lie in other windows.
    let near = ["detectors.duplicate-event.window": "0.02", "detectors.regular-cadence.enabled": "false"]
    let whole = try await bench.audit(inputs, near).result
    let seen = try await bench.audit(inputs, near.merging(["sessions.window": "1000"]) { $1 }).result
    #expect(whole.issues.isEmpty && seen.issues.map(\.name) == ["visitor.many-events"])
    #expect(seen.issues[0].entry.count == 1 && seen.issues[0].entry.lines == 0)
    #expect(seen.totals == whole.totals && seen.byDimension == whole.byDimension && seen.byDay == whole.byDay)
    #expect(seen.population == whole.population && seen.accounting == whole.accounting)
    #expect(seen.detectors.map(told) == whole.detectors.map(told))
    #expect(seen.worstAddresses == whole.worstAddresses)
  }

  @Test func `rows of a visitor that is seen through a window come in the total order, each once`() async throws {
    let bench = Workbench()
    let inputs = [bench.write(log(seed: 9, large: 2_000, others: 500), to: "access.log")]
    var (texts, sessions): ([String], [[StoredSession?]]) = ([], [])
    for settings in [[:], ["sessions.window": "300"], ["sessions.window": "300", "jobs": "3", "memory": "1MiB"]] {
      var rows = RowFiles()
      rows.events = bench.path("events.csv")
      rows.store = bench.path("result.db")
      _ = try await bench.audit(inputs, settings, rows: rows)
      texts.append(try bench.text(bench.path("events.csv")))
      let store = try ResultStore(path: bench.path("result.db"))
      // The ninth column is the session.
      let ids = Set(
        texts[0].split(whereSeparator: \.isNewline).compactMap { row in
          UInt64(row.split(separator: ",", omittingEmptySubsequences: false)[8], radix: 16)
        })
      sessions.append(try ids.sorted().map { id throws in try store.session(id) })
    }
    #expect(texts[1] == texts[2])
    // Curl is flagged in every window; those of the others have no flagged event in every run.
    #expect(sessions[1] == sessions[2] && sessions[1].compactMap { $0 }.contains { $0.events > 300 })
    for (seen, whole) in zip(sessions[1], sessions[0]) where seen != nil && whole != nil { #expect(seen == whole) }
    // Source, offset, line, time: what the row is about. What was found may differ.
    func places(_ text: String) -> [[Substring]] {
      text.split(whereSeparator: \.isNewline).map {
        Array($0.split(separator: ",", omittingEmptySubsequences: false).prefix(4))
      }
    }
    #expect(places(texts[1]) == places(texts[0]) && places(texts[0]).count > 1_500)
  }

  @Test(arguments: [4, 5, 64, 1_000]) func `portions are whole visitors or windows that count each event once`(
    together: Int
  ) throws {
    let folder = TemporaryFolder()
    let text = Array(log(seed: 3, large: 900, others: 300).utf8)
    // Each maps anew: a store puts its events in order where they are.
    let store = { (bytes: Int) throws in
      var mapper = try LineMapper(profile: .generic, options: MapOptions())
      var parser = try FormatCatalog.format(named: "combined").makeParser(mapper.request)
      _ = mapper.map(text.span, source: 0, offset: 0, parser: &parser)
      return try EventStore(
        residents: [mapper.batch.buckets], spilled: Array(repeating: [], count: EventBucket.count),
        remaps: mergeTables([mapper.batch.tables]).remaps, spill: OnDemandSpill(directory: folder.path),
        portionBytes: bytes)
    }
    let (whole, cut) = (try store(.max), try store(together * MemoryLayout<Event>.stride))
    var sorter = EventSorter()
    for bucket in 0..<EventBucket.count {
      var expected = EventBucket()
      try whole.read(bucket, into: &expected, &sorter)
      var (content, counted) = (EventBucket(), [String]())
      var reader = try BucketReader(bucket, of: cut)
      var largest = 0
      while let portion = try reader.next(&content, &sorter) {
        let visitors = Set(content.events[portion.events].map(\.visitor))
        #expect(portion.window == nil || visitors.count == 1)
        largest = max(largest, content.events.count)
        let own = portion.window.map { $0.counted } ?? portion.events
        counted += content.events[own].map { told($0, content) }
      }
      let isSame = counted == expected.events.map { told($0, expected) }
      #expect(isSame, "bucket \(bucket)")
      #expect(largest <= max(together + 1, BucketReader.leastEvents))
    }
  }

  /// What a detector did, as a text.
  private func told(_ row: AuditResult.DetectorResult) -> String {
    "\(row.card.id): \(row.events) events, \(row.primaryEvents) primary, \(row.sessions) sessions, \(row.value)"
  }

  /// An event and its samples as a text.
  private func told(_ event: Event, _ bucket: EventBucket) -> String {
    var plain = event
    if event.kind == .exposure { plain.detail = 0 }
    return "\(plain) \(event.kind == .exposure ? Array(bucket.samples[event.sampleRange]) : [])"
  }
}
