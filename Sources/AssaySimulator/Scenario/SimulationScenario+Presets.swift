import AssayModel

extension SimulationScenario {
  /// The scenarios that can be asked for by name.
  public static let presets = [humans, mixed, benchmark, tiny, botnets] + cases

  private static let oddPeople: [Family: Int] = [
    .autoRefresh: 30_000, .schoolBus: 6_000, .morningOffice: 6_000, .screenReader: 8_000,
  ]

  /// Shares of the robots of `mixed`; elsewhere only their proportions matter.
  static let robots: [Family: Int] = [
    .crawler: 30_000, .library: 14_000, .monitoring: 8_000, .headless: 10_000, .blankAgent: 8_000,
    .dataCentre: 40_000, .uniformDelay: 25_000, .traceReplay: 20_000, .duplicateReplay: 5_000, .fastClick: 500,
    .orphanClick: 300, .addressFlood: 14_000, .invisiblePlacement: 8_000, .selfTest: 3_000,
  ]

  private static let humans = SimulationScenario(
    "humans", "People only, those included who look odd: what is flagged here is flagged wrongly",
    events: 200_000, oddPeople)

  private static let mixed = SimulationScenario(
    "mixed", "People and every family of robots, 19 % of the lines", events: 200_000,
    oddPeople.merging(robots) { people, _ in people })

  private static let benchmark: SimulationScenario = {
    var scenario = mixed
    (scenario.name, scenario.title) = ("benchmark", "Half a gigabyte of beacons to measure speed with")
    scenario.events = 1_580_000
    scenario.servers = 1
    (scenario.campaigns, scenario.homes, scenario.agents) = (400, 1_300_000, 5_000)
    (scenario.pagesPerVisit, scenario.adsPerPage, scenario.clickRate) = (110, 1, 4_000)
    return scenario
  }()

  private static let tiny: SimulationScenario = {
    var scenario = mixed
    (scenario.name, scenario.title) = ("tiny", "A few hundred lines of one morning, to look at")
    scenario.events = 600
    scenario.start = Timestamp(year: 2026, month: 3, day: 2, hour: 8)
    scenario.minutes = 120
    (scenario.campaigns, scenario.homes, scenario.agents) = (6, 40, 60)
    scenario.clickRate = 100_000
    scenario.shares = scenario.shares.map { $0 * 2 }
    return scenario
  }()

  /// People who look odd, more of them than in `mixed`, and what their browsers ask for on their own.
  private static let moreOddPeople: [Family: Int] = [
    .autoRefresh: 20_000, .schoolBus: 6_000, .morningOffice: 6_000, .screenReader: 8_000, .school: 20_000,
    .privateMode: 30_000, .vpn: 20_000, .prefetch: 3_000, .antivirus: 3_000,
  ]

  private static let botnets: SimulationScenario = {
    var shares = moreOddPeople
    for (family, weight) in robots { shares[family] = weight * 4 / 10 }
    for (family, weight) in caseShares { shares[family] = weight / 2 }
    return amongManyPublishers(
      SimulationScenario(
        "botnets", "People, odd people and all families of robots, each network a minority", events: 1_000_000, shares))
  }()

  /// Share of a family in the scenario that shows it among people; half of it in `botnets`.
  private static let caseShares: [Family: Int] = [
    .chameleon: 120_000, .methbot: 80_000, .hyphbot: 60_000, .tdl4: 20_000, .clickBotA: 16_000, .clickFlood: 20_000,
    .clickInjection: 4_000, .clickFarm: 20_000, .payPerView: 30_000, .referrerRing: 12_000, .moderateBot: 30_000,
    .advancedBot: 30_000, .formBot: 8_000,
  ]

  /// One family each among people, by the family's id.
  private static let cases: [SimulationScenario] = [
    (.chameleon, "A botnet of home computers that visits a ring of sites, after Chameleon (2013)"),
    (.methbot, "Servers that pose as homes and watch videos on forged sites, after Methbot (2016)"),
    (.hyphbot, "Generated addresses of pages on phony sites, after HyphBot (2017)"),
    (.tdl4, "One click a day from each infected computer, right after its user's own, after TDL-4"),
    (.clickBotA, "Few clicks a day on each ad from very many computers, after ClickBot.A (2006)"),
    (.clickFlood, "Clicks that nobody made, to be near when somebody buys"),
    (.clickInjection, "Clicks made up seconds before a purchase"),
    (.clickFarm, "50 people behind 10 addresses who click by a schedule"),
    (.payPerView, "Pages opened out of sight in people's own browsers"),
    (.referrerRing, "Sites that send their visitors on to click elsewhere"),
    (.moderateBot, "Browsers driven by scripts with evenly drawn pauses"),
    (.advancedBot, "Browsers driven by scripts that pause as people do"),
    (.formBot, "Forms that no person filled in"),
  ].map { (family: Family, title: String) in
    var shares = moreOddPeople
    shares[family] = caseShares[family]
    return amongManyPublishers(SimulationScenario(family.name, title, events: 400_000, shares))
  }

  /// Enough publishers that those of a network are few among them, and clicks as seldom as people make them
  /// (0.25 %: detection.md §5.1).
  private static func amongManyPublishers(_ scenario: SimulationScenario) -> SimulationScenario {
    var scenario = scenario
    (scenario.publishers, scenario.campaigns, scenario.clickRate) = (400, 120, 2_500)
    return scenario
  }
}
