public import AssayModel

/// Clicks long after their impression.
public struct StaleClick: Detector {
  /// What it is.
  public static let card = DetectorCard(
    id: "stale-click", title: "Click long after its impression",
    category: Category(code: "G_STALE_CLICK", mrc: "G3", title: "Stale click"),
    family: .protocolRules, action: .invalidate(.givt), needs: [.time, .impressionID],
    summary: """
      The click's impression is older than an ad stays on a screen: the click URL was kept and called again, by a crawler \
      that stored it or by somebody who replays clicks.
      """,
    foolsIt: """
      Ads in mail or in a tab that stays open for days. For mail raise the limit to seven days; click duration that the \
      exchange grants (imp.exp) may be longer too.
      """,
    measures: [DetectorCard.Measure("age", unit: "h")],
    thresholds: [
      DetectorCard.Threshold(
        name: "age", standard: 24, range: 0.1...8_760, unit: "h",
        origin: "our choice: a day for the web, give 168 for mail; vendors withhold theirs")
    ],
    references: [
      "Kitts et al., Click Fraud Detection: Adversarial Pattern Recognition over 5 Years at Microsoft (2015): staleness"
    ])

  private let age: Int64
  private let limit: Int64

  /// The detector.
  public init(_ settings: DetectorSettings, context: DetectorContext) {
    age = Int64(settings["age"] * 3_600_000_000)
    limit = settings.millionths("age")
  }

  /// Visitors with a click whose impression came before.
  public var triggers: VisitorTraits { .joinedClick }

  /// Flags clicks later after their impression than the limit.
  public func inspect(_ visitor: VisitorFacts, _ events: Span<Event>, _ findings: inout FindingSink) {
    for ordinal in events.indices where events[ordinal].kind == .click {
      let impression = Int(visitor.impressionOf[ordinal])
      guard impression >= 0 else { continue }
      let gap = events[ordinal].time.microseconds(since: events[impression].time)
      // 3,600 microseconds are a millionth of an hour.
      if gap > age { findings.flag(ordinal, events[ordinal], observed: gap / 3_600, threshold: limit) }
    }
  }
}
