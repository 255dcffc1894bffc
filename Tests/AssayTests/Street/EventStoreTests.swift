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
  ///
  /// - Parameter look: is shown each worker's batch after half of the lines, and at the end.
  private func batches(
    _ workers: Int, _ seed: UInt64, look: (_ worker: Int, EventBatch, _ isHalf: Bool) throws -> Void = { _, _, _ in }
  ) throws -> [EventBatch] {
    var random = SeededGenerator(seed: seed)
    var mappers = try (0..<workers).map { _ in try LineMapper(profile: .generic, options: MapOptions()) }
    var offset = 0
    for round in 0..<200 {
      if round == 100 { for worker in mappers.indices { try look(worker, mappers[worker].batch, true) } }
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
    for worker in mappers.indices { try look(worker, mappers[worker].batch, false) }
    return mappers.map(\.batch)
  }

  /// The content of a store, by bucket: events and the exposure samples that they refer to.
  private func content(_ store: EventStore) throws -> [String] {
    var (sorter, bucket) = (EventSorter(), EventBucket())
    return try (0..<EventBucket.count).compactMap { number in
      try store.read(number, into: &bucket, &sorter)
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

  private func resident(_ batches: [EventBatch]) throws -> EventStore {
    try EventStore(
      residents: batches.map(\.buckets), spilled: Array(repeating: [], count: EventBucket.count),
      remaps: mergeTables(batches.map(\.tables)).remaps, spill: OnDemandSpill(directory: folder.path))
  }

  @Test(arguments: 0..<5) func `spilled or resident, by one worker or many, a bucket holds the same in the same order`(
    seed: UInt64
  ) throws {
    // The same lines, shared out by the same draw: one worker spills all, one the first half of its lines, one nothing.
    let expected = try content(resident(try batches(3, seed)))
    let spill = OnDemandSpill(directory: folder.path)
    var spilled = [[SpilledRun]](repeating: [], count: EventBucket.count)
    let mapped = try batches(3, seed) { worker, batch, isHalf in
      if worker == 0 && !isHalf || worker == 1 && isHalf {
        try spill.open().spill(batch.buckets, worker: worker, into: &spilled)
      }
    }
    let store = try EventStore(
      residents: mapped.map(\.buckets), spilled: spilled, remaps: mergeTables(mapped.map(\.tables)).remaps,
      spill: spill)
    #expect(try content(store) == expected)
    // A second pass (judge after reduce) sees the same.
    #expect(try content(store) == expected)
    #expect(expected.count > 3)
  }

  @Test func `a bucket is in the total order`() throws {
    let store = try resident(try batches(2, 7))
    var (sorter, bucket) = (EventSorter(), EventBucket())
    for number in 0..<EventBucket.count {
      try store.read(number, into: &bucket, &sorter)
      let events = bucket.events
      #expect(zip(events, events.dropFirst()).allSatisfy { Event.precedes($0, $1) })
    }
  }

  @Test func `only the folder that was named holds the spill, and nothing stays in it`() throws {
    #expect(throws: AssayError.self) { try SpillFile(directory: folder.path("none")) }
    do { _ = try SpillFile(directory: folder.path) }
    #expect(folder.names.isEmpty)
  }
}
