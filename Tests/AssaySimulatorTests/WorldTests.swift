import AssayModel
import Testing

@testable import AssaySimulator

@Suite struct WorldTests {
  private let planner: VisitPlanner

  init() throws { planner = VisitPlanner(try SimulationScenario.parse("mixed,homes=20000,agents=5000")) }

  @Test func `Networks have as many people as their kind has`() {
    let population = planner.population
    let homes = (0..<2_000).map { population.people(in: .home, $0) }
    #expect(Set(homes) == [1, 2, 3, 4])
    let offices = (0..<2_000).map { population.people(in: .office, $0) }
    #expect(offices.allSatisfy { 10...500 ~= $0 } && offices.contains { $0 < 15 } && offices.contains { $0 > 400 })
    let carriers = (0..<2_000).map { population.people(in: .carrier, $0) }
    #expect(carriers.allSatisfy { 1_000...100_000 ~= $0 })
    #expect(carriers.contains { $0 < 1_500 } && carriers.contains { $0 > 80_000 })
  }

  @Test func `Every home has its own address, 8 percent of them version 6`() {
    let addresses = (0..<20_000).map { planner.population.person(.home, $0, 0).address }
    #expect(Set(addresses).count == 20_000)
    let newer = addresses.count { $0.v4 == nil }
    #expect(1_400...1_800 ~= newer)
    for address in addresses {
      if let bits = address.v4 { #expect(bits >> 28 == 15) } else { #expect(address.high >> 32 == 0x2001_0db8) }
    }
  }

  @Test func `People behind one address share it and differ otherwise`() {
    let people = (0..<100).map { planner.population.person(.office, 3, $0) }
    #expect(Set(people.map(\.address)).count == 1)
    #expect(Set(people.map(\.key)).count == 100)
    #expect(Set(people.map(\.agent)).count > 10)
  }

  @Test func `Five percent of the ids are lost each day, and private browsers have none`() {
    let people = (0..<4_000).map { planner.population.person(.home, $0, 0) }
    let (kept, fresh) = people.filter { !$0.isPrivate }.reduce(into: (0, 0)) { counts, person in
      let isKept = planner.population.visitor(person, day: 4) == planner.population.visitor(person, day: 5)
      counts = isKept ? (counts.0 + 1, counts.1) : (counts.0, counts.1 + 1)
    }
    #expect(0.04...0.06 ~= Double(fresh) / Double(kept + fresh))
    #expect(350...450 ~= people.count { $0.isPrivate })
    #expect(people.filter(\.isPrivate).allSatisfy { planner.population.visitor($0, day: 0) == 0 })
  }

  @Test(arguments: [50, 60, 333, 5_000])
  func `There are as many different browsers as asked for`(count: Int) {
    let pool = AgentPool(browsers: count)
    #expect(Set(pool.texts).count == pool.texts.count)
    #expect(pool.crawlers.lowerBound == count)
    for key in 0..<500 as Range<UInt64> {
      for isMobile in [true, false] {
        let agent = Int(pool.choose(StableHash.of(key, 1), isMobile: isMobile))
        #expect(agent < count)
        let text = String(decoding: pool.texts[agent], as: UTF8.self)
        #expect(text.hasPrefix("Mozilla/5.0 (") && !text.contains("\""))
        #expect((text.contains("Mobile")) == isMobile, "\(text)")
      }
    }
  }

  @Test func `Campaigns and placements have names of their own`() throws {
    let inventory = Inventory(try SimulationScenario.parse("mixed,campaigns=10000"))
    #expect(Set(inventory.campaigns.map(\.name)).count == 10_000)
    #expect(Set(inventory.placements.map(\.query)).count == inventory.placements.count)
    #expect(inventory.campaigns.allSatisfy { 500...12_000 ~= $0.price })
    #expect(inventory.publishers.count == 48)
    #expect(inventory.placements.contains { $0.width * $0.height == 242_500 })
  }

  @Test func `Hosting addresses lie in the listed networks and nobody lives there`() {
    var random = RandomSource(seed: 3)
    func isHosted(_ address: Address) -> Bool {
      guard let bits = address.v4 else {
        return address.high >> UInt64(64 - HostingNetworks.v6.bits)
          == HostingNetworks.v6.high >> UInt64(64 - HostingNetworks.v6.bits)
      }
      return HostingNetworks.v4.contains { bits >> UInt32(32 - $0.bits) == $0.first >> UInt32(32 - $0.bits) }
    }
    for _ in 0..<2_000 { #expect(isHosted(HostingNetworks.address(&random))) }
    for network in 0..<5_000 {
      for kind in [Population.Network.home, .office, .carrier, .infectedHome, .bus] {
        #expect(!isHosted(planner.population.person(kind, network, 0).address))
      }
    }
    let networks = HostingNetworks.listText.split(separator: "\n").dropFirst()
    #expect(networks.elementsEqual(["250.10.0.0/16", "250.77.128.0/17", "251.3.16.0/20", "2001:db8:d0c0::/44"]))
  }
}
