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

  /// How many buckets a worker takes between two rests.
  private static let bucketsBetweenRests = 16

  /// Lets others run on the worker's thread, such as the progress bar and the signal handler: now and then, since it
  /// costs as much as the walk through dozens of visitors.
  func rest(after bucket: Int) async {
    if bucket % BucketCounter.bucketsBetweenRests == 0 { await Task.yield() }
  }
}
