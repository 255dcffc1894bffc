import AssayModel

/// Everybody who could visit, without a table: a person is a hash of the seed, the network and a number in it, so that
/// a hundred million people cost no memory.
struct Population: Sendable {
  /// What stands behind one address.
  enum Network: UInt64, Sendable {
    /// 1 to 4 people.
    case home
    /// 10 to 500 people.
    case office
    /// 1,000 to 100,000 people behind the translated address of a mobile carrier.
    case carrier
    /// A home with an infected computer; not one of the homes that people come from.
    case infectedHome
    /// A vehicle's modem.
    case bus
    /// 300 to 900 pupils.
    case school
  }

  /// Somebody, with one browser.
  struct Person: Sendable {
    /// Different for everybody.
    var key: UInt64
    /// Where from.
    var address: Address
    /// Ordinal in `AgentPool`.
    var agent: UInt32
    /// Whether the browser forgets ids after each visit: private mode, 10 %.
    var isPrivate: Bool
  }

  private let seed: UInt64
  private let homes: Int
  private let agents: AgentPool
  /// Whether 3 % of the people at a desk have the browser that Chameleon has, so that it is not proof.
  private let hasOldBrowsers: Bool

  /// The population of a scenario.
  init(_ scenario: SimulationScenario, agents: AgentPool) {
    seed = scenario.seed
    homes = scenario.homeCount
    hasOldBrowsers = scenario.lines(of: .chameleon) > 0
    self.agents = agents
  }

  /// How many networks of a kind there are. Offices and carriers are as many as give everybody about as many visits
  /// as people at home make, 125 people being in an office and 21,500 behind a carrier's address on average.
  func count(_ kind: Network) -> Int {
    switch kind {
    case .home: homes
    case .office: max(3, homes / 160)
    case .carrier: max(2, homes / 30_000)
    case .school: max(1, homes / 4_000)
    case .infectedHome, .bus: 1 << 20
    }
  }

  /// How many people are in a network; offices and carriers are spread evenly over the orders of magnitude.
  func people(in kind: Network, _ network: Int) -> Int {
    let hash = StableHash.of(seed ^ 0x7369_7a65, kind.rawValue, UInt64(network))
    switch kind {
    case .home: return 1 + choice(hash, below: 4)
    case .infectedHome: return 1
    case .office: return evenlyByMagnitude(hash, from: 10, logarithmOfRatio: 3.912_023_005_428_146)
    case .carrier: return evenlyByMagnitude(hash, from: 1_000, logarithmOfRatio: 4.605_170_185_988_092)
    case .bus: return 25 + choice(hash, below: 26)
    case .school: return 300 + choice(hash, below: 601)
    }
  }

  /// A number from `least` to `least` times the ratio, whose logarithm is uniform.
  private func evenlyByMagnitude(_ hash: UInt64, from least: Double, logarithmOfRatio: Double) -> Int {
    Int(least * exponential(Double(hash >> 40) / Double(1 << 24) * logarithmOfRatio))
  }

  /// A person by network and number.
  func person(_ kind: Network, _ network: Int, _ number: Int) -> Person {
    let key = StableHash.of(seed ^ kind.rawValue, UInt64(network), UInt64(number))
    let isMobile = kind == .carrier || kind == .bus || choice(key &* 3, below: 100) < (kind == .office ? 12 : 50)
    let isOldFashioned = hasOldBrowsers && !isMobile && choice(StableHash.of(key, 13), below: 100) < 3
    return Person(
      key: key, address: address(kind, network, key),
      agent: isOldFashioned ? agents.explorer : agents.choose(key, isMobile: isMobile),
      isPrivate: choice(StableHash.of(key, 7), below: 10) == 0)
  }

  /// Somebody, everybody being as likely but for the homes, a fifth of which make 45 % of the visits: so visits a day
  /// vary more than by chance alone, as people's do.
  func anybody(_ kind: Network, _ random: inout RandomSource) -> Person {
    let count = count(kind)
    switch kind {
    case .home:
      let busy = count / 5
      let network = random.happens(percent: 45) ? random.below(max(1, busy)) : busy + random.below(count - busy)
      return person(kind, network, random.below(people(in: kind, network)))
    case .infectedHome, .bus, .school:
      let network = random.below(count)
      return person(kind, network, random.below(people(in: kind, network)))
    case .office, .carrier:
      let largest = kind == .office ? 500 : 100_000
      while true {
        let (network, number) = (random.below(count), random.below(largest))
        if number < people(in: kind, network) { return person(kind, network, number) }
      }
    }
  }

  /// The first-party id of a person on a day of the scenario, 0 for none. Each day 5 % lose theirs and get a new one.
  func visitor(_ person: Person, day: Int) -> UInt64 {
    if person.isPrivate { return 0 }
    var birth = day
    while birth > 0 && choice(StableHash.of(person.key, UInt64(birth), 11), below: 20) != 0 { birth -= 1 }
    return StableHash.of(person.key, UInt64(birth))
  }

  private func address(_ kind: Network, _ network: Int, _ key: UInt64) -> Address {
    let number = UInt64(network)
    switch kind {
    case .home, .infectedHome:
      // Infected homes are numbered behind the others.
      let place = kind == .home ? number : number + UInt64(homes)
      // In 8 % of the homes everybody has an address of version 6.
      if choice(StableHash.of(seed, number, kind.rawValue), below: 100) < 8 {
        return Address(high: 0x2001_0db8_0000_0000 | permuted(place, bits: 31, seed: seed), low: key | 1 << 57)
      }
      return Address(v4: 0xf000_0000 | UInt32(permuted(place, bits: 26, seed: seed)))
    case .office: return Address(v4: 0xf400_0000 | UInt32(permuted(number, bits: 24, seed: seed)))
    case .carrier: return Address(v4: 0xf500_0000 | UInt32(permuted(number, bits: 24, seed: seed)))
    case .school: return Address(v4: 0xf800_0000 | UInt32(permuted(number, bits: 20, seed: seed)))
    case .bus: return Address(v4: 0xf600_0000 | UInt32(permuted(number, bits: 24, seed: seed)))
    }
  }
}
