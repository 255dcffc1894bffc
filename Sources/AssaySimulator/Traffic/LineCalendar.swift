/// Lines that are planned but not yet due, by the minute in which they are due.
///
/// Visits are planned whole when they begin and reach at most `horizon` minutes ahead, so what is held is the traffic
/// of that time at most, however long the scenario; each minute's memory is given back when it is over. The few lines
/// that come days later wait by the hour.
struct LineCalendar: Sendable {
  /// Minutes that can be planned ahead.
  static let horizon = 240

  /// First moment in milliseconds since the epoch.
  private let start: Int64
  private var minutes: [[PlannedLine]]
  /// What comes after the horizon, by hours since the start.
  private var later: [Int: [PlannedLine]] = [:]
  private var current = 0
  private var order: [UInt64] = []
  /// Lines held now.
  private(set) var count = 0
  /// The most lines ever held at once.
  private(set) var peak = 0

  /// An empty calendar from a moment on, in milliseconds since the epoch.
  init(start: Int64) {
    self.start = start
    minutes = Array(repeating: [], count: LineCalendar.horizon + 1)
  }

  /// Adds a line whose time lies in the current minute or later.
  mutating func add(_ line: PlannedLine) {
    let minute = Int((line.time - start) / 60_000)
    precondition(minute >= current, "a visit must not begin in the past")
    if minute > current + LineCalendar.horizon {
      later[minute / 60, default: []].append(line)
    } else {
      minutes[minute % minutes.count].append(line)
    }
    count += 1
    peak = max(peak, count)
  }

  /// Hands out the current minute's lines in order of time, those of one millisecond as they were added, and goes to
  /// the next minute.
  ///
  /// - Complexity: O(n log n) for n lines of the minute.
  mutating func nextMinute<Failure: Error>(
    _ body: (PlannedLine) throws(Failure) -> Void
  ) throws(Failure) {
    if current % 60 == 0, let lines = later.removeValue(forKey: (current + LineCalendar.horizon) / 60 - 1) {
      for line in lines { minutes[Int((line.time - start) / 60_000) % minutes.count].append(line) }
    }
    let slot = current % minutes.count
    let lines = minutes[slot]
    minutes[slot] = []
    let first = start + Int64(current) * 60_000
    order.removeAll(keepingCapacity: true)
    for index in lines.indices { order.append(UInt64(lines[index].time - first) << 40 | UInt64(index)) }
    order.sort()
    current += 1
    count -= lines.count
    for key in order { try body(lines[Int(key & 0xff_ffff_ffff)]) }
  }
}
