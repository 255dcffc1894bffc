internal import AssayModel
internal import CVector

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
    return unsafe dottedDecimal(base + start, length).map(Address.init(v4:))
  }
}

/// Reads dotted decimal at the beginning of a line, up to the first space.
///
/// - Parameter base: at least 24 readable bytes.
/// - Returns: the address and the place of the space; nil for any other beginning.
/// - Complexity: O(1).
@inline(__always)
func leadingAddress(_ base: UnsafeRawPointer) -> (v4: UInt32, end: Int)? {
  // Safe because every load lies within 24 bytes of the start.
  let length = unsafe equalBytes(base, UInt8(ascii: " ")).trailingZeroBitCount
  guard length >= 7, length <= 15, let bits = unsafe dottedDecimal(base, length) else { return nil }
  return (bits, length)
}

/// The bits of the address in the first 7 to 15 bytes of at least 24, nil where they are none.
@inline(__always)
private func dottedDecimal(_ base: UnsafeRawPointer, _ length: Int) -> UInt32? {
  let inside = (1 as UInt32) &<< UInt32(truncatingIfNeeded: length) &- 1
  var stops = unsafe equalBytes(base, UInt8(ascii: ".")) & inside
  let digits = unsafe vector_digits16(base) & inside
  // A zero where a part begins, with a digit behind it.
  let padded = unsafe equalBytes(base, UInt8(ascii: "0")) & (stops &<< 1 | 1) & digits &>> 1
  if stops | digits != inside || padded != 0 { return nil }
  var (bits, place, wrong): (UInt32, Int, UInt32) = (0, 0, 0)
  for part in 0..<4 {
    // The last part ends with the text; a stop too few makes it begin behind the end.
    let stop = part == 3 ? length : min(stops.trailingZeroBitCount, length)
    let count = stop &- place
    if count < 1 || count > 3 { return nil }
    // Safe because the part begins at most fifteen bytes from the start. Its digits move to the top three of four
    // bytes, so that the missing ones are zeros before them.
    let word = unsafe base.loadUnaligned(fromByteOffset: place, as: UInt32.self)
    let text = (word ^ 0x3030_3030) &<< UInt32(truncatingIfNeeded: 32 &- 8 &* count)
    let value = (text &>> 8 & 0xff) &* 100 &+ (text &>> 16 & 0xff) &* 10 &+ text &>> 24
    wrong |= value
    bits = bits &<< 8 | value
    // What is left of them at the last part is one too many.
    if part < 3 { stops &= stops &- 1 }
    place = stop &+ 1
  }
  return wrong <= 255 && stops == 0 ? bits : nil
}
