/// One visit: consecutive events of one visitor with no gap of the session timeout (30 minutes: IAB/JICWEBS).
public struct Session: Sendable, Equatable {
  /// Its events, as ordinals in the visitor's events in total order.
  public var events: Range<Int>
  /// Time of the first event.
  public var start: Timestamp
  /// Time of the last event.
  public var end: Timestamp
  /// Why it ended.
  public var closing: Closing

  /// The id of a session in every output: a `StableHash` of its visitor and its start.
  public static func id(visitor: UInt64, start: Timestamp) -> UInt64 {
    StableHash.of(visitor, UInt64(bitPattern: start.microseconds))
  }

  /// A session from its parts.
  public init(events: Range<Int>, start: Timestamp, end: Timestamp, closing: Closing) {
    self.events = events
    self.start = start
    self.end = end
    self.closing = closing
  }

  /// Why a session ended.
  public enum Closing: UInt8, Sendable {
    /// Nothing came for the session timeout.
    case inactivity
    /// It had lasted for the longest time that a session may.
    case length
    /// The input ended.
    case endOfInput
  }
}

/// Everything about one visitor that is worked out once and that every detector may look at; the events themselves
/// are handed over beside it, in total order.
public struct VisitorFacts: Sendable {
  /// `StableHash` of the visitor key.
  public var visitor: UInt64
  /// Its sessions, in order; together they cover all events. None where nothing identifies a visitor
  /// (`VisitorKeyKind.none`).
  public var sessions: [Session]
  /// For each event, the ordinal of the impression of the same visitor with the same impression id and not later in
  /// the total order, or -1. An impression that repeats an id points to the first one with it; the first to itself.
  public var impressionOf: [Int32]
  /// Which of the events are counted now, by their ordinals. All of them for nearly every visitor; one with very many
  /// is looked at through a window that moves on, and what else is in the window is there to be compared with, and
  /// counted before or after. Where it begins at 0 the visitor begins; a session that began before the window has its
  /// own start, and its events from 0 on.
  public var counted: Range<Int>

  /// The value of `counted` for a visitor that is looked at whole.
  public static let all = 0..<Int.max

  /// Facts of a visitor.
  public init(visitor: UInt64, sessions: [Session], impressionOf: [Int32], counted: Range<Int> = VisitorFacts.all) {
    self.visitor = visitor
    self.sessions = sessions
    self.impressionOf = impressionOf
    self.counted = counted
  }

  /// How many of the sessions begin with an event that is counted now.
  ///
  /// - Complexity: O(1) for a visitor that is looked at whole, O(sessions) else.
  public var sessionsBegun: Int {
    if counted == VisitorFacts.all { return sessions.count }
    return sessions.count { counted.contains($0.events.lowerBound) }
  }
}
