/// Which notation of time a value has, where the format leaves it to whoever configured the log.
enum StructuredTime {
  /// A whole moment: ISO 8601 and its relatives, Common Log Format (with or without its brackets), or a count since
  /// the epoch, and nothing after it.
  static func moment(_ bytes: Span<UInt8>, _ from: Int, _ to: Int) -> TimeReading? {
    var (start, end) = (from, to)
    if end - start >= 2, bytes[start] == UInt8(ascii: "["), bytes[end - 1] == UInt8(ascii: "]") {
      (start, end) = (start + 1, end - 1)
    }
    guard end > start else { return nil }
    let third = end - start > 4 ? bytes[start + 2] : 0
    let fifth = end - start > 4 ? bytes[start + 4] : 0
    let reading =
      fifth == UInt8(ascii: "-") || fifth == UInt8(ascii: "/")
      ? Times.iso8601(bytes, start, end)
      : third == UInt8(ascii: "/") ? Times.commonLog(bytes, start, end) : Times.epoch(bytes, start, end)
    return reading?.end == end ? reading : nil
  }

  /// A date alone: days since the epoch.
  static func day(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int? {
    end - start == 10 ? Times.date(bytes, start, end) : nil
  }

  /// A time of day alone.
  static func clock(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> TimeReading? {
    let reading = Times.timeOfDay(bytes, start, end)
    return reading?.end == end ? reading : nil
  }

  /// A date as IIS native writes it, month first whatever the machine's language: `3/20/01`, `12/1/2003`. Years of two
  /// digits are 1970 to 2069.
  static func shortDay(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int? {
    var parts = InlineArray<3, Int>(repeating: 0)
    guard numbers(bytes, start, end, between: UInt8(ascii: "/"), into: &parts), parts[2] < 10_000 else { return nil }
    let year = parts[2] < 70 ? parts[2] + 2_000 : parts[2] < 100 ? parts[2] + 1_900 : parts[2]
    return Times.checkedDays(year, parts[0], parts[1])
  }

  /// A time of day whose hour may have one digit: `7:55:20`.
  static func shortClock(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> TimeReading? {
    var parts = InlineArray<3, Int>(repeating: 0)
    guard numbers(bytes, start, end, between: UInt8(ascii: ":"), into: &parts), parts[0] <= 23, parts[1] <= 59,
      parts[2] <= 60
    else { return nil }
    let seconds = parts[0] * 3_600 + parts[1] * 60 + parts[2]
    return TimeReading(microseconds: Int64(seconds) * 1_000_000, end: end, isSubsecond: false)
  }

  /// Exactly three numbers of at most four digits between separators.
  private static func numbers(
    _ bytes: Span<UInt8>, _ start: Int, _ end: Int, between separator: UInt8, into parts: inout InlineArray<3, Int>
  ) -> Bool {
    var (part, digits) = (0, 0)
    for index in start..<end {
      if bytes[index] &- 0x30 < 10, digits < 4 {
        parts[part] = parts[part] * 10 + Int(bytes[index] &- 0x30)
        digits += 1
      } else if bytes[index] == separator, part < 2, digits > 0 {
        (part, digits) = (part + 1, 0)
      } else {
        return false
      }
    }
    return part == 2 && digits > 0
  }

  /// The moment of a day and a time of day.
  static func joined(_ day: Int, _ clock: TimeReading) -> TimeReading {
    TimeReading(
      microseconds: Int64(day) * 86_400_000_000 + clock.microseconds, end: clock.end, isSubsecond: clock.isSubsecond)
  }
}
