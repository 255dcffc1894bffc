import AssayModel
import Testing

@testable import AssaySimulator

@Suite struct ChameleonTests {
  /// A day with few, busy hosts.
  private static let scenario =
    "chameleon,events=60000,seed=9,subsecond=1,chameleon=0.3,publishers=60,ring=12,host-load=400"
  private static let recorded: [Recording.Line] = {
    do { return try Recording(scenario).lines() } catch { return [] }
  }()
  private static let own = recorded.filter { $0.family == "chameleon" }

  private let planner: VisitPlanner
  private let ring: Set<String>

  init() throws {
    planner = VisitPlanner(try SimulationScenario.parse(ChameleonTests.scenario))
    let inventory = planner.inventory
    ring = Set(
      inventory.rings[Int(Family.chameleon.rawValue)].map {
        String(decoding: inventory.publishers[$0].host, as: UTF8.self)
      })
  }

  @Test func `It has its share of the lines, one browser, and its network's name`() {
    let own = ChameleonTests.own
    #expect(17_000...19_000 ~= own.count)
    #expect(own.allSatisfy { $0.agent.contains("MSIE 9.0; Windows NT 6.1") && $0.network == "chameleon-1" })
    #expect(ChameleonTests.recorded.allSatisfy { ($0.network == "-") == ($0.family != "chameleon") })
    let people = ChameleonTests.recorded.filter { $0.truth == "valid" }
    let alike = people.count { $0.agent.contains("MSIE 9.0") }
    #expect(alike > 50 && alike * 20 < people.count)
  }

  @Test func `Its hosts are people's homes, spread over the networks, and busy as asked for`() {
    let hosts = Dictionary(grouping: ChameleonTests.own.filter { $0.kind == "impression" }, by: \.address)
    #expect(hosts.count == planner.chameleon.count)
    // Too small a scenario for hosts with 400 impressions each: 24 divide what there is.
    #expect(hosts.count == 24)
    for host in hosts.values { #expect(180...320 ~= host.count, "\(host.count)") }
    let networks = Set(hosts.keys.filter { $0.contains(".") }.map { $0.split(separator: ".").prefix(3).joined() })
    #expect(networks.count > hosts.count * 8 / 10)
  }

  @Test func `65 percent of what its sites show is its own, 5 percent of what it visits are others`() {
    let shown = ChameleonTests.recorded.filter { $0.kind == "impression" }
    let onRing = shown.filter { ring.contains($0.value("pub") ?? "") }
    let share = Double(onRing.count { $0.family == "chameleon" }) / Double(onRing.count)
    #expect(0.61...0.69 ~= share)
    #expect(Set(onRing.map { $0.value("pub") }).count == 12)
    let own = shown.filter { $0.family == "chameleon" }
    let decoys = own.count { !ring.contains($0.value("pub") ?? "") }
    #expect(0.03...0.065 ~= Double(decoys) / Double(own.count))
  }

  @Test func `A host crashes every two to six hours, all its visitors within two seconds, and comes back with others`()
  {
    let chameleon = planner.chameleon
    for host in 0..<chameleon.count {
      for number in 3..<9 {
        let (crash, next) = (chameleon.crash(host, number), chameleon.crash(host, number + 1))
        #expect(7_100_000...21_700_000 ~= next - crash)
        #expect(20_000...90_000 ~= chameleon.restart(host, after: number) - crash)
        #expect(
          chameleon.lastCrash(host, before: crash) == number && chameleon.lastCrash(host, before: next - 1) == number)
        #expect(3...8 ~= chameleon.visitors(host, after: number))
      }
    }
    let lives = Dictionary(grouping: ChameleonTests.own) { "\($0.address) \($0.value("vid") ?? "landing")" }
    // Lines that carry no id are left out; so are visitors whom the end of the log may have cut off.
    var ends: [String: [Int]] = [:]
    var starts: [String: [Int]] = [:]
    for (key, life) in lives where !key.hasSuffix("landing") {
      let address = life[0].address
      starts[address, default: []].append(life[0].milliseconds)
      ends[address, default: []].append(life[life.count - 1].milliseconds)
    }
    var crashes = 0
    for (address, times) in ends {
      for time in times where time < 64_800_000 {
        let together = times.filter { abs($0 - time) <= 2_000 }
        #expect(together.count >= 3)
        let reborn = (starts[address] ?? []).filter { 18_000...110_000 ~= $0 - time }
        #expect(3...8 ~= reborn.count)
        crashes += 1
      }
    }
    #expect(crashes > 100)
  }

  @Test func `Its clicks are as likely on every ad and lie anywhere`() throws {
    let clicks = ChameleonTests.own.count { $0.kind == "click" }
    // 0.02 % of 6,000 is 1.
    #expect(clicks <= 6)
    var planner = planner
    var cells = Array(repeating: 0, count: 16)
    var impression = PlannedLine()
    impression.placement = UInt32(planner.inventory.ordinary.lowerBound)
    let place = planner.inventory.placements[0]
    for _ in 0..<16_000 {
      let at = planner.clickPosition(impression, seeksButton: false)
      cells[Int(at >> 16) * 4 / place.width * 4 + Int(at & 0xffff) * 4 / place.height] += 1
    }
    #expect(cells.allSatisfy { 800...1_200 ~= $0 })
    // Who sees which ad makes a difference to people's clicks and none to these.
    func clickCount(evenly: Bool, _ campaign: UInt32) -> Int {
      var habits = VisitPlanner.Habits(clickRate: 200_000, clicksEvenly: evenly, arrivalPercent: 0)
      habits.campaign = campaign
      impression.visitor = 77
      for _ in 0..<1_000 {
        planner.show(impression, placement: 0, opened: planner.start + 60_000, dwell: 60_000, habits)
      }
      defer { planner.plan(.doubleClick, minute: planner.start) }
      return planner.lines.count { $0.kind == .click }
    }
    planner.plan(.doubleClick, minute: planner.start)
    let (even, uneven) = ((0..<12).map { clickCount(evenly: true, $0) }, (0..<12).map { clickCount(evenly: false, $0) })
    #expect((even.max() ?? 0) - (even.min() ?? 0) < 80)
    #expect((uneven.max() ?? 0) - (uneven.min() ?? 0) > 150)
  }

  @Test func `Without hosts there is nothing of it`() throws {
    let scenario = try SimulationScenario.parse("botnets,chameleon=0")
    #expect(ChameleonHosts(scenario).count == 0 && Inventory(scenario).rings[Int(Family.chameleon.rawValue)].isEmpty)
    let large = try SimulationScenario.parse("botnets,events=10000000000,days=12,chameleon=0.5")
    #expect(ChameleonHosts(large).count == 55_555)
  }
}
