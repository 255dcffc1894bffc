public import AssayModel

/// Decides where the sessions of one visitor begin and end, one event time after the other.
///
/// It knows no clock: time is what the events say, so a replayed log and a live capture are cut alike. Live capture
/// may hand over an event that is older than the last one; it belongs to the open session and moves neither end.
public struct SessionStateMachine: Sendable {
  /// What an event did.
  public enum Action: Sendable, Equatable {
    /// No session was open; the event began one.
    case opened
    /// The event belongs to the open session.
    case extended
    /// The open session had ended, for this reason, before the event, which began a new one.
    case closed(Session.Closing)
  }

  /// Time of the first event of the open session; of no meaning while none is open.
  public private(set) var start = Timestamp(microseconds: 0)
  /// Latest time of the open session; of no meaning while none is open.
  public private(set) var end = Timestamp(microseconds: 0)
  /// Whether a session is open.
  public private(set) var isOpen = false

  private let inactivity: Int64
  private let longest: Int64

  /// A machine with no session open.
  public init(_ settings: SessionSettings = SessionSettings()) {
    inactivity = settings.inactivitySeconds &* 1_000_000
    longest = settings.longestSeconds &* 1_000_000
  }

  /// Takes the time of the visitor's next event. A gap as long as the allowed inactivity ends a session; so does the
  /// longest length. Where both hold, inactivity is the reason.
  public mutating func receive(_ time: Timestamp) -> Action {
    guard isOpen else {
      open(at: time)
      return .opened
    }
    if time.microseconds(since: end) >= inactivity {
      open(at: time)
      return .closed(.inactivity)
    }
    if time.microseconds(since: start) >= longest {
      open(at: time)
      return .closed(.length)
    }
    end = max(end, time)
    return .extended
  }

  /// Whether events in order of time, the first and the last of which come at these times, are one session whatever lies
  /// between them.
  func isOneSession(from first: Timestamp, to last: Timestamp) -> Bool {
    last.microseconds(since: first) < min(inactivity, longest)
  }

  /// Goes on with a session that is open since a time and had its last event at another.
  mutating func resume(start: Timestamp, end: Timestamp) {
    (self.start, self.end, isOpen) = (start, end, true)
  }

  /// Forgets the open session, so that the machine can serve the next visitor.
  public mutating func reset() { isOpen = false }

  private mutating func open(at time: Timestamp) {
    start = time
    end = time
    isOpen = true
  }
}
