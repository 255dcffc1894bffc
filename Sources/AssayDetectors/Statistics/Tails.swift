/// Natural logarithms of the probabilities that chance alone gives so much or more: upper bounds (Chernoff), which are
/// made of exactly rounded operations and so are the same on every machine. A bound is never too sure: the true
/// probability is at most what it says.
package enum LogTail {
  /// Of at least `count` events where `mean` are expected (Poisson); 0 where they are not more than expected.
  ///
  /// - Complexity: O(1).
  package static func poisson(_ count: Double, mean: Double) -> Double {
    guard count > mean else { return 0 }
    guard mean > 0 else { return -.infinity }
    return count - mean - count * naturalLogarithm(count / mean)
  }

  /// Of at least `count` of `trials` where each happens with a chance of `chance` (binomial; Hoeffding 1963).
  ///
  /// - Complexity: O(1).
  package static func binomial(_ count: Double, of trials: Double, chance: Double) -> Double {
    guard trials > 0, count > trials * chance else { return 0 }
    guard chance > 0 else { return -.infinity }
    let share = min(1, count / trials)
    let rest = share < 1 ? (1 - share) * naturalLogarithm((1 - share) / (1 - chance)) : 0
    return -trials * (share * naturalLogarithm(share / chance) + rest)
  }

  /// Of a sum of at least `value` of the squares of `freedom` standard normal deviates (χ²).
  ///
  /// - Complexity: O(1).
  package static func chiSquare(_ value: Double, freedom: Double) -> Double {
    guard freedom > 0, value > freedom else { return 0 }
    let ratio = value / freedom
    return freedom / 2 * (1 - ratio + naturalLogarithm(ratio))
  }
}
