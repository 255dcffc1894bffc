import AssayModel
import Testing

@testable import AssaySimulator

@Suite struct NetworkTests {
  /// One family's lines in its own scenario, smaller, or all lines.
  private func record(_ text: String) throws -> [Recording.Line] { try Recording(text).lines() }

  private func hosts(_ family: Family, _ text: String) throws -> Set<String> {
    let inventory = Inventory(try SimulationScenario.parse(text))
    return Set(
      inventory.rings[Int(family.rawValue)].map { String(decoding: inventory.publishers[$0].host, as: UTF8.self) })
  }

  @Test func `Methbot uses every address of whole networks as often, for videos alone, by day, from old browsers`()
    throws
  {
    let scenario = "methbot,events=40000,methbot=0.5,seed=3"
    let own = try record(scenario).filter { $0.family == "methbot" }
    #expect(18_000...21_000 ~= own.count)
    let shown = Dictionary(grouping: own.filter { $0.kind == "impression" }, by: \.address)
    #expect(shown.count == 256 && Set(shown.keys.map { $0.split(separator: ".").prefix(3).joined() }).count == 1)
    #expect(shown.values.allSatisfy { 1...24 ~= $0.count })
    let order = own.filter { $0.kind == "impression" }.prefix(40).compactMap { $0.address.split(separator: ".").last }
    #expect(order != order.sorted())
    #expect(own.allSatisfy { $0.kind != "page" && $0.kind != "conversion" })
    #expect(own.filter { $0.kind == "impression" }.allSatisfy { $0.value("media") == "video" })
    #expect(own.allSatisfy { !$0.agent.contains(".0.0.0 ") && $0.agent.contains("Chrome/1") })
    #expect(own.allSatisfy { 8 * 3_600_000..<22 * 3_600_000 + 600_000 ~= $0.milliseconds })
    let hours = Dictionary(grouping: own) { $0.milliseconds / 3_600_000 }.filter { 9..<22 ~= $0.key }.mapValues(\.count)
    #expect((hours.values.max() ?? 0) * 10 < (hours.values.min() ?? 0) * 13)
    // In the name of publishers that others visit, through a seller of its own, on pages that they do not have.
    #expect(Set(own.compactMap { $0.value("sid") }) == [Inventory.forger])
    let inventory = Inventory(try SimulationScenario.parse(scenario))
    let pages = Dictionary(
      uniqueKeysWithValues: inventory.publishers.map { (String(decoding: $0.host, as: UTF8.self), $0.pages) })
    for line in own {
      let parts = line.page.split(separator: "/")
      #expect((pages[String(parts[1])] ?? .max) <= Int(parts[3]) ?? 0)
    }
    #expect(!HostingNetworks.listText.contains("249."))
  }

  @Test func `Methbot's networks grow with it and never meet`() throws {
    let networks = ForgedNetworks(try SimulationScenario.parse("methbot,events=500000000,days=2,methbot=0.5"))
    #expect(networks.count == 2_048)
    #expect(Set((0..<2_048).map { networks.network($0) }).count == 2_048)
    #expect(Set((0..<1 << 19).map { networks.address(turn: $0) }).count == 1 << 19)
  }

  @Test func `HyphBot's pages have generated addresses, each seen once, nine of ten for a video`() throws {
    let own = try record("hyphbot,events=30000,hyphbot=0.4").filter { $0.family == "hyphbot" }
    let shown = own.filter { $0.kind == "impression" }
    #expect(shown.count > 1_000)
    let videos = Double(shown.count { $0.value("media") == "video" }) / Double(shown.count)
    #expect(0.87...0.93 ~= videos)
    #expect(Set(shown.map(\.page)).count > shown.count * 97 / 100)
    let isGenerated = { (page: String) in
      guard let path = page.split(separator: "/").last else { return false }
      let parts = path.split { "-_".contains($0) }
      return path.utf8.count == 5 && parts.count == 1 || parts.count == 3 && path.contains("-") && path.contains("_")
    }
    #expect(own.allSatisfy { isGenerated($0.page) || $0.kind == "form" || $0.kind == "conversion" })
    #expect(Set(shown.map { $0.value("pub") }).count == 40)
  }

  @Test func `TDL-4 clicks once a day from an address, right after its user's own event, mostly without landing`()
    throws
  {
    let scenario = "tdl4,events=60000,tdl4=0.2,days=2,subsecond=1,seed=8"
    let lines = try record(scenario)
    let own = lines.filter { $0.family == "tdl4" }
    let clicks = own.filter { $0.kind == "click" }
    #expect(clicks.count > 800)
    for visits in Dictionary(grouping: clicks, by: \.address).values {
      for (first, second) in zip(visits, visits.dropFirst()) {
        #expect(second.milliseconds - first.milliseconds >= 86_400_000)
      }
    }
    let addresses = Set(clicks.map(\.address))
    let users = Dictionary(
      grouping: lines.filter { $0.family == "home" && addresses.contains($0.address) }, by: \.address)
    for click in clicks {
      let user = users[click.address] ?? []
      #expect(user.contains { 200...3_000 ~= click.milliseconds - $0.milliseconds })
      #expect(user.allSatisfy { $0.agent == click.agent })
    }
    let landings = Double(own.count { $0.kind == "page" }) / Double(clicks.count)
    #expect(0.25...0.35 ~= landings)
    let ring = try hosts(.tdl4, scenario)
    #expect(own.allSatisfy { line in ring.contains { line.page.contains($0) } })
    let others = lines.count { $0.family != "tdl4" && $0.kind == "click" && ring.contains($0.value("pub") ?? "") }
    #expect(others * 5 < clicks.count)
  }

  @Test func `ClickBot.A clicks fewer than 20 times a day on an ad, from very many addresses, with searched words`()
    throws
  {
    let own = try record("click-bot-a,events=30000,click-bot-a=0.4,campaigns=20,days=2").filter {
      $0.family == "click-bot-a"
    }
    let clicks = own.filter { $0.kind == "click" }
    let perDay = Dictionary(grouping: clicks) { "\($0.value("crid") ?? "") \($0.milliseconds / 86_400_000)" }
    #expect(clicks.count > 500 && perDay.values.allSatisfy { $0.count < 21 })
    #expect(perDay.values.contains { $0.count >= 18 })
    #expect(Set(clicks.map(\.address)).count > clicks.count * 98 / 100)
    #expect(own.filter { $0.kind != "form" }.allSatisfy { $0.page.contains("/search?q=") && $0.page.contains("+") })
  }

  @Test func `Click flooding clicks a hundred times as often and claims purchases at any time of a week`() throws {
    let scenario = "click-flood,events=60000,click-flood=0.5,days=12,seed=2"
    let own = try record(scenario).filter { $0.family == "click-flood" }
    let (shown, clicks) = (own.count { $0.kind == "impression" }, own.filter { $0.kind == "click" })
    #expect(0.22...0.28 ~= Double(clicks.count) / Double(shown))
    let times = Dictionary(clicks.map { ($0.value("imp") ?? "", $0.milliseconds) }) { first, _ in first }
    // Those are left out that may come after the end.
    let delays = own.filter { $0.kind == "conversion" }.compactMap { line -> Int? in
      guard let clicked = times[line.value("imp") ?? ""], clicked < 5 * 86_400_000 else { return nil }
      return line.milliseconds - clicked
    }
    #expect(delays.count > 50 && delays.allSatisfy { -1_000..<7 * 86_400_000 ~= $0 })
    for day in 1..<7 {
      let share = Double(delays.count { $0 < day * 86_400_000 }) / Double(delays.count)
      #expect(abs(share - Double(day) / 7) < 0.2)
    }
    #expect(own.allSatisfy { $0.kind != "page" })
    #expect(own.filter { $0.kind == "conversion" }.allSatisfy { $0.value("order")?.count == 8 })
  }

  @Test func `Click injection clicks one to eight seconds before the purchase`() throws {
    let own = try record("click-injection,events=20000,click-injection=0.3,subsecond=1").filter {
      $0.family == "click-injection"
    }
    let clicks = Dictionary(own.filter { $0.kind == "click" }.map { ($0.value("imp") ?? "", $0.milliseconds) }) { $1 }
    let delays = own.filter { $0.kind == "conversion" }.map { $0.milliseconds - (clicks[$0.value("imp") ?? ""] ?? 0) }
    #expect(delays.count > 300 && delays.allSatisfy { 1_000...8_000 ~= $0 })
    #expect(own.allSatisfy { $0.kind != "page" })
  }

  @Test func `A click farm has 50 people on 10 addresses, who do the same unrelated things together in a shift`() throws
  {
    let own = try record("click-farm,events=60000,click-farm=0.3,seed=6,subsecond=1").filter {
      $0.family == "click-farm"
    }
    #expect(Set(own.map(\.address)).count == 10 && Set(own.map(\.network)) == ["click-farm-1"])
    let clicks = own.filter { $0.kind == "click" }
    #expect(Set(clicks.compactMap { $0.value("vid") }).count == 50)
    #expect(clicks.allSatisfy { 7_200_000...38_400_000 ~= $0.milliseconds })
    let tasks = Dictionary(grouping: clicks) { "\($0.page) \($0.value("cid") ?? "")" }
    #expect(tasks.count > 20 && Set(clicks.map { $0.value("cid") }).count > 15)
    for task in tasks.values {
      #expect(30...50 ~= task.count)
      #expect((task.last?.milliseconds ?? 0) - (task.first?.milliseconds ?? 0) < 280_000)
    }
  }

  @Test func `Farms are as many as there is work`() throws {
    #expect(VisitPlanner.farmCount(try SimulationScenario.parse("click-farm,events=1000")) == 1)
    #expect(VisitPlanner.farmCount(try SimulationScenario.parse("click-farm,events=30000000,click-farm=0.1")) == 100)
  }

  @Test func `Out of sight four sites load at once, nothing is ever in view, and all is over in five seconds`() throws {
    let lines = try record("ppv,events=30000,ppv=0.3,subsecond=1")
    let own = lines.filter { $0.family == "ppv" }
    let shown = own.filter { $0.kind == "impression" }
    #expect(shown.allSatisfy { $0.viewable != "yes" } && shown.contains { $0.viewable == "no" })
    let exposures = own.filter { $0.kind == "exposure" }.compactMap { $0.value("s") }
    #expect(
      exposures.count > 1_000 && exposures.allSatisfy { $0.split(separator: "_").allSatisfy { $0.contains("-0") } })
    let visits = Dictionary(grouping: own.filter { $0.kind == "ad-request" }) {
      "\($0.address) \($0.value("vid") ?? "") \($0.agent)"
    }
    #expect(visits.values.count { Set($0.map { $0.value("pub") }).count == 4 } > visits.count * 8 / 10)
    for visit in visits.values where Set(visit.map { $0.value("pub") }).count == 4 && visit.count <= 12 {
      #expect((visit.last?.milliseconds ?? 0) - (visit.first?.milliseconds ?? 0) < 1_000)
    }
    #expect(!own.contains { $0.kind == "click" })
  }

  @Test func `Senders and receivers of a ring come in pairs, and the click is the receiver's`() throws {
    let scenario = "referrer-ring,events=20000,referrer-ring=0.2,subsecond=1"
    let own = try record(scenario).filter { $0.family == "referrer-ring" }
    let visits = Dictionary(grouping: own.filter { $0.kind == "impression" && $0.value("vid") != nil }) {
      "\($0.value("vid") ?? "")"
    }
    #expect(Set(own.compactMap { $0.value("pub") }) == (try hosts(.referrerRing, scenario)))
    var partners: [String: Set<String>] = [:]
    for visit in visits.values where visit.count == 2 {
      #expect(1_000...7_000 ~= visit[1].milliseconds - visit[0].milliseconds)
      partners[visit[0].value("pub") ?? "", default: []].insert(visit[1].value("pub") ?? "")
    }
    #expect(partners.count == 3 && partners.values.allSatisfy { $0.count == 1 })
    #expect(Set(own.filter { $0.kind == "click" }.map { $0.value("pub") }).isDisjoint(with: partners.keys.map { $0 }))
  }

  @Test func `The file of members names publishers, sellers, addresses and blocks of every network`() throws {
    let scenario = try SimulationScenario.parse("botnets,events=200000")
    let files = scenario.companionFiles
    #expect(files.map(\.path) == ["lists/data-centres.txt", "networks.csv"])
    let rows = files[1].text.split(separator: "\n").map { $0.split(separator: ",") }
    #expect(rows.allSatisfy { $0.count == 3 } && rows[0] == ["network", "kind", "member"])
    #expect(rows.count { $0[0] == "chameleon-1" && $0[1] == "publisher" } == 40)
    #expect(Set(rows.dropFirst().map { $0[1] }) == ["publisher", "seller", "address", "block"])
    #expect(Set(rows.dropFirst().map { $0[0] }) == Set(Family.networks.map { "\($0.name)-1" }))
    #expect(try SimulationScenario.parse("mixed").companionFiles.count == 1)
  }
}
