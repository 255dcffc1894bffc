/// Numbers as text, without an intermediate `String`.
extension [UInt8] {
  /// Appends a number in decimal.
  mutating func append(decimal number: Int) {
    if number < 0 { append(UInt8(ascii: "-")) }
    appendDigits(number.magnitude, width: 1)
  }

  /// Appends a number in decimal with zeros before it up to a width.
  mutating func append(decimal number: Int, width: Int) { appendDigits(number.magnitude, width: width) }

  private mutating func appendDigits(_ magnitude: UInt, width: Int) {
    var (digits, rest, count) = (InlineArray<20, UInt8>(repeating: 48), magnitude, 0)
    repeat {
      digits[count] = UInt8(truncatingIfNeeded: rest % 10) + 48
      rest /= 10
      count += 1
    } while rest > 0
    count = Swift.max(count, Swift.min(width, 20))
    while count > 0 {
      count -= 1
      append(digits[count])
    }
  }

  /// Appends a number of units whose last `scale` digits stand behind the point, without superfluous zeros: 2500 with
  /// a scale of 6 is `0.0025`.
  mutating func append(decimal number: Int, scale: Int) {
    var (divisor, fraction, width) = (1, number, scale)
    for _ in 0..<scale { divisor *= 10 }
    append(decimal: number / divisor)
    fraction %= divisor
    guard fraction != 0 else { return }
    while fraction % 10 == 0 { (fraction, width) = (fraction / 10, width - 1) }
    append(UInt8(ascii: "."))
    append(decimal: fraction, width: width)
  }

  /// Appends the lowest `digits` hexadecimal digits of a word.
  mutating func append(hexadecimal word: UInt64, digits: Int) {
    for position in (0..<digits).reversed() {
      let nibble = UInt8(truncatingIfNeeded: word >> UInt64(4 * position) & 15)
      append(nibble < 10 ? nibble + 48 : nibble + 87)
    }
  }
}
