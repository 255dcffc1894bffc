public import AssayModel

/// Publishers whose visitors come at other hours than elsewhere.
public struct HourMix: Detector {
  /// What it is.
  public static let card = DetectorCard(
    id: "hour-mix", title: "Visitors at unusual hours",
    category: Category(code: "S_COORDINATED", mrc: "S1", title: "Automated browsing: uniform population"),
    family: .population, action: .weigh(hundredths: 100), needs: [.time, .visitor],
    summary: """
      The hours of the day at which the visitors of a publisher come differ from those of the other publishers of the run \
      beyond chance and beyond how publishers differ anyway, and one hour holds a multiple of its usual share: robots that \
      do not sleep, or a shift that does. Only events in that hour on that publisher are flagged.
      """,
    foolsIt: """
      Sites for another part of the world, and broadcasts: it has a small weight. Robots that follow the hours of people \
      are not found. A log of less than a day has few hours to compare.
      """,
    measures: [DetectorCard.Measure("cell-share", unit: "share")],
    thresholds: PublisherExcess.thresholds(
      leastDivergence: 0.1, origin: "detection.md D-HOUR: a divergence of a tenth of a bit"),
    references: [
      "Lin, Divergence measures based on the Shannon entropy (IEEE Transactions on Information Theory 37, 1991)"
    ])

  /// Its records.
  public static var learners: [any Learner.Type] { [StayLog.self] }

  private let excess: PublisherExcess

  /// The detector with the hours of the run.
  ///
  /// - Complexity: O(n log n) for n stays.
  public init(_ settings: DetectorSettings, context: DetectorContext) {
    excess = PublisherExcess(settings, context.population) { HourMix.cell($0.start) }
  }

  /// Nil where there were enough publishers.
  public var notMeasurable: String? { excess.notMeasurable }

  /// Those with a stay in a cell in excess.
  public var triggers: VisitorTraits { .watchedVisitor }

  /// Those with a stay in a cell in excess.
  public var watchedVisitors: [UInt64] { excess.visitors }

  /// Flags the events on a publisher in an hour that is too frequent there.
  public func inspect(_ visitor: VisitorFacts, _ events: Span<Event>, _ findings: inout FindingSink) {
    excess.flag(events, &findings) { HourMix.cell($0.time) }
  }

  /// The hour of the day (UTC: all publishers of a run are compared at the same moments).
  private static func cell(_ time: Timestamp) -> UInt32? {
    let hour = PopulationBuilder.hour(of: time) % 24
    return UInt32(hour < 0 ? hour + 24 : hour)
  }
}
