/// Another number of as many bits, different for different numbers: neighbours in number do not stay side by side.
///
/// - Parameter bits: at least 4.
func permuted(_ number: UInt64, bits: UInt64, seed: UInt64) -> UInt64 {
  let mask = (UInt64(1) << bits) - 1
  var mixed = (number ^ seed) & mask
  // Odd factors and shifts to the right can be undone, so no two numbers meet.
  for factor in [0x9e37_79b1, 0x85eb_ca77] as [UInt64] {
    mixed = mixed &* factor & mask
    mixed ^= mixed >> (bits / 2)
  }
  return mixed
}

/// Another number below a bound, different for different numbers below it: permuted until it is below.
///
/// - Complexity: two permutations on average.
func permuted(_ number: Int, below bound: Int, seed: UInt64) -> Int {
  precondition(number < bound, "only numbers below the bound can be permuted")
  let bits = UInt64(max(4, Int.bitWidth - (bound - 1).leadingZeroBitCount))
  var mixed = permuted(UInt64(number), bits: bits, seed: seed)
  while mixed >= UInt64(bound) { mixed = permuted(mixed, bits: bits, seed: seed) }
  return Int(mixed)
}
