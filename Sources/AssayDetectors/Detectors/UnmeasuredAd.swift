public import AssayModel

/// Publishers most of whose ads nobody ever measured.
public struct UnmeasuredAd: Detector {
  /// What it is.
  public static let card = DetectorCard(
    id: "unmeasured-ad", title: "Ads counted, but never rendered as far as anybody could measure",
    category: Category(code: "G_NON_RENDERING", mrc: "G7", title: "Ads that were not rendered"),
    family: .protocolRules, action: .weigh(hundredths: 200), needs: [.impressionID, .visitor],
    summary: """
      The impressions of a publisher come without the beacons that measure them (exposure, video progress) far more often \
      than those of other publishers: something sends impressions without a browser that renders ads and runs their \
      scripts. On such a publisher the impressions of visitors of whom none was measured there are flagged, and the clicks \
      on them.
      """,
    foolsIt: """
      A publisher whose pages or app cannot run the measuring script, and visitors who leave or block it at once: it \
      weighs and does not convict alone. Where no ads are measured, or few anywhere, nothing is in excess. A program that \
      drives a real browser is measured.
      """,
    measures: [DetectorCard.Measure("unmeasured-share", unit: "share")],
    thresholds: PublisherShares.thresholds(
      leastShare: (0.3, origin: "our choice: robots that make up a quarter of the traffic beside people's own share"),
      ratio: (2, origin: "our choice: at least every second unmeasured impression is then beyond what is usual"),
      least: (50, unit: "impressions", origin: "our choice: fewer are a handful of visits")),
    references: [
      "MRC Invalid Traffic Detection and Filtration Standards (2020): non-rendering clients",
      "MRC Viewable Ad Impression Measurement Guidelines (2014): measured rate",
    ])

  /// Its records and the stays.
  public static var learners: [any Learner.Type] { [PublisherSightings.self, StayLog.self] }

  /// Nil where ads are measured and there were enough publishers.
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
      shares.add(publisher: UInt32(publisher), having: count.impressions - count.measured, of: count.impressions)
    }
    let usual = shares.median(least: rule.least)
    if !counts.contains(where: { $0.measured > 0 }) {
      notMeasurable = "the log has no beacons that measure ads"
    } else {
      notMeasurable = usual == nil ? PublisherShares.notMeasurable : nil
    }
    excesses = usual.map { shares.excesses(rule, usual: $0) } ?? [:]
    watchedVisitors = context.population.visitors(of: Set(excesses.keys))
  }

  /// Those with impressions on a publisher in excess.
  public var triggers: VisitorTraits { .watchedVisitor }

  /// Flags impressions on a publisher in excess where none of the visitor's was measured there, and the clicks on them.
  public func inspect(_ visitor: VisitorFacts, _ events: Span<Event>, _ findings: inout FindingSink) {
    if excesses.isEmpty { return }
    var sightings = AdSightings()
    sightings.read(events)
    // Where a visitor had an ad measured, a browser was at work, and the others were left too soon.
    var rendering: Set<UInt32> = []
    for ordinal in events.indices
    where events[ordinal].kind == .impression && sightings.of[ordinal].contains(.measured) {
      rendering.insert(publisher(of: events[ordinal]))
    }
    for ordinal in events.indices where events[ordinal].kind == .impression || events[ordinal].kind == .click {
      let impression = Int(visitor.impressionOf[ordinal])
      guard impression >= 0 else { continue }
      let publisher = publisher(of: events[impression])
      guard let excess = excesses[publisher], !rendering.contains(publisher) else { continue }
      findings.flag(ordinal, events[ordinal], observed: excess.share, threshold: excess.limit)
    }
  }

  private func publisher(of event: Event) -> UInt32 { run.slot(of: event.slot).names[.publisher] }
}

extension Population {
  /// The visitors with impressions on some publishers, in no order that means anything and perhaps repeatedly.
  ///
  /// - Complexity: O(stays) where there is a publisher.
  func visitors(of publishers: Set<UInt32>) -> [UInt64] {
    if publishers.isEmpty { return [] }
    let stays = learned(StayLog.self)?.stays ?? []
    return stays.filter { $0.impressions > 0 && publishers.contains($0.publisher) }.map(\.visitor)
  }
}
