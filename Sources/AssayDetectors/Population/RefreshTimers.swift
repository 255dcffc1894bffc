internal import AssayModel

/// Learns at which gaps pages and ads reload by themselves: a gap that many visitors of the same place share is the
/// place's timer, not a visitor's habit (auto-refresh guard, detection.md §4.1).
///
/// A place is an ad slot with a request path. Each visitor that stays long enough counts once for each place, with the
/// gap that it shows most often. Only integers are added, so merging is exact in any order.
struct RefreshTimers: Sendable {
  /// How many gaps a session must have to tell a timer.
  private static let leastGaps = 7
  /// A timer is one that at least so many visitors of a place share.
  static let leastVisitors: UInt32 = 5

  /// Visitors by place and gap class; class `allClasses` counts all that stayed long enough.
  private var counts: [Key: UInt32] = [:]
  private static let allClasses: UInt8 = .max
  /// Room that is used again from visitor to visitor.
  private var (gaps, places, mine): ([Int64], [UInt64], [Key]) = ([], [], [])

  private struct Key: Hashable, Sendable {
    var place: UInt64
    var gapClass: UInt8
  }

  /// Adds a visitor.
  mutating func add(_ facts: VisitorFacts, _ events: Span<Event>) {
    guard events.count > RefreshTimers.leastGaps else { return }
    mine.removeAll(keepingCapacity: true)
    for session in facts.sessions where session.events.count > RefreshTimers.leastGaps {
      for stream in CadenceStream.allCases where stream.count(in: session, events) > RefreshTimers.leastGaps {
        stream.gaps(of: session, events, &gaps, &places)
        guard gaps.count >= RefreshTimers.leastGaps else { continue }
        let mode = RefreshTimers.mode(gaps)
        for place in places where !mine.contains(where: { $0.place == place }) {
          mine.append(Key(place: place, gapClass: RefreshTimers.allClasses))
          if let mode { mine.append(Key(place: place, gapClass: mode)) }
        }
      }
    }
    for key in mine { counts[key, default: 0] += 1 }
  }

  /// Adds what others learned.
  mutating func merge(_ other: RefreshTimers) {
    counts.merge(other.counts) { $0 + $1 }
  }

  /// Whether at least `share` of the visitors that stay at a place reload it at this gap (or one 5 % beside it).
  func isTimer(_ gap: Int64, at place: UInt64, share: Double) -> Bool {
    guard let all = counts[Key(place: place, gapClass: RefreshTimers.allClasses)] else { return false }
    let gapClass = RefreshTimers.gapClass(gap)
    var visitors: UInt32 = 0
    for near in max(0, Int(gapClass) - 1)...Int(gapClass) + 1 {
      visitors += counts[Key(place: place, gapClass: UInt8(near))] ?? 0
    }
    return visitors >= RefreshTimers.leastVisitors && Double(visitors) >= share * Double(all)
  }

  /// The class with the most gaps where it, with its neighbours, has at least half of them; nil for no such habit.
  static func mode(_ gaps: [Int64]) -> UInt8? {
    var histogram = InlineArray<258, UInt16>(repeating: 0)
    var (best, most) = (0, UInt16(0))
    for gap in gaps {
      let index = Int(gapClass(gap)) + 1
      histogram[index] = histogram[index].addingReportingOverflow(1).overflow ? .max : histogram[index] + 1
      if histogram[index] > most { (best, most) = (index, histogram[index]) }
    }
    guard best > 0 else { return nil }
    let around = Int(histogram[best - 1]) + Int(most) + Int(histogram[best + 1])
    return around * 2 >= gaps.count ? UInt8(best - 1) : nil
  }

  /// The class of a gap: classes are 5 % wide, from one second to the session timeout and beyond.
  static func gapClass(_ gap: Int64) -> UInt8 {
    var (low, high) = (0, bounds.count)
    while low < high {
      let middle = (low + high) / 2
      if bounds[middle] <= gap { low = middle + 1 } else { high = middle }
    }
    return UInt8(low)
  }

  /// Upper bounds of the classes in microseconds: 1 s, and 5 % more each, up to about 40 minutes.
  private static let bounds: [Int64] = {
    var (bounds, value): ([Int64], Double) = ([], 1_000_000)
    while value < 2_400_000_000 {
      bounds.append(Int64(value.rounded()))
      value *= 1.05
    }
    return bounds
  }()
}

/// A kind of event whose cadence within a session is looked at by itself.
enum CadenceStream: CaseIterable {
  /// Pages asked for.
  case pages
  /// Ads asked for or shown.
  case ads
  /// Clicks.
  case clicks

  /// Events that come within this time of the one before belong to it: the parts of a page, the ads of a page.
  static let burst: Int64 = 1_000_000

  /// Whether an event belongs to it.
  func contains(_ kind: EventKind) -> Bool {
    switch self {
    case .pages: kind == .page
    case .ads: kind == .impression || kind == .adRequest
    case .clicks: kind == .click
    }
  }

  /// How many events of a session belong to it.
  func count(in session: Session, _ events: Span<Event>) -> Int {
    var count = 0
    for index in session.events where contains(events[index].kind) { count += 1 }
    return count
  }

  /// How many places of one session are looked at.
  private static let placesKept = 2

  /// Replaces `gaps` by the gaps between the bursts of a session in microseconds, in order of time, and `places` by the
  /// first few different places.
  func gaps(of session: Session, _ events: Span<Event>, _ gaps: inout [Int64], _ places: inout [UInt64]) {
    gaps.removeAll(keepingCapacity: true)
    places.removeAll(keepingCapacity: true)
    var (last, burstStart): (Int64?, Int64) = (nil, 0)
    for index in session.events where contains(events[index].kind) {
      let time = events[index].time.microseconds
      defer { last = time }
      if let last {
        if time - last < CadenceStream.burst { continue }
        gaps.append(time - burstStart)
      }
      burstStart = time
      if places.count < CadenceStream.placesKept {
        let place = CadenceStream.place(of: events[index])
        if !places.contains(place) { places.append(place) }
      }
    }
  }

  /// The place of an event: its ad slot and the path of its request.
  static func place(of event: Event) -> UInt64 { StableHash.of(UInt64(event.slot), UInt64(event.page)) }
}
