import AssayModel

/// Plans visits: who comes, what they open, what the ads on it do. One visit is planned at once, from a random source
/// of its own, so that a family's traffic does not depend on what other families do.
///
/// Who visits how is told in the extensions: `+People`, `+OddPeople`, `+Accompaniment`, `+DeclaredRobots`,
/// `+HiddenRobots`, `+Imitators`, `+Chameleon`, `+Phony`, `+ClickNetworks`, `+Crowds`, `+Faults`.
struct VisitPlanner: Sendable {
  let scenario: SimulationScenario
  let inventory: Inventory
  let agents: AgentPool
  let population: Population
  let chameleon: ChameleonHosts
  let forgedNetworks: ForgedNetworks

  /// Lines of the visit that was planned last.
  private(set) var lines: [PlannedLine] = []
  /// For each family, how many lines that visit would have if the scenario did not end.
  private(set) var charges = Family.allCases.map { _ in 0 }
  /// Chance within the visit.
  var random = RandomSource(seed: 0)
  /// Most lines that a long visit should have, so that a small scenario is not filled by one robot.
  var longest = 0

  /// How long people look at a page: milliseconds, median 20 s, standard deviation of the logarithm 0.82
  /// (detection.md §3.3, measured on people).
  let dwell = QuantileTable.logNormal(median: 20_000, sigma: 0.82)
  /// The same of robots that were made to pause as people do: 0.95 (detection.md §10.1).
  let variedDwell = QuantileTable.logNormal(median: 20_000, sigma: 0.95)
  /// From an ad to the click on it: most within 1 to 10 s (detection.md §4.3).
  let clickDelay = QuantileTable.logNormal(median: 4_000, sigma: 0.7)
  /// From a click to a purchase.
  let purchaseDelay = QuantileTable.logNormal(median: 600_000, sigma: 1)
  /// How eagerly somebody clicks, in thousandths.
  let clickPropensity = QuantileTable.clickPropensity()
  /// A spread around zero with a standard deviation of 1,000.
  let spread = QuantileTable.normal(scale: 1_000)

  /// Milliseconds since the epoch at which the scenario begins.
  let start: Int64
  /// Milliseconds since the epoch at which the log ends.
  let end: Int64
  private var horizon: Int64 = 0
  private var ordinals = Family.allCases.map { _ in UInt64(0) }
  /// Whether the scenario has only families of those whose bytes were pinned first.
  private let hasPinnedBytes: Bool
  /// How many visits of the family came before this one.
  private(set) var ordinal = 0
  /// For each ring that others visit too: its publishers, and how often a visit goes there, in millionths of a visit
  /// by anybody else.
  private let foreignVisits: [(ring: Range<Int>, millionths: Int)]
  /// Clicks of ClickBot.A on each creative on the day `clickedDay`.
  var clickedCreatives: [UInt8] = []
  var clickedDay = -1

  /// A planner for a scenario.
  init(_ scenario: SimulationScenario) {
    self.scenario = scenario
    inventory = Inventory(scenario)
    agents = AgentPool(browsers: scenario.agents)
    population = Population(scenario, agents: agents)
    chameleon = ChameleonHosts(scenario)
    forgedNetworks = ForgedNetworks(scenario)
    foreignVisits = VisitPlanner.foreignVisits(scenario, inventory)
    hasPinnedBytes = !Family.allCases.contains {
      $0.rawValue > Family.selfTest.rawValue && scenario.shares[Int($0.rawValue)] > 0
    }
    start = scenario.start.microseconds / 1_000
    end = start + Int64(scenario.minutes) * 60_000
  }

  /// Plans the next visit of a family, beginning at some moment of the minute that begins at `minute` (milliseconds
  /// since the epoch). `lines` and `charges` then hold it. A family that is continuous gets the whole minute, with about
  /// `lines` lines.
  mutating func plan(_ family: Family, minute: Int64, lines wanted: Int = 0) {
    lines.removeAll(keepingCapacity: true)
    for index in charges.indices { charges[index] = 0 }
    let index = Int(family.rawValue)
    random = RandomSource(seed: StableHash.of(scenario.seed, UInt64(index), ordinals[index]))
    ordinal = Int(ordinals[index])
    ordinals[index] += 1
    horizon = minute + Int64(LineCalendar.horizon - 1) * 60_000
    longest = max(6, scenario.lines(of: family))
    let moment = minute + Int64(random.below(60_000))
    switch family {
    case .home: visit(by: population.anybody(.home, &random), at: moment, .home)
    case .office: visit(by: population.anybody(.office, &random), at: moment, .office)
    case .carrier: visit(by: population.anybody(.carrier, &random), at: moment, .carrier)
    case .autoRefresh: openRefreshingPage(at: moment)
    case .schoolBus: rideSchoolBus(at: moment)
    case .morningOffice: openOfficeMorning(at: moment)
    case .screenReader: listen(at: moment)
    case .doubleClick: break
    case .crawler: crawl(at: moment)
    case .library: fetch(at: moment)
    case .monitoring: monitor(at: moment)
    case .headless: browseHeadless(at: moment)
    case .blankAgent: hideAgent(at: moment)
    case .dataCentre: browseFromDataCentre(at: moment)
    case .uniformDelay: browseUniformly(at: moment)
    case .traceReplay: replayTrace(at: moment)
    case .duplicateReplay: repeatImpressions(at: moment)
    case .fastClick: clickTooFast(at: moment)
    case .orphanClick: clickWithoutAd(at: moment)
    case .addressFlood: flood(at: moment)
    case .invisiblePlacement: showInvisibly(at: moment)
    case .selfTest: testOwnAds(at: moment)
    case .chameleon: liveThroughMinute(minute, lines: wanted)
    case .methbot: watchFromServer(at: moment)
    case .hyphbot: visitPhonySites(at: moment)
    case .tdl4: clickAlongsideUser(at: moment)
    case .clickBotA: clickSparingly(at: moment)
    case .clickFlood: floodWithClicks(at: moment)
    case .clickInjection: injectClick(at: moment)
    case .clickFarm: workThroughSchedule(at: moment)
    case .payPerView: openOutOfSight(at: moment)
    case .referrerRing: sendOn(at: moment)
    case .moderateBot: browseEvenly(at: moment)
    case .advancedBot: browseInSeries(at: moment)
    case .formBot: fillForm(at: moment)
    case .school: visitAtSchool(at: moment)
    case .privateMode: visitPrivately(at: moment)
    case .vpn: visitThroughTunnel(at: moment)
    case .prefetch: prefetchPages(at: moment)
    case .antivirus: visitGuarded(at: moment)
    }
  }

  /// Adds a line, unless it would come after the end; it is charged to its family in any case.
  mutating func emit(_ line: PlannedLine) {
    charges[Int(line.family.rawValue)] += 1
    if line.time < min(end, horizon) { lines.append(line) }
  }

  /// Adds a line that may come days later.
  mutating func emitLater(_ line: PlannedLine) {
    charges[Int(line.family.rawValue)] += 1
    if line.time < end { lines.append(line) }
  }

  /// Whether a moment lies in the log.
  func isLogged(_ moment: Int64) -> Bool { moment < min(end, horizon) }

  /// The day of the scenario, from 0.
  func day(of moment: Int64) -> Int { Int((moment - start) / 86_400_000) }

  /// A publisher, the first ones being the most visited; now and then one of a network, as people come there too.
  mutating func publisher() -> Int {
    if !foreignVisits.isEmpty {
      var draw = random.below(1_000_000)
      for (ring, millionths) in foreignVisits {
        if draw < millionths { return random.within(ring.lowerBound...ring.upperBound - 1) }
        draw -= millionths
      }
    }
    return min(random.below(inventory.ordinary.count), random.below(inventory.ordinary.count))
  }

  /// A first-party id that nobody has had.
  ///
  /// It looks like everybody's, but in the scenarios that were pinned while the last bit was always set.
  mutating func newVisitor() -> UInt64 {
    let id = random.next()
    return hasPinnedBytes ? id | 1 : max(1, id)
  }

  /// A publisher of a family's ring.
  mutating func ringPublisher(_ family: Family) -> Int {
    let ring = inventory.rings[Int(family.rawValue)]
    return ring.lowerBound + random.below(ring.count)
  }

  private static func foreignVisits(
    _ scenario: SimulationScenario, _ inventory: Inventory
  ) -> [(ring: Range<Int>, millionths: Int)] {
    let networks = Family.networks.map { scenario.lines(of: $0) }.reduce(0, +)
    let others = max(1, scenario.events - networks)
    return Family.networks.compactMap { family in
      let (own, ring) = (scenario.lines(of: family), inventory.rings[Int(family.rawValue)])
      guard own > 0, !ring.isEmpty, family.foreignPercent > 0 else { return nil }
      let foreign = own * family.foreignPercent / (100 - family.foreignPercent)
      return (ring, min(500_000, foreign * 1_000 / others * 1_000 + foreign * 1_000 % others * 1_000 / others))
    }
  }

  /// A campaign that has bought a placement, the first ones being the largest. A campaign buys one placement in eight,
  /// as media plans do: whoever bought everything everywhere would make a slot of nearly every impression.
  mutating func campaign(on placement: UInt32) -> UInt32 {
    var campaign: UInt32 = 0
    for _ in 0..<16 {
      campaign = UInt32(min(random.below(inventory.campaigns.count), random.below(inventory.campaigns.count)))
      if StableHash.of(UInt64(campaign), UInt64(placement)) % 8 == 0 { break }
    }
    return campaign
  }
}
