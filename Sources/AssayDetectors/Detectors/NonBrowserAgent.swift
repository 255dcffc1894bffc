public import AssayModel

/// User agents that are no browser's.
public struct NonBrowserAgent: Detector {
  /// What it is.
  public static let card = DetectorCard(
    id: "non-browser-agent", title: "User agent of a program that is no browser",
    category: Category(code: "G_UA_NOT_BROWSER", mrc: "G4", title: "Non-browser user agents and unknown browsers"),
    family: .identity, action: .invalidate(.givt), needs: [.userAgent],
    summary: """
      The user agent is that of a library or tool (curl, python-requests, Java), or has not even the shape of a product \
      name. Where a list of valid browsers is given, every user agent that is not on it is flagged: the second pass that \
      the IAB recommends.
      """,
    foolsIt: """
      Apps that ask for ads with the library they are built on. The libraries that are common inside apps (CFNetwork, \
      Dalvik, okhttp, Dart, AppleCoreMedia, ExoPlayer) are therefore not on the built-in list. A browser that is newer \
      than the list of valid browsers is flagged until the list is renewed.
      """,
    references: [
      "MRC Invalid Traffic Detection and Filtration Standards (2020): GIVT, non-browser user-agent headers",
      "IAB/ABC International Spiders and Bots List: list of valid browsers",
      "RFC 9110 §10.1.5: User-Agent",
    ])

  private let context: DetectorContext

  /// The detector with the lists of the run.
  public init(_ settings: DetectorSettings, context: DetectorContext) { self.context = context }

  /// Visitors with such a user agent.
  public var triggers: VisitorTraits { .nonBrowserAgent }

  /// Flags events whose user agent was no browser's at their time.
  public func inspect(_ visitor: VisitorFacts, _ events: Span<Event>, _ findings: inout FindingSink) {
    for ordinal in events.indices {
      let event = events[ordinal]
      let mark = context.mark(of: event)
      if mark.traits.contains(.nonBrowserAgent), event.time.microseconds >= mark.notBrowserFrom {
        findings.flagMatch(ordinal, event)
      }
    }
  }
}
