internal import AssayIngest
internal import AssayModel
internal import AssayParsing
internal import AssaySessions
internal import Synchronization

/// Events of one bucket that one worker brought from the map step: in memory, or in the spill file.
enum EventRun: Sendable {
  case resident(EventBucket, worker: Int)
  case spilled(events: SpillExtent, samples: SpillExtent?, worker: Int)
}

/// The events of a run by visitor bucket, each bucket in the total order of design.md §3.1 whatever the number of
/// workers, the order of files and the memory: the border between map and reduce.
///
/// A bucket that was never spilled is put in order once and kept; one that was is read and ordered again by every
/// pass, so that memory stays bounded by the budget of the map step and one bucket a worker.
final class EventStore: Sendable {
  private enum Content: Sendable {
    case runs([EventRun])
    case sorted(EventBucket)
  }

  private let remaps: [TableRemap]
  private let spill: SpillFile?
  private let contents: Mutex<[Content]>

  /// A store of what the workers brought, by bucket, with the map from each worker's ordinals to those of the run.
  init(runs: [[EventRun]], remaps: [TableRemap], spill: SpillFile?) {
    self.remaps = remaps
    self.spill = spill
    contents = Mutex(runs.map { .runs($0) })
  }

  /// The events of one bucket in the total order, their ordinals those of the run. One caller at a time may ask for
  /// the same bucket.
  ///
  /// - Parameter sorter: The caller's own, kept from bucket to bucket.
  /// - Complexity: O(n log n) the first time, O(1) after it unless the bucket was spilled.
  func bucket(_ bucket: Int, _ sorter: inout EventSorter) throws(AssayError) -> EventBucket {
    var runs: [EventRun]
    switch contents.withLock({ $0[bucket] }) {
    case .sorted(let sorted): return sorted
    case .runs(let found): runs = found
    }
    let isResident = runs.allSatisfy { if case .resident = $0 { true } else { false } }
    // The store lets go of what it is about to hold in order, so that it is never in memory twice for long.
    if isResident { contents.withLock { $0[bucket] = .runs([]) } }
    var result = EventBucket()
    sorter.events.removeAll(keepingCapacity: true)
    for run in runs {
      switch run {
      case .resident(let part, let worker): gather(part, remaps[worker], &sorter, &result.samples)
      case .spilled(let events, let samples, let worker):
        guard let spill else { continue }
        var part = EventBucket()
        try spill.read(events, appendingTo: &part.events)
        if let samples { try spill.read(samples, appendingTo: &part.samples) }
        gather(part, remaps[worker], &sorter, &result.samples)
      }
    }
    // Freed before as much is asked for again.
    runs = []
    result.events = sorter.sorted()
    if isResident {
      let kept = result
      contents.withLock { $0[bucket] = .sorted(kept) }
    }
    return result
  }

  /// Adds events of one worker, with its ordinals replaced by those of the run and its samples moved along.
  private func gather(
    _ part: EventBucket, _ remap: TableRemap, _ sorter: inout EventSorter, _ samples: inout [ExposureSample]
  ) {
    let base = UInt64(samples.count) << 32
    if samples.isEmpty { samples = part.samples } else { samples += part.samples }
    let start = sorter.events.count
    sorter.events += part.events
    var events = sorter.events.mutableSpan
    for index in start..<events.count {
      remap.apply(to: &events[index])
      if events[index].kind == .exposure { events[index].detail &+= base }
    }
  }
}

extension SpillFile {
  /// Writes the buckets of one worker, and says where each stands.
  func spill(_ buckets: [EventBucket], worker: Int, into runs: inout [[EventRun]]) throws(AssayError) {
    for (bucket, content) in buckets.enumerated() where !content.events.isEmpty {
      let events = try append(content.events.span)
      let samples = content.samples.isEmpty ? nil : try append(content.samples.span)
      runs[bucket].append(.spilled(events: events, samples: samples, worker: worker))
    }
  }
}
