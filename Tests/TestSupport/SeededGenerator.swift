/// Random numbers that are the same in every run: SplitMix64 (Steele, Lea, Flood 2014, public domain).
public struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  /// A generator that gives the same numbers for the same seed.
  public init(seed: UInt64) { state = seed }

  /// The next 64 bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }

  /// A number below a limit.
  public mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(limit)) }

  /// Some bytes of an alphabet.
  public mutating func text(_ alphabet: [UInt8], upTo length: Int) -> [UInt8] {
    (0..<below(length + 1)).map { _ in alphabet[below(alphabet.count)] }
  }
}
