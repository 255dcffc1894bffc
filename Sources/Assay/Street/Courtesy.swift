/// Lets others have a worker's thread now and then: the progress bar and the signal handler share the workers' threads,
/// and handing one over costs as much as mapping a dozen lines, so that it is not done at every turn.
struct Courtesy {
  private let turns: Int
  private var left: Int

  /// Makes way once in so many turns: as many as take some milliseconds.
  init(everyTurns turns: Int) { (self.turns, left) = (turns, turns) }

  /// A turn is over.
  mutating func turnIsOver() async {
    left -= 1
    if left > 0 { return }
    left = turns
    await Task.yield()
  }
}
