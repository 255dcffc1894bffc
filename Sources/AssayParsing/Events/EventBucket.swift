public import AssayModel

/// The events of the visitors that fall into one bucket, in the order in which they were read, and the exposure
/// samples that they refer to (`Event.sampleRange`).
public struct EventBucket: Sendable {
  /// Events, 88 bytes each.
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
}
