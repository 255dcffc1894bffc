public import AssayModel

/// Requests without a user agent in a log that records them.
public struct BlankAgent: Detector {
  /// What it is.
  public static let card = DetectorCard(
    id: "blank-agent", title: "No user agent, in a log that records them",
    category: Category(code: "G_UA_BLANK", mrc: "G4", title: "Missing user agent"),
    family: .identity, action: .invalidate(.givt), needs: [.userAgent],
    summary: """
      The log records user agents, and this request had none or an empty one. Every browser sends one. Where the log \
      does not record them at all nothing is flagged: what is missing from the log is unmeasurable, not invalid.
      """,
    foolsIt: """
      A privacy proxy that removes the header for its users, and server-side ad insertion that forgets to pass on \
      X-Device-User-Agent. Exempt their networks, or repair the integration; the count shows it.
      """,
    references: [
      "MRC IVT interim update (2024): missing information is unmeasurable, not invalid",
      "VAST 4.3, server-side ad insertion: X-Device-User-Agent",
    ])

  /// The detector.
  public init(_ settings: DetectorSettings, context: DetectorContext) {}

  /// Visitors with such a request.
  public var triggers: VisitorTraits { .blankAgent }

  /// Flags events with a blank user agent.
  public func inspect(_ visitor: VisitorFacts, _ events: Span<Event>, _ findings: inout FindingSink) {
    for ordinal in events.indices where events[ordinal].agent == AgentID.blank {
      findings.flagMatch(ordinal, events[ordinal])
    }
  }
}
