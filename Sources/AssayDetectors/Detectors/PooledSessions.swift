public import AssayModel

/// Visitors that take turns and go through pages, all of them together, as no people do.
public struct PooledSessions: Detector {
  /// What it is.
  public static let card = DetectorCard(
    id: "pooled-sessions", title: "Taking turns, they go back less and reload more than people",
    category: Category(code: "S_IP_UA_CHURN", mrc: "S1", title: "Automated browsing: one browser as many visitors"),
    family: .navigation, action: .weigh(hundredths: 100), needs: [.address, .userAgent, .time, .visitor],
    summary: """
      One visit of a careful program shows nothing; many of them do. Where visitors of one address and user agent hand \
      off to each other, the way that each took through pages is weighed against what is usual in the run, and all \
      weights are added: whether they are, together, more likely visits of a program that goes back 0.68 times as often \
      as people and asks six times more in a hundred for the page that it has, as CERTH's advanced bots did. All events \
      of the visitors in the chain are flagged.
      """,
    foolsIt: """
      Children on the same pages of a site, one after the other; but their visits must also begin within seconds of each \
      other's end, again and again. Placements that refresh themselves look like reloads: one counts for each stay on a \
      page, and what is usual is learned. A program with pauses and returns as people make them is not found.
      """,
    measures: [DetectorCard.Measure("least-evidence", unit: "nats")],
    thresholds: [
      DetectorCard.Threshold(
        name: "least-evidence", standard: 1, range: 0.5...20, unit: "nats",
        origin: "its weight: by chance at most one chain of people in e shows as much, and it never decides alone"),
      DetectorCard.Threshold(
        name: "return-ratio", standard: 0.68, range: 0.001...0.9, unit: "ratio",
        origin: "CERTH web bot data set: advanced bots go back in 26 of 100 steps, people in 38"),
      DetectorCard.Threshold(
        name: "more-reloads", standard: 0.06, range: 0.001...0.5, unit: "share",
        origin: "CERTH web bot data set: advanced bots reload in 6 of 100 steps, people hardly ever"),
    ],
    references: [
      "CERTH web bot detection data set: summed over ten sessions of one actor, advanced bots are told from people",
      "Wald, Sequential Analysis (1947): sums of logarithms of likelihood ratios",
    ])

  /// Its records.
  public static var learners: [any Learner.Type] { [StayLog.self, VisitShapes.self] }

  /// Nil where the run had visits enough.
  public let notMeasurable: String?

  private let leastEvidence: Int64
  /// Visitors that take part in such a chain, with its evidence in millionths.
  private let pooled: VisitorNumbers

  /// The detector with the chains of the run.
  ///
  /// - Complexity: O(n log n) for n stays.
  public init(_ settings: DetectorSettings, context: DetectorContext) {
    leastEvidence = settings.millionths("least-evidence")
    notMeasurable = VisitShapes.notMeasurable(context.population)
    let shapes = context.population.learned(VisitShapes.self)
    guard let log = context.population.learned(StayLog.self), let shapes, let reference = shapes.reference else {
      pooled = VisitorNumbers([])
      return
    }
    var numbers: [(visitor: UInt64, number: Int)] = []
    for chain in HandOff.chains(log, .standard) {
      var sum = 0.0
      // Visitors are who they say they are, if they are people: each has habits of its own.
      for visitor in chain.visitors.sorted() {
        guard let steps = shapes.steps(of: visitor) else { continue }
        let (back, on) = (Int(steps.back), Int(steps.on))
        sum += reference.lackOfReturns(back: back, on: on, ratio: settings["return-ratio"])
        sum += reference.reloading(turns: back + on, reloads: Int(steps.reloads), more: settings["more-reloads"])
      }
      let evidence = Int((sum * 1_000_000).rounded())
      guard Int64(evidence) >= leastEvidence else { continue }
      for visitor in chain.visitors { numbers.append((visitor, evidence)) }
    }
    pooled = VisitorNumbers(numbers)
  }

  /// Those of a chain.
  public var triggers: VisitorTraits { .watchedVisitor }

  /// Those of a chain.
  public var watchedVisitors: [UInt64] { pooled.visitors }

  /// Flags all events of a visitor that takes part in such a chain.
  public func inspect(_ visitor: VisitorFacts, _ events: Span<Event>, _ findings: inout FindingSink) {
    guard let evidence = pooled[visitor.visitor] else { return }
    for ordinal in events.indices {
      findings.flag(ordinal, events[ordinal], observed: Int64(evidence), threshold: leastEvidence)
    }
  }
}
