/// A moment in event time: microseconds since 1970-01-01T00:00:00 UTC, leap seconds not counted (POSIX time).
///
/// Logs carry between whole seconds (Common Log Format) and nanoseconds (Cloudflare); microseconds hold every one
/// that matters for a click and fit ±292,000 years in 64 bits. No clock is read anywhere in the audit: a
/// `Timestamp` always comes from the input.
public struct Timestamp: Hashable, Comparable, Sendable, BitwiseCopyable {
  /// Microseconds since the epoch, negative before it.
  public var microseconds: Int64

  /// A moment from its microseconds since the epoch.
  @inlinable public init(microseconds: Int64) { self.microseconds = microseconds }

  /// A moment from whole seconds since the epoch.
  @inlinable public init(seconds: Int64) { microseconds = seconds &* 1_000_000 }

  /// Earlier is smaller.
  @inlinable public static func < (left: Timestamp, right: Timestamp) -> Bool {
    left.microseconds < right.microseconds
  }

  /// The time from `earlier` to this moment in microseconds, negative where `earlier` is later. Saturates.
  @inlinable public func microseconds(since earlier: Timestamp) -> Int64 {
    let (difference, overflow) = microseconds.subtractingReportingOverflow(earlier.microseconds)
    return overflow ? (microseconds < 0 ? .min : .max) : difference
  }
}

extension Timestamp {
  /// A moment from a date of the Gregorian calendar in UTC (proleptic). Days are counted as in Howard Hinnant's
  /// "chrono-Compatible Low-Level Date Algorithms" (days_from_civil). Fields are not range-checked: the caller
  /// has parsed them.
  ///
  /// - Complexity: O(1).
  @inlinable
  public init(year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0, microsecond: Int = 0) {
    let seconds =
      Timestamp.days(year: year, month: month, day: day) &* 86_400 &+ hour &* 3_600 &+ minute &* 60 &+ second
    microseconds = Int64(truncatingIfNeeded: seconds) &* 1_000_000 &+ Int64(truncatingIfNeeded: microsecond)
  }

  /// Days since 1970-01-01 of a Gregorian date.
  @inlinable public static func days(year: Int, month: Int, day: Int) -> Int {
    let shiftedYear = month <= 2 ? year &- 1 : year
    let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear &- 399) / 400
    let yearOfEra = shiftedYear &- era &* 400
    let shiftedMonth = month > 2 ? month &- 3 : month &+ 9
    let dayOfYear = (153 &* shiftedMonth &+ 2) / 5 &+ day &- 1
    let dayOfEra = yearOfEra &* 365 &+ yearOfEra / 4 &- yearOfEra / 100 &+ dayOfYear
    return era &* 146_097 &+ dayOfEra &- 719_468
  }

  /// The Gregorian date of a day counted from 1970-01-01.
  public static func date(day: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = day &+ 719_468
    let era = (shifted >= 0 ? shifted : shifted &- 146_096) / 146_097
    let dayOfEra = shifted &- era &* 146_097
    let yearOfEra = (dayOfEra &- dayOfEra / 1_460 &+ dayOfEra / 36_524 &- dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra &- (365 &* yearOfEra &+ yearOfEra / 4 &- yearOfEra / 100)
    let shiftedMonth = (5 &* dayOfYear &+ 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth &+ 3 : shiftedMonth &- 9
    return (
      yearOfEra &+ era &* 400 &+ (month <= 2 ? 1 : 0), month, dayOfYear &- (153 &* shiftedMonth &+ 2) / 5 &+ 1
    )
  }

  /// The moment in ISO 8601, UTC, with as many fractional digits as it needs (0, 3 or 6): `2026-11-23T09:00:00.25Z`
  /// is written `2026-11-23T09:00:00.250Z`.
  public var iso8601: String {
    let remainder = Int(microseconds % 86_400_000_000)
    let day = Int(microseconds / 86_400_000_000) - (remainder < 0 ? 1 : 0)
    let inDay = remainder + (remainder < 0 ? 86_400_000_000 : 0)
    let (year, month, dayOfMonth) = Timestamp.date(day: day)
    let (seconds, fraction) = (inDay / 1_000_000, inDay % 1_000_000)
    var text = "\(padded(year, 4))-\(padded(month, 2))-\(padded(dayOfMonth, 2))T"
    text += "\(padded(seconds / 3_600, 2)):\(padded(seconds / 60 % 60, 2)):\(padded(seconds % 60, 2))"
    if fraction % 1_000 != 0 {
      text += ".\(padded(fraction, 6))"
    } else if fraction != 0 {
      text += ".\(padded(fraction / 1_000, 3))"
    }
    return text + "Z"
  }
}

/// A number with zeros before it up to `width` digits, and a sign before them where it is negative.
private func padded(_ number: Int, _ width: Int) -> String {
  let digits = String(abs(number))
  return (number < 0 ? "-" : "") + String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
}
