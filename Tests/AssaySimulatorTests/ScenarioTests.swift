import AssayModel
import Testing

@testable import AssaySimulator

@Suite struct ScenarioTests {
  @Test func `Presets have names, titles and shares that leave room`() {
    let names = SimulationScenario.presets.map(\.name)
    #expect(names.prefix(5) == ["humans", "mixed", "benchmark", "tiny", "botnets"])
    let families = Family.networks + [.moderateBot, .advancedBot, .formBot]
    #expect(Set(names.dropFirst(5)) == Set(families.map(\.name)) && names.count == 5 + families.count)
    for scenario in SimulationScenario.presets {
      #expect(!scenario.title.isEmpty)
      #expect(scenario.shares.reduce(0, +) < 1_000_000)
      #expect(Family.allCases.map { scenario.lines(of: $0) }.reduce(0, +) <= scenario.events)
    }
    #expect(SimulationScenario.presets[0].robotShare == 0)
  }

  @Test func `A name alone is a preset, and overrides change it in order`() throws {
    let plain = try SimulationScenario.parse("mixed")
    #expect(try SimulationScenario.parse("mixed,events=1,days=0.0007").minutes == 1)
    #expect(plain.events == 200_000 && plain.seed == 1 && plain.minutes == 1_440)
    let changed = try SimulationScenario.parse(
      "mixed,events=1000000,days=2.5,seed=18446744073709551615,servers=7,campaigns=3,homes=10,agents=60,pages=2.25,"
        + "ads=1,clicks=0.05,subsecond=1,start=2028-02-29T23:59,crawler=0.01,events=5000")
    #expect(changed.events == 5_000 && changed.minutes == 3_600 && changed.seed == .max && changed.servers == 7)
    #expect(changed.campaigns == 3 && changed.homes == 10 && changed.agents == 60 && changed.pagesPerVisit == 225)
    #expect(changed.adsPerPage == 1 && changed.clickRate == 50_000 && changed.subsecond)
    #expect(changed.start.iso8601 == "2028-02-29T23:59:00Z")
    #expect(changed.shares[Int(Family.crawler.rawValue)] == 10_000)
    #expect(changed.logNames.last == "access-7.log" && changed.days == 2.5)
  }

  @Test func `robots scales the robots in proportion, also where there were none`() throws {
    let half = try SimulationScenario.parse("mixed,robots=0.05")
    #expect(abs(half.robotShare - 50_000) < 20)
    let some = try SimulationScenario.parse("humans,robots=0.3")
    #expect(abs(some.robotShare - 300_000) < 20)
    let none = try SimulationScenario.parse("mixed,robots=0")
    #expect(none.robotShare == 0)
    let ratio = { (scenario: SimulationScenario) in
      Double(scenario.shares[Int(Family.crawler.rawValue)]) / Double(scenario.shares[Int(Family.dataCentre.rawValue)])
    }
    #expect(abs(ratio(half) - ratio(some)) < 0.01)
  }

  @Test(arguments: [
    ("mixd", "did you mean “mixed”"), ("", "There is no scenario “”"), ("mixed,event=5", "did you mean “events”"),
    ("mixed,crawlers=0.1", "did you mean “crawler”"), ("mixed,events", "not of the form key=value"),
    ("mixed,", "not of the form key=value"), ("mixed,events=0", "events must be a whole number from 1"),
    ("mixed,events=ten", "events must be"), ("mixed,events=1=2", "events must be"),
    ("mixed,days=0", "days must be a number from 0.0007 to 366."),
    ("mixed,days=367", "days must be"), ("mixed,days=1.", "days must be"), ("mixed,days=1e2", "days must be"),
    ("mixed,seed=-1", "seed must be"), ("mixed,pages=0.5", "pages must be a number from 1 to 20."),
    ("mixed,start=2026-02-29", "start must be"),
    ("mixed,start=2026-03-02T24:00", "start must be"), ("mixed,start=2026-3-2", "start must be"),
    ("mixed,robots=1.5", "robots must be"), ("mixed,robots=-0.1", "robots must be"),
    ("mixed,servers=65", "servers must be"),
    ("mixed,subsecond=yes", "subsecond must be 0 or 1"), ("mixed,crawler=2", "crawler must be a number from 0 to 1."),
    ("mixed,robots=0.999", "must not exceed 1"), ("mixed,double-click=0.1", "has no key “double-click”"),
    ("mixed,events=10000000000", "set days to at least 11.58"), ("mixed,agents=99999999999999999999", "agents must be"),
  ])
  func `What cannot be simulated is a usage error that says what to do`(text: String, part: String) {
    do {
      _ = try SimulationScenario.parse(text)
      Issue.record("“\(text)” was accepted")
    } catch {
      #expect(error.code == .usage)
      #expect(error.message.contains(part), "\(error.message)")
    }
  }

  @Test func `The budget of every family adds up exactly and follows its curve`() throws {
    let scenario = try SimulationScenario.parse("mixed,events=123457,days=2")
    var budget = LineBudget(scenario)
    var sums = Family.allCases.map { _ in 0 }
    var (night, evening) = (0, 0)
    for minute in 0..<scenario.minutes {
      let lines = budget.nextMinute()
      for index in sums.indices { sums[index] += lines[index] }
      if minute / 60 == 3 { night += lines[0] }
      if minute / 60 == 20 { evening += lines[0] }
      if minute % 1_440 < 400 { #expect(lines[Int(Family.morningOffice.rawValue)] == 0) }
    }
    #expect(sums == Family.allCases.map { scenario.lines(of: $0) })
    #expect(evening > 10 * night)
  }

  @Test func `What is set out of range is brought into it`() throws {
    var scenario = SimulationScenario.presets[3]
    (scenario.events, scenario.minutes, scenario.servers, scenario.campaigns) = (-5, 0, 9_999, 0)
    (scenario.agents, scenario.homes, scenario.adsPerPage) = (0, 0, 0)
    scenario.start = Timestamp(seconds: -9_999_999)
    let simulator = Simulator(scenario)
    #expect(simulator.scenario.events == 1 && simulator.scenario.minutes == 1 && simulator.logNames.count == 64)
    #expect(simulator.scenario.agents == 50 && simulator.scenario.homes == 1)
    #expect(simulator.scenario.start == Timestamp(seconds: 0))
    scenario.events = .max
    var dense = Simulator(scenario)
    #expect(dense.scenario.events == 600_000)
    scenario.events = 300
    dense = Simulator(scenario)
    var size = 0
    try dense.run { (_, bytes: Span<UInt8>) throws(AssayError) in
      size += bytes.count
    } truth: { _ throws(AssayError) in
    }
    #expect(size > 1_000)
  }

  @Test func `Every key is named once and says what it accepts`() {
    let keys = SimulationScenario.keys
    #expect(Set(keys.map(\.name)).count == keys.count && keys.count == 16 + Family.allCases.count - 4)
    #expect(keys.allSatisfy { !$0.accepts.isEmpty })
  }

  @Test(arguments: Family.networks + [.moderateBot, .advancedBot, .formBot])
  func `A family's own scenario has people and this family, about its share`(family: Family) throws {
    let scenario = try SimulationScenario.parse("\(family.name),events=8000,seed=3")
    let lines = try Recording("\(family.name),events=8000,seed=3").lines()
    let own = lines.count { $0.family == family.name }
    #expect(abs(own - scenario.lines(of: family)) < 100 + scenario.lines(of: family) / 2, "\(own)")
    let others = Set(lines.filter { $0.truth != "valid" && $0.family != family.name }.map(\.family))
    #expect(others.isSubset(of: ["double-click", "prefetch", "antivirus"]))
  }

  @Test(arguments: [1, 60, 700]) func `The smallest scenarios of everything end`(events: Int) throws {
    // Each family has a whole visit at least.
    for length in ["", ",days=0.01,start=2026-03-02T09:00"] {
      let lines = try Recording("botnets,events=\(events)\(length)").lines().count
      #expect(lines <= 2 * events + 1_200, "\(lines)")
    }
  }

  @Test func `A weekend has no school bus, and nothing hangs`() throws {
    let lines = try Recording("mixed,events=2000,start=2026-03-07").lines()
    #expect(lines.count > 1_500)
    #expect(!lines.contains { $0.family == "school-bus" || $0.family == "morning-office" })
  }
}
