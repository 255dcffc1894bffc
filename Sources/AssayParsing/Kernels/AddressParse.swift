internal import AssayModel

/// Reads dotted decimal, the address of nearly every line: the same as `Address(parsing:from:to:)`, which reads
/// everything else, in a third of the instructions.
///
/// - Returns: the address, or nil where it is not exactly four decimal parts (the other reader decides what it is).
/// - Complexity: O(1).
@inline(never)
func dottedDecimal(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> Address? {
  precondition(start >= 0 && end <= bytes.count, "an address must stand inside its bytes")
  guard end &- start >= 7, end &- start <= 15 else { return nil }
  return unsafe bytes.withUnsafeBytes { buffer in
    guard let base = buffer.baseAddress else { return nil }
    var (bits, part, digits, dots, index): (UInt32, UInt32, Int, Int, Int) = (0, 0, 0, 0, start)
    while index < end {
      // Safe because the index lies between start and end, which lie inside.
      let digit = unsafe UInt32(base.load(fromByteOffset: index, as: UInt8.self)) &- 48
      index &+= 1
      if digit < 10 {
        // No leading zeros, no part above 255.
        if digits > 0 && part == 0 { return nil }
        part = part &* 10 &+ digit
        digits &+= 1
        if part > 255 { return nil }
      } else {
        // A full stop is two below the zero.
        if digit != UInt32(bitPattern: -2) || digits == 0 || dots == 3 { return nil }
        bits = bits &<< 8 | part
        (part, digits, dots) = (0, 0, dots &+ 1)
      }
    }
    return dots == 3 && digits > 0 ? Address(v4: bits &<< 8 | part) : nil
  }
}
