import AssayModel
import Testing

@testable import AssaySimulator

@Suite struct ImitatorTests {
  private func record(_ text: String, _ family: Family) throws -> [Recording.Line] {
    try Recording(text).lines().filter { $0.family == family.name }
  }

  /// Gaps between the first requests of pages, by visitor.
  private func gaps(_ lines: [Recording.Line]) -> [Int] {
    Dictionary(grouping: lines.filter { $0.kind == "ad-request" }) { $0.value("vid") ?? "" }.values.flatMap { visit in
      zip(visit, visit.dropFirst()).filter { $0.page != $1.page }.map { $1.milliseconds - $0.milliseconds }
    }.sorted()
  }

  @Test func `A moderate bot waits 1 to 25 seconds, each as likely`() throws {
    let gaps = gaps(try record("moderate-bot,events=30000,moderate-bot=0.3,subsecond=1,ads=1", .moderateBot))
    #expect(gaps.count > 1_000 && gaps.allSatisfy { 500...25_500 ~= $0 })
    for quarter in 1..<4 {
      let value = gaps[gaps.count * quarter / 4]
      #expect(abs(value - 1_000 - 6_000 * quarter) < 900)
    }
  }

  @Test func `An advanced bot pauses as people do, returns less, and begins anew within three seconds`() throws {
    let lines = try record("advanced-bot,events=40000,advanced-bot=0.3,subsecond=1,ads=1,clicks=0,seed=4", .advancedBot)
    let gaps = gaps(lines)
    #expect(19_000...23_500 ~= gaps[gaps.count / 2])
    // e^(0.95 · 0.674) = 1.9
    #expect(9_500...12_300 ~= gaps[gaps.count / 4] && 34_000...43_000 ~= gaps[gaps.count * 3 / 4])
    var (handOffs, late) = (0, 0)
    for host in Dictionary(grouping: lines.filter { $0.value("vid") != nil }, by: \.address).values {
      for (last, next) in zip(host, host.dropFirst()) where last.value("vid") != next.value("vid") {
        (handOffs, late) = (handOffs + 1, late + (next.milliseconds - last.milliseconds > 3_000 ? 1 : 0))
      }
    }
    // The page that a session ends on may have asked for the tag only.
    #expect(handOffs > 100 && late * 20 < handOffs)
    let pages = Dictionary(grouping: lines.filter { $0.kind == "ad-request" }) { $0.value("vid") ?? "" }.values
    let returns = pages.flatMap { visit in zip(visit, visit.dropFirst(2)).map { $0.page == $1.page ? 1.0 : 0 } }
    let reloads = pages.flatMap { visit in zip(visit, visit.dropFirst()).map { $0.page == $1.page ? 1.0 : 0 } }
    #expect(0.18...0.32 ~= returns.reduce(0, +) / Double(returns.count))
    #expect(0.04...0.09 ~= reloads.reduce(0, +) / Double(reloads.count))
  }

  @Test func `A form bot sends forms in less than three seconds or without having been to the page`() throws {
    let lines = try record("form-bot,events=20000,form-bot=0.2,subsecond=1", .formBot)
    let forms = lines.filter { $0.kind == "form" }
    #expect(forms.count > 500 && forms.allSatisfy { $0.text.contains("\"POST ") })
    let landings = Dictionary(grouping: lines.filter { $0.kind == "page" }, by: \.address)
    let delays = forms.map { form in
      (landings[form.address] ?? []).map { form.milliseconds - $0.milliseconds }.filter { 0..<3_000 ~= $0 }.min()
    }
    let landed = Double(delays.count { $0 != nil }) / Double(forms.count)
    #expect(0.54...0.66 ~= landed)
    for series in Dictionary(grouping: zip(forms, delays), by: \.0.address).values where series.count > 1 {
      let times = series.compactMap(\.1)
      #expect((times.max() ?? 0) - (times.min() ?? 0) <= 200)
    }
  }

  @Test func `Pupils share a school's address, most of them its browser`() throws {
    let lines = try record("botnets,events=40000,school=0.2,homes=4000", .school)
    #expect(Set(lines.map(\.address)).count == 1)
    let agents = Dictionary(grouping: lines.filter { $0.kind == "impression" }, by: \.agent).mapValues(\.count)
    let most = Double(agents.values.max() ?? 0) / Double(agents.values.reduce(0, +))
    #expect(0.7...0.97 ~= most)
    #expect(200...900 ~= Set(lines.compactMap { $0.value("vid") }).count)
    #expect(lines.allSatisfy { 8 * 3_600_000..<19 * 3_600_000 ~= $0.milliseconds && $0.truth == "valid" })
  }

  @Test func `Private windows forget, tunnels are shared, prefetched ads are never shown, guards look again`() throws {
    let lines = try Recording(
      "botnets,events=60000,private-mode=0.1,vpn=0.1,prefetch=0.02,antivirus=0.02,subsecond=1,seed=2"
    ).lines()
    func own(_ family: Family) -> [Recording.Line] { lines.filter { $0.family == family.name } }
    let homes = Dictionary(grouping: own(.privateMode).filter { $0.kind == "ad-request" }) {
      "\($0.address) \($0.agent)"
    }
    #expect(own(.privateMode).allSatisfy { $0.kind == "page" || $0.value("vid") != nil })
    #expect(homes.values.contains { Set($0.map { $0.value("vid") }).count > 1 })
    #expect(Set(own(.vpn).map(\.address)).count == 16)
    #expect(Set(own(.vpn).compactMap { $0.value("vid") }).count > 200)
    #expect(own(.vpn).allSatisfy { !$0.address.hasPrefix("250.") && !$0.address.hasPrefix("251.") })
    #expect(own(.prefetch).allSatisfy { $0.kind == "ad-request" } && own(.prefetch).count > 800)
    let first = Dictionary(
      lines.filter { $0.family == "home" && $0.kind != "page" }.map { ("\($0.kind) \($0.target)", $0) }
    ) { first, _ in first }
    for line in own(.antivirus) {
      let seen = first["\(line.kind) \(line.target)"]
      #expect(seen.map { 2_000...20_000 ~= line.milliseconds - $0.milliseconds && $0.address != line.address } == true)
    }
    #expect(own(.antivirus).count > 800)
  }

  @Test func `Ids and names look alike for everybody, and nothing of a family is in a line`() throws {
    let lines = try Recording("botnets,events=12000,seed=12,hyphbot=0.1,data-centre=0.1,methbot=0.1,form-bot=0.05")
      .lines()
    let names = Family.allCases.map(\.name).filter { $0.utf8.count > 6 && $0 != "carrier" && $0 != "monitoring" }
    for line in lines {
      #expect(!names.contains { line.text.contains($0) }, "\(line.text)")
      if let visitor = line.value("vid") { #expect(visitor.utf8.count == 12) }
      if line.kind != "page" && line.kind != "ad-request" { #expect(line.value("imp")?.utf8.count == 16) }
    }
    // The last bit of an id is anything, for robots too.
    for family in [Family.home, .chameleon, .methbot, .hyphbot, .dataCentre, .formBot] {
      let ids = Set(lines.filter { $0.family == family.name }.compactMap { $0.value("vid") })
      let odd = ids.count { UInt64($0, radix: 16).map { $0 % 2 == 1 } == true }
      #expect(ids.count > 9 && odd > ids.count / 5 && odd < ids.count * 4 / 5, "\(family.name): \(odd) of \(ids.count)")
    }
    let seconds = Dictionary(grouping: lines.filter { $0.truth == "sivt" }) { $0.milliseconds / 1_000 % 60 }
    #expect(seconds.count == 60)
    let scenario = try SimulationScenario.parse("botnets,publishers=4000,ring=1000")
    let hosts = Inventory(scenario).publishers.map { String(decoding: $0.host, as: UTF8.self) }
    #expect(Set(hosts).count == hosts.count && hosts.count > 5_400)
  }
}
