public import AssayModel

/// Tells on which day of a time zone something happened. The transitions come from whoever may read the system's time
/// zone data; here they are only applied.
public struct LocalCalendar: Sendable {
  /// IANA name of the zone, as reports print it.
  public let name: String
  private let transitions: [(from: Timestamp, offsetSeconds: Int32)]
  /// The stretch of time that lies on the day found last: events of one visitor mostly do.
  private var known: (from: Timestamp, to: Timestamp, day: Int32)?

  /// A calendar from the moments at which the zone's distance to UTC changes and what it then is (east positive, within
  /// ± a day). Before the first the first one's holds; without any it is UTC.
  public init(name: String, transitions: [(from: Timestamp, offsetSeconds: Int32)]) {
    self.name = name
    self.transitions = transitions.sorted { $0.from < $1.from }
  }

  /// UTC.
  public static let utc = LocalCalendar(name: "UTC", transitions: [])

  /// The local day of a moment, counted from 1970-01-01. A day has 23 or 25 hours where the clocks are changed.
  ///
  /// - Complexity: O(1) on the day found last, else O(log n) in the transitions.
  public mutating func day(of time: Timestamp) -> Int32 {
    if let known, known.from <= time, time < known.to { return known.day }
    var (low, high) = (0, transitions.count)
    while low < high {
      let middle = (low + high) / 2
      if transitions[middle].from <= time { low = middle + 1 } else { high = middle }
    }
    // `low` transitions have happened by now.
    let offset = Int128(transitions.isEmpty ? 0 : transitions[max(0, low - 1)].offsetSeconds) * 1_000_000
    let length: Int128 = 86_400_000_000
    let local = Int128(time.microseconds) + offset
    let day = local >= 0 ? local / length : (local - length + 1) / length
    let start = Timestamp(microseconds: Int64(clamping: day * length - offset))
    let end = Timestamp(microseconds: Int64(clamping: (day + 1) * length - offset))
    let result = Int32(clamping: day)
    known = (
      low == 0 ? start : max(start, transitions[low - 1].from),
      low == transitions.count ? end : min(end, transitions[low].from), result
    )
    return result
  }

  /// The ISO 8601 date of a day counted from 1970-01-01; years before 0 with a sign, all with at least four digits.
  public static func isoDate(_ day: Int32) -> String {
    let (year, month, dayOfMonth) = Timestamp.date(day: Int(day))
    func padded(_ number: Int, _ width: Int) -> String {
      let digits = String(number)
      return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
    return "\(year < 0 ? "-" : "")\(padded(abs(year), 4))-\(padded(month, 2))-\(padded(dayOfMonth, 2))"
  }
}
