public import AssayModel

/// Publishers whose visitors have other systems than elsewhere.
public struct SystemMix: Detector {
  /// What it is.
  public static let card = DetectorCard(
    id: "system-mix", title: "Visitors on unusual systems",
    category: Category(code: "S_COORDINATED", mrc: "S1", title: "Automated browsing: uniform population"),
    family: .population, action: .weigh(hundredths: 200), needs: [.userAgent, .visitor],
    summary: """
      The visitors of a publisher are spread over operating systems quite differently from those of the other publishers \
      of the run: nobody comes with a phone, say, since only computers can be infected, or everybody does, since the \
      robots are phones in a rack. Only events from systems that are too frequent on such a publisher are flagged. It needs \
      fewer visitors than a mix of browsers and versions does, and sees less.
      """,
    foolsIt: """
      Sites for work, or for one kind of phone, have a mix of their own: it weighs and does not convict alone. A network \
      that infects phones and computers alike is not found.
      """,
    measures: [DetectorCard.Measure("cell-share", unit: "share")],
    thresholds: PublisherExcess.thresholds(
      leastDivergence: 0.1, origin: "our choice: as of agent-mix; a publisher without phones has 0.2 to 0.3 bits",
      leastVisitors: (50, "our choice: half of what agent-mix asks, for there are seven cells"),
      ratio: (1.5, "our choice: where half of all visitors have phones, a publisher without has twice the computers")),
    references: [
      "Lin, Divergence measures based on the Shannon entropy (IEEE Transactions on Information Theory 37, 1991)"
    ])

  /// Its records.
  public static var learners: [any Learner.Type] { [StayLog.self] }

  private let excess: PublisherExcess
  private let agents: AgentTable

  /// The detector with the mixes of the run.
  ///
  /// - Complexity: O(n log n) for n stays.
  public init(_ settings: DetectorSettings, context: DetectorContext) {
    let agents = context.population.run.agents
    self.agents = agents
    excess = PublisherExcess(settings, context.population) { SystemMix.cell($0.agent, agents) }
  }

  /// Nil where there were enough publishers.
  public var notMeasurable: String? { excess.notMeasurable }

  /// Those with a stay in a cell in excess.
  public var triggers: VisitorTraits { .watchedVisitor }

  /// Those with a stay in a cell in excess.
  public var watchedVisitors: [UInt64] { excess.visitors }

  /// Flags the events on a publisher from a system that is too frequent there.
  public func inspect(_ visitor: VisitorFacts, _ events: Span<Event>, _ findings: inout FindingSink) {
    excess.flag(events, &findings) { SystemMix.cell($0.agent, agents) }
  }

  private static func cell(_ agent: UInt32, _ agents: AgentTable) -> UInt32? {
    guard agent >= AgentID.first else { return nil }
    return UInt32(agents[agent].system.rawValue)
  }
}
