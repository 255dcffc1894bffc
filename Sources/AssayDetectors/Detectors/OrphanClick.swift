public import AssayModel

/// Clicks on ads that were never shown.
public struct OrphanClick: Detector {
  /// What it is.
  public static let card = DetectorCard(
    id: "orphan-click", title: "Click without its impression",
    category: Category(code: "G_ORPHAN_CLICK", mrc: "G3", title: "Click without a matching impression"),
    family: .protocolRules, action: .invalidate(.givt), needs: [.impressionID, .visitor],
    summary: """
      The click carries an impression id, and the visitor never had that impression, in a run in which nearly every other \
      click finds its own. Where clicks often do not find theirs, the fault lies in the log: the detector is then not \
      measurable and nothing is flagged.
      """,
    foolsIt: """
      Impressions that lie before the log begins: clicks in its first half hour are not judged. A visitor whose id \
      changes between impression and click (a cookie that was just set): where that is common, the share of clicks that \
      find their impression falls below the limit. A click that is logged before its impression has one, and passes.
      """,
    thresholds: [
      DetectorCard.Threshold(
        name: "join-coverage", standard: 0.98, range: 0...1, unit: "share",
        origin: "our choice: with more than 2 % of all clicks unmatched the log, not the click, is at fault"),
      DetectorCard.Threshold(
        name: "lead-in", standard: 30, range: 0...10_080, unit: "min",
        origin: "the session timeout (IAB, JICWEBS: 30 minutes): a visit that ran when the log began is over"),
    ],
    references: [
      "IAB Click Measurement Guidelines 1.0 (2009)",
      "MRC Invalid Traffic Standards (2020): transaction-protocol verification",
    ])

  /// Nil where enough clicks find their impression.
  public let notMeasurable: String?
  private let judgedFrom: Timestamp

  /// The detector with the join coverage of the run.
  public init(_ settings: DetectorSettings, context: DetectorContext) {
    let population = context.population
    let (joined, all) = (population.joinedClicks, population.clicksWithImpressionID)
    let needed = settings["join-coverage"]
    if all > 0, Double(joined) < needed * Double(all) {
      let permille = joined * 1_000 / all
      notMeasurable =
        "only \(permille / 10).\(permille % 10) % of the clicks with an impression id find their impression; "
        + "\(Int(needed * 100)) % are needed"
    } else {
      notMeasurable = nil
    }
    let leadIn = Int64(settings["lead-in"] * 60_000_000)
    let first = population.firstTime?.microseconds ?? .min
    judgedFrom = Timestamp(microseconds: first == .min ? .min : first.addingReportingOverflow(leadIn).partialValue)
  }

  /// Visitors with a click that has an id and no impression before it.
  public var triggers: VisitorTraits { .orphan }

  /// Flags clicks whose impression the visitor never had.
  public func inspect(_ visitor: VisitorFacts, _ events: Span<Event>, _ findings: inout FindingSink) {
    var impressions: Set<UInt64>?
    for ordinal in events.indices where events[ordinal].kind == .click {
      let click = events[ordinal]
      guard click.impression != 0, click.key != .none, visitor.impressionOf[ordinal] < 0, !(click.time < judgedFrom)
      else { continue }
      // An impression may be logged later than its click.
      let known = impressions ?? OrphanClick.impressions(in: events)
      impressions = known
      if !known.contains(click.impression) { findings.flag(ordinal, click, observed: 0, threshold: 1_000_000) }
    }
  }

  private static func impressions(in events: Span<Event>) -> Set<UInt64> {
    var ids: Set<UInt64> = []
    for ordinal in events.indices where events[ordinal].kind == .impression { ids.insert(events[ordinal].impression) }
    return ids
  }
}
