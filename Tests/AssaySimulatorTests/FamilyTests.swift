import AssayModel
import Testing

@testable import AssaySimulator

@Suite struct FamilyTests {
  private func lines(_ family: Family) -> [Recording.Line] {
    Recording.mixed.filter { $0.family == family.name }
  }

  @Test func `Every family has about its share of the lines, and its truth`() throws {
    let scenario = try SimulationScenario.parse("mixed,events=12000")
    #expect(10_800...13_000 ~= Recording.mixed.count)
    for family in Family.allCases {
      let lines = lines(family)
      guard scenario.lines(of: family) > 0 || family == .doubleClick else {
        #expect(lines.isEmpty)
        continue
      }
      #expect(!lines.isEmpty, "\(family.name)")
      let wanted = scenario.lines(of: family)
      if family != .doubleClick {
        // One visit more or less is what a family may be off; a flood is the largest.
        #expect(abs(lines.count - wanted) < wanted * 15 / 100 + 500, "\(family.name): \(lines.count) of \(wanted)")
      }
      #expect(lines.allSatisfy { $0.truth == family.truth.name && $0.category == family.category })
      #expect((family.category == "-") == (family.truth == .valid))
    }
  }

  @Test func `A humans scenario has nobody else`() throws {
    let truths = Set(try Recording("humans,events=3000").lines().map { "\($0.truth) \($0.family)" })
    #expect(truths.filter { !$0.hasPrefix("valid") }.subtracting(["givt double-click"]).isEmpty)
  }

  @Test func `People dwell on pages as measured`() throws {
    // Private visitors, who have no id, are left out; so are returns on the same day.
    var opened: [String: [(time: Int, page: String)]] = [:]
    for line in try Recording("humans,events=12000,subsecond=1,ads=1,homes=9000").lines()
    where line.family == "home" && line.kind == "ad-request" {
      if let visitor = line.value("vid") { opened[visitor, default: []].append((line.milliseconds, line.page)) }
    }
    let gaps = opened.values.flatMap { visits in zip(visits, visits.dropFirst()).map { $1.time - $0.time } }
      .filter { $0 < 900_000 }.sorted()
    #expect(gaps.count > 600)
    func quantile(_ share: Double) -> Double { Double(gaps[Int(share * Double(gaps.count))]) / 1_000 }
    #expect(18...22 ~= quantile(0.5))
    #expect(10...13.3 ~= quantile(0.25))
    #expect(30...40 ~= quantile(0.75))
    let back = opened.values.flatMap { visits in
      zip(visits, visits.dropFirst(2)).map { $0.page == $1.page ? 1.0 : 0 }
    }
    #expect(0.3...0.5 ~= back.reduce(0, +) / Double(back.count))
  }

  @Test func `Clicks of people follow the impression by more than a second, those of software do not`() {
    var shown: [String: Int] = [:]
    for line in Recording.mixed {
      guard let id = line.value("imp") else { continue }
      if line.kind == "impression", shown[id] == nil { shown[id] = line.milliseconds }
      guard line.kind == "click" else { continue }
      let delay = shown[id].map { line.milliseconds - $0 }
      switch line.family {
      case "orphan-click": #expect(delay == nil)
      case "fast-click": #expect(delay.map { 100..<1_000 ~= $0 } == true)
      default: #expect(delay.map { $0 >= 1_000 } == true, "\(line.text)")
      }
    }
  }

  @Test func `A double click repeats a person's click at once`() {
    let clicks = Recording.mixed.filter { $0.kind == "click" }
    for line in lines(.doubleClick) {
      let first = clicks.first { $0.value("imp") == line.value("imp") && $0.truth == "valid" }
      #expect(first.map { 90...900 ~= line.milliseconds - $0.milliseconds } == true)
    }
  }

  @Test func `Declared robots declare themselves, blank agents send none, browsers in data centres are listed`() {
    let listed = { (address: String) in
      address.hasPrefix("250.") || address.hasPrefix("251.3.") || address.hasPrefix("2001:db8:d0c")
    }
    for line in Recording.mixed {
      switch line.family {
      case "crawler", "library", "monitoring": #expect(!line.agent.contains("AppleWebKit"))
      case "headless": #expect(line.agent.contains("Headless") || line.agent.contains("PhantomJS"))
      case "blank-agent": #expect(line.agent == "-")
      default: #expect(line.agent.hasPrefix("Mozilla/5.0 ("))
      }
      #expect(listed(line.address) == (line.family == "data-centre"))
      #expect((line.value("test") == "1") == (line.family == "self-test" && line.kind != "page"))
      if line.family == "invisible-placement" && line.kind == "impression" {
        #expect(["1x1", "0x0"].contains(line.value("size")))
      } else if line.kind == "impression" {
        #expect(!["1x1", "0x0"].contains(line.value("size")))
      }
    }
  }

  @Test func `Timers keep their period to a tenth, over 15 gaps at least`() throws {
    let requests = try Recording("mixed,events=6000,uniform-delay=0.2,subsecond=1").lines()
      .filter { $0.family == "uniform-delay" && $0.kind == "ad-request" }
    let visits = Dictionary(grouping: requests) { $0.value("vid") ?? "" }
    #expect(visits.count > 5)
    for visit in visits.values where visit.last.map({ $0.milliseconds < 84_000_000 }) == true {
      let gaps = zip(visit, visit.dropFirst()).map { $1.milliseconds - $0.milliseconds }
      #expect(gaps.count >= 15)
      let mean = gaps.reduce(0, +) / gaps.count
      #expect(gaps.allSatisfy { abs($0 - mean) * 100 <= mean * 22 })
    }
  }

  @Test func `A replayed trace runs on 20 hosts with the same gaps, ids of its own and the same samples`() throws {
    let lines = try Recording("mixed,events=6000,trace-replay=0.3,subsecond=1,seed=3").lines()
      .filter { $0.family == "trace-replay" }
    let exposures = Dictionary(grouping: lines.filter { $0.kind == "exposure" }) { $0.value("s") ?? "" }
    let copied = exposures.values.filter { $0.count == 20 }
    #expect(copied.count > 5)
    for copies in copied {
      #expect(Set(copies.map(\.address)).count == 20 && Set(copies.map { $0.value("imp") }).count == 20)
      let times = copies.map(\.milliseconds)
      #expect((times.max() ?? 0) - (times.min() ?? 0) <= 2_000)
    }
  }

  @Test func `Repeated impressions repeat an id that a person's visit had`() {
    let known = Set(Recording.mixed.filter { $0.kind == "impression" && $0.family == "home" }.map { $0.value("imp") })
    for line in lines(.duplicateReplay) {
      #expect(known.contains(line.value("imp")) && line.kind == "impression" && line.viewable == "undetermined")
    }
  }

  @Test func `Floods come from one address, several a second`() {
    let floods = Dictionary(grouping: lines(.addressFlood), by: \.address)
    for flood in floods.values where flood.count > 50 {
      let span = (flood.last?.milliseconds ?? 0) - (flood.first?.milliseconds ?? 0)
      #expect(flood.count * 1_000 > 3 * span)
    }
  }

  @Test func `Odd people are where one expects them`() {
    let buses = Dictionary(grouping: lines(.schoolBus), by: \.address)
    for bus in buses.values { #expect(Set(bus.map(\.agent)).count == 1 && Set(bus.map { $0.value("vid") }).count > 3) }
    let mornings = lines(.morningOffice)
    #expect(mornings.allSatisfy { 539 * 60_000..<552 * 60_000 ~= $0.milliseconds || $0.kind != "ad-request" })
    let refreshes = Dictionary(grouping: lines(.autoRefresh).filter { $0.kind == "impression" }, by: \.address)
    let gaps = refreshes.values.flatMap { zip($0, $0.dropFirst()).map { $1.milliseconds - $0.milliseconds } }
    #expect(gaps.count { 29_000...31_000 ~= $0 } > gaps.count * 9 / 10)
    #expect(lines(.screenReader).filter { $0.kind == "click" }.allSatisfy { $0.value("x") == "0" })
  }

  @Test func `Carriers have many visitors behind few addresses`() {
    let carriers = Dictionary(grouping: lines(.carrier), by: \.address)
    #expect(carriers.count <= 4)
    #expect(Set(lines(.carrier).map { $0.value("vid") }).count > 15 * carriers.count)
    let homes = Dictionary(grouping: lines(.home), by: \.address)
    for home in homes.values { #expect(Set(home.compactMap { $0.value("vid") }).count <= 4) }
  }
}
