import AssayModel

/// SplitMix64 (Steele, Lea and Flood, “Fast Splittable Pseudorandom Number Generators”, OOPSLA 2014): the simulator's
/// only source of chance. Integer arithmetic alone, so the same seed gives the same numbers on every machine.
struct RandomSource: Sendable {
  private var state: UInt64

  /// A source of its own for a seed; equal seeds give equal numbers.
  init(seed: UInt64) { state = seed }

  /// The next 64 bits, uniform.
  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
    return mixed ^ mixed >> 31
  }

  /// A number in 0..<bound, uniform but for a bias below bound / 2⁶⁴ (multiply and keep the high half, Lemire 2019);
  /// 0 where bound is not positive.
  mutating func below(_ bound: Int) -> Int {
    bound <= 0 ? 0 : Int(next().multipliedFullWidth(by: UInt64(bound)).high)
  }

  /// A number in the range, both ends included.
  mutating func within(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + below(range.upperBound - range.lowerBound + 1)
  }

  /// Whether something with this probability, in millionths, happens.
  mutating func happens(millionths: Int) -> Bool { below(1_000_000) < millionths }

  /// Whether something with this probability, in percent, happens.
  mutating func happens(percent: Int) -> Bool { below(100) < percent }

  /// One of the elements of a collection that is not empty.
  mutating func pick<Element>(_ elements: [Element]) -> Element { elements[below(elements.count)] }
}

/// A number in 0..<bound that is always the same for the same hash.
func choice(_ hash: UInt64, below bound: Int) -> Int {
  bound <= 0 ? 0 : Int(hash.multipliedFullWidth(by: UInt64(bound)).high)
}
