internal import Glibc

/// Eight bytes at once: what the per-line path needs of memory that plain Swift gives one byte at a time.

/// The eight bytes from an offset as a little-endian word; bytes beyond the end of `bytes` read as zero.
@inline(__always)
func word(_ bytes: Span<UInt8>, at offset: Int) -> UInt64 {
  // One comparison: as an unsigned number a negative offset is larger than any count.
  if UInt(bitPattern: offset) < UInt(bitPattern: max(bytes.count &- 7, 0)) {
    // Safe because eight bytes from the offset lie inside, as just checked, and every 64 bits are a UInt64.
    return UInt64(
      littleEndian: unsafe bytes.bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt64.self))
  }
  return partialWord(bytes, at: offset)
}

/// The last, incomplete word.
private func partialWord(_ bytes: Span<UInt8>, at offset: Int) -> UInt64 {
  let left = bytes.count - offset
  guard left > 0 else { return 0 }
  precondition(offset >= 0, "a word must begin inside its bytes")
  if bytes.count >= 8 {
    // Safe because the load checks its bounds and every pattern of 64 bits is a UInt64.
    let last = unsafe bytes.bytes.unsafeLoadUnaligned(fromByteOffset: bytes.count - 8, as: UInt64.self)
    return UInt64(littleEndian: last) >> UInt64(8 * (8 - left))
  }
  var word: UInt64 = 0
  for index in 0..<left { word |= UInt64(bytes[offset + index]) << UInt64(8 * index) }
  return word
}

/// The lowest `count` bytes of a word, 0 to 8 of them.
@inline(__always)
func lowBytes(_ word: UInt64, _ count: Int) -> UInt64 {
  count >= 8 ? word : word & ((1 &<< UInt64(truncatingIfNeeded: 8 &* count)) &- 1)
}

/// Every byte of a word set to one value.
@inline(__always)
func broadcast(_ byte: UInt8) -> UInt64 { 0x0101_0101_0101_0101 &* UInt64(byte) }

/// A mask whose lowest set bit is the top bit of the first zero byte of a word; zero if there is none. Bits above the
/// lowest may be wrong (Alan Mycroft's test), so only the first, or whether there is any, may be asked.
@inline(__always)
func zeroBytes(_ word: UInt64) -> UInt64 {
  (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
}

/// Whether two pieces of equal length hold the same bytes.
///
/// - Complexity: O(count).
@inline(__always)
func sameBytes(_ left: Span<UInt8>, at leftStart: Int, _ right: Span<UInt8>, at rightStart: Int, count: Int) -> Bool {
  precondition(leftStart >= 0 && rightStart >= 0 && count >= 0, "a comparison must stay inside its bytes")
  precondition(leftStart + count <= left.count && rightStart + count <= right.count, "and not reach beyond them")
  if count <= 16 {
    let first = min(count, 8)
    if lowBytes(word(left, at: leftStart) ^ word(right, at: rightStart), first) != 0 { return false }
    if count <= 8 { return true }
    return lowBytes(word(left, at: leftStart &+ 8) ^ word(right, at: rightStart &+ 8), count &- 8) == 0
  }
  return unsafe left.withUnsafeBytes { leftBuffer in
    unsafe right.withUnsafeBytes { rightBuffer in
      guard let one = leftBuffer.baseAddress, let other = rightBuffer.baseAddress else { return count == 0 }
      // Safe because both pieces lie inside their buffers, as checked above.
      return unsafe memcmp(one + leftStart, other + rightStart, count) == 0
    }
  }
}

extension Array where Element == UInt8 {
  /// Whether a piece of some bytes is exactly these bytes.
  @inline(__always)
  func isSame(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> Bool {
    count == end &- start && sameBytes(bytes, at: start, span, at: 0, count: count)
  }

  /// Whether a piece of some bytes stands here at an offset.
  @inline(__always)
  func holds(_ bytes: Span<UInt8>, from start: Int, to end: Int, at offset: Int) -> Bool {
    sameBytes(bytes, at: start, span, at: offset, count: end &- start)
  }

  /// Appends a part of some bytes in one copy.
  ///
  /// - Complexity: O(to − from), amortised.
  mutating func append(_ bytes: Span<UInt8>, from start: Int, to end: Int) {
    precondition(start >= 0 && start <= end && end <= bytes.count, "a copy must stay inside its bytes")
    unsafe bytes.withUnsafeBufferPointer { buffer in
      // Safe because start..<end lies inside the buffer, as checked above.
      unsafe append(contentsOf: UnsafeBufferPointer(rebasing: buffer[start..<end]))
    }
  }
}
