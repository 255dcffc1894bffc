public import AssayModel

/// What is counted while lines become events; adding is exact and in any order.
public struct MapCounts: Sendable, Equatable {
  /// Lines read.
  public var lines: Int64 = 0
  /// Lines that gave an event.
  public var events: Int64 = 0
  /// Lines that gave none by rule: blank, comment, header.
  public var ignored: Int64 = 0
  /// Lines that gave none because of an issue.
  public var unreadable: Int64 = 0
  /// Events by `EventKind.rawValue`.
  public var byKind = [Int64](repeating: 0, count: EventKind.allCases.count)
  /// Events outside `--since` and `--until`: counted, not kept.
  public var outsidePeriod: Int64 = 0
  /// Earliest and latest event time; nil before the first event.
  public var firstTime: Timestamp?
  /// Latest event time.
  public var lastTime: Timestamp?

  /// Nothing counted.
  public init() {}

  /// Adds other counts.
  public static func += (left: inout MapCounts, right: MapCounts) {
    left.lines += right.lines
    left.events += right.events
    left.ignored += right.ignored
    left.unreadable += right.unreadable
    for kind in left.byKind.indices { left.byKind[kind] += right.byKind[kind] }
    left.outsidePeriod += right.outsidePeriod
    if let time = right.firstTime { left.firstTime = min(left.firstTime ?? time, time) }
    if let time = right.lastTime { left.lastTime = max(left.lastTime ?? time, time) }
  }
}

/// What is counted of a chunk's events, in place: no array is touched for an event.
struct EventTally: Sendable {
  /// Events by `EventKind.rawValue`.
  private var byKind = InlineArray<8, Int64>(repeating: 0)
  /// Earliest and latest time, in microseconds.
  fileprivate var (first, last) = (Int64.max, Int64.min)
  /// Events outside the period.
  var outsidePeriod: Int64 = 0

  /// Counts an event.
  @inline(__always)
  mutating func add(_ kind: EventKind, at time: Int64) {
    byKind[Int(kind.rawValue)] &+= 1
    first = min(first, time)
    last = max(last, time)
  }

  fileprivate func events(_ kind: EventKind) -> Int64 { byKind[Int(kind.rawValue)] }
}

extension MapCounts {
  /// Adds what was counted of a chunk, and begins the next count.
  mutating func add(_ tally: inout EventTally) {
    for kind in EventKind.allCases {
      events += tally.events(kind)
      byKind[Int(kind.rawValue)] += tally.events(kind)
    }
    if tally.first <= tally.last {
      let (first, last) = (Timestamp(microseconds: tally.first), Timestamp(microseconds: tally.last))
      firstTime = min(firstTime ?? first, first)
      lastTime = max(lastTime ?? last, last)
    }
    outsidePeriod += tally.outsidePeriod
    tally = EventTally()
  }
}
