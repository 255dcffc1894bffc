public import AssayModel

/// Learns about all visitors together, one visitor at a time. Builders of different visitors can be merged in any order
/// and any tree: everything is a sum of integers or a least value.
///
/// A visitor is added to one builder: once and whole, or window by window (`VisitorFacts.counted`). Its events tell by
/// their order what is counted once for it.
public struct PopulationBuilder: Sendable {
  var addresses = AddressTable()
  var timers = RefreshTimers()
  var visitors: Int64 = 0
  var sessions: Int64 = 0
  /// Events with an exact address, and those of them whose address is not one of the public internet.
  var addressed: Int64 = 0
  var privately: Int64 = 0
  /// Clicks with an impression id, those of them by visitors with such impressions, and those whose own came before.
  var clicks: Int64 = 0
  var clicksOfViewers: Int64 = 0
  var joined: Int64 = 0
  /// By slot, whether an impression with an id was logged in it; shorter than the slots where the last had none.
  var shown: [Bool] = []
  var firstTime = Timestamp(microseconds: .max)

  private let judgesPages: Bool
  private let slots: [AdSlot]

  static let hour: Int64 = 3_600_000_000

  /// Nothing learned.
  ///
  /// - Parameters:
  ///   - judgesPages: whether page views are judged, and so counted among an address's judged events.
  ///   - slots: the ad slots of the run, whose placements and publishers have timers.
  public init(judgesPages: Bool = false, slots: SlotTable = SlotTable()) {
    self.judgesPages = judgesPages
    self.slots = slots.slots
  }

  /// Adds a visitor: what was worked out about it, and its events in total order.
  ///
  /// - Parameter facts: `VisitorFacts.impressionOf` is looked at where there is a click only.
  /// - Complexity: O(n); one run is noted for each stretch of events with the same address.
  public mutating func add(_ facts: VisitorFacts, _ events: Span<Event>) {
    guard events.count > 0 else { return }
    // Events without a visitor are kept together by their impression; they are nobody's.
    let counted = facts.counted.clamped(to: events.indices)
    let begins = counted.lowerBound == 0
    if events[0].key != .none {
      visitors += begins ? 1 : 0
      sessions += Int64(facts.sessionsBegun)
    }
    let (clicksBefore, viewed) = (clicks, addImpressions(events))
    var index = counted.lowerBound
    while index < counted.upperBound { index = addRun(facts, events, index..<counted.upperBound) }
    if viewed { clicksOfViewers += clicks - clicksBefore }
    // A visitor has one voice about the timers, however many windows show it.
    if begins { timers.add(facts, events, slots) }
  }

  /// Adds what another builder learned of other visitors.
  ///
  /// - Complexity: O(addresses of the other).
  public mutating func merge(_ other: consuming PopulationBuilder) {
    addresses.merge(other.addresses)
    mergeTheRest(other)
  }

  /// Adds all but the addresses.
  mutating func mergeTheRest(_ other: PopulationBuilder) {
    timers.merge(other.timers)
    visitors += other.visitors
    sessions += other.sessions
    addressed += other.addressed
    privately += other.privately
    clicks += other.clicks
    clicksOfViewers += other.clicksOfViewers
    while shown.count < other.shown.count { shown.append(false) }
    for slot in other.shown.indices where other.shown[slot] { shown[slot] = true }
    joined += other.joined
    firstTime = min(firstTime, other.firstTime)
  }

  /// Notes in which slots a visitor had impressions with an id, and says whether it had any.
  private mutating func addImpressions(_ events: Span<Event>) -> Bool {
    var (viewed, last) = (false, UInt32.max)
    for index in events.indices where events[index].kind == .impression && events[index].impression != 0 {
      viewed = true
      let slot = events[index].slot
      if slot == last { continue }
      last = slot
      while shown.count <= Int(slot) { shown.append(false) }
      shown[Int(slot)] = true
    }
    return viewed
  }

  /// Adds the run of events with the same address at the beginning of a range, and gives the ordinal behind it.
  private mutating func addRun(_ facts: VisitorFacts, _ events: Span<Event>, _ range: Range<Int>) -> Int {
    let (start, end) = (range.lowerBound, range.upperBound)
    let address = events[start].address
    var pace = HumanPace()
    var (index, exact, judged) = (start, Int64(0), UInt64(0))
    var (hours, lastHour, hourEnd) = (UInt32(0), Int32.min, Int64.min)
    let firstHour = PopulationBuilder.hour(of: events[start].time)
    while index < end, events[index].address == address {
      // What is counted is read field by field: an event is large.
      let (kind, time) = (events[index].kind, events[index].time)
      if time.microseconds >= hourEnd {
        lastHour = PopulationBuilder.hour(of: time)
        hourEnd = (Int64(lastHour) + 1) * PopulationBuilder.hour
        hours += 1
      }
      pace.count(kind, at: time)
      judged &+= kind.isJudged || judgesPages && kind == .page ? 1 : 0
      if kind == .click, events[index].impression != 0 {
        clicks += 1
        if facts.impressionOf[index] >= 0 { joined += 1 }
      }
      if !events[index].flags.contains(.inexactAddress) { exact += 1 }
      index += 1
    }
    firstTime = min(firstTime, events[start].time)
    guard !address.isNone else { return index }
    addressed += exact
    if address.isPrivate { privately += exact }
    addresses.add(
      AddressRun(
        address: address, visitor: facts.visitor, events: UInt32(clamping: pace.events),
        judged: UInt32(clamping: judged), hours: hours, firstHour: firstHour, lastHour: lastHour))
    return index
  }

  /// Hours since the epoch, rounded down, kept within 32 bits.
  static func hour(of time: Timestamp) -> Int32 {
    let hours = time.microseconds / hour - (time.microseconds % hour < 0 ? 1 : 0)
    return Int32(clamping: hours)
  }
}

/// Counts events at the pace at which people cause them: each impression, click, conversion, form post and ad request
/// is one; of page requests at most one a second, since a browser fetches a page's parts by itself; beacons of exposure
/// and video tell how one impression goes on, and are none.
struct HumanPace {
  /// The count so far.
  private(set) var events: UInt64 = 0
  private var lastPageSecond = Int64.min

  /// Counts an event; events come in order of time.
  mutating func count(_ kind: EventKind, at time: Timestamp) {
    switch kind {
    case .exposure, .video: break
    case .page:
      let second = time.microseconds / 1_000_000
      if second != lastPageSecond { events += 1 }
      lastPageSecond = second
    default: events += 1
    }
  }
}

extension UInt32 {
  /// The sum, kept at the largest value where it would not fit.
  func addingSaturating(_ other: UInt32) -> UInt32 {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? .max : sum
  }
}
