import AssayModel

/// Who and what belongs to the networks of a scenario, as CSV: `network,kind,member`.
///
/// The kinds are `publisher` (its host), `seller`, `address`, and `block` (a whole network of addresses). Computers
/// that a network uses for one visit only are not listed; the truth names the network of each of their lines.
struct NetworkMembers {
  /// The file.
  private(set) var text = "network,kind,member\n"

  /// The members of a scenario's networks.
  init(_ scenario: SimulationScenario) {
    let (inventory, hosts) = (Inventory(scenario), ChameleonHosts(scenario))
    let population = Population(scenario, agents: AgentPool(browsers: scenario.agents))
    for family in Family.networks {
      for publisher in inventory.rings[Int(family.rawValue)] {
        add(family, 1, "publisher", String(decoding: inventory.publishers[publisher].host, as: UTF8.self))
      }
    }
    for host in 0..<hosts.count {
      add(.chameleon, 1, "address", "\(population.person(.home, hosts.home(of: host), 0).address)")
    }
    if scenario.lines(of: .methbot) > 0 {
      add(.methbot, 1, "seller", Inventory.forger)
      let networks = ForgedNetworks(scenario)
      for ordinal in 0..<networks.count { add(.methbot, 1, "block", "\(Address(v4: networks.network(ordinal)))/24") }
    }
    if scenario.lines(of: .clickFarm) > 0 {
      for farm in 0..<VisitPlanner.farmCount(scenario) {
        for number in 0..<10 {
          add(.clickFarm, farm + 1, "address", "\(VisitPlanner.farmAddress(population, farm: farm, number))")
        }
      }
    }
  }

  private mutating func add(_ family: Family, _ number: Int, _ kind: String, _ member: String) {
    text += "\(family.name)-\(number),\(kind),\(member)\n"
  }
}
