import AssayModel
import AssayParsing
import TestSupport
import Testing

/// Promises that hold whatever the lines are: same events however they are shared out, every line accounted for, no
/// trap.
@Suite struct MapInvarianceTests {
  /// A log of a few hundred lines of every kind, among them broken ones.
  static func log(_ seed: UInt64, lines: Int = 400) -> [String] {
    var random = SeededGenerator(seed: seed)
    let paths = ["impression", "exposure", "click", "conversion", "form", "video", "request", "other"]
    return (0..<lines).map { number in
      if random.below(25) == 0 { return ["", "# comment", "oops", "address:192.0.2.1"][random.below(4)] + "\n" }
      var query: [String] = []
      for (name, values) in [
        ("imp", ["i\(random.below(50))", "-", "[IMP]"]), ("vid", ["v\(random.below(20))", "0", "a%20b"]),
        ("cid", ["c1", "c%32", "c3+x", String(repeating: "n", count: 290)]), ("pid", ["p\(random.below(4))"]),
        ("size", ["300x250", "1x1", "big"]), ("price", ["0.0025", "1e-3", "free"]),
        ("s", ["0-0f_200-55.5f_1200-100fz", "0-0_x"]), ("x", ["1", "-1"]), ("y", ["2"]), ("pct", ["25", "200"]),
        ("value", ["9.99"]), ("order", ["o\(number)"]), ("view", ["yes", "no"]), ("test", ["1", "0"]),
      ] where random.below(3) > 0 {
        query.append("\(name)=\(values[random.below(values.count)])")
      }
      let agent: String? = ["Browser/1", "Browser/2 \u{e9}", "-", nil, "Bot/\(random.below(9))"][random.below(5)]
      return line(
        "/ad/\(paths[random.below(paths.count)])?\(query.joined(separator: "&"))",
        time: 1_700_000_000_000_000 + Int64(random.below(1_000)) * 1_000,
        address: ["192.0.2.\(random.below(8))", "2001:db8::1", "host.example"][random.below(3)], agent: agent,
        method: ["GET", "GET", "GET", "POST", "HEAD", "BREW"][random.below(6)],
        "referrer:https://site\(random.below(3)).example/")
    }
  }

  /// Everything that a run hands on, in one comparable text.
  static func report(_ batches: [EventBatch]) -> String {
    let (tables, remaps) = mergeTables(batches.map(\.tables))
    var rows: [(event: Event, samples: [ExposureSample])] = []
    var (counts, issues) = (MapCounts(), IssueLog())
    var coverage = batches[0].coverage
    for (index, batch) in batches.enumerated() {
      counts += batch.counts
      issues.merge(batch.issues)
      if index > 0 { for field in coverage.indices { coverage[field] += batch.coverage[field] } }
      for number in 0..<EventBucket.count {
        let bucket = batch.buckets.content(of: number)
        for var event in bucket.events {
          #expect(EventBucket.index(of: event.visitor) == number)
          remaps[index].apply(to: &event)
          // Chunks are cut differently, so what counts from their beginning differs.
          event.lineInChunk = 0
          let samples = event.kind == .exposure ? Array(bucket.samples[event.sampleRange]) : []
          if event.kind == .exposure { event.detail = 0 }
          rows.append((event, samples))
        }
      }
    }
    rows.sort { Event.precedes($0.event, $1.event) }
    let sorted = issues.sorted.map { name, entry in
      let samples = entry.samples.map { "\($0.position) \($0.column ?? 0) \($0.message)" }
      return "\(name) \(entry.count) \(entry.lines) \(samples)"
    }
    return "\(rows)\n\(counts)\n\(sorted)\n\(coverage)\n\(tables)"
  }

  @Test(arguments: [UInt64(1), 2, 3], [1, 2, 5]) func linesSharedOutDifferentlyGiveTheSame(seed: UInt64, workers: Int)
    throws
  {
    let lines = MapInvarianceTests.log(seed)
    var random = SeededGenerator(seed: seed + 100)
    func run(_ workers: Int, chunk: Int, secret: UInt64) throws -> String {
      var options = MapOptions()
      options.tableSecret = secret
      var mappers = try (0..<workers).map { _ in try LineMapper(profile: .generic, options: options) }
      var (start, offset) = (0, 0)
      while start < lines.count {
        let end = min(lines.count, start + 1 + random.below(chunk))
        let bytes = lines[start..<end].flatMap { Array($0.utf8) }
        let worker = random.below(workers)
        var parser: any LineParser = TaggedParser(mappers[worker].request)
        let held = mappers[worker].map(bytes.span, source: 7, offset: offset, parser: &parser)
        #expect(held == end - start)
        (start, offset) = (end, offset + bytes.count)
      }
      return MapInvarianceTests.report(mappers.map(\.batch))
    }
    let whole = try run(1, chunk: lines.count, secret: 0)
    #expect(try run(workers, chunk: 30, secret: 99) == whole)
    #expect(try run(workers, chunk: 1, secret: 5) == whole)
  }

  @Test func anyParserAndAKnownOneGiveTheSame() throws {
    let bytes = MapInvarianceTests.log(4).flatMap { Array($0.utf8) }
    var (one, two) = (
      try LineMapper(profile: .generic, options: MapOptions()), try LineMapper(profile: .generic, options: MapOptions())
    )
    var known = TaggedParser(one.request)
    var unknown: any LineParser = known
    _ = one.map(bytes.span, source: 0, offset: 0, parser: &known)
    _ = two.map(bytes.span, source: 0, offset: 0, parser: &unknown)
    #expect(MapInvarianceTests.report([one.batch]) == MapInvarianceTests.report([two.batch]))
  }

  @Test(arguments: ProfileCatalog.all.map(\.name)) func hostileBytesAreCountedAndNeverTrap(name: String) throws {
    let profile = try #require(ProfileCatalog.profile(named: name))
    var random = SeededGenerator(seed: StableHash.of(text: name))
    let bytes = MapInvarianceTests.log(6, lines: 60).joined().utf8.map { $0 }
    for _ in 0..<150 {
      var hostile = bytes
      for _ in 0..<1 + random.below(200) {
        let place = random.below(hostile.count)
        switch random.below(3) {
        case 0: hostile[place] ^= 1 << UInt8(random.below(8))
        case 1: hostile[place] = Array("%&=?\t\n/[{-_:;,.+\"".utf8)[random.below(17)]
        default: hostile.remove(at: place)
        }
      }
      try balances(profile, hostile)
    }
    for length in 0..<200 {
      try balances(profile, (0..<length * 7).map { _ in UInt8(truncatingIfNeeded: random.next()) })
    }
  }

  private func balances(_ profile: Profile, _ bytes: [UInt8]) throws {
    var mapper = try LineMapper(profile: profile, options: MapOptions())
    var parser: any LineParser = TaggedParser(mapper.request)
    let lines = mapper.map(bytes.span, source: 0, offset: 0, parser: &parser)
    let counts = mapper.batch.counts
    let ends = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).count
    #expect(lines == (bytes.last == UInt8(ascii: "\n") || bytes.isEmpty ? ends - 1 : ends))
    #expect(counts.lines == Int64(lines))
    #expect(counts.lines == counts.events + counts.ignored + counts.unreadable)
    #expect(counts.events == counts.byKind.reduce(0, +))
    #expect(counts.unreadable == Int64(mapper.batch.issues.lines))
    let kept = (0..<EventBucket.count).reduce(0) { $0 + mapper.batch.buckets.eventCount(of: $1) }
    #expect(Int64(kept) == counts.events - counts.outsidePeriod)
  }
}
