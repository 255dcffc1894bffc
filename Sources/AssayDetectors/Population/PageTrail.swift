internal import AssayModel

/// The way that one session takes through pages: how long it stays on each, and where it goes from there. Its storage is
/// used again from session to session.
///
/// A page is what the referrer of an impression names (`Event.document`); in a log of page views it is the path. What
/// comes within a second belongs to the page that is open (`CadenceStream.burst`). An impression that is told again, by
/// a beacon that was sent twice or a guard that fetches what the browser fetched, is none.
struct PageTrail {
  /// What somebody does after two pages.
  enum Step: Sendable {
    /// Goes back to the page before.
    case back
    /// Goes on to another.
    case on
    /// Asks for the same page again: an ad's placement is filled a second time. Counted once for each stay on a page,
    /// since a placement that refreshes by itself looks the same.
    case reload
  }

  /// Microseconds from each page to the next, in order of time.
  private(set) var dwells: [Int64] = []
  /// The steps that could be told, in order of time.
  private(set) var steps: [Step] = []

  /// How many of the steps go back, and how many on.
  private(set) var (back, on) = (0, 0)

  /// Fewer pages are no way. Twice there and a third time elsewhere is the least that can show a return.
  static let leastPages = 3
  /// How many different placements of one page are told apart.
  private static let placesKept = 8

  /// Reads a session anew. Where it shows ads whose pages are known, it is read by these, else, where page views are
  /// judged, by the pages asked for.
  ///
  /// - Complexity: O(events of the session).
  mutating func read(_ session: Session, _ events: Span<Event>, _ run: LearningContext) {
    dwells.removeAll(keepingCapacity: true)
    steps.removeAll(keepingCapacity: true)
    (back, on) = (0, 0)
    guard session.events.count >= PageTrail.leastPages else { return }
    let showsAds = session.events.contains { events[$0].kind == .impression && events[$0].document != 0 }
    guard showsAds || run.judgesPages else { return }
    let wanted: EventKind = showsAds ? .impression : .page
    var (before, here, arrived, last) = (UInt16(0), UInt16(0), Int64(0), Int64.min)
    // The placements of the page at hand, how many of them were there before the last pause, and whether it was reloaded.
    var (places, count, shown, reloaded) = (InlineArray<8, UInt64>(repeating: 0), 0, 0, false)
    var ads = RecentAds()
    for index in session.events where events[index].kind == wanted {
      let document = showsAds ? events[index].document : PageTrail.document(ofPage: events[index].page)
      guard document != 0 else { continue }
      if showsAds, ads.hasSeen(events[index].impression) { continue }
      let time = events[index].time.microseconds
      let isBurst = here != 0 && time - last < CadenceStream.burst(events[index].flags)
      last = time
      if !showsAds && isBurst { continue }
      let place = showsAds ? PageTrail.place(events[index].slot, run) : 0
      if document == here {
        if !isBurst { shown = count }
        var known = 0
        while known < count, places[known] != place { known += 1 }
        if known < shown, !reloaded {
          steps.append(.reload)
          reloaded = true
        }
        if known == count, count < PageTrail.placesKept {
          places[count] = place
          count += 1
        }
        continue
      }
      if here != 0 { dwells.append(time - arrived) }
      if before != 0 {
        steps.append(document == before ? .back : .on)
        if document == before { back += 1 } else { on += 1 }
      }
      (before, here, arrived) = (here, document, time)
      places[0] = place
      (count, shown, reloaded) = (1, 0, false)
    }
  }

  /// The placement of a slot, or the slot where it has no name.
  private static func place(_ slot: UInt32, _ run: LearningContext) -> UInt64 {
    let placement = run.slot(of: slot).names[.placement]
    return placement != 0 ? UInt64(placement) : 1 << 32 | UInt64(slot)
  }

  /// A page asked for, in as many bits as that of a referrer.
  private static func document(ofPage page: UInt32) -> UInt16 {
    let bits = UInt16(truncatingIfNeeded: page)
    return bits == 0 && page != 0 ? 1 : bits
  }
}

/// The ids of the last impressions of a session.
private struct RecentAds {
  private var ids = InlineArray<16, UInt64>(repeating: 0)
  private var next = 0

  /// Whether an id is one of them; it is afterwards. An impression without an id is new.
  mutating func hasSeen(_ id: UInt64) -> Bool {
    guard id != 0 else { return false }
    for index in 0..<16 where ids[index] == id { return true }
    ids[next] = id
    next = (next + 1) & 15
    return false
  }
}
