public import AssayModel

/// Publishers whose ads are never in view.
public struct OutOfView: Detector {
  /// What it is.
  public static let card = DetectorCard(
    id: "out-of-view", title: "A publisher whose ads are hardly ever in view",
    category: Category(code: "S_STACKED_HIDDEN", mrc: "S9", title: "Hidden ads"),
    family: .protocolRules, action: .weigh(hundredths: 200), needs: [.impressionID, .visitor],
    summary: """
      Of the impressions of a publisher whose visibility was measured, a share never had a single pixel in view that other \
      publishers do not come near: pages opened in windows without size or behind others, as pay-per-view networks do in \
      people's own browsers. Whether anything was in view is told by the samples of the exposure beacons, or by what the ad \
      server declared. Impressions that were never in view on such a publisher are flagged, and the clicks on them.
      """,
    foolsIt: """
      A publisher with nearly all of its ads at the foot of long pages: such ads are not viewable, and not invalid for \
      that. It weighs and does not convict alone. A network that reports false geometry is not found.
      """,
    measures: [DetectorCard.Measure("hidden-share", unit: "share")],
    thresholds: PublisherShares.thresholds(
      leastShare: (0.5, origin: "our choice: most of the ads"),
      ratio: (3, origin: "our choice: two of three hidden impressions are then beyond what is usual"),
      least: (50, unit: "impressions", origin: "our choice: fewer are a handful of visits")),
    references: [
      "Springborn and Barford, Impression Fraud in Online Advertising via Pay-Per-View Networks (USENIX Security 2013)",
      "MRC Viewable Ad Impression Measurement Guidelines (2014)",
    ])

  /// Its records and the stays.
  public static var learners: [any Learner.Type] { [PublisherSightings.self, StayLog.self] }

  /// Nil where visibility is measured and there were enough publishers.
  public let notMeasurable: String?
  /// Those with impressions on a publisher in excess.
  public let watchedVisitors: [UInt64]

  private let excesses: [UInt32: PublisherShares.Excess]
  private let run: LearningContext

  /// The detector with the publishers of the run.
  ///
  /// - Complexity: O(n log n) for n publishers.
  public init(_ settings: DetectorSettings, context: DetectorContext) {
    run = context.population.run
    let rule = PublisherShares.Rule(settings)
    let counts = context.population.learned(PublisherSightings.self)?.counts ?? []
    var shares = PublisherShares()
    for (publisher, count) in counts.enumerated() {
      shares.add(publisher: UInt32(publisher), having: count.outOfView, of: count.viewMeasured)
    }
    let usual = shares.median(least: rule.least)
    if !counts.contains(where: { $0.viewMeasured > 0 }) {
      notMeasurable = "the log does not say how much of the ads was in view"
    } else {
      notMeasurable = usual == nil ? PublisherShares.notMeasurable : nil
    }
    excesses = usual.map { shares.excesses(rule, usual: $0) } ?? [:]
    watchedVisitors = context.population.visitors(of: Set(excesses.keys))
  }

  /// Those with impressions on a publisher in excess.
  public var triggers: VisitorTraits { .watchedVisitor }

  /// Flags the impressions that were never in view on a publisher in excess, and the clicks on them.
  public func inspect(_ visitor: VisitorFacts, _ events: Span<Event>, _ findings: inout FindingSink) {
    if excesses.isEmpty { return }
    var sightings = AdSightings()
    sightings.read(events)
    for ordinal in events.indices where events[ordinal].kind == .impression || events[ordinal].kind == .click {
      let impression = Int(visitor.impressionOf[ordinal])
      guard impression >= 0, sightings.of[impression].isOutOfView,
        let excess = excesses[run.slot(of: events[impression].slot).names[.publisher]]
      else { continue }
      findings.flag(ordinal, events[ordinal], observed: excess.share, threshold: excess.limit)
    }
  }
}
