internal import AssayModel

/// What came of a click: a form that was sent or a goal that was reached, and how long after it. 48 bytes.
struct Outcome: Sendable, BitwiseCopyable {
  /// The address; `Address.none` where it is not logged or not exact.
  var address: Address
  /// `VisitorFacts.visitor`.
  var visitor: UInt64
  /// From the click, in microseconds.
  var gap: Int64
  /// `Event.agent`.
  var agent: UInt32
  /// Ordinal of the name of the publisher whose ad was clicked, 0 where it has none.
  var publisher: UInt32
  /// Form or conversion.
  var kind: EventKind
}

/// The outcomes of all clicks of a run: few, as clicks are few and outcomes fewer.
///
/// - Complexity: O(n) a visitor with a form or conversion; O(n log n) to settle n outcomes.
struct OutcomeLog: Learner {
  /// All outcomes; once settled by address, user agent, visitor, gap, publisher and kind.
  private(set) var outcomes: [Outcome] = []
  private let slots: [AdSlot]

  init(_ run: LearningContext) { slots = run.slots }

  mutating func add(_ facts: VisitorFacts, _ events: Span<Event>) {
    for index in events.indices {
      let kind = events[index].kind
      guard kind == .form || kind == .conversion,
        let click = OutcomeLog.click(before: index, facts, events)
      else { continue }
      let slot = Int(events[click].slot)
      outcomes.append(
        Outcome(
          address: events[index].flags.contains(.inexactAddress) ? .none : events[index].address,
          visitor: facts.visitor, gap: events[index].time.microseconds(since: events[click].time),
          agent: events[index].agent, publisher: slot < slots.count ? slots[slot].names[.publisher] : 0, kind: kind))
    }
  }

  mutating func merge(_ other: OutcomeLog) { outcomes += other.outcomes }

  mutating func settle() {
    outcomes.sort {
      if $0.address != $1.address { return $0.address < $1.address }
      if $0.agent != $1.agent { return $0.agent < $1.agent }
      if $0.visitor != $1.visitor { return $0.visitor < $1.visitor }
      return ($0.gap, $0.publisher, $0.kind.rawValue) < ($1.gap, $1.publisher, $1.kind.rawValue)
    }
  }

  /// The last click on the same impression before an event; nil where there is none.
  ///
  /// - Complexity: O(events between them), O(n) where there is none.
  static func click(before index: Int, _ facts: VisitorFacts, _ events: Span<Event>) -> Int? {
    let id = events[index].impression
    if id == 0 { return nil }
    var earlier = index - 1
    while earlier >= 0 {
      if events[earlier].kind == .click, events[earlier].impression == id { return earlier }
      earlier -= 1
    }
    return nil
  }

  /// Flags an outcome, the click that it came of, and the impression that was clicked.
  static func flag(
    _ index: Int, _ click: Int, _ facts: VisitorFacts, _ events: Span<Event>, _ findings: inout FindingSink,
    measure: Int = 0, observed: Int64, threshold: Int64
  ) {
    findings.flag(index, events[index], measure: measure, observed: observed, threshold: threshold)
    findings.flag(click, events[click], measure: measure, observed: observed, threshold: threshold)
    let impression = Int(facts.impressionOf[click])
    if impression >= 0 {
      findings.flag(impression, events[impression], measure: measure, observed: observed, threshold: threshold)
    }
  }
}
