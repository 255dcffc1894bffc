/// How often something happens, worked out only from those to whom it happened at all: each had as many trials, and of
/// those with none nobody knows whether it could have happened. People who go back among robots that never do.
struct ZeroTruncatedBinomial: Sendable {
  /// The chance in one trial.
  let chance: Double
  /// How alike the trials of one are (overdispersion by Williams 1982, Applied Statistics 31): 0 for independent ones.
  let correlation: Double

  /// The fit to counts by how often it happened, from 0 to the number of trials; nil where it happened to nobody, or
  /// always to all.
  ///
  /// - Complexity: O(trials).
  init?(_ counts: [Int64]) {
    let trials = Double(counts.count - 1)
    var (some, sum, squares) = (0.0, 0.0, 0.0)
    for (times, count) in counts.enumerated().dropFirst() {
      let (times, count) = (Double(times), Double(count))
      some += count
      sum += times * count
      squares += times * times * count
    }
    guard some > 0, sum < some * trials else { return nil }
    let mean = sum / some
    // The mean of those to whom it happened grows with the chance, from 1 to the number of trials.
    var (low, high) = (0.0, 1.0)
    for _ in 0..<50 {
      let middle = (low + high) / 2
      if trials * middle / ZeroTruncatedBinomial.seen(middle, counts.count - 1) < mean {
        low = middle
      } else {
        high = middle
      }
    }
    chance = high
    let seen = ZeroTruncatedBinomial.seen(high, counts.count - 1)
    let expected = (trials * high * (1 - high) + trials * trials * high * high) / seen
    let variance = expected - (trials * high / seen) * (trials * high / seen)
    let excess = variance > 0 ? (squares / some - mean * mean) / variance - 1 : 0
    correlation = trials > 1 ? min(1, max(0, excess / (trials - 1))) : 0
  }

  /// The chance that it happens at all.
  private static func seen(_ chance: Double, _ trials: Int) -> Double {
    var none = 1.0
    for _ in 0..<trials { none *= 1 - chance }
    return 1 - none
  }
}
