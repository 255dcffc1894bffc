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
      click finds its own. How many do is measured on visitors with impressions in the log: whoever only sends clicks \
      could else hide behind their number. Where clicks often do not find theirs, or none does, the fault lies in the \
      log: the detector is then not measurable and nothing is flagged. Nor are clicks in a placement of which the log \
      has no impression.
      """,
    foolsIt: """
      Impressions that lie before the log begins: clicks in its first half hour are not judged. A visitor whose id \
      changes between impression and click (a cookie that was just set) looks like one who only clicks; where that is \
      common, fewer than half of all clicks find theirs and nothing is judged, where it is rare, raise least-joined. \
      Forged clicks that outnumber real ones silence the detector, and so do those that robots send beside real \
      impressions of their own once they are 2 % of the clicks of such visitors. A click that is logged before its \
      impression has one, and passes.
      """,
    measures: [DetectorCard.Measure("own-impressions", unit: "impressions")],
    thresholds: [
      DetectorCard.Threshold(
        name: "join-coverage", standard: 0.98, range: 0...1, unit: "share",
        origin:
          "our choice: where visitors with impressions miss more than 2 % of those they click, the log is at fault"),
      DetectorCard.Threshold(
        name: "least-joined", standard: 0.5, range: 0...1, unit: "share",
        origin: "our choice: where fewer of all clicks find theirs, impressions are logged elsewhere or ids change"),
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
  /// By slot, whether its placement has impressions in the log, or has no name.
  private let judgesSlot: [Bool]

  /// The detector with the join coverage of the run.
  public init(_ settings: DetectorSettings, context: DetectorContext) {
    let population = context.population
    let (joined, all) = (population.joinedClicks, population.clicksWithImpressionID)
    let ofViewers = population.clicksOfViewers
    if all > 0, joined == 0 {
      notMeasurable = "no click with an impression id finds its impression; it may be logged elsewhere"
    } else if Double(joined) < settings["join-coverage"] * Double(ofViewers) {
      notMeasurable =
        "only \(OrphanClick.percent(joined, of: ofViewers)) % of the clicks by visitors with impressions find theirs; "
        + "\(OrphanClick.percent(settings.millionths("join-coverage"), of: 1_000_000)) % are needed"
    } else if Double(joined) < settings["least-joined"] * Double(all) {
      notMeasurable =
        "only \(OrphanClick.percent(joined, of: all)) % of the clicks with an impression id find their impression; "
        + "\(OrphanClick.percent(settings.millionths("least-joined"), of: 1_000_000)) % are needed"
    } else {
      notMeasurable = nil
    }
    judgesSlot = OrphanClick.judgedSlots(context.slots.slots, shown: population.shown)
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
      guard click.impression != 0, click.key != .none, visitor.impressionOf[ordinal] < 0, !(click.time < judgedFrom),
        !judgesSlot.indices.contains(Int(click.slot)) || judgesSlot[Int(click.slot)]
      else { continue }
      // An impression may be logged later than its click.
      let known = impressions ?? OrphanClick.impressions(in: events)
      impressions = known
      if !known.contains(click.impression) { findings.flag(ordinal, click, observed: 0, threshold: 1_000_000) }
    }
  }

  /// A part of a whole in percent, with one decimal, rounded down.
  private static func percent(_ part: Int64, of whole: Int64) -> String {
    let permille = part * 1_000 / max(1, whole)
    return "\(permille / 10).\(permille % 10)"
  }

  private static func judgedSlots(_ slots: [AdSlot], shown: [Bool]) -> [Bool] {
    // By placement; the first has no name.
    let placements = slots.map { Int($0.names[.placement]) }
    var isShown = [Bool](repeating: false, count: 1 + (placements.max() ?? 0))
    isShown[0] = true
    for (placement, isSlotShown) in zip(placements, shown) where isSlotShown { isShown[placement] = true }
    return placements.map { isShown[$0] }
  }

  private static func impressions(in events: Span<Event>) -> Set<UInt64> {
    var ids: Set<UInt64> = []
    for ordinal in events.indices where events[ordinal].kind == .impression { ids.insert(events[ordinal].impression) }
    return ids
  }
}
