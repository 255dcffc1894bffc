import AssayIngest
import AssayModel
import AssayParsing
import AssaySessions
import TestSupport
import Testing

@testable import Assay

@Suite struct EventStoreTests {
  private let folder = TemporaryFolder()

  /// What workers map of lines that are shared out among them, by worker.
  private func batches(_ workers: Int, _ seed: UInt64) throws -> [EventBatch] {
    var random = SeededGenerator(seed: seed)
    var mappers = try (0..<workers).map { _ in try LineMapper(profile: .generic, options: MapOptions()) }
    var offset = 0
    for _ in 0..<200 {
      var text = ""
      for _ in 0..<random.below(6) + 1 {
        let kind = ["impression", "exposure", "click"][random.below(3)]
        text += combined(
          "/ad/\(kind)?imp=i\(random.below(40))&vid=v\(random.below(9))&cid=c\(random.below(3))&s=0-50_900-99.5f",
          at: "23/Nov/2026:09:00:\(10 + random.below(50)) +0000", agent: "Agent/\(random.below(4))")
      }
      let worker = random.below(workers)
      let format = try FormatCatalog.format(named: "combined")
      var parser = try format.makeParser(mappers[worker].request)
      let bytes = Array(text.utf8)
      _ = mappers[worker].map(bytes.span, source: 0, offset: offset, parser: &parser)
      offset += bytes.count
    }
    return mappers.map(\.batch)
  }

  /// The content of a store, by bucket: events and the exposure samples that they refer to.
  private func content(_ store: EventStore) throws -> [String] {
    var sorter = EventSorter()
    return try (0..<EventBucket.count).compactMap { number in
      let bucket = try store.bucket(number, &sorter)
      if bucket.events.isEmpty { return nil }
      return bucket.events.map { event in
        var plain = event
        if event.kind == .exposure { plain.detail = 0 }
        plain.lineInChunk = 0
        let samples = event.kind == .exposure ? Array(bucket.samples[event.sampleRange]) : []
        return "\(plain) \(samples)"
      }.joined(separator: "\n")
    }
  }

  private func resident(_ batches: [EventBatch]) -> EventStore {
    var (runs, batches) = ([[EventRun]](repeating: [], count: EventBucket.count), batches)
    let (_, remaps) = mergeTables(batches.map(\.tables))
    for worker in batches.indices {
      for (bucket, content) in batches[worker].takeBuckets().enumerated() {
        runs[bucket].append(.resident(content, worker: worker))
      }
    }
    return EventStore(runs: runs, remaps: remaps, spill: nil)
  }

  @Test(arguments: 0..<5) func `spilled or resident, by one worker or many, a bucket holds the same in the same order`(
    seed: UInt64
  ) throws {
    // The same lines, shared out by the same draw: only the number of workers is another.
    var batches = try batches(3, seed)
    let expected = try content(resident(batches))
    let (_, remaps) = mergeTables(batches.map(\.tables))
    let spill = try SpillFile(directory: folder.path)
    var runs = [[EventRun]](repeating: [], count: EventBucket.count)
    for worker in batches.indices {
      let buckets = batches[worker].takeBuckets()
      // One worker spills all, one half of its buckets, one nothing.
      let half = buckets.enumerated().map { $0.offset % 2 == 0 ? $0.element : EventBucket() }
      let rest = buckets.enumerated().map { $0.offset % 2 == 0 ? EventBucket() : $0.element }
      if worker < 2 { try spill.spill(worker == 0 ? buckets : half, worker: worker, into: &runs) }
      if worker > 0 {
        for (bucket, content) in (worker == 1 ? rest : buckets).enumerated() where !content.events.isEmpty {
          runs[bucket].append(.resident(content, worker: worker))
        }
      }
    }
    let store = EventStore(runs: runs, remaps: remaps, spill: spill)
    #expect(try content(store) == expected)
    // A second pass (judge after reduce) sees the same.
    #expect(try content(store) == expected)
    #expect(expected.count > 3)
  }

  @Test func `a bucket is in the total order`() throws {
    let store = resident(try batches(2, 7))
    var sorter = EventSorter()
    for number in 0..<EventBucket.count {
      let events = try store.bucket(number, &sorter).events
      #expect(zip(events, events.dropFirst()).allSatisfy { Event.precedes($0, $1) })
    }
  }

  @Test func `only the folder that was named holds the spill, and nothing stays in it`() throws {
    #expect(throws: AssayError.self) { try SpillFile(directory: folder.path("none")) }
    do { _ = try SpillFile(directory: folder.path) }
    #expect(folder.names.isEmpty)
  }
}
