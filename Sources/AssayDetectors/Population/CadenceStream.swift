internal import AssayModel

/// A kind of event whose cadence within a session is looked at by itself.
enum CadenceStream: CaseIterable {
  /// Pages asked for.
  case pages
  /// Ads asked for or shown.
  case ads
  /// Clicks.
  case clicks

  /// Events that come within a second of the one before belong to it: the parts of a page, the ads of a page. Two that
  /// are so near may lie on either side of a full second, so where times are cut to seconds those of the next belong to
  /// it too.
  static func burst(_ flags: EventFlags) -> Int64 { flags.contains(.subsecond) ? 1_000_000 : 1_000_001 }

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
}

/// The gaps of one stream of one session, and where they were; its storage is used again from session to session.
struct CadenceGaps {
  /// Gaps between the starts of bursts in microseconds, in order of time.
  private(set) var gaps: [Int64] = []
  /// The first few different places.
  private(set) var places: [UInt64] = []
  /// Gaps between two ads of the same placement on the same page, with none asked for between them.
  private(set) var stayed: [Int64] = []
  /// The publisher of the first ad, 0 where the log does not say.
  private(set) var publisher: UInt32 = 0

  /// How many places of one session are looked at.
  private static let placesKept = 2

  /// Whether the log tells on which page an ad stood.
  private var knowsPages = false

  /// Whether the session stays in one placement of one page: four of five gaps at least do, or half of them where the
  /// log tells the page, since somebody may read on in another window.
  var stays: Bool {
    !stayed.isEmpty && (stayed.count * 5 >= gaps.count * 4 || knowsPages && stayed.count * 2 >= gaps.count)
  }

  /// Reads a stream of a session anew.
  ///
  /// - Complexity: O(events of the session).
  mutating func read(_ stream: CadenceStream, of session: Session, _ events: Span<Event>, _ slots: [AdSlot]) {
    gaps.removeAll(keepingCapacity: true)
    places.removeAll(keepingCapacity: true)
    stayed.removeAll(keepingCapacity: true)
    publisher = 0
    var (last, burstStart): (Int64?, Int64) = (nil, 0)
    var (placement, document, pageChanged) = (UInt32(0), UInt16(0), false)
    for index in session.events {
      let event = events[index]
      guard stream.contains(event.kind) else {
        if event.kind == .page { pageChanged = true }
        continue
      }
      let time = event.time.microseconds
      defer { last = time }
      let names = Int(event.slot) < slots.count ? slots[Int(event.slot)].names : AdSlot.InlineNames()
      if let last {
        if time - last < CadenceStream.burst(event.flags) { continue }
        gaps.append(time - burstStart)
        if stream == .ads, !pageChanged, document == event.document, placement != 0, placement == names[.placement] {
          stayed.append(time - burstStart)
        }
      } else {
        publisher = names[.publisher]
        knowsPages = event.document != 0
      }
      (burstStart, placement, document, pageChanged) = (time, names[.placement], event.document, false)
      guard places.count < CadenceGaps.placesKept else { continue }
      let place = CadenceGaps.place(of: event, names, in: stream)
      if !places.contains(place) { places.append(place) }
    }
  }

  /// The place of an event: the path of a page; the placement of an ad, since page, campaign and creative change with
  /// each refresh; the slot and path of an ad whose placement has no name.
  private static func place(of event: Event, _ names: AdSlot.InlineNames, in stream: CadenceStream) -> UInt64 {
    if stream == .pages { return StableHash.of(1, UInt64(event.page)) }
    if names[.placement] != 0 { return StableHash.of(2, UInt64(names[.placement])) }
    return StableHash.of(3, UInt64(event.slot), UInt64(event.page))
  }
}
