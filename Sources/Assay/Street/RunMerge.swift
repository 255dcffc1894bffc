internal import AssayIngest
internal import AssayModel
internal import AssayParsing

/// Reads the runs of one bucket as one, in the total order, a little of each at a time.
///
/// Logs are written in the order of time, so that runs mostly follow each other: the run that is being read is only held
/// against the next best, and changed when that one's turn has come.
struct RunMerge {
  /// Bytes of events that are held of all runs together, as long as there are not very many runs.
  private static let bufferBytes = 8 << 20

  /// The run that is being read; nil at the end.
  private var current: RunReader?
  /// The others, as a heap: each before the two behind it.
  private var others: [RunReader] = []

  /// A merge of some runs; `remaps` has the map from each worker's ordinals to those of the run.
  init(_ runs: [SpilledRun], _ spill: SpillFile, _ remaps: [TableRemap]) throws(AssayError) {
    let room = RunMerge.bufferBytes / MemoryLayout<Event>.stride / max(1, runs.count)
    for run in runs {
      var reader = RunReader(run, spill, remaps[run.worker], eventsAtOnce: min(4_096, max(16, room)))
      if try reader.advance() { others.append(reader) }
    }
    others.sort { Event.precedes($0.head, $1.head) }
    if !others.isEmpty {
      current = others.removeFirst()
    }
  }

  /// The visitor of the next event; nil at the end.
  var nextVisitor: UInt64? { current?.head.visitor }

  /// Appends events, and their samples, until a bucket holds so many bytes, or there are no more.
  ///
  /// - Complexity: O(1) an event for runs that follow each other, O(log runs) at worst.
  mutating func fill(_ content: inout EventBucket, to bytes: Int) throws(AssayError) {
    while var reader = current.take() {
      let rival = others.first?.head
      var isMore = true
      while isMore, content.bytes < bytes || content.events.count < BucketReader.leastEvents,
        rival.map({ Event.precedes(reader.head, $0) }) ?? true
      {
        try reader.moveHead(to: &content)
        isMore = try reader.advance()
      }
      if !isMore {
        current = removeFirst()
      } else if let rival, Event.precedes(rival, reader.head) {
        current = exchangeFirst(for: reader)
      } else {
        current = reader
        return
      }
    }
  }

  private mutating func removeFirst() -> RunReader? {
    guard let last = others.popLast() else { return nil }
    return others.isEmpty ? last : exchangeFirst(for: last)
  }

  private mutating func exchangeFirst(for reader: RunReader) -> RunReader {
    var (first, place) = (reader, 0)
    swap(&first, &others[0])
    while true {
      var best = 2 * place + 1
      if best >= others.count { return first }
      if best + 1 < others.count, Event.precedes(others[best + 1].head, others[best].head) { best += 1 }
      guard Event.precedes(others[best].head, others[place].head) else { return first }
      others.swapAt(place, best)
      place = best
    }
  }
}

/// One run while it is being read.
private struct RunReader {
  /// The event that is next.
  private(set) var head = Event()

  private let run: SpilledRun
  private let spill: SpillFile
  private let remap: TableRemap
  private let eventsAtOnce: Int
  private var events: [Event] = []
  private var samples: [ExposureSample] = []
  /// How many of the run's have been read from the file, and how many of those that are held have been handed on.
  private var (eventsRead, eventsTaken, samplesRead, samplesTaken) = (0, 0, 0, 0)

  init(_ run: SpilledRun, _ spill: SpillFile, _ remap: TableRemap, eventsAtOnce: Int) {
    (self.run, self.spill, self.remap, self.eventsAtOnce) = (run, spill, remap, eventsAtOnce)
  }

  /// Makes the following event the head; false where there is none.
  mutating func advance() throws(AssayError) -> Bool {
    if eventsTaken == events.count {
      let count = min(eventsAtOnce, run.events.count - eventsRead)
      if count == 0 { return false }
      events.removeAll(keepingCapacity: true)
      try spill.read(run.events.part(of: Event.self, from: eventsRead, count: count), appendingTo: &events)
      for index in events.indices { remap.apply(to: &events[index]) }
      eventsRead += count
      eventsTaken = 0
    }
    head = events[eventsTaken]
    eventsTaken += 1
    return true
  }

  /// Appends the head and its samples to a bucket.
  mutating func moveHead(to content: inout EventBucket) throws(AssayError) {
    if head.kind == .exposure {
      let count = head.sampleRange.count
      if samples.count - samplesTaken < count { try readSamples(count) }
      head.detail = UInt64(content.samples.count) << 32 | UInt64(count)
      content.samples.append(contentsOf: samples[samplesTaken..<samplesTaken + count])
      samplesTaken += count
    }
    content.events.append(head)
  }

  /// Reads on until so many samples are held.
  private mutating func readSamples(_ count: Int) throws(AssayError) {
    guard let extent = run.samples else { return }
    samples.removeFirst(samplesTaken)
    samplesTaken = 0
    let more = min(max(eventsAtOnce, count - samples.count), extent.count - samplesRead)
    try spill.read(extent.part(of: ExposureSample.self, from: samplesRead, count: more), appendingTo: &samples)
    samplesRead += more
  }
}

extension SpillExtent {
  /// The part of it, which holds values of a type, that begins with one of them.
  fileprivate func part<T: BitwiseCopyable>(of type: T.Type, from first: Int, count: Int) -> SpillExtent {
    SpillExtent(offset: offset + first * MemoryLayout<T>.stride, count: count)
  }
}
