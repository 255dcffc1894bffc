public import AssayModel

/// User agents with a version of Chromium in full, which Chromium no longer tells.
public struct UnreducedAgent: Detector {
  /// What it is.
  public static let card = DetectorCard(
    id: "unreduced-agent", title: "User agent in a form that its browser no longer has",
    category: Category(code: "S_UA_SPOOF", mrc: "S7", title: "Forged user agent"),
    family: .identity, action: .weigh(hundredths: 150), needs: [.userAgent],
    summary: """
      The user agent names Chrome in a version that says only its first number (`Chrome/112.0.0.0`), and names all four: \
      it was put together from an old list, or by a program that asks its own engine. Methbot's user agents came from such \
      lists.
      """,
    foolsIt: """
      Programs built on Chromium without its reduction (Electron, kiosks, a company's policy up to version 119), which \
      people use: it weighs little and never convicts alone. Views in apps, and browsers with a name of their own, are \
      left out. A list made after the reduction is not found.
      """,
    measures: [DetectorCard.Measure("version", unit: "version")],
    thresholds: [
      DetectorCard.Threshold(
        name: "version", standard: 101, range: 90...10_000, unit: "version",
        origin: "The Chromium Projects, User-Agent Reduction, phase 4: from version 101 on the other numbers are 0")
    ],
    references: ["The Chromium Projects, User-Agent Reduction: phase 4 (Chrome 101)"])

  private let version: Int64
  private let agents: AgentTable

  /// The detector with the user agents of the run.
  public init(_ settings: DetectorSettings, context: DetectorContext) {
    version = settings.millionths("version")
    agents = context.population.run.agents
  }

  /// Visitors with such a user agent, of whatever version.
  public var triggers: VisitorTraits { .unreducedAgent }

  /// Flags the events with such a user agent.
  public func inspect(_ visitor: VisitorFacts, _ events: Span<Event>, _ findings: inout FindingSink) {
    var (agent, chromium) = (UInt32.max, Int64(0))
    for ordinal in events.indices {
      if events[ordinal].agent != agent {
        agent = events[ordinal].agent
        let facts = agents[agent]
        chromium = UnreducedAgent.isUnreduced(facts) ? Int64(facts.chromium) * 1_000_000 : 0
      }
      if chromium >= version { findings.flag(ordinal, events[ordinal], observed: chromium, threshold: version) }
    }
  }

  /// Whether a user agent says that it is Chrome itself, outside an app, with its version in full.
  static func isUnreduced(_ agent: AgentFacts) -> Bool {
    agent.browser == .chrome && agent.chromium > 0 && agent.traits.contains(.unreducedChromium)
  }
}
