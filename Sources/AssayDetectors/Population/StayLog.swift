internal import AssayModel

/// A visitor's stay with one publisher in one session: what every comparison between visitors, addresses and publishers
/// is made of. 56 bytes.
struct Stay: Sendable, BitwiseCopyable {
  /// The address of the first event; `Address.none` where it is not logged or not exact.
  var address: Address
  /// `VisitorFacts.visitor`.
  var visitor: UInt64
  /// Time of the first event.
  var start: Timestamp
  /// From the first event to the last, in milliseconds.
  var duration: UInt32
  /// Ordinal of the publisher's name, 0 where it has none.
  var publisher: UInt32
  /// `Event.agent` of the first event.
  var agent: UInt32
  /// Impressions.
  var impressions: UInt16
  /// Clicks.
  var clicks: UInt16
  /// Pages asked for.
  var pages: UInt16
  /// Yes-or-no facts.
  var flags: Flags

  struct Flags: OptionSet, Sendable, BitwiseCopyable {
    let rawValue: UInt16
    /// The visitor is known by an id of the site's own (cookie), not by address and user agent.
    static let firstParty = Flags(rawValue: 1 << 0)
    /// No session of the visitor came before.
    static let firstSession = Flags(rawValue: 1 << 1)
    /// The session began with this stay.
    static let opensSession = Flags(rawValue: 1 << 2)
    /// The session ended with this stay.
    static let closesSession = Flags(rawValue: 1 << 3)
  }

  /// Time of the last event.
  var end: Timestamp { Timestamp(microseconds: start.microseconds + Int64(duration) * 1_000) }
}

/// The stays of all visitors of a run.
///
/// - Complexity: O(1) an event; O(n log n) to settle n stays, 56 bytes each.
struct StayLog: Learner {
  /// All stays; once settled by address, user agent, start, visitor and publisher.
  private(set) var stays: [Stay] = []
  private let slots: [AdSlot]

  init(_ run: LearningContext) { slots = run.slots }

  mutating func add(_ facts: VisitorFacts, _ events: Span<Event>) {
    for (number, session) in facts.sessions.enumerated() {
      let first = stays.count
      add(session, number, facts.visitor, events)
      guard stays.count > first else { continue }
      stays[first].flags.insert(.opensSession)
      var last = first
      for index in first..<stays.count where stays[index].end > stays[last].end { last = index }
      stays[last].flags.insert(.closesSession)
    }
  }

  private mutating func add(_ session: Session, _ number: Int, _ visitor: UInt64, _ events: Span<Event>) {
    let first = stays.count
    var (slot, publisher, place) = (UInt32.max, UInt32(0), -1)
    for index in session.events {
      if events[index].slot != slot {
        slot = events[index].slot
        publisher = Int(slot) < slots.count ? slots[Int(slot)].names[.publisher] : 0
        place = -1
      }
      let time = events[index].time
      if place < 0 {
        place = first
        while place < stays.count, stays[place].publisher != publisher { place += 1 }
        if place == stays.count { stays.append(StayLog.stay(events[index], publisher, number, visitor)) }
      }
      let length = (time.microseconds &- stays[place].start.microseconds) / 1_000
      stays[place].duration = UInt32(clamping: length)
      switch events[index].kind {
      case .impression: stays[place].impressions = stays[place].impressions.addingSaturating(1)
      case .click: stays[place].clicks = stays[place].clicks.addingSaturating(1)
      case .page: stays[place].pages = stays[place].pages.addingSaturating(1)
      default: break
      }
    }
  }

  private static func stay(_ event: Event, _ publisher: UInt32, _ session: Int, _ visitor: UInt64) -> Stay {
    var flags: Stay.Flags = event.key == .firstParty ? .firstParty : []
    if session == 0 { flags.insert(.firstSession) }
    return Stay(
      address: event.flags.contains(.inexactAddress) ? .none : event.address, visitor: visitor, start: event.time,
      duration: 0, publisher: publisher, agent: event.agent, impressions: 0, clicks: 0, pages: 0, flags: flags)
  }

  mutating func merge(_ other: StayLog) { stays += other.stays }

  mutating func settle() { stays.sort(by: StayLog.precedes) }

  /// The order of the settled stays.
  private static func precedes(_ left: Stay, _ right: Stay) -> Bool {
    if left.address != right.address { return left.address < right.address }
    if left.agent != right.agent { return left.agent < right.agent }
    if left.start != right.start { return left.start < right.start }
    if left.visitor != right.visitor { return left.visitor < right.visitor }
    return left.publisher < right.publisher
  }

  /// Hands out, address by address and user agent by user agent, the ordinals of the stays from there, in order of
  /// their start; those without an exact address are left out.
  ///
  /// - Complexity: O(n).
  func forEachSource(_ body: (Range<Int>) -> Void) {
    var start = 0
    while start < stays.count {
      let (address, agent) = (stays[start].address, stays[start].agent)
      var end = start + 1
      while end < stays.count, stays[end].agent == agent, stays[end].address == address { end += 1 }
      if !address.isNone { body(start..<end) }
      start = end
    }
  }
}

extension UInt16 {
  /// The sum, kept at the largest value where it would not fit.
  func addingSaturating(_ other: UInt16) -> UInt16 {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? .max : sum
  }
}
