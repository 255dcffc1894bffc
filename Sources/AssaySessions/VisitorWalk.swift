public import AssayModel

/// Goes through a bucket visitor by visitor and works out what every detector wants to know about each.
///
/// One value serves any number of buckets, one after the other; it keeps its storage, so that nothing is allocated per
/// visitor once it has met a large one, as long as nobody keeps the facts beyond the call.
public struct VisitorWalk: Sendable {
  private var machine: SessionStateMachine
  private var join = ImpressionJoin()
  private var facts = VisitorFacts(visitor: 0, sessions: [], impressionOf: [])
  private let joining: Joining
  /// The session that was open before the first event of the window to come: its start, and the time of that event's
  /// predecessor.
  private var open: (start: Timestamp, end: Timestamp)?

  /// For whom it is worked out which impression each event belongs to.
  public enum Joining: Sendable {
    /// For every visitor.
    case all
    /// For visitors with a click; the `VisitorFacts.impressionOf` of all others is empty. One visitor in dozens clicks.
    case clickers
  }

  /// A walk that cuts sessions by these settings.
  public init(_ settings: SessionSettings = SessionSettings(), joining: Joining = .all) {
    machine = SessionStateMachine(settings)
    self.joining = joining
  }

  /// Calls `visit` once for each visitor, in the order of the events, with its facts and its events.
  ///
  /// Events without a visitor key (`VisitorKeyKind.none`) are handed over too, in groups of equal `Event.visitor`, but
  /// form no sessions.
  ///
  /// - Parameters:
  ///   - events: Whole visitors in the total order (`EventSorter`), or what a window shows of one.
  ///   - window: Nil for whole visitors. The windows on a visitor come one after the other, with nothing between them.
  /// - Throws: What `visit` throws; the walk can be used again.
  /// - Complexity: O(n), or O(n log n) in the events of a visitor with more than 16 impressions.
  public mutating func walk<Failure: Error>(
    _ events: Span<Event>, window: VisitorWindow? = nil, _ visit: (VisitorFacts, Span<Event>) throws(Failure) -> Void
  ) throws(Failure) {
    if let window {
      gather(events, window)
      defer { facts.counted = VisitorFacts.all }
      return try visit(facts, events)
    }
    var start = 0
    while start < events.count {
      let visitor = events[start].visitor
      var end = start + 1
      while end < events.count, events[end].visitor == visitor { end += 1 }
      let own = events.extracting(start..<end)
      gather(own)
      try visit(facts, own)
      start = end
    }
  }

  /// Works out the facts of what a window shows, and keeps what the next one has to know.
  private mutating func gather(_ events: Span<Event>, _ window: VisitorWindow) {
    gather(events)
    facts.counted = window.counted
    open = nil
    guard let step = window.step, let last = facts.sessions.last(where: { $0.events.lowerBound < step }) else { return }
    open = (last.start, events[step - 1].time)
  }

  /// Works out the facts of one visitor.
  private mutating func gather(_ events: Span<Event>) {
    facts.visitor = events[0].visitor
    // Nearly every visitor has one session, or few.
    while !facts.sessions.isEmpty { facts.sessions.removeLast() }
    if events[0].key != .none { cutSessions(events) }
    if joining == .all || events.indices.contains(where: { events[$0].kind == .click }) {
      join.join(events, into: &facts.impressionOf)
    } else if !facts.impressionOf.isEmpty {
      facts.impressionOf.removeAll(keepingCapacity: true)
    }
  }

  private mutating func cutSessions(_ events: Span<Event>) {
    let (start, end) = (events[0].time, events[events.count - 1].time)
    if open == nil, machine.isOneSession(from: start, to: end) {
      facts.sessions.append(Session(events: events.indices, start: start, end: end, closing: .endOfInput))
      return
    }
    // A copy, which stays in registers.
    var machine = machine
    if let open { machine.resume(start: open.start, end: open.end) } else { machine.reset() }
    var first = 0
    for index in events.indices {
      // What the machine holds of the session that this event may end.
      let (start, end) = (machine.start, machine.end)
      guard case .closed(let reason) = machine.receive(events[index].time) else { continue }
      // A session that ended before the window has no event in it.
      if index > 0 {
        facts.sessions.append(Session(events: first..<index, start: start, end: end, closing: reason))
      }
      first = index
    }
    facts.sessions.append(
      Session(events: first..<events.count, start: machine.start, end: machine.end, closing: .endOfInput))
  }
}
