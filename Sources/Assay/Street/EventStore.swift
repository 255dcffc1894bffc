internal import AssayIngest
internal import AssayModel
internal import AssayParsing
internal import AssaySessions
internal import Synchronization

/// The events of a run by visitor bucket, each bucket in the total order of design.md §3.1 whatever the number of
/// workers, the order of files and the memory: the border between map and reduce.
///
/// A bucket that was never spilled is put in order once and kept so, in the memory in which it came; one that was is
/// read and ordered again by every pass. One that is larger than a portion is merged from sorted runs (`BucketReader`),
/// so that memory stays bounded by the budget of the map step and one portion a worker.
final class EventStore: Sendable {
  private let remaps: [TableRemap]
  /// What the workers hold, by worker.
  private let residents: [EventBuckets]
  private let spilled: [[SpilledRun]]
  private let spill: SpillFile?
  private let isLarge: [Bool]
  /// By bucket, whether what the workers hold is in the run's order and has the run's ordinals.
  private let isInOrder = Mutex([Bool](repeating: false, count: EventBucket.count))

  /// Bytes of events and samples that are looked at together (`VisitorWindow.standardEvents`).
  let portionBytes: Int

  /// A store of what the workers hold and what they spilled, by bucket, with the map from each worker's ordinals to
  /// those of the run. What memory holds of buckets that are larger than a portion is spilled too.
  ///
  /// - Throws: `inputOutput` where the spill file cannot be written.
  init(
    residents: [EventBuckets], spilled: [[SpilledRun]], remaps: [TableRemap], spill: OnDemandSpill,
    portionBytes: Int = VisitorWindow.standardEvents * MemoryLayout<Event>.stride
  ) throws(AssayError) {
    var runs = spilled
    var isLarge = [Bool](repeating: false, count: EventBucket.count)
    for bucket in isLarge.indices {
      let bytes = residents.reduce(0) { $0 + $1.bytes(of: bucket) } + runs[bucket].reduce(0) { $0 + $1.bytes }
      if bytes <= portionBytes { continue }
      isLarge[bucket] = true
      for (worker, resident) in residents.enumerated() {
        var writer = SpillWriter(worker: worker, to: try spill.open())
        try writer.write(bucket, of: resident, into: &runs[bucket])
      }
    }
    (self.residents, self.remaps, self.portionBytes, self.isLarge) = (residents, remaps, portionBytes, isLarge)
    (self.spilled, self.spill) = (runs, spill.file)
  }

  /// Whether a bucket is read portion by portion.
  func isLarge(_ bucket: Int) -> Bool { isLarge[bucket] }

  /// The runs of a bucket as one, where it is to be read portion by portion; else nil.
  func merge(_ bucket: Int) throws(AssayError) -> RunMerge? {
    guard isLarge[bucket], let spill else { return nil }
    return try RunMerge(spilled[bucket], spill, remaps)
  }

  /// Reads the events of one bucket in the total order, their ordinals those of the run. One caller at a time may ask
  /// for the same bucket.
  ///
  /// - Parameters:
  ///   - content: is replaced; its storage is kept.
  ///   - sorter: the caller's own, kept from bucket to bucket.
  /// - Complexity: O(n log n) the first time, O(n) after it unless the bucket was spilled.
  func read(_ bucket: Int, into content: inout EventBucket, _ sorter: inout EventSorter) throws(AssayError) {
    content.removeAll()
    if isInOrder.withLock({ $0[bucket] }) {
      for resident in residents { resident.read(bucket, into: &content) }
      return
    }
    for (worker, resident) in residents.enumerated() {
      let (events, samples) = (content.events.count, content.samples.count)
      resident.read(bucket, into: &content)
      adopt(&content, from: events, worker, samples: samples)
    }
    if spilled[bucket].isEmpty {
      sorter.sort(&content.events)
      keep(content.events.span, bucket)
      return
    }
    for run in spilled[bucket] {
      guard let spill else { continue }
      let (events, samples) = (content.events.count, content.samples.count)
      try spill.read(run.events, appendingTo: &content.events)
      if let extent = run.samples { try spill.read(extent, appendingTo: &content.samples) }
      adopt(&content, from: events, run.worker, samples: samples)
    }
    sorter.sort(&content.events)
  }

  /// Gives the events of one worker, from an ordinal on, the run's ordinals, and moves their samples along.
  private func adopt(_ content: inout EventBucket, from start: Int, _ worker: Int, samples: Int) {
    let (remap, base) = (remaps[worker], UInt64(samples) << 32)
    var events = content.events.mutableSpan
    for index in start..<events.count {
      remap.apply(to: &events[index])
      if events[index].kind == .exposure { events[index].detail &+= base }
    }
  }

  /// Writes the events of a bucket back in their order, each worker's memory taking as many as it held.
  private func keep(_ events: Span<Event>, _ bucket: Int) {
    var start = 0
    for resident in residents {
      resident.replaceEvents(of: bucket, with: events, from: start)
      start += resident.eventCount(of: bucket)
    }
    isInOrder.withLock { $0[bucket] = true }
  }
}
