internal import AssayModel

/// Reads dotted decimal, the address of nearly every line: the same as `Address(parsing:from:to:)`, which reads
/// everything else, in a third of the instructions.
///
/// - Returns: the address, or nil where it is not exactly four decimal parts (the other reader decides what it is).
/// - Complexity: O(1).
func dottedDecimal(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> Address? {
  let length = end &- start
  guard start >= 0, end <= bytes.count, length >= 7, length <= 15 else { return nil }
  // Where the full stops are: one bit a byte.
  let low = fullStops(word(bytes, at: start))
  let high = fullStops(lowBytes(word(bytes, at: start &+ 8), max(length &- 8, 0)))
  var stops = length < 8 ? low & 0x7f : low | high &<< 8
  var (bits, place): (UInt32, Int) = (0, 0)
  for part in 0..<4 {
    // The last part ends with the text; a missing stop leaves it a length of more than three, or the first none.
    let stop = part == 3 ? length : stops.trailingZeroBitCount
    let value = decimal(word(bytes, at: start &+ place), stop &- place)
    if value > 255 || part < 3 && stops == 0 { return nil }
    bits = bits &<< 8 | value
    stops &= stops &- 1
    place = stop &+ 1
  }
  return stops == 0 ? Address(v4: bits) : nil
}

/// One bit for each byte of a word that is a full stop.
@inline(__always)
private func fullStops(_ word: UInt64) -> Int {
  let other = word ^ broadcast(UInt8(ascii: "."))
  // The top bit of exactly the zero bytes; unlike `zeroBytes` right in all of them.
  let zeros = ~(((other & broadcast(0x7f)) &+ broadcast(0x7f)) | other | broadcast(0x7f))
  // The product moves the eight bits side by side to the top.
  return Int(truncatingIfNeeded: ((zeros &>> 7) &* 0x0102_0408_1020_4080) &>> 56)
}

/// The value of one to three digits at the beginning of a word, without a leading zero; 256 or more where there are
/// none.
@inline(__always)
private func decimal(_ word: UInt64, _ count: Int) -> UInt32 {
  guard count >= 1, count <= 3 else { return 256 }
  // The digits move to the top three of four bytes, so that the missing ones are zeros before them.
  let digits = (UInt32(truncatingIfNeeded: word) ^ 0x3030_3030) &<< UInt32(truncatingIfNeeded: 32 &- 8 &* count)
  let areDigits = ((digits &+ 0x7676_7676) | digits) & 0x8080_8080 == 0
  let hasLeadingZero = count > 1 && word & 0xff == 0x30
  if !areDigits || hasLeadingZero { return 256 }
  return (digits &>> 8 & 0xff) &* 100 &+ (digits &>> 16 & 0xff) &* 10 &+ digits &>> 24
}
