public import AssayModel

/// What each detector did in a run: sums of integers, merged in any order.
public struct DetectorCounts: Sendable, Equatable {
  /// What one detector did.
  public struct Row: Sendable, Equatable {
    /// Judged events on which it fired.
    public var events: Int64 = 0
    /// Judged events for which its category is the primary one.
    public var primaryEvents: Int64 = 0
    /// Sessions with a judged event on which it fired.
    public var sessions: Int64 = 0
    /// Price or value of the events for which it is the primary one.
    public var value = Money.zero

    /// Nothing.
    public init() {}
  }

  /// By the ordinal in the catalogue.
  public private(set) var rows: [Row]
  /// What fired in a session of which more events are to be counted in the next window on its visitor.
  private var unfinished: Unfinished?

  private struct Unfinished: Sendable, Equatable {
    var visitor: UInt64
    var start: Timestamp
    var fired: DetectorSet
  }

  /// Nothing counted.
  public init() { rows = Array(repeating: Row(), count: DetectorCatalog.all.count) }

  /// Adds the verdicts on one visitor's events.
  ///
  /// - Complexity: O(events) for the look at what fired, and O(1) for each firing.
  public mutating func add(
    _ facts: VisitorFacts, _ events: Span<Event>, _ verdicts: [EventVerdict], judgesPages: Bool
  ) {
    let counted = facts.counted.clamped(to: events.indices)
    for session in facts.sessions where session.events.overlaps(counted) {
      var inSession: DetectorSet = []
      for ordinal in session.events.clamped(to: counted) where !verdicts[ordinal].fired.isEmpty {
        inSession.formUnion(count(events[ordinal], verdicts[ordinal], judgesPages))
      }
      if facts.counted != VisitorFacts.all { inSession = new(inSession, session, facts) }
      if !inSession.isEmpty { for detector in inSession.ordinals { rows[detector].sessions += 1 } }
    }
    // Events without a visitor are in no session.
    if facts.sessions.isEmpty {
      for ordinal in counted where !verdicts[ordinal].fired.isEmpty {
        _ = count(events[ordinal], verdicts[ordinal], judgesPages)
      }
    }
  }

  /// Adds other counts.
  public mutating func merge(_ other: DetectorCounts) {
    for index in rows.indices {
      rows[index].events += other.rows[index].events
      rows[index].primaryEvents += other.rows[index].primaryEvents
      rows[index].sessions += other.rows[index].sessions
      rows[index].value += other.rows[index].value
    }
  }

  /// What fired in a session for the first time, where the session may have begun in an earlier window.
  private mutating func new(_ fired: DetectorSet, _ session: Session, _ facts: VisitorFacts) -> DetectorSet {
    var before: DetectorSet = []
    if let unfinished, unfinished.visitor == facts.visitor, unfinished.start == session.start {
      before = unfinished.fired
    }
    unfinished = Unfinished(visitor: facts.visitor, start: session.start, fired: before.union(fired))
    return fired.subtracting(before)
  }

  /// Counts one event, and gives what fired on it if it is judged.
  private mutating func count(_ event: Event, _ verdict: EventVerdict, _ judgesPages: Bool) -> DetectorSet {
    guard event.kind.isJudged || (judgesPages && event.kind == .page) else { return [] }
    // The ordinals one by one, without an array of them for each event.
    var fired = verdict.fired.rawValue
    while fired != 0 {
      rows[fired.trailingZeroBitCount].events += 1
      fired &= fired &- 1
    }
    if verdict.primary != EventVerdict.noDetector {
      rows[Int(verdict.primary)].primaryEvents += 1
      rows[Int(verdict.primary)].value += event.value
    }
    return verdict.fired
  }
}
