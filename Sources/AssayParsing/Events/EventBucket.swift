public import AssayModel

/// The events of the visitors that fall into one bucket, and the exposure samples that they refer to
/// (`Event.sampleRange`), side by side as the steps behind the map step want them.
public struct EventBucket: Sendable {
  /// Events.
  public var events: [Event] = []
  /// Samples of the exposures among the events, 8 bytes each.
  public var samples: [ExposureSample] = []

  /// An empty bucket.
  public init() {}

  /// How many buckets there are: enough that one of them fits the cache when a million events are sorted
  /// (design.md §6), few enough that each gets large writes.
  public static let count = 1_024

  /// The bucket of a visitor: by the upper bits, so that buckets in order are visitors in order.
  @inlinable public static func index(of visitor: UInt64) -> Int { Int(truncatingIfNeeded: visitor >> 54) }

  /// Empties it and keeps the storage.
  public mutating func removeAll() {
    events.removeAll(keepingCapacity: true)
    samples.removeAll(keepingCapacity: true)
  }
}

/// What one worker has mapped, in the buckets of the visitors. A reference: whoever holds a copy sees what is added. One
/// task at a time may touch a bucket (see `BlockChains`).
public struct EventBuckets: Sendable {
  /// Blocks of 23 events and of 61 samples: what the last block of a bucket leaves free is 2 MB in all.
  private let events = BlockChains<Event>(buckets: EventBucket.count, blockBytes: 2_048)
  private let samples = BlockChains<ExposureSample>(buckets: EventBucket.count, blockBytes: 512)

  /// Empty buckets.
  init() {}

  /// Bytes of events and samples, for deciding when to spill.
  public var bytesHeld: Int { events.bytesHeld + samples.bytesHeld }

  /// How many events a bucket holds.
  public func eventCount(of bucket: Int) -> Int { events.count(of: bucket) }

  /// Appends events and samples of a bucket, in the order in which they came.
  ///
  /// - Complexity: O(events + samples).
  public func read(_ bucket: Int, into content: inout EventBucket) {
    events.read(bucket, into: &content.events)
    samples.read(bucket, into: &content.samples)
  }

  /// Bytes of the events and samples of a bucket.
  public func bytes(of bucket: Int) -> Int {
    events.count(of: bucket) * MemoryLayout<Event>.stride
      + samples.count(of: bucket) * MemoryLayout<ExposureSample>.stride
  }

  /// Appends the samples of a bucket, in the order in which they came.
  ///
  /// - Complexity: O(samples).
  public func readSamples(_ bucket: Int, into samples: inout [ExposureSample]) {
    self.samples.read(bucket, into: &samples)
  }

  /// Calls `body` with the events of a bucket, in the order in which they came, a few at a time.
  ///
  /// - Throws: what `body` throws.
  /// - Complexity: O(events).
  public func forEachBlock<Failure: Error>(
    of bucket: Int, _ body: (Span<Event>) throws(Failure) -> Void
  ) throws(Failure) {
    try events.forEachBlock(of: bucket, body)
  }

  /// Puts other events, from an ordinal on, in the place of those of a bucket.
  public func replaceEvents(of bucket: Int, with events: Span<Event>, from start: Int) {
    self.events.replace(bucket, with: events, from: start)
  }

  /// Forgets everything and keeps the memory.
  public func removeAll() {
    events.removeAll()
    samples.removeAll()
  }

  /// Adds an event to the bucket of its visitor.
  @inline(__always)
  func append(_ event: Event) { events.append(event, to: EventBucket.index(of: event.visitor)) }

  /// Adds samples to the bucket of a visitor.
  ///
  /// - Returns: where they stand there: `Event.detail` of an exposure.
  func append(_ samples: [ExposureSample], of visitor: UInt64) -> UInt64 {
    let bucket = EventBucket.index(of: visitor)
    let first = self.samples.count(of: bucket)
    for sample in samples { self.samples.append(sample, to: bucket) }
    return UInt64(first) << 32 | UInt64(samples.count)
  }
}
