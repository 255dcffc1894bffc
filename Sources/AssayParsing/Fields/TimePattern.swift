internal import AssayModel

/// The parts of a moment, gathered from one place of a line or from several (date and time in columns of their own).
struct TimeParts {
  var year: Int?
  var month = 1
  var day = 1
  /// Day of the year, 1 to 366, which then stands for month and day.
  var dayOfYear: Int?
  var hasDay = false
  var hour = 0
  var minute = 0
  var second = 0
  var hasClock = false
  /// Whether the hour is one of twelve, and the second half of the day is meant.
  var isAfternoon: Bool?
  var microsecond = 0
  var isSubsecond = false
  /// Seconds east of UTC.
  var zone = 0
  /// Microseconds since the epoch, where the log counts instead.
  var epoch: Int64?

  /// The moment in microseconds since the epoch, or nil where date or time is missing or out of range. A date without
  /// its year falls in `Times.unknownYear`.
  var microseconds: Int64? {
    if let epoch { return epoch + Int64(microsecond) }
    guard hasDay, hasClock, var days = Times.checkedDays(year ?? Times.unknownYear, month, day) else { return nil }
    if let dayOfYear {
      days += dayOfYear - 1
      if Timestamp.date(day: days).year != (year ?? Times.unknownYear) { return nil }
    }
    var hour = hour
    if let isAfternoon {
      guard hour >= 1, hour <= 12 else { return nil }
      hour = hour % 12 + (isAfternoon ? 12 : 0)
    }
    let seconds = hour * 3_600 + minute * 60 + second - zone
    return Int64(days) * 86_400_000_000 + Int64(seconds) * 1_000_000 + Int64(microsecond)
  }
}

/// A time notation that its user wrote down with the letters of strftime(3): Apache's `%{…}t`, GoAccess's date, time
/// and datetime formats. Names are English, whatever the locale.
struct TimePattern: Sendable, Equatable {
  /// Whose letters: they disagree about `%f`.
  enum Dialect { case strftime, goAccess }

  /// The last unit of a pattern.
  enum Part: Sendable, Equatable {
    case byte(UInt8)
    case spaces
    case year, shortYear, month, monthName, day, dayOfYear, weekday
    case hour, shortHour, minute, second, half, fraction, zone, zoneName
    case epoch(unit: Int64)
  }

  /// In order.
  var parts: [Part] = []

  /// A pattern of known parts.
  init(parts: [Part]) { self.parts = parts }

  /// Compiles a pattern. Composite letters (`%T`, `%F`, `%D`, `%R`) are written out.
  ///
  /// - Throws: `.settings` with the column (from 1, after `column`) of a letter that is not known.
  init(_ text: String, _ dialect: Dialect, column: Int = 0) throws(AssayError) {
    var bytes = Array(text.utf8)[...]
    while let byte = bytes.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        parts.append(byte == UInt8(ascii: " ") ? .spaces : .byte(byte))
        continue
      }
      let letter = bytes.popFirst().map { Character(Unicode.Scalar($0)) } ?? " "
      guard let more = TimePattern.parts(of: letter, dialect) else {
        throw AssayError(
          .settings,
          "the time format “\(text)” has %\(letter), which is not one of strftime's letters that a log can use",
          at: .init(source: "time format", column: column + text.utf8.count - bytes.count - 1))
      }
      parts += more
    }
  }

  private static func parts(of letter: Character, _ dialect: Dialect) -> [Part]? {
    let colon = Part.byte(UInt8(ascii: ":"))
    let (dash, slash) = (Part.byte(UInt8(ascii: "-")), Part.byte(UInt8(ascii: "/")))
    switch letter {
    case "Y": return [.year]
    case "y": return [.shortYear]
    case "m": return [.month]
    case "b", "B", "h": return [.monthName]
    case "d", "e": return [.day]
    case "j": return [.dayOfYear]
    case "a", "A": return [.weekday]
    case "H", "k": return [.hour]
    case "I", "l": return [.shortHour]
    case "M": return [.minute]
    case "S": return [.second]
    case "p": return [.half]
    case "z": return [.zone]
    case "Z": return [.zoneName]
    case "s": return [.epoch(unit: 1_000_000)]
    case "f": return dialect == .goAccess ? [.epoch(unit: 1)] : [.fraction]
    case "*": return dialect == .goAccess ? [.epoch(unit: 1_000)] : nil
    case "T": return [.hour, colon, .minute, colon, .second]
    case "R": return [.hour, colon, .minute]
    case "F": return [.year, dash, .month, dash, .day]
    case "D": return [.month, slash, .day, slash, .shortYear]
    case "n", "t": return [.spaces]
    case "%": return [.byte(UInt8(ascii: "%"))]
    default: return nil
    }
  }

  /// Reads a text that begins at `start`; returns where it ends, or nil where it is something else.
  func read(_ bytes: Span<UInt8>, _ start: Int, _ end: Int, into time: inout TimeParts) -> Int? {
    var index = start
    for part in parts {
      guard let next = TimePattern.read(part, bytes, index, end, into: &time) else { return nil }
      index = next
    }
    return index
  }

  private static func read(
    _ part: Part, _ bytes: Span<UInt8>, _ start: Int, _ end: Int, into time: inout TimeParts
  ) -> Int? {
    switch part {
    case .byte(let byte):
      return start < end && bytes[start] == byte ? start + 1 : nil
    case .spaces:
      var index = start
      while index < end, bytes[index] == 32 || bytes[index] == 9 { index += 1 }
      return index > start ? index : nil
    case .year: return number(4, 4, 1970...9999) { $0.year = $1 }
    case .shortYear: return number(2, 2, 0...99) { $0.year = $1 < 69 ? 2000 + $1 : 1900 + $1 }  // as POSIX strptime
    case .month: return number(1, 2, 1...12) { $0.month = $1 }
    case .day:
      return number(1, 2, 1...31) {
        $0.day = $1
        $0.hasDay = true
      }
    case .dayOfYear:
      return number(3, 3, 1...366) {
        $0.dayOfYear = $1
        $0.hasDay = true
      }
    case .hour, .shortHour:
      return number(1, 2, part == .hour ? 0...23 : 1...12) {
        $0.hour = $1
        $0.hasClock = true
      }
    case .minute: return number(2, 2, 0...59) { $0.minute = $1 }
    case .second:
      guard let next = number(2, 2, 0...60, { $0.second = $1 }) else { return nil }
      return next
    case .fraction: return fraction()
    case .monthName, .weekday, .half, .zoneName: return name(part, bytes, start, end, into: &time)
    case .zone:
      guard let zone = Times.zone(bytes, start, end) else { return nil }
      time.zone = zone.seconds
      return zone.end
    case .epoch(let unit):
      var digits = start
      while digits < end, bytes[digits] &- 48 < 10 { digits += 1 }
      guard let count = Times.epoch(bytes, start, digits, unit: unit) else { return nil }
      time.epoch = count.microseconds
      time.isSubsecond = time.isSubsecond || count.isSubsecond
      return count.end
    }

    func number(_ least: Int, _ most: Int, _ range: ClosedRange<Int>, _ set: (inout TimeParts, Int) -> Void) -> Int? {
      var (value, index) = (0, start)
      if least < most, index < end, bytes[index] == UInt8(ascii: " ") { index += 1 }  // padded
      let first = index
      while index < end, index - first < most, bytes[index] &- 48 < 10 {
        value = value * 10 + Int(bytes[index] &- 48)
        index += 1
      }
      guard index - first >= least, range.contains(value) else { return nil }
      set(&time, value)
      return index
    }

    func fraction() -> Int? {
      var (weight, index) = (100_000, start)
      time.microsecond = 0
      while index < end, bytes[index] &- 48 < 10 {
        time.microsecond += Int(bytes[index] &- 48) * weight
        (weight, index) = (weight / 10, index + 1)
      }
      time.isSubsecond = true
      return index > start ? index : nil
    }
  }

  private static func name(
    _ part: Part, _ bytes: Span<UInt8>, _ start: Int, _ end: Int, into time: inout TimeParts
  ) -> Int? {
    var index = start
    while index < end, (bytes[index] | 0x20) &- UInt8(ascii: "a") < 26 { index += 1 }
    let count = index - start
    switch part {
    case .monthName:
      guard count >= 3, let month = Times.month(bytes, start) else { return nil }
      time.month = month
    case .half:
      guard count == 2, bytes[start + 1] | 0x20 == UInt8(ascii: "m") else { return nil }
      switch bytes[start] | 0x20 {
      case UInt8(ascii: "a"): time.isAfternoon = false
      case UInt8(ascii: "p"): time.isAfternoon = true
      default: return nil
      }
    default:
      guard count >= 1 else { return nil }
    }
    return index
  }
}
