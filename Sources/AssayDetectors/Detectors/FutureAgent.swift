public import AssayModel

/// Browsers in a version that did not exist yet.
public struct FutureAgent: Detector {
  /// What it is.
  public static let card = DetectorCard(
    id: "future-agent", title: "A browser version that did not exist yet",
    category: Category(code: "S_UA_SPOOF", mrc: "S2", title: "False representation: invented user agent"),
    family: .identity, action: .invalidate(.sivt), needs: [.userAgent, .time],
    summary: """
      The user agent names a version of Chrome, of a browser built on it, or of Firefox that could not be out at the time \
      of the event, even in the channels for testers: the version is invented. What can be out is worked out from the \
      release cycle of four weeks.
      """,
    foolsIt: """
      A log whose clock is wrong by months, and a browser that changes to a shorter cycle than any has had. Versions that \
      are too old are no proof and are not looked at here.
      """,
    measures: [DetectorCard.Measure("version", unit: "version")],
    references: [
      "Chrome release cycle (developer.chrome.com/blog/faster-release-cycle); Firefox release calendar",
      "MRC Invalid Traffic Detection and Filtration Standards (2020): SIVT, falsified user agents",
    ])

  private let agents: AgentTable
  /// By user agent, the moment before which it is impossible; `.min` for nearly all.
  private let earliest: [Timestamp]
  private let first: Timestamp?

  /// The detector.
  public init(_ settings: DetectorSettings, context: DetectorContext) {
    let agents = context.population.run.agents
    self.agents = agents
    first = context.population.firstTime
    earliest = agents.all.map { facts in
      let version = FutureAgent.version(facts).flatMap { version in
        ReleaseSchedule(facts.browser)?.earliest(version)
      }
      return version ?? Timestamp(microseconds: .min)
    }
  }

  /// All visitors, where any user agent of the run was impossible when it began; else none.
  public var triggers: VisitorTraits {
    guard let first else { return [] }
    return earliest.contains { $0 > first } ? .present : []
  }

  /// Flags events with a version from the future.
  public func inspect(_ visitor: VisitorFacts, _ events: Span<Event>, _ findings: inout FindingSink) {
    for ordinal in events.indices {
      let (agent, time) = (events[ordinal].agent, events[ordinal].time)
      guard Int(agent) < earliest.count, time < earliest[Int(agent)], time.microseconds > 0,
        let version = FutureAgent.version(agents[agent]), let schedule = ReleaseSchedule(agents[agent].browser)
      else { continue }
      findings.flag(
        ordinal, events[ordinal], observed: Int64(version) * 1_000_000,
        threshold: Int64(schedule.highest(at: time)) * 1_000_000)
    }
  }

  /// The version to be looked at: Chromium's where there is one, since browsers built on it count as they like.
  private static func version(_ facts: AgentFacts) -> Int? {
    switch facts.browser {
    case .chrome, .edge, .appWebView: facts.chromium > 0 ? Int(facts.chromium) : nil
    case .firefox: Int(facts.major)
    default: nil
    }
  }
}
