public import AssayModel

/// What follows from an invalid impression or click.
///
/// It is no detector like the others: it looks at verdicts, not at events, and gives the verdict of the cause to what
/// follows from it. The judge asks it last.
public struct InvalidImpression: Detector {
  /// What it is.
  public static let card = DetectorCard(
    id: "invalid-impression", title: "Click or conversion that follows an invalid impression or click",
    category: Category(code: "INVALID_CHAIN", mrc: "-", title: "Follows from an invalid event"),
    family: .protocolRules, action: .invalidate(.givt), needs: [.impressionID],
    summary: """
      A click, form post or conversion cannot be worth more than the impression it came from, nor a conversion more than \
      its clicks. It takes over the class of its impression (general, sophisticated or excluded), and a conversion or \
      form post that of its clicks where every earlier click on the same impression is invalid. Its own reasons come \
      first.
      """,
    foolsIt: """
      A conversion that another, valid ad led to as well: this rule follows the impression id on the event only and knows \
      no other path. What is merely suspicious is not handed on, and neither is a repeated impression's verdict: clicks \
      belong to the first one.
      """,
    references: [
      "Google Ads help, invalid clicks: a click may be removed while its conversion stays; here it is handed down",
      "IAB Tech Lab Attribution Use Cases: conversions are flagged apart from impressions",
    ])

  /// The rule.
  public init(_ settings: DetectorSettings, context: DetectorContext) {}

  /// Nothing: it works on verdicts (`inherited(_:_:_:)`).
  public func inspect(_ visitor: VisitorFacts, _ events: Span<Event>, _ findings: inout FindingSink) {}

  /// Calls `inherit` for each event that takes over a class, with the ordinal of the event and the class; events come
  /// in order, and `verdicts` is asked anew at each, so what is handed down can be handed on.
  ///
  /// - Complexity: O(n) a visitor; called only for visitors with an invalid event.
  func follow(
    _ visitor: VisitorFacts, _ events: Span<Event>, _ verdicts: inout [EventVerdict],
    _ inherit: (Int, TrafficClass, inout EventVerdict) -> Void
  ) {
    // The least bad class of the clicks on each impression so far, by the impression's ordinal.
    var clicks: [Int: TrafficClass] = [:]
    for ordinal in events.indices {
      let kind = events[ordinal].kind
      guard kind == .click || kind == .conversion || kind == .form else { continue }
      let impression = Int(visitor.impressionOf[ordinal])
      guard impression >= 0, impression != ordinal else { continue }
      var cause = verdicts[impression].trafficClass
      if kind != .click, let click = clicks[impression] { cause = max(cause, click) }
      if cause >= .sivt { inherit(ordinal, cause, &verdicts[ordinal]) }
      if kind == .click {
        clicks[impression] = min(clicks[impression] ?? .excluded, verdicts[ordinal].trafficClass)
      }
    }
  }
}
