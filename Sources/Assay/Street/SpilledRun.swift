internal import AssayIngest
internal import AssayModel
internal import AssayParsing
internal import AssaySessions

/// Events of one bucket that one worker wrote to the spill file: in the total order, and their samples in the order of
/// the events, so that both can be read from beginning to end.
struct SpilledRun: Sendable {
  /// How many events are put in order at a time: 6 MB of them.
  static let mostEvents = 1 << 16

  var events: SpillExtent
  var samples: SpillExtent?
  var worker: Int

  /// Bytes of events and samples.
  var bytes: Int { EventBucket.bytes(events: events.count, samples: samples?.count ?? 0) }
}

/// Writes what a worker holds to the spill file, in runs.
struct SpillWriter {
  private let worker: Int
  private let file: SpillFile
  /// Events that are to be a run; samples of the whole bucket, and those of the run in its order.
  private var events: [Event] = []
  private var (samples, ordered): ([ExposureSample], [ExposureSample]) = ([], [])
  private var sorter = EventSorter()

  /// A writer for one worker.
  init(worker: Int, to file: SpillFile) { (self.worker, self.file) = (worker, file) }

  /// Writes one bucket and says where it stands.
  ///
  /// - Complexity: as `EventSorter.sort`; memory for one run and the samples of the bucket.
  mutating func write(_ bucket: Int, of buckets: EventBuckets, into runs: inout [SpilledRun]) throws(AssayError) {
    samples.removeAll(keepingCapacity: true)
    buckets.readSamples(bucket, into: &samples)
    var own: [SpilledRun] = []
    try buckets.forEachBlock(of: bucket) { block throws(AssayError) in
      for index in block.indices { events.append(block[index]) }
      if events.count >= SpilledRun.mostEvents { own.append(try writeRun()) }
    }
    if !events.isEmpty { own.append(try writeRun()) }
    runs += own
  }

  /// Puts the events in order, their samples likewise, and writes both.
  private mutating func writeRun() throws(AssayError) -> SpilledRun {
    sorter.sort(&events)
    ordered.removeAll(keepingCapacity: true)
    for index in events.indices where events[index].kind == .exposure {
      let range = events[index].sampleRange
      events[index].detail = UInt64(ordered.count) << 32 | UInt64(range.count)
      ordered.append(contentsOf: samples[range])
    }
    let run = SpilledRun(
      events: try file.append(events.span), samples: ordered.isEmpty ? nil : try file.append(ordered.span),
      worker: worker)
    events.removeAll(keepingCapacity: true)
    return run
  }
}

extension SpillFile {
  /// Writes all that a worker holds, says where each bucket stands, and empties it.
  func spill(_ buckets: EventBuckets, worker: Int, into runs: inout [[SpilledRun]]) throws(AssayError) {
    var writer = SpillWriter(worker: worker, to: self)
    for bucket in 0..<EventBucket.count where buckets.eventCount(of: bucket) > 0 {
      try writer.write(bucket, of: buckets, into: &runs[bucket])
    }
    buckets.removeAll()
  }
}

extension EventBucket {
  /// Bytes of so many events and samples.
  static func bytes(events: Int, samples: Int) -> Int {
    events * MemoryLayout<Event>.stride + samples * MemoryLayout<ExposureSample>.stride
  }

  /// Bytes of what it holds.
  var bytes: Int { EventBucket.bytes(events: events.count, samples: samples.count) }
}
