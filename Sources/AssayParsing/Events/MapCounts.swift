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
