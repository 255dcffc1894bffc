import AssayModel

/// Values of rows written straight into bytes: the same texts as `Numbers` and `TimeText` give, without a `String`
/// each (the tests hold both to each other).
enum RowText {
  static func append(_ number: Int, to bytes: inout [UInt8]) {
    if number < 0 { bytes.append(0x2d) }
    append(digits: number.magnitude, atLeast: 1, to: &bytes)
  }

  /// Six decimals.
  static func append(millionths: Int64, to bytes: inout [UInt8]) {
    if millionths < 0 { bytes.append(0x2d) }
    let size = UInt(millionths.magnitude)
    append(digits: size / 1_000_000, atLeast: 1, to: &bytes)
    bytes.append(0x2e)
    append(digits: size % 1_000_000, atLeast: 6, to: &bytes)
  }

  /// Two decimals.
  static func append(hundredths: Int, to bytes: inout [UInt8]) {
    if hundredths < 0 { bytes.append(0x2d) }
    append(digits: hundredths.magnitude / 100, atLeast: 1, to: &bytes)
    bytes.append(0x2e)
    append(digits: hundredths.magnitude % 100, atLeast: 2, to: &bytes)
  }

  /// Sixteen hexadecimal digits, nothing for 0.
  static func append(hex id: UInt64, to bytes: inout [UInt8]) {
    if id == 0 { return }
    var shift = 60
    while shift >= 0 {
      let digit = UInt8(truncatingIfNeeded: id >> UInt64(shift) & 15)
      bytes.append(digit < 10 ? 0x30 + digit : 0x57 + digit)
      shift -= 4
    }
  }

  /// Nothing for no address.
  static func append(_ address: Address, to bytes: inout [UInt8]) {
    if address.isNone { return }
    guard let bits = address.v4 else {
      bytes.append(contentsOf: address.description.utf8)
      return
    }
    append(digits: UInt(bits >> 24), atLeast: 1, to: &bytes)
    bytes.append(0x2e)
    append(digits: UInt(bits >> 16 & 255), atLeast: 1, to: &bytes)
    bytes.append(0x2e)
    append(digits: UInt(bits >> 8 & 255), atLeast: 1, to: &bytes)
    bytes.append(0x2e)
    append(digits: UInt(bits & 255), atLeast: 1, to: &bytes)
  }

  static func append(_ time: Timestamp, to bytes: inout [UInt8]) {
    let microseconds = time.microseconds
    // From 1970 to 2100 days and seconds are non-negative and the year has four digits; the rest is for the twin.
    guard 0..<4_102_444_800_000_000 ~= microseconds else {
      bytes.append(contentsOf: TimeText.text(time).utf8)
      return
    }
    let (seconds, fraction) = microseconds.quotientAndRemainder(dividingBy: 1_000_000)
    let (day, inDay) = seconds.quotientAndRemainder(dividingBy: 86_400)
    let date = Timestamp.date(day: Int(day))
    append(digits: UInt(date.year), atLeast: 4, to: &bytes)
    bytes.append(0x2d)
    append(digits: UInt(date.month), atLeast: 2, to: &bytes)
    bytes.append(0x2d)
    append(digits: UInt(date.day), atLeast: 2, to: &bytes)
    bytes.append(0x54)
    append(digits: UInt(inDay / 3_600), atLeast: 2, to: &bytes)
    bytes.append(0x3a)
    append(digits: UInt(inDay / 60 % 60), atLeast: 2, to: &bytes)
    bytes.append(0x3a)
    append(digits: UInt(inDay % 60), atLeast: 2, to: &bytes)
    if fraction % 1_000 != 0 {
      bytes.append(0x2e)
      append(digits: UInt(fraction), atLeast: 6, to: &bytes)
    } else if fraction != 0 {
      bytes.append(0x2e)
      append(digits: UInt(fraction / 1_000), atLeast: 3, to: &bytes)
    }
    bytes.append(0x5a)
  }

  /// From the last digit to the first: the room is made first, so nothing is turned round afterwards.
  private static func append(digits number: UInt, atLeast width: Int, to bytes: inout [UInt8]) {
    if number < 10, width == 1 {
      bytes.append(0x30 + UInt8(truncatingIfNeeded: number))
      return
    }
    if number < 100, width <= 2 {
      bytes.append(0x30 + UInt8(truncatingIfNeeded: number / 10))
      bytes.append(0x30 + UInt8(truncatingIfNeeded: number % 10))
      return
    }
    var (count, bound) = (1, UInt(10))
    while number >= bound {
      count += 1
      let (next, overflow) = bound.multipliedReportingOverflow(by: 10)
      if overflow { break }
      bound = next
    }
    count = max(count, width)
    let start = bytes.count
    bytes.append(contentsOf: repeatElement(0x30, count: count))
    var (rest, index) = (number, start + count - 1)
    while rest > 0 {
      let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
      bytes[index] = 0x30 + UInt8(truncatingIfNeeded: digit)
      rest = quotient
      index -= 1
    }
  }
}
