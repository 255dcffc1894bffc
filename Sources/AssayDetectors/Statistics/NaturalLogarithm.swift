/// The natural logarithm of a positive number, by the series of the inverse hyperbolic tangent. The C library's may
/// differ in its last bit from machine to machine, and with it a verdict; this is made of exactly rounded operations.
///
/// - Complexity: O(1), about 20 terms; relative error below 1e-14.
package func naturalLogarithm(_ value: Double) -> Double {
  guard value > 0, value.isFinite else { return value > 0 ? .infinity : -.infinity }
  var (significand, exponent) = (value.significand, Double(value.exponent))
  if significand > 1.414_213_562_373_095_1 {
    significand /= 2
    exponent += 1
  }
  let ratio = (significand - 1) / (significand + 1)
  let square = ratio * ratio
  var (term, sum) = (ratio, 0.0)
  for odd in stride(from: 1.0, through: 31, by: 2) {
    sum += term / odd
    term *= square
  }
  return 2 * sum + exponent * 0.693_147_180_559_945_3
}
