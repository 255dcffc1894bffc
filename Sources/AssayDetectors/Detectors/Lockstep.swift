public import AssayModel

/// Visitors that do the same at the same times for hours.
public struct Lockstep: Detector {
  /// What it is.
  public static let card = DetectorCard(
    id: "lockstep", title: "Many visitors do the same at the same times",
    category: Category(code: "S_COORDINATED", mrc: "S1", title: "Automated browsing: many by one schedule"),
    family: .coordination, action: .invalidate(.sivt), needs: [.address, .time, .visitor],
    summary: """
      What a visitor did is a set of pairs: an ad or page, and the five minutes in which it was seen or clicked on. Ten or \
      more visitors from three networks or more share most of these pairs (Jaccard similarity), of several things, over \
      several times: a click farm that works through one schedule, or robots that get their orders at once. All events of \
      these visitors are flagged.
      """,
    foolsIt: """
      A crowd that watches one page which renews its ads, during a match, say, sees the same at the same times: pairs \
      that one visitor in 200 has are left out, and where visitors agree as much with their clocks turned at random, so \
      that it is not the time that they share, nothing is reported. A class that is led through pages by its teacher is \
      in lockstep; it sits behind one network, unless it learns at home. A farm whose workers are given different tasks, \
      or have hours for each, is not found.
      """,
    measures: [DetectorCard.Measure("least-visitors", unit: "visitors")],
    thresholds: [
      DetectorCard.Threshold(
        name: "similarity", standard: 0.6, range: 0.3...1, unit: "share",
        origin: "detection.md §2.5: Jaccard similarity 0.6; SynchroTrap takes 0.5"),
      DetectorCard.Threshold(
        name: "least-visitors", standard: 10, range: 3...100_000, unit: "visitors",
        origin: "detection.md D-LOCKSTEP"),
      DetectorCard.Threshold(
        name: "least-networks", standard: 3, range: 1...100_000, unit: "networks",
        origin: "detection.md D-LOCKSTEP: three /24s"),
      DetectorCard.Threshold(
        name: "least-objects", standard: 3, range: 1...1_000, unit: "objects", origin: "detection.md D-LOCKSTEP"),
      DetectorCard.Threshold(
        name: "least-times", standard: 5, range: 1...1_000, unit: "windows",
        origin: "our choice: an ad on all places of a front page is seen by thousands in five minutes, not for 25"),
      DetectorCard.Threshold(
        name: "window", standard: 300, range: 10...7_200, unit: "s", origin: "detection.md §2.5"),
      DetectorCard.Threshold(
        name: "common", standard: 0.005, range: 0.0001...1, unit: "share",
        origin: "detection.md §2.5: what more than 0.5 % of the visitors do is nobody's mark"),
    ],
    references: [
      "Cao et al., Uncovering large groups of active malicious accounts in online social networks (CCS 2014)",
      "Bayardo, Ma and Srikant, Scaling up all pairs similarity search (WWW 2007)",
    ])

  /// Its records.
  public static var learners: [any Learner.Type] { [ActionLog.self] }

  /// Why nothing can be said: visitors agree whatever the time.
  public let notMeasurable: String?
  private let leastVisitors: Int64
  /// Visitors in lockstep, with the ordinal of their group.
  private let marchers: VisitorNumbers
  /// How many visitors each group has.
  private let sizes: [Int]

  /// The detector with the groups of the run.
  ///
  /// - Complexity: O(n log n) for n actions.
  public init(_ settings: DetectorSettings, context: DetectorContext) {
    leastVisitors = settings.millionths("least-visitors")
    let rule = Rule(settings)
    guard let log = context.population.learned(ActionLog.self) else {
      (notMeasurable, marchers, sizes) = (nil, VisitorNumbers([]), [])
      return
    }
    var found = TimedTokens(log, rule, turnsClocks: false).groups()
    let isChance = !found.isEmpty && !TimedTokens(log, rule, turnsClocks: true).groups().isEmpty
    notMeasurable = isChance ? "visitors are as much alike with their clocks turned at random" : nil
    if isChance { found = [] }
    sizes = found.map(\.count)
    marchers = VisitorNumbers(found.enumerated().flatMap { group, visitors in visitors.map { ($0, group) } })
  }

  /// Those in lockstep.
  public var triggers: VisitorTraits { .watchedVisitor }

  /// Those in lockstep.
  public var watchedVisitors: [UInt64] { marchers.visitors }

  /// A group has no publishers of its own: it goes where it is sent.
  public var networks: [[String]] { sizes.map { _ in [] } }

  /// Flags all events of a visitor in lockstep.
  public func inspect(_ visitor: VisitorFacts, _ events: Span<Event>, _ findings: inout FindingSink) {
    guard let group = marchers[visitor.visitor] else { return }
    for ordinal in events.indices {
      findings.flag(
        ordinal, events[ordinal], observed: Int64(sizes[group]) * 1_000_000, threshold: leastVisitors,
        network: group + 1)
    }
  }

  /// When visitors are in lockstep.
  struct Rule {
    var similarity: Double
    var leastVisitors: Int
    var leastNetworks: Int
    var leastObjects: Int
    var leastTimes: Int
    var window: UInt32
    var common: Double

    init(_ settings: DetectorSettings) {
      similarity = settings["similarity"]
      leastVisitors = Int(settings["least-visitors"])
      leastNetworks = Int(settings["least-networks"])
      leastObjects = Int(settings["least-objects"])
      leastTimes = Int(settings["least-times"])
      window = UInt32(settings["window"])
      common = settings["common"]
    }
  }
}
