internal import AssayIngest
internal import AssayModel
internal import AssayParsing
internal import AssaySessions
internal import Synchronization

/// Events of one bucket that one worker wrote to the spill file.
struct SpilledRun: Sendable {
  var events: SpillExtent
  var samples: SpillExtent?
  var worker: Int
}

/// The events of a run by visitor bucket, each bucket in the total order of design.md §3.1 whatever the number of
/// workers, the order of files and the memory: the border between map and reduce.
///
/// A bucket that was never spilled is put in order once and kept so, in the memory in which it came; one that was is
/// read and ordered again by every pass, so that memory stays bounded by the budget of the map step and one bucket a
/// worker.
final class EventStore: Sendable {
  private let remaps: [TableRemap]
  /// What the workers hold, by worker.
  private let residents: [EventBuckets]
  private let spilled: [[SpilledRun]]
  private let spill: SpillFile?
  /// By bucket, whether what the workers hold is in the run's order and has the run's ordinals.
  private let isInOrder = Mutex([Bool](repeating: false, count: EventBucket.count))

  /// A store of what the workers hold and what they spilled, by bucket, with the map from each worker's ordinals to
  /// those of the run.
  init(residents: [EventBuckets], spilled: [[SpilledRun]], remaps: [TableRemap], spill: SpillFile?) {
    (self.residents, self.spilled, self.remaps, self.spill) = (residents, spilled, remaps, spill)
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

extension SpillFile {
  /// Writes what a worker holds, says where each bucket stands, and empties it.
  func spill(_ buckets: EventBuckets, worker: Int, into runs: inout [[SpilledRun]]) throws(AssayError) {
    var content = EventBucket()
    for bucket in 0..<EventBucket.count where buckets.eventCount(of: bucket) > 0 {
      content.removeAll()
      buckets.read(bucket, into: &content)
      let events = try append(content.events.span)
      let samples = content.samples.isEmpty ? nil : try append(content.samples.span)
      runs[bucket].append(SpilledRun(events: events, samples: samples, worker: worker))
    }
    buckets.removeAll()
  }
}
