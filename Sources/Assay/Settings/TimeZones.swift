internal import AssayMeasurement
internal import AssayModel
internal import Foundation

/// Time zones, from the zone database that Foundation brings along: the only place that asks for it, once a run.
enum TimeZones {
  /// The calendar of a zone for the days between two moments.
  ///
  /// - Throws: `settings` where there is no such zone.
  static func calendar(_ name: String, from first: Timestamp, to last: Timestamp) throws(AssayError) -> LocalCalendar {
    if name == "UTC" { return LocalCalendar(name: name, transitions: [(from: first, offsetSeconds: 0)]) }
    let zone = try zone(name)
    var transitions = [(from: first, offsetSeconds: Int32(zone.secondsFromGMT(for: date(first))))]
    var moment = date(first)
    // A zone has at most a few transitions a year; the limit keeps a log with one wild year from looping long.
    while transitions.count < 4_096, let next = zone.nextDaylightSavingTimeTransition(after: moment),
      next > moment, next <= date(last)
    {
      transitions.append(
        (
          from: Timestamp(microseconds: Int64((next.timeIntervalSince1970 * 1_000_000).rounded())),
          offsetSeconds: Int32(zone.secondsFromGMT(for: next))
        ))
      moment = next
    }
    return LocalCalendar(name: name, transitions: transitions)
  }

  /// Reads a time as a person writes it: `2026-11-01`, `2026-11-01T08:00`, `2026-11-01 08:00:00`, with `Z` or an offset
  /// `+01:00`, or in the named zone where it gives none.
  ///
  /// - Throws: `settings` where it is no time.
  static func moment(_ text: String, zone name: String, key: String) throws(AssayError) -> Timestamp {
    let pattern =
      /(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,6}))?)?)?(?:(Z)|([+-])(\d{2}):?(\d{2}))?/
    guard let match = text.wholeMatch(of: pattern) else {
      throw AssayError(
        .settings, "\(key) is “\(text)”; write a time such as 2026-11-01, 2026-11-01T08:00 or 2026-11-01T08:00:00Z.")
    }
    func number(_ part: Substring?) -> Int { part.flatMap { Int($0) } ?? 0 }
    let parts = match.output
    let (year, month, day) = (number(parts.1), number(parts.2), number(parts.3))
    let (hour, minute, second) = (number(parts.4), number(parts.5), number(parts.6))
    guard (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60, second <= 60 else {
      throw AssayError(.settings, "\(key) is “\(text)”; there is no such day or hour.")
    }
    // A day that the month does not have would quietly be one of the next.
    guard Timestamp(year: year, month: month, day: day).iso8601.hasPrefix(text.prefix(10)) else {
      throw AssayError(.settings, "\(key) is “\(text)”; that month has no such day.")
    }
    let fraction = parts.7.map { number($0) * (0..<(6 - $0.count)).reduce(1) { power, _ in power * 10 } } ?? 0
    let local = Timestamp(
      year: year, month: month, day: day, hour: hour, minute: minute, second: second, microsecond: fraction)
    let offset: Int
    if parts.8 != nil {
      offset = 0
    } else if let sign = parts.9 {
      offset = (number(parts.10) * 3_600 + number(parts.11) * 60) * (sign == "-" ? -1 : 1)
    } else if name == "UTC" {
      offset = 0
    } else {
      // The offset that holds at the local time: that of the same UTC time, corrected once across a transition.
      let zone = try zone(name)
      let near = zone.secondsFromGMT(for: date(local))
      offset = zone.secondsFromGMT(for: date(moment(local, near)))
      let last = zone.secondsFromGMT(for: date(moment(local, offset)))
      if last != offset {
        // Clocks were put forward over it. A day whose midnight is missing begins where they were; another time is a
        // mistake of whoever wrote it.
        let before = date(moment(local, max(last, offset)))
        guard parts.4 == nil, let start = zone.nextDaylightSavingTimeTransition(after: before) else {
          throw AssayError(
            .settings,
            "\(key) is “\(text)”; there is no such time in \(name), where clocks are put forward over it. Write "
              + "another, or one with its offset, such as \(text)Z.")
        }
        return Timestamp(microseconds: Int64((start.timeIntervalSince1970 * 1_000_000).rounded()))
      }
    }
    return moment(local, offset)
  }

  /// The moment of a local time with an offset in seconds.
  private static func moment(_ local: Timestamp, _ offset: Int) -> Timestamp {
    Timestamp(microseconds: local.microseconds - Int64(offset) * 1_000_000)
  }

  private static func zone(_ name: String) throws(AssayError) -> TimeZone {
    guard let zone = TimeZone(identifier: name) else {
      throw AssayError(.settings, "There is no time zone “\(name)”; write a name such as Europe/Berlin or UTC.")
    }
    return zone
  }

  private static func date(_ moment: Timestamp) -> Date {
    Date(timeIntervalSince1970: Double(moment.microseconds) / 1_000_000)
  }
}
