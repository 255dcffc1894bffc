public import AssayModel

/// Prefetches that nobody looked at.
public struct Prefetch: Detector {
  /// What it is.
  public static let card = DetectorCard(
    id: "prefetch", title: "Declared prefetch that was never used",
    category: Category(code: "G_PREFETCH", mrc: "G5", title: "Pre-fetch or pre-render that was not accessed"),
    family: .protocolRules, action: .invalidate(.givt), needs: [.purpose],
    summary: """
      The request says that it is a prefetch (Sec-Purpose, Purpose, X-Moz, X-Purpose), and nothing later by the same \
      visitor shows that the ad was reached after all: no click, no exposure, no request without the declaration for the \
      same impression, or, where it carries no impression id, for the same path.
      """,
    foolsIt: """
      A page that was prefetched and then shown from the cache without a further beacon. Exposure beacons of a page that \
      is only pre-rendered would count as use where the ad server sends them: the profile should mark them as not \
      viewable.
      """,
    references: [
      "MRC Invalid Traffic Detection and Filtration Standards (2020): GIVT, pre-fetch or browser pre-rendering",
      "WICG Nav Speculation: Sec-Purpose",
    ])

  /// The detector.
  public init(_ settings: DetectorSettings, context: DetectorContext) {}

  /// Visitors with a prefetch.
  public var triggers: VisitorTraits { .prefetch }

  /// Flags declared prefetches without a later use.
  public func inspect(_ visitor: VisitorFacts, _ events: Span<Event>, _ findings: inout FindingSink) {
    // Walked backwards, so that what was used later is known: by impression, and by kind and path.
    var (usedImpressions, usedPaths): (Set<UInt64>, Set<UInt64>) = ([], [])
    for ordinal in events.indices.reversed() {
      let event = events[ordinal]
      if event.flags.contains(.prefetch) {
        let isUsed =
          event.impression != 0
          ? usedImpressions.contains(event.impression) : usedPaths.contains(Prefetch.path(event))
        if !isUsed { findings.flagMatch(ordinal, event) }
      } else if !event.flags.contains(.declaredNotViewable) {
        if event.impression != 0 { usedImpressions.insert(event.impression) }
        usedPaths.insert(Prefetch.path(event))
      }
    }
  }

  private static func path(_ event: Event) -> UInt64 { UInt64(event.kind.rawValue) << 32 | UInt64(event.page) }
}
