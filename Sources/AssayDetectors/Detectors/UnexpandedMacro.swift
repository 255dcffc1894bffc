public import AssayModel

/// URLs in which a macro stands unexpanded.
public struct UnexpandedMacro: Detector {
  /// What it is.
  public static let card = DetectorCard(
    id: "unexpanded-macro", title: "Macro left unexpanded in the URL",
    category: Category(code: "S_UNEXPANDED_MACRO", mrc: "S5", title: "Event that no ad server filled in"),
    family: .protocolRules, action: .weigh(hundredths: 150), needs: [],
    summary: """
      The URL of the event still has a macro in it ([CACHEBUSTING], ${AUCTION_PRICE}), which the ad server or the player \
      replaces when it serves the ad. A program that reads tags and calls what it finds sends such URLs; so does a tag \
      that was put in wrongly. It weighs, and convicts nobody alone.
      """,
    foolsIt: """
      Wrong set-up: a whole placement then carries it, as the report's rows by placement show, and its traffic stays in \
      the counts as suspicious.
      """,
    references: ["VAST 4.3 §6: macros", "OpenRTB 2.6 §4.4: substitution macros"])

  /// The detector.
  public init(_ settings: DetectorSettings, context: DetectorContext) {}

  /// Visitors with such an event.
  public var triggers: VisitorTraits { .unexpandedMacro }

  /// Flags events with such a URL.
  public func inspect(_ visitor: VisitorFacts, _ events: Span<Event>, _ findings: inout FindingSink) {
    for ordinal in events.indices where events[ordinal].flags.contains(.unexpandedMacro) {
      findings.flagMatch(ordinal, events[ordinal])
    }
  }
}
