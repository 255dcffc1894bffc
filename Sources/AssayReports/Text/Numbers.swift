import AssayMeasurement
import AssayModel

/// How numbers look, in every report alike.
enum Numbers {
  /// `1,234,567`.
  static func grouped(_ number: Int64) -> String {
    let digits = Array(String(number.magnitude).utf8)
    var text = number < 0 ? "-" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { text += "," }
      text.unicodeScalars.append(Unicode.Scalar(digit))
    }
    return text
  }

  /// `1,234,567`.
  static func grouped(_ number: Int) -> String { grouped(Int64(number)) }

  /// Millionths with all six decimals, as JSON and CSV have them: `0.043210`.
  static func fixed(_ millionths: Int64) -> String {
    let (whole, fraction) = millionths.magnitude.quotientAndRemainder(dividingBy: 1_000_000)
    return "\(millionths < 0 ? "-" : "")\(whole).\(zeroPadded(fraction, 6))"
  }

  /// Millionths as a person writes them: grouped, without trailing zeros: `1,234.5`.
  static func trimmed(_ millionths: Int64) -> String {
    let (whole, fraction) = millionths.magnitude.quotientAndRemainder(dividingBy: 1_000_000)
    let text = (millionths < 0 ? "-" : "") + grouped(Int64(whole))
    if fraction == 0 { return text }
    let digits = zeroPadded(fraction, 6)
    return text + "." + digits.prefix(6 - digits.reversed().prefix { $0 == "0" }.count)
  }

  /// An amount for a person: two decimals; never a rounded 0 where it is not.
  static func money(_ amount: Money) -> String {
    let size = amount.millionths.magnitude
    if size > 0, size < 5_000 { return amount.millionths < 0 ? ">-0.01" : "<0.01" }
    let hundredths = (size + 5_000) / 10_000
    return "\(amount.millionths < 0 ? "-" : "")\(grouped(Int64(hundredths / 100))).\(zeroPadded(hundredths % 100, 2))"
  }

  /// A rate for a person: one decimal; never a rounded 0 or 100 % where it is neither; `–` where it is no number.
  static func percent(_ rate: Ratio?) -> String {
    guard let rate else { return "–" }
    let millionths = rate.millionths
    if rate.numerator > 0, millionths < 500 { return "<0.1%" }
    if rate.numerator < rate.denominator, millionths >= 999_500 { return ">99.9%" }
    return percent(millionths: millionths) + "%"
  }

  /// `12.3` of 123,456 millionths.
  static func percent(millionths: Int64) -> String {
    let thousandths = (millionths.magnitude + 500) / 1_000
    return "\(millionths < 0 ? "-" : "")\(grouped(Int64(thousandths / 10))).\(thousandths % 10)"
  }

  /// `11.9–13.1%`.
  static func interval(_ rate: Ratio?) -> String {
    guard let (lower, upper) = rate?.interval()?.millionths else { return "–" }
    return "\(percent(millionths: lower))–\(percent(millionths: upper))%"
  }

  /// A size in bytes: `4.2 MiB`.
  static func bytes(_ count: Int64) -> String {
    let units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"]
    var (tenths, unit) = (UInt64(max(count, 0)), 0)
    if tenths < 1_024 { return "\(tenths) B" }
    while tenths >= 1_024 * 1_024 {
      tenths /= 1_024
      unit += 1
    }
    tenths = tenths * 10 / 1_024
    return "\(tenths / 10).\(tenths % 10) \(units[unit + 1])"
  }

  /// A 64-bit id: 16 hexadecimal digits, empty for 0, which means none.
  static func hex(_ id: UInt64) -> String {
    if id == 0 { return "" }
    let digits = String(id, radix: 16)
    return String(repeating: "0", count: 16 - digits.utf8.count) + digits
  }

  /// Hundredths with two decimals: `4.61`.
  static func hundredths(_ number: Int) -> String {
    "\(number < 0 ? "-" : "")\(number.magnitude / 100).\(zeroPadded(UInt64(number.magnitude % 100), 2))"
  }

  private static func zeroPadded(_ number: UInt64, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }
}
