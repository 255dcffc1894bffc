public import AssayModel

/// Publishers on whom one browser is far more frequent than elsewhere.
public struct AgentMix: Detector {
  /// What it is.
  public static let card = DetectorCard(
    id: "agent-mix", title: "One browser far more frequent than on other publishers",
    category: Category(code: "S_COORDINATED", mrc: "S1", title: "Automated browsing: uniform population"),
    family: .population, action: .weigh(hundredths: 300), needs: [.userAgent, .visitor],
    summary: """
      The visitors of a publisher are spread over browsers, versions and systems quite differently from those of the \
      other publishers of the run (Jensen–Shannon divergence beyond chance and beyond how publishers differ anyway), and \
      one of these cells holds a multiple of its usual share. Only events of visitors in such a cell on such a publisher \
      are flagged. Robots of a network are alike: those of Chameleon all said that they were Internet Explorer 9 on \
      Windows 7.
      """,
    foolsIt: """
      Sites for one kind of device (an app's own site, a page for a new phone) have a mix of their own: it weighs and \
      does not convict alone. A robot that draws its user agents from real traffic is not found here. Where more than \
      half of the publishers have the same robots these are what is usual. With fewer than eight publishers nothing can \
      be compared.
      """,
    measures: [DetectorCard.Measure("cell-share", unit: "share")],
    thresholds: PublisherExcess.thresholds(
      leastDivergence: 0.1,
      origin: "65 % of the traffic on one user agent gives 0.21 to 0.39 bits, whatever its usual share up to 20 %"),
    references: [
      "spider.io, Chameleon botnet (2013): all bots report Internet Explorer 9 on Windows 7",
      "Lin, Divergence measures based on the Shannon entropy (IEEE Transactions on Information Theory 37, 1991)",
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
    excess = PublisherExcess(settings, context.population) { AgentMix.cell($0.agent, agents) }
  }

  /// Nil where there were enough publishers.
  public var notMeasurable: String? { excess.notMeasurable }

  /// Those with a stay in a cell in excess.
  public var triggers: VisitorTraits { .watchedVisitor }

  /// Those with a stay in a cell in excess.
  public var watchedVisitors: [UInt64] { excess.visitors }

  /// Flags the events on a publisher with a browser that is too frequent there.
  public func inspect(_ visitor: VisitorFacts, _ events: Span<Event>, _ findings: inout FindingSink) {
    excess.flag(events, &findings) { AgentMix.cell($0.agent, agents) }
  }

  private static func cell(_ agent: UInt32, _ agents: AgentTable) -> UInt32? {
    agent >= AgentID.first ? agents[agent].cell : nil
  }
}
