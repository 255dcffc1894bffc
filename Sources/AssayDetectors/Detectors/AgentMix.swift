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
    thresholds: [
      DetectorCard.Threshold(
        name: "least-divergence", standard: 0.1, range: 0.001...1, unit: "bits",
        origin: "65 % of the traffic on one user agent gives 0.21 to 0.39 bits, whatever its usual share up to 20 %"),
      DetectorCard.Threshold(
        name: "rate", standard: 0.01, range: 1e-6...0.5, unit: "share",
        origin: "our choice: one publisher in a hundred findings may be chance (Benjamini and Hochberg)"),
      DetectorCard.Threshold(
        name: "least-visitors", standard: 100, range: 20...1_000_000, unit: "visitors",
        origin: "our choice: with fewer, ten cells have too few each"),
      DetectorCard.Threshold(
        name: "ratio", standard: 2, range: 1...100, unit: "times",
        origin: "our choice: at least every second visitor of the cell is then beyond what is usual"),
    ],
    references: [
      "spider.io, Chameleon botnet (2013): all bots report Internet Explorer 9 on Windows 7",
      "Lin, Divergence measures based on the Shannon entropy (IEEE Transactions on Information Theory 37, 1991)",
    ])

  /// Its records.
  public static var learners: [any Learner.Type] { [StayLog.self] }

  /// Nil where there were enough publishers.
  public let notMeasurable: String?

  private let excesses: [UInt64: PublisherMix.Excess]
  private let run: LearningContext
  private let ratio: Double
  /// Those with a stay in a cell in excess.
  public let watchedVisitors: [UInt64]

  /// The detector with the mixes of the run.
  ///
  /// - Complexity: O(n log n) for n stays.
  public init(_ settings: DetectorSettings, context: DetectorContext) {
    run = context.population.run
    ratio = settings["ratio"]
    var mix = PublisherMix()
    let stays = context.population.learned(StayLog.self)?.stays ?? []
    for stay in stays where stay.publisher != 0 && stay.agent >= AgentID.first {
      mix.add(publisher: stay.publisher, cell: run.agents[stay.agent].cell)
    }
    let rule = PublisherMix.Rule(
      leastDivergence: settings["least-divergence"], rate: settings["rate"],
      leastVisitors: Int(settings["least-visitors"]), ratio: settings["ratio"])
    guard let found = mix.excesses(rule) else {
      (excesses, watchedVisitors) = ([:], [])
      notMeasurable =
        "fewer than \(PublisherMix.leastPublishers) publishers with enough visitors: what is usual cannot be learned"
      return
    }
    notMeasurable = nil
    var excesses: [UInt64: PublisherMix.Excess] = [:]
    for excess in found { excesses[AgentMix.key(excess.publisher, excess.cell)] = excess }
    var watched: [UInt64] = []
    if !excesses.isEmpty {
      for stay in stays where excesses[AgentMix.key(stay.publisher, run.agents[stay.agent].cell)] != nil {
        watched.append(stay.visitor)
      }
    }
    (self.excesses, watchedVisitors) = (excesses, watched)
  }

  /// Those with a stay in a cell in excess.
  public var triggers: VisitorTraits { .watchedVisitor }

  /// Flags the events on a publisher with a browser that is too frequent there.
  public func inspect(_ visitor: VisitorFacts, _ events: Span<Event>, _ findings: inout FindingSink) {
    if excesses.isEmpty { return }
    for ordinal in events.indices {
      let publisher = run.slot(of: events[ordinal].slot).names[.publisher]
      let cell = run.agents[events[ordinal].agent].cell
      guard publisher != 0, let excess = excesses[AgentMix.key(publisher, cell)] else { continue }
      findings.flag(
        ordinal, events[ordinal], observed: excess.share,
        threshold: max(1, Int64((Double(excess.expected) * ratio).rounded())))
    }
  }

  private static func key(_ publisher: UInt32, _ cell: UInt32) -> UInt64 { UInt64(publisher) << 32 | UInt64(cell) }
}
