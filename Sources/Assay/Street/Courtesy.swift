/// Lets others have a worker's thread now and then: the progress bar and the signal handler share the workers' threads,
/// and handing one over costs as much as mapping a dozen lines, so that it is not done at every turn.
struct Courtesy {
  /// A turn is a chunk or a bucket, half a millisecond of work or less.
  private static let turns = 16
  private var left = Courtesy.turns

  /// A turn is over: once in so many turns others get theirs.
  mutating func turnIsOver() async {
    left -= 1
    if left > 0 { return }
    left = Courtesy.turns
    await Task.yield()
  }
}
