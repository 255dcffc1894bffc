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

  /// No stay.
  static let none = Stay(
    address: .none, visitor: 0, start: Timestamp(microseconds: 0), duration: 0, publisher: 0, agent: 0, impressions: 0,
    clicks: 0, pages: 0, flags: [])

  /// Time of the last event.
  var end: Timestamp { Timestamp(microseconds: start.microseconds + Int64(duration) * 1_000) }
}

/// The stays of all visitors of a run.
///
/// - Complexity: O(1) an event; O(n) to settle n stays, 56 bytes each, O(n log n) where they are of few addresses.
struct StayLog: Learner {
  /// All stays; once settled those of one address and user agent together, by start, visitor and publisher.
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
    // The stay at hand stands in a constant's place and is written back where another begins.
    var (slot, place, stay) = (UInt32.max, -1, Stay.none)
    for index in session.events {
      if events[index].slot != slot {
        slot = events[index].slot
        let publisher = Int(slot) < slots.count ? slots[Int(slot)].names[.publisher] : 0
        if place < 0 || publisher != stay.publisher {
          if place >= 0 { stays[place] = stay }
          place = first
          while place < stays.count, stays[place].publisher != publisher { place += 1 }
          if place == stays.count { stays.append(StayLog.stay(events[index], publisher, number, visitor)) }
          stay = stays[place]
        }
      }
      let length = (events[index].time.microseconds &- stay.start.microseconds) / 1_000
      stay.duration = UInt32(clamping: length)
      switch events[index].kind {
      case .impression: stay.impressions = stay.impressions.addingSaturating(1)
      case .click: stay.clicks = stay.clicks.addingSaturating(1)
      case .page: stay.pages = stay.pages.addingSaturating(1)
      default: break
      }
    }
    if place >= 0 { stays[place] = stay }
  }

  private static func stay(_ event: Event, _ publisher: UInt32, _ session: Int, _ visitor: UInt64) -> Stay {
    var flags: Stay.Flags = event.key == .firstParty ? .firstParty : []
    if session == 0 { flags.insert(.firstSession) }
    return Stay(
      address: event.flags.contains(.inexactAddress) ? .none : event.address, visitor: visitor, start: event.time,
      duration: 0, publisher: publisher, agent: event.agent, impressions: 0, clicks: 0, pages: 0, flags: flags)
  }

  mutating func merge(_ other: StayLog) { stays += other.stays }

  mutating func settle() {
    // A counting sort by the first bits of a hash, as many as tell nearly all sources apart; then what shares them, which
    // is the stays of one source and now and then of another.
    let bits = UInt64(max(1, Int.bitWidth - stays.count.leadingZeroBitCount))
    var ends = [Int](repeating: 0, count: 1 << Int(bits) + 1)
    for stay in stays { ends[Int(StayLog.source(stay) >> (64 - bits)) + 1] += 1 }
    for place in ends.indices.dropFirst() { ends[place] += ends[place - 1] }
    var sorted = stays
    for stay in stays {
      let part = Int(StayLog.source(stay) >> (64 - bits))
      sorted[ends[part]] = stay
      ends[part] += 1
    }
    var start = 0
    for end in ends.dropLast() {
      if end - start > StayLog.fewStays {
        sorted[start..<end].sort(by: StayLog.precedes)
      } else {
        StayLog.insertionSort(&sorted, start..<end)
      }
      start = end
    }
    stays = sorted
  }

  /// So many are sorted by insertion: nearly always one to three.
  private static let fewStays = 16

  private static func insertionSort(_ stays: inout [Stay], _ range: Range<Int>) {
    for next in range.dropFirst() where precedes(stays[next], stays[next - 1]) {
      let stay = stays[next]
      var place = next
      while place > range.lowerBound, precedes(stay, stays[place - 1]) {
        stays[place] = stays[place - 1]
        place -= 1
      }
      stays[place] = stay
    }
  }

  /// The hash of address and user agent, whose first bits are sorted by first.
  private static func source(_ stay: Stay) -> UInt64 {
    StableHash.of(stay.address.high, stay.address.low, UInt64(stay.agent))
  }

  /// The order of the settled stays whose `source` begins alike.
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
