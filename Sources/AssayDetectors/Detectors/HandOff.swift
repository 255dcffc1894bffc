public import AssayModel

/// Visitors that take turns: each begins where the one before ends.
public struct HandOff: Detector {
  /// What it is.
  public static let card = DetectorCard(
    id: "hand-off", title: "New visitors begin as the last one ends",
    category: Category(code: "S_IP_UA_CHURN", mrc: "S1", title: "Automated browsing: one browser as many visitors"),
    family: .network, action: .weigh(hundredths: 300), needs: [.address, .userAgent, .time, .visitor],
    summary: """
      At one address, with one user agent, the first session of a visitor nobody has seen begins within seconds of the \
      end of another visitor's, again and again, far more often than sessions that begin at any moment would: a program \
      that runs one browser after the other, each with a fresh cookie. In CERTH's recordings nearly all bot sessions \
      followed within 3 s, people's after minutes. All events of the visitors in the chain are flagged.
      """,
    foolsIt: """
      A large office or a carrier behind one address: many sessions end and begin, some by chance within seconds; the \
      expected number is worked out from the address's own rate and must be exceeded beyond chance. A browser that keeps \
      no cookies gives a new visitor at each visit, but half an hour later. A program that waits a minute between two \
      browsers is not found.
      """,
    measures: [DetectorCard.Measure("least-chain", unit: "hand-offs")],
    thresholds: [
      DetectorCard.Threshold(
        name: "longest-gap", standard: 4, range: 0.1...60, unit: "s",
        origin: "CERTH web bot data set: 98 to 100 % of bots' sessions follow within 3 s; one more for whole seconds"),
      DetectorCard.Threshold(
        name: "least-chain", standard: 4, range: 2...1_000, unit: "hand-offs",
        origin: "our choice: four in a row; two or three happen in a family"),
      DetectorCard.Threshold(
        name: "tail", standard: 1e-5, range: 1e-12...1e-2, unit: "probability",
        origin: "our choice: one chance in 100,000 for each address and user agent; a bound, and never the only reason"),
    ],
    references: [
      "CERTH web bot detection data set: gap between a session's end and the next one's start",
      "MRC Invalid Traffic Detection and Filtration Standards (2020): SIVT, automated browsing",
    ])

  /// Its records.
  public static var learners: [any Learner.Type] { [StayLog.self] }

  private let leastChain: Int64
  /// Visitors that take part, with the number of hand-offs of their longest chain.
  private let chained: VisitorNumbers

  /// The detector with the chains of the run.
  ///
  /// - Complexity: O(n log n) for n stays.
  public init(_ settings: DetectorSettings, context: DetectorContext) {
    leastChain = settings.millionths("least-chain")
    var numbers: [(visitor: UInt64, number: Int)] = []
    if let log = context.population.learned(StayLog.self) {
      for chain in HandOff.chains(log, Rule(settings)) {
        for visitor in chain.visitors { numbers.append((visitor, chain.handOffs)) }
      }
    }
    chained = VisitorNumbers(numbers)
  }

  /// Those of a chain.
  public var triggers: VisitorTraits { .watchedVisitor }

  /// Those of a chain.
  public var watchedVisitors: [UInt64] { chained.visitors }

  /// Flags all events of a visitor that takes part in a chain.
  public func inspect(_ visitor: VisitorFacts, _ events: Span<Event>, _ findings: inout FindingSink) {
    guard let handOffs = chained[visitor.visitor] else { return }
    for ordinal in events.indices {
      findings.flag(ordinal, events[ordinal], observed: Int64(handOffs) * 1_000_000, threshold: leastChain)
    }
  }

  /// What a chain is.
  struct Rule {
    var longestGap: Int64
    var leastChain: Int
    var tail: Double

    init(_ settings: DetectorSettings) { self.init { settings[$0] } }

    /// As the card has it.
    static let standard = Rule { name in card.thresholds.first { $0.name == name }?.standard ?? 0 }

    private init(_ value: (String) -> Double) {
      longestGap = Int64(value("longest-gap") * 1_000_000)
      leastChain = Int(value("least-chain"))
      tail = naturalLogarithm(value("tail"))
    }
  }

  /// The chains of a run: their visitors, and how many hand-offs there are between them.
  ///
  /// - Complexity: O(n log n) for n stays.
  static func chains(_ log: StayLog, _ rule: Rule) -> [(visitors: Set<UInt64>, handOffs: Int)] {
    var chains: [(visitors: Set<UInt64>, handOffs: Int)] = []
    log.forEachSource { range in
      guard range.count > rule.leastChain else { return }
      let chain = chain(log.stays[range], rule)
      if chain.handOffs > 0 { chains.append(chain) }
    }
    return chains
  }

  /// The visitors that hand off to each other among the stays of one address and user agent, and how many hand-offs
  /// there are; none where these are too few, or chance explains them.
  private static func chain(_ stays: ArraySlice<Stay>, _ rule: Rule) -> (visitors: Set<UInt64>, handOffs: Int) {
    var ends = stays.filter { $0.flags.contains(.closesSession) }.sorted { ($0.end, $0.visitor) < ($1.end, $1.visitor) }
    ends.removeAll { !$0.flags.contains(.firstParty) }
    let starts = stays.filter { $0.flags.isSuperset(of: [.opensSession, .firstSession, .firstParty]) }
    guard starts.count > rule.leastChain, let first = stays.first, let last = ends.last else { return ([], 0) }
    var (visitors, handOffs, next) = (Set<UInt64>(), 0, 0)
    for start in starts {
      // The first end within the gap that belongs to somebody else; each end hands off once.
      while next < ends.count, ends[next].end.microseconds < start.start.microseconds - rule.longestGap { next += 1 }
      guard next < ends.count, ends[next].end <= start.start, ends[next].visitor != start.visitor else { continue }
      visitors.insert(ends[next].visitor)
      visitors.insert(start.visitor)
      handOffs += 1
      next += 1
    }
    guard handOffs >= rule.leastChain else { return ([], 0) }
    // Were starts and ends independent, a start would come so soon after an end with this chance.
    let span = Double(max(1, last.end.microseconds - first.start.microseconds))
    let chance = min(1, Double(rule.longestGap) * Double(ends.count) / span)
    let tail = LogTail.binomial(Double(handOffs), of: Double(starts.count), chance: chance)
    return tail <= rule.tail ? (visitors, handOffs) : ([], 0)
  }
}
