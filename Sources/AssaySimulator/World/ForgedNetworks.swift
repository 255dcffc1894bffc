import AssayModel

/// The addresses of Methbot's servers: whole /24 networks that were registered as those of homes, and so stand in no
/// list of data centres (detection.md §1.2). 600 servers share them; each address is used once before any is used again.
struct ForgedNetworks: Sendable {
  /// Networks of 256 addresses: a power of two, one for each 256 · 12 impressions of a day, 2,048 at most (571,904
  /// addresses were published).
  let count: Int
  private let bits: UInt64
  private let seed: UInt64

  /// The networks of a scenario.
  init(_ scenario: SimulationScenario) {
    let wanted = scenario.linesPerDay(of: .methbot) / 8 / (256 * 12)
    var bits: UInt64 = 0
    while bits < 11 && 1 << bits < wanted { bits += 1 }
    self.bits = bits
    count = 1 << Int(bits)
    seed = StableHash.of(scenario.seed, 0x6d65_7468)
  }

  /// The first address of a network.
  func network(_ ordinal: Int) -> UInt32 {
    0xf900_0000 | UInt32(permuted(UInt64(ordinal), bits: 16, seed: seed)) << 8
  }

  /// The address whose turn it is; their order is another in each round.
  func address(turn: Int) -> Address {
    let (round, place) = (turn >> Int(8 + bits), UInt64(turn) & (1 << (8 + bits) - 1))
    let number = Int(permuted(place, bits: 8 + bits, seed: StableHash.of(seed, UInt64(round))))
    return Address(v4: network(number >> 8) | UInt32(number & 255))
  }
}
