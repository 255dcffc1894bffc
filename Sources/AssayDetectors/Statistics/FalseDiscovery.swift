/// Many tests at once: of those that are called findings, at most a share of `rate` are expected to be chance (Benjamini
/// and Hochberg 1995, Journal of the Royal Statistical Society B 57).
///
/// - Parameters:
///   - logTails: the natural logarithm of each test's probability under chance.
///   - rate: the false discovery rate.
/// - Returns: the ordinals of the tests that are findings, ascending.
/// - Complexity: O(n log n).
package func discoveries(_ logTails: [Double], rate: Double) -> [Int] {
  let order = logTails.indices.sorted { (logTails[$0], $0) < (logTails[$1], $1) }
  let share = naturalLogarithm(rate) - naturalLogarithm(Double(max(1, logTails.count)))
  var accepted = 0
  for (position, ordinal) in order.enumerated()
  where logTails[ordinal] <= share + naturalLogarithm(Double(position + 1)) { accepted = position + 1 }
  return order.prefix(accepted).sorted()
}
