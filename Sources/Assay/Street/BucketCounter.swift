internal import AssayParsing
internal import Synchronization

/// Hands out the buckets of a step in ascending order, each to one worker.
final class BucketCounter: Sendable {
  private let given = Atomic<Int>(0)

  /// The next bucket, or nil when all are given out.
  func next() -> Int? {
    let bucket = given.add(1, ordering: .relaxed).oldValue
    return bucket < EventBucket.count ? bucket : nil
  }
}
