internal import AssayModel

/// Reads dotted decimal, the address of nearly every line: the same as `Address(parsing:from:to:)`, which reads
/// everything else, but without a branch for each byte.
///
/// - Returns: the address, or nil where it is not exactly four decimal parts, or fewer than 24 bytes follow (the other
///   reader decides what it is).
/// - Complexity: O(1).
func dottedDecimal(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> Address? {
  let length = end &- start
  // Every load below lies within 24 bytes of the start.
  guard start >= 0, start &+ 24 <= bytes.count, length >= 7, length <= 15 else { return nil }
  return unsafe bytes.withUnsafeBytes { buffer in
    // Safe because of what was just checked.
    guard let base = buffer.baseAddress else { return nil }
    return unsafe dottedDecimal(base + start, length)
  }
}

@inline(__always)
private func dottedDecimal(_ base: UnsafeRawPointer, _ length: Int) -> Address? {
  // Where the full stops are: one bit a byte.
  let low = unsafe fullStops(base.loadUnaligned(as: UInt64.self))
  let high = unsafe fullStops(base.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
  var stops = (low | high &<< 8) & (1 &<< length &- 1)
  var (bits, place, isWrong): (UInt32, Int, Bool) = (0, 0, false)
  for part in 0..<4 {
    // The last part ends with the text; a missing stop leaves one too long.
    let stop = part == 3 ? length : min(stops.trailingZeroBitCount, 15)
    // Safe because the part begins at most sixteen bytes from the start.
    let value = unsafe decimal(base.loadUnaligned(fromByteOffset: place, as: UInt32.self), stop &- place)
    isWrong = isWrong || value > 255 || part < 3 && stops == 0
    bits = bits &<< 8 | value
    stops &= stops &- 1
    place = min(stop &+ 1, 16)
  }
  return stops == 0 && !isWrong ? Address(v4: bits) : nil
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
private func decimal(_ word: UInt32, _ count: Int) -> UInt32 {
  guard count >= 1, count <= 3 else { return 256 }
  // The digits move to the top three of four bytes, so that the missing ones are zeros before them.
  let digits = (word ^ 0x3030_3030) &<< UInt32(truncatingIfNeeded: 32 &- 8 &* count)
  let areDigits = ((digits &+ 0x7676_7676) | digits) & 0x8080_8080 == 0
  let hasLeadingZero = count > 1 && word & 0xff == 0x30
  if !areDigits || hasLeadingZero { return 256 }
  return (digits &>> 8 & 0xff) &* 100 &+ (digits &>> 16 & 0xff) &* 10 &+ digits &>> 24
}
