internal import AssayModel

/// A moment read from text, and where its text ended: the caller decides whether more may follow.
package struct TimeReading: Equatable {
  /// Microseconds since the epoch, UTC.
  package var microseconds: Int64
  /// Index of the first byte after the time.
  package var end: Int
  /// Whether the time was written with a fraction of a second.
  package var isSubsecond: Bool
}

/// Every way in which logs write a moment. All functions read `bytes[start..<end]` from its first byte, never look
/// outside it, check the range of each part (month, day of that month, hour ≤ 23, minute ≤ 59, second ≤ 60: a leap
/// second is the first of the next minute, as in POSIX), accept the years 1970 to 9999, know no locale, and return
/// nil where the text is something else. What is finer than a microsecond is cut off. Without a zone a time is UTC.
///
/// - Complexity: O(1) each; the longest notation has 40 bytes.
package enum Times {
  /// The year of a stamp that has none (RFC 3164) where nobody can say it: the first leap year of the epoch, so that
  /// 29 February exists. Order and gaps inside one year stay right, and the printed dates show the lack at a glance.
  package static let unknownYear = 1972

  /// Common Log Format: `17/May/2015:10:05:03 +0000`; the zone and a fraction (`:03.127`, HAProxy) may be there or not.
  package static func commonLog(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> TimeReading? {
    guard end - start >= 20, bytes[start + 2] == UInt8(ascii: "/"), bytes[start + 6] == UInt8(ascii: "/"),
      bytes[start + 11] == UInt8(ascii: ":"),
      let day = digits(bytes, start, 2), let month = month(bytes, start + 3), let year = digits(bytes, start + 7, 4),
      let days = checkedDays(year, month, day)
    else { return nil }
    return clockAndZone(bytes, start + 12, end, days: days)
  }

  /// ISO 8601 and its relatives: `2026-11-23T09:00:00Z`, with a space, `t` or `T`; with a fraction after `.` or `,`;
  /// with `Z`, `z`, ` UTC`, `+01`, `+0100`, `+01:00` (a space may stand before the sign) or no zone; with `/` between
  /// the parts of the date.
  package static func iso8601(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> TimeReading? {
    guard end - start >= 19, let days = date(bytes, start, end) else { return nil }
    switch bytes[start + 10] {
    case UInt8(ascii: "T"), UInt8(ascii: "t"), UInt8(ascii: " "): break
    default: return nil
    }
    return clockAndZone(bytes, start + 11, end, days: days)
  }

  /// A date alone, `2026-11-23` or `2026/11/23`, exactly ten bytes: days since the epoch.
  package static func date(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int? {
    guard end - start >= 10, bytes[start + 4] == bytes[start + 7],
      bytes[start + 4] == UInt8(ascii: "-") || bytes[start + 4] == UInt8(ascii: "/"),
      let year = digits(bytes, start, 4), let month = digits(bytes, start + 5, 2),
      let day = digits(bytes, start + 8, 2)
    else { return nil }
    return checkedDays(year, month, day)
  }

  /// A time of day, `09:00:00` with an optional fraction: microseconds since midnight (in `microseconds`).
  package static func timeOfDay(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> TimeReading? {
    guard end - start >= 8, bytes[start + 2] == UInt8(ascii: ":"), bytes[start + 5] == UInt8(ascii: ":"),
      let hour = digits(bytes, start, 2), let minute = digits(bytes, start + 3, 2),
      let second = digits(bytes, start + 6, 2), hour <= 23, minute <= 59, second <= 60
    else { return nil }
    let whole = Int64(hour * 3_600 + minute * 60 + second) * 1_000_000
    let fraction = fraction(bytes, start + 8, end)
    return TimeReading(
      microseconds: whole + Int64(fraction.microseconds), end: fraction.end, isSubsecond: fraction.end > start + 8)
  }

  /// A count since the epoch, in the unit that its magnitude tells (seconds below 10¹¹, milliseconds below 10¹⁴,
  /// microseconds below 10¹⁷, else nanoseconds: a time of this century fits one unit only), with or without a
  /// fraction: nginx `$msec`, Caddy `ts`, Squid. At most 19 digits before the point.
  package static func epoch(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> TimeReading? {
    guard let whole = integer(bytes, start, end) else { return nil }
    let unit: Int64 = whole.value < 100_000_000_000 ? 1_000_000 : whole.value < 100_000_000_000_000 ? 1_000 : 1
    return count(bytes, whole, end, unit: whole.value < 100_000_000_000_000_000 ? unit : 0)
  }

  /// A count since the epoch in a given unit: 1,000,000 for seconds, 1,000 for milliseconds, 1 for microseconds, 0 for
  /// nanoseconds.
  package static func epoch(_ bytes: Span<UInt8>, _ start: Int, _ end: Int, unit: Int64) -> TimeReading? {
    guard let whole = integer(bytes, start, end) else { return nil }
    return count(bytes, whole, end, unit: unit)
  }

  /// The stamp of RFC 3164, `Nov 23 09:00:00` (the day padded with a space, a zero or not at all), in a year that the
  /// caller knows, or in `unknownYear`.
  package static func syslog(_ bytes: Span<UInt8>, _ start: Int, _ end: Int, year: Int = unknownYear) -> TimeReading? {
    guard end - start >= 14, let month = month(bytes, start), bytes[start + 3] == UInt8(ascii: " ") else { return nil }
    var index = start + 4
    if bytes[index] == UInt8(ascii: " ") { index += 1 }
    guard let first = digit(bytes, index, end) else { return nil }
    var day = first
    index += 1
    if let second = digit(bytes, index, end) {
      day = day * 10 + second
      index += 1
    }
    guard index < end, bytes[index] == UInt8(ascii: " "), let days = checkedDays(year, month, day),
      let clock = timeOfDay(bytes, index + 1, end)
    else { return nil }
    return TimeReading(
      microseconds: Int64(days) * 86_400_000_000 + clock.microseconds, end: clock.end, isSubsecond: clock.isSubsecond)
  }

  /// A zone: `Z`, `z`, `UTC`, `+01`, `+0100`, `+01:00`, after one space or none. Nil where there is none; a zone beyond
  /// 23:59 is none.
  package static func zone(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> (seconds: Int, end: Int)? {
    var index = start
    if index < end, bytes[index] == UInt8(ascii: " ") { index += 1 }
    guard index < end else { return nil }
    switch bytes[index] {
    case UInt8(ascii: "Z"), UInt8(ascii: "z"):
      return index == start ? (0, index + 1) : nil
    case UInt8(ascii: "U"):
      let isUTC = end - index >= 3 && bytes[index + 1] == UInt8(ascii: "T") && bytes[index + 2] == UInt8(ascii: "C")
      return isUTC ? (0, index + 3) : nil
    case UInt8(ascii: "+"), UInt8(ascii: "-"):
      let sign = bytes[index] == UInt8(ascii: "-") ? -1 : 1
      guard end - index >= 3, let hours = digits(bytes, index + 1, 2), hours <= 23 else { return nil }
      var after = index + 3
      if after < end, bytes[after] == UInt8(ascii: ":") { after += 1 }
      guard end - after >= 2, let minutes = digits(bytes, after, 2) else { return (sign * hours * 3_600, index + 3) }
      return minutes <= 59 ? (sign * (hours * 3_600 + minutes * 60), after + 2) : nil
    default:
      return nil
    }
  }

  /// Days since the epoch of a date whose parts are in range, else nil.
  package static func checkedDays(_ year: Int, _ month: Int, _ day: Int) -> Int? {
    guard year >= 1970, year <= 9999, month >= 1, month <= 12, day >= 1 else { return nil }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let length = month == 2 ? (isLeap ? 29 : 28) : month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31
    return day <= length ? Timestamp.days(year: year, month: month, day: day) : nil
  }

  /// The month of a three-letter English name in any case, 1 to 12. The caller has checked that three bytes are there.
  package static func month(_ bytes: Span<UInt8>, _ start: Int) -> Int? {
    let name =
      UInt32(bytes[start] | 0x20) << 16 | UInt32(bytes[start + 1] | 0x20) << 8 | UInt32(bytes[start + 2] | 0x20)
    switch name {
    case 0x6a616e: return 1  // jan
    case 0x666562: return 2
    case 0x6d6172: return 3
    case 0x617072: return 4
    case 0x6d6179: return 5
    case 0x6a756e: return 6
    case 0x6a756c: return 7
    case 0x617567: return 8
    case 0x736570: return 9
    case 0x6f6374: return 10
    case 0x6e6f76: return 11
    case 0x646563: return 12  // dec
    default: return nil
    }
  }

  /// The number that exactly `count` digits make, or nil. The caller has checked that they are inside.
  package static func digits(_ bytes: Span<UInt8>, _ start: Int, _ count: Int) -> Int? {
    var value = 0
    for index in start..<start + count {
      let digit = bytes[index] &- 48
      if digit > 9 { return nil }
      value = value * 10 + Int(digit)
    }
    return value
  }

  /// The fraction of a second at `start` if there is one (`.` or `,` and at least one digit) in microseconds. Digits
  /// beyond the sixth are read and cut off.
  package static func fraction(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> (microseconds: Int, end: Int) {
    guard start < end, bytes[start] == UInt8(ascii: ".") || bytes[start] == UInt8(ascii: ","),
      digit(bytes, start + 1, end) != nil
    else { return (0, start) }
    var (value, weight, index) = (0, 100_000, start + 1)
    while let digit = digit(bytes, index, end) {
      value += digit * weight
      weight /= 10
      index += 1
    }
    return (value, index)
  }

  /// The digit at an index, or nil where there is none or the text ends.
  private static func digit(_ bytes: Span<UInt8>, _ index: Int, _ end: Int) -> Int? {
    guard index < end, bytes[index] &- 48 < 10 else { return nil }
    return Int(bytes[index] &- 48)
  }

  private static func clockAndZone(_ bytes: Span<UInt8>, _ start: Int, _ end: Int, days: Int) -> TimeReading? {
    guard let clock = timeOfDay(bytes, start, end) else { return nil }
    let zone = zone(bytes, clock.end, end) ?? (seconds: 0, end: clock.end)
    let microseconds = Int64(days) * 86_400_000_000 + clock.microseconds - Int64(zone.seconds) * 1_000_000
    return TimeReading(microseconds: microseconds, end: zone.end, isSubsecond: clock.isSubsecond)
  }

  /// At most 19 digits that fit 64 bits.
  private static func integer(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> (value: Int64, end: Int)? {
    var (value, index) = (Int64(0), start)
    while let digit = digit(bytes, index, end) {
      let (product, tooLarge) = value.multipliedReportingOverflow(by: 10)
      let (sum, overflow) = product.addingReportingOverflow(Int64(digit))
      if tooLarge || overflow || index - start == 19 { return nil }
      (value, index) = (sum, index + 1)
    }
    return index == start ? nil : (value, index)
  }

  private static func count(
    _ bytes: Span<UInt8>, _ whole: (value: Int64, end: Int), _ end: Int, unit: Int64
  ) -> TimeReading? {
    let fraction = fraction(bytes, whole.end, end)
    let latest: Int64 = 253_402_300_799_999_999  // 9999-12-31T23:59:59.999999Z
    let (scaled, overflow) =
      unit == 0 ? (whole.value / 1_000, false) : whole.value.multipliedReportingOverflow(by: unit)
    guard !overflow, scaled <= latest else { return nil }
    let finer = Int64(fraction.microseconds) * unit / 1_000_000
    let isSubsecond = unit < 1_000_000 || fraction.end > whole.end
    return TimeReading(microseconds: scaled + finer, end: fraction.end, isSubsecond: isSubsecond)
  }
}
