import AssayModel

/// The infected computers of Chameleon: when each crashes, and which virtual visitors it has in between. A function of
/// the seed, so that 120,000 hosts cost no memory.
///
/// Figures: detection.md §1.1 and §10.1, after what spider.io published on 19 March 2013.
struct ChameleonHosts: Sendable {
  /// Hosts: as many as the family's impressions keep busy, 120,000 at most. A small scenario gets up to 24, each less
  /// busy.
  let count: Int
  private let seed: UInt64
  private let start: Int64
  private let homes: Int

  /// Milliseconds from one crash to the next on average: 4 hours, 2 more or less.
  private static let period: Int64 = 14_400_000

  /// The hosts of a scenario; none where it has no Chameleon.
  init(_ scenario: SimulationScenario) {
    // An impression has a request and mostly an exposure.
    let impressions = scenario.linesPerDay(of: .chameleon) / 3
    let few = min(24, impressions / 60)
    count = scenario.lines(of: .chameleon) == 0 ? 0 : min(120_000, max(1, few, impressions / scenario.hostLoad))
    seed = StableHash.of(scenario.seed, 0x686f_7374)
    start = scenario.start.microseconds / 1_000
    homes = scenario.homeCount
  }

  /// The home that a host stands in: people live there too.
  func home(of host: Int) -> Int { permuted(host % homes, below: homes, seed: seed) }

  /// When a host crashes for the time with this number.
  func crash(_ host: Int, _ number: Int) -> Int64 {
    let phase = choice(hash(host, -1), below: Int(ChameleonHosts.period))
    let shift = choice(hash(host, number), below: Int(ChameleonHosts.period / 2)) - Int(ChameleonHosts.period / 4)
    // The first one comes long before the scenario begins. The two seconds before the crash are in the same minute.
    let moment = (Int64(number) - 3) * ChameleonHosts.period + Int64(phase + shift)
    return start + moment - moment % 60_000 + 2_000 + Int64(choice(StableHash.of(hash(host, number), 4), below: 58_000))
  }

  /// When it is back: 20 to 90 seconds after the crash.
  func restart(_ host: Int, after number: Int) -> Int64 {
    crash(host, number) + 20_000 + Int64(choice(StableHash.of(hash(host, number), 1), below: 70_001))
  }

  /// The number of the last crash before a moment of the scenario.
  func lastCrash(_ host: Int, before moment: Int64) -> Int {
    var number = Int((moment - start) / ChameleonHosts.period) + 4
    while crash(host, number) > moment { number -= 1 }
    return number
  }

  /// Ids of the virtual visitors that a host has after a crash: 3 to 8.
  func visitors(_ host: Int, after number: Int) -> Int { 3 + choice(StableHash.of(hash(host, number), 2), below: 6) }

  /// The id of one of them.
  func visitor(_ host: Int, after number: Int, _ ordinal: Int) -> UInt64 {
    StableHash.of(hash(host, number), 3, UInt64(ordinal))
  }

  private func hash(_ host: Int, _ number: Int) -> UInt64 {
    StableHash.of(seed, UInt64(host), UInt64(bitPattern: Int64(number)))
  }
}
