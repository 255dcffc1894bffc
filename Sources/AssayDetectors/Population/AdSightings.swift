internal import AssayModel

/// What a log tells of each impression after it was shown: whether anything was measured, and whether any of it was
/// ever in view. Its storage is used again from visitor to visitor.
struct AdSightings {
  /// What was told of one impression.
  struct Sighting: OptionSet, BitwiseCopyable {
    let rawValue: UInt8
    /// A beacon of exposure or video came, or the ad server declared what it measured.
    static let measured = Sighting(rawValue: 1 << 0)
    /// It was measured how much was in view.
    static let viewMeasured = Sighting(rawValue: 1 << 1)
    /// Something was in view.
    static let inView = Sighting(rawValue: 1 << 2)

    /// Measured, and nothing was ever in view.
    var isOutOfView: Bool { contains(.viewMeasured) && !contains(.inView) }
  }

  /// By the ordinal of the event; of meaning for impressions.
  private(set) var of: [Sighting] = []

  /// How far before a beacon its impression is looked for, so that the time is linear: our choice, pages with more ads
  /// than this are not known.
  private static let reach = 128

  /// Nothing.
  init() {}

  /// Reads a visitor.
  ///
  /// - Complexity: O(n) for n events, with a look back of at most `reach` events at each beacon.
  mutating func read(_ events: Span<Event>) {
    of.refill(events.count, with: [])
    for index in events.indices {
      switch events[index].kind {
      case .impression: of[index].formUnion(AdSightings.declared(events[index].flags))
      case .exposure:
        let seen: Sighting = events[index].flags.contains(.outOfView) ? [] : .inView
        note(seen.union([.measured, .viewMeasured]), at: index, events)
      case .video: note(.measured, at: index, events)
      default: break
      }
    }
  }

  private mutating func note(_ sighting: Sighting, at index: Int, _ events: Span<Event>) {
    let id = events[index].impression
    if id == 0 { return }
    var earlier = index - 1
    while earlier >= 0, index - earlier <= AdSightings.reach {
      if events[earlier].impression == id, events[earlier].kind == .impression {
        of[earlier].formUnion(sighting)
        return
      }
      earlier -= 1
    }
  }

  private static func declared(_ flags: EventFlags) -> Sighting {
    if flags.contains(.declaredViewable) { return [.measured, .viewMeasured, .inView] }
    if flags.contains(.declaredNotViewable) { return [.measured, .viewMeasured] }
    return flags.contains(.declaredUndetermined) ? .measured : []
  }
}

/// How many impressions of each publisher were measured, and how many of these were never in view.
///
/// - Complexity: O(1) an event; 32 bytes a publisher.
struct PublisherSightings: Learner {
  /// What was counted about a publisher.
  struct Counts {
    var impressions: Int64 = 0
    var measured: Int64 = 0
    /// Of those whose view was measured.
    var viewMeasured: Int64 = 0
    var outOfView: Int64 = 0
  }

  /// By the ordinal of the publisher's name.
  private(set) var counts: [Counts] = []
  private let slots: [AdSlot]
  private var sightings = AdSightings()

  init(_ run: LearningContext) { slots = run.slots }

  mutating func add(_ facts: VisitorFacts, _ events: Span<Event>) {
    sightings.read(events)
    for index in events.indices where events[index].kind == .impression {
      let slot = Int(events[index].slot)
      let publisher = slot < slots.count ? Int(slots[slot].names[.publisher]) : 0
      while counts.count <= publisher { counts.append(Counts()) }
      counts[publisher].impressions += 1
      let sighting = sightings.of[index]
      if sighting.contains(.measured) { counts[publisher].measured += 1 }
      if sighting.contains(.viewMeasured) { counts[publisher].viewMeasured += 1 }
      if sighting.isOutOfView { counts[publisher].outOfView += 1 }
    }
  }

  mutating func merge(_ other: PublisherSightings) {
    while counts.count < other.counts.count { counts.append(Counts()) }
    for publisher in other.counts.indices {
      counts[publisher].impressions += other.counts[publisher].impressions
      counts[publisher].measured += other.counts[publisher].measured
      counts[publisher].viewMeasured += other.counts[publisher].viewMeasured
      counts[publisher].outOfView += other.counts[publisher].outOfView
    }
  }
}
