internal import AssayModel

/// Sessions of which no window shows all (`VisitorWindow`), as they are in whole: found out by the reduce step, for
/// whoever shows a session.
struct CutSessions: Sendable {
  private var sessions: [Key: Session] = [:]

  private struct Key: Hashable, Sendable {
    var visitor: UInt64
    var start: Timestamp
  }

  /// Adds what is counted now; the windows on a visitor come in order.
  ///
  /// - Complexity: O(1) for a visitor that is looked at whole, O(sessions) else.
  mutating func add(_ facts: VisitorFacts, _ events: Span<Event>) {
    if facts.counted == VisitorFacts.all { return }
    for session in facts.sessions {
      let own = session.events.clamped(to: facts.counted)
      if own.isEmpty || own == session.events { continue }
      let key = Key(visitor: facts.visitor, start: session.start)
      let before = sessions[key]?.events.count ?? 0
      sessions[key] = Session(
        events: 0..<before + own.count, start: session.start, end: events[own.upperBound - 1].time,
        closing: session.closing)
    }
  }

  /// Adds those of other visitors.
  mutating func merge(_ other: CutSessions) { sessions.merge(other.sessions) { mine, _ in mine } }

  /// A session as it is in whole.
  func whole(_ session: Session, of visitor: UInt64) -> Session {
    if sessions.isEmpty { return session }
    return sessions[Key(visitor: visitor, start: session.start)] ?? session
  }
}
