public import AssayModel

/// Visitors that fall silent together and come back together as new ones.
public struct MassDeath: Detector {
  /// What it is.
  public static let card = DetectorCard(
    id: "mass-death", title: "Visitors fall silent together, new ones take their place",
    category: Category(code: "S_IP_UA_CHURN", mrc: "S1", title: "Automated browsing: one browser as many visitors"),
    family: .network, action: .invalidate(.sivt), needs: [.address, .userAgent, .time, .visitor],
    summary: """
      At one address, with one user agent, several visitors stop within seconds of each other, none goes on, and soon \
      after as many visitors nobody has seen begin: a host that crashed with all the browsers it ran, and was started again with their \
      cookies reset. That was the habit by which the hosts of Chameleon were told. Chance is worked out from the \
      address's own rate of ends and beginnings. All events of the visitors that ended and of those that began are flagged.
      """,
    foolsIt: """
      People who leave a bus at a stop while others board: somebody with the same phone mostly rides on, and then it is \
      no death. A power cut in an office, or a router that restarts: it happens once, so one death is not enough, and moments at \
      which many addresses fall silent at once (an outage of the site itself) are left out. Visitors whose cookies \
      survive a restart are not new. What ends with the log is no death.
      """,
    measures: [DetectorCard.Measure("least-deaths", unit: "deaths")],
    thresholds: [
      DetectorCard.Threshold(
        name: "together", standard: 3, range: 2...100, unit: "visitors",
        origin: "detection.md D-MASS-DEATH; hosts of Chameleon ran 3 to 8 visitors at once"),
      DetectorCard.Threshold(
        name: "within", standard: 10, range: 0.1...60, unit: "s",
        origin: "our choice: a crash ends all at once, a page's dwell of 20 s blurs it"),
      DetectorCard.Threshold(
        name: "rebirth", standard: 120, range: 1...3_600, unit: "s",
        origin: "our choice: a computer starts again within two minutes"),
      DetectorCard.Threshold(
        name: "least-deaths", standard: 2, range: 1...100, unit: "deaths",
        origin: "our choice: one may be a power cut, a second is a habit"),
      DetectorCard.Threshold(
        name: "tail", standard: 1e-6, range: 1e-12...1e-2, unit: "probability",
        origin: "our choice: one chance in a million for each address and user agent"),
    ],
    references: [
      "spider.io, Chameleon botnet (2013): bots crash and restart with fresh cookies",
      "MRC Invalid Traffic Detection and Filtration Standards (2020): SIVT, automated browsing",
    ])

  /// Its records.
  public static var learners: [any Learner.Type] { [StayLog.self] }

  private let leastDeaths: Int64
  /// Visitors that ended or began so, with the number of deaths at their address.
  private let reborn: VisitorNumbers

  /// The detector with the deaths of the run.
  ///
  /// - Complexity: O(n log n) for n stays.
  public init(_ settings: DetectorSettings, context: DetectorContext) {
    leastDeaths = settings.millionths("least-deaths")
    let rule = Rule(settings)
    var numbers: [(visitor: UInt64, number: Int)] = []
    if let log = context.population.learned(StayLog.self) {
      let lastEnd = log.stays.reduce(Int64.min) { max($0, $1.end.microseconds) }
      var candidates: [[Death]] = []
      log.forEachSource { range in
        guard range.count >= 2 * rule.together else { return }
        let deaths = MassDeath.deaths(log.stays[range], before: lastEnd - MassDeath.quietEnd, rule)
        if !deaths.isEmpty { candidates.append(deaths) }
      }
      let outages = MassDeath.outages(candidates)
      for deaths in candidates {
        let own = deaths.filter { !outages.contains($0.minute) }
        let tail = own.reduce(0) { $0 + $1.logTail }
        guard own.count >= rule.leastDeaths, tail <= rule.tail else { continue }
        for visitor in Set(own.flatMap(\.visitors)) { numbers.append((visitor, own.count)) }
      }
    }
    reborn = VisitorNumbers(numbers)
  }

  /// Those that ended or began so.
  public var triggers: VisitorTraits { .watchedVisitor }

  /// Those that ended or began so.
  public var watchedVisitors: [UInt64] { reborn.visitors }

  /// Flags all events of a visitor that ended or began with others.
  public func inspect(_ visitor: VisitorFacts, _ events: Span<Event>, _ findings: inout FindingSink) {
    guard let deaths = reborn[visitor.visitor] else { return }
    for ordinal in events.indices {
      findings.flag(ordinal, events[ordinal], observed: Int64(deaths) * 1_000_000, threshold: leastDeaths)
    }
  }

  /// What ends so shortly before the log does may go on after it: the timeout of a session (30 minutes, JICWEBS).
  private static let quietEnd: Int64 = 1_800_000_000

  private struct Rule {
    var together: Int
    var within: Int64
    var rebirth: Int64
    var leastDeaths: Int
    var tail: Double

    init(_ settings: DetectorSettings) {
      together = Int(settings["together"])
      within = Int64(settings["within"] * 1_000_000)
      rebirth = Int64(settings["rebirth"] * 1_000_000)
      leastDeaths = Int(settings["least-deaths"])
      tail = naturalLogarithm(settings["tail"])
    }
  }

  /// A moment at which several visitors ended and several began.
  private struct Death {
    var minute: Int64
    var visitors: [UInt64]
    var logTail: Double
  }

  /// The deaths among the stays of one address and user agent that ended before a moment.
  private static func deaths(_ stays: ArraySlice<Stay>, before limit: Int64, _ rule: Rule) -> [Death] {
    let ends = stays.filter { $0.flags.isSuperset(of: [.closesSession, .firstParty]) && $0.end.microseconds < limit }
      .sorted { ($0.end, $0.visitor) < ($1.end, $1.visitor) }
    let starts = stays.filter { $0.flags.isSuperset(of: [.opensSession, .firstSession, .firstParty]) }
    guard ends.count >= rule.together, let first = stays.first?.start.microseconds, let last = ends.last else {
      return []
    }
    let span = Double(max(1, last.end.microseconds - first))
    // What chance gives in one window, from how often visitors end and begin here at all.
    let meanEnds = Double(rule.within) * Double(ends.count) / span
    let meanStarts = Double(rule.rebirth) * Double(starts.count) / span
    // How far the stays reach that have begun up to each: where one reaches further, somebody lives on.
    var reach: [(start: Int64, end: Int64)] = []
    for stay in stays {
      reach.append((stay.start.microseconds, max(stay.end.microseconds, reach.last?.end ?? .min)))
    }
    var (deaths, index, next, begun): ([Death], Int, Int, Int) = ([], 0, 0, 0)
    while index < ends.count {
      let moment = ends[index].end.microseconds
      var end = index
      while end < ends.count, ends[end].end.microseconds <= moment + rule.within { end += 1 }
      let silenced = ends[end - 1].end.microseconds
      while next < starts.count, starts[next].start.microseconds <= silenced { next += 1 }
      var born = next
      while born < starts.count, starts[born].start.microseconds <= silenced + rule.rebirth { born += 1 }
      while begun < reach.count, reach[begun].start <= silenced { begun += 1 }
      let livesOn = begun > 0 && reach[begun - 1].end > silenced
      guard end - index >= rule.together, born - next >= rule.together, !livesOn else {
        index += 1
        continue
      }
      // Every end may begin a window: so many chances there are.
      let tail =
        LogTail.poisson(Double(end - index), mean: meanEnds) + LogTail.poisson(Double(born - next), mean: meanStarts)
        + naturalLogarithm(Double(ends.count))
      deaths.append(
        Death(
          minute: moment / 60_000_000,
          visitors: ends[index..<end].map(\.visitor) + starts[next..<born].map(\.visitor), logTail: min(0, tail)))
      index = end
    }
    return deaths
  }

  /// The minutes in which so many addresses fell silent at once that the site did, or the network before it: more than
  /// one in twenty of those that had deaths at all, and at least `fewAddresses`.
  private static func outages(_ deaths: [[Death]]) -> Set<Int64> {
    var counts: [Int64: Int] = [:]
    for source in deaths { for minute in Set(source.map(\.minute)) { counts[minute, default: 0] += 1 } }
    return Set(counts.filter { $0.value >= max(fewAddresses, deaths.count / 20) }.keys)
  }

  /// Fewer than so many at once may be chance, or a botnet's order: our choice.
  private static let fewAddresses = 50
}
