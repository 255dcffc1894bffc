internal import Glibc

/// The only loops over bytes that are not plain Swift: the C library's `memchr` and `memcmp` use the widest registers
/// that the machine has (21 GB/s here, against 3 GB/s of a byte loop: reference/feasibility.md §2b).

/// The index of the first `byte` in `bytes[from..<to]`, or -1.
///
/// - Complexity: O(to − from), about 20 bytes a nanosecond.
@inlinable
package func firstIndex(of byte: UInt8, in bytes: Span<UInt8>, from: Int, to: Int) -> Int {
  precondition(from >= 0 && to <= bytes.count, "a search must stay inside its bytes")
  guard from < to else { return -1 }
  return unsafe bytes.withUnsafeBufferPointer { buffer in
    // Safe because from..<to lies inside the buffer, as checked above.
    guard let base = buffer.baseAddress, let found = unsafe memoryFind(base + from, byte, to - from) else {
      return -1
    }
    return unsafe base.distance(to: found)
  }
}

/// `memchr`, typed.
@usableFromInline
func memoryFind(_ start: UnsafePointer<UInt8>, _ byte: UInt8, _ count: Int) -> UnsafePointer<UInt8>? {
  // Safe because the caller owns count bytes from start.
  guard let found = unsafe memchr(start, Int32(byte), count) else { return nil }
  return unsafe UnsafePointer(found.assumingMemoryBound(to: UInt8.self))
}

/// Whether `bytes[start..<start + other.count]` equals `other`; false where it would reach beyond the end.
@inlinable
package func equal(_ bytes: Span<UInt8>, at start: Int, _ other: Span<UInt8>) -> Bool {
  guard start >= 0, other.count <= bytes.count - start else { return false }
  for index in 0..<other.count where bytes[start + index] != other[index] { return false }
  return true
}

/// Whether none of the bytes `%`, `+`, `[` and `{` stands in `bytes[from..<to]`: a URL in which nothing is encoded and
/// no macro is left. One pass of sixteen bytes a step instead of four searches.
///
/// - Complexity: O(to − from).
func isPlain(_ bytes: Span<UInt8>, from: Int, to: Int) -> Bool {
  precondition(from >= 0 && to <= bytes.count, "a search must stay inside its bytes")
  let count = to &- from
  if count < 16 {
    for index in from..<max(from, to) {
      let byte = bytes[index]
      if byte == UInt8(ascii: "%") || byte == UInt8(ascii: "+") || byte | 0x20 == UInt8(ascii: "{") { return false }
    }
    return true
  }
  return unsafe bytes.withUnsafeBytes { buffer in
    // Safe because every load begins at most sixteen bytes before the end.
    var found = unsafe coded(buffer.loadUnaligned(fromByteOffset: to &- 16, as: SIMD16<UInt8>.self))
    var index = from
    while index < to &- 16 {
      found = unsafe found .| coded(buffer.loadUnaligned(fromByteOffset: index, as: SIMD16<UInt8>.self))
      index &+= 16
    }
    // Safe because both are sixteen bytes of plain bits.
    let bits = unsafe unsafeBitCast(found, to: SIMD2<UInt64>.self)
    return bits[0] | bits[1] == 0
  }
}

/// Which of sixteen bytes are one of the four. Vectors on both sides: those operators are specialised, the ones that
/// take a scalar are not (55 times the instructions, callgrind).
@inline(__always)
private func coded(_ bytes: SIMD16<UInt8>) -> SIMDMask<SIMD16<Int8>> {
  // The bracket becomes the brace when bit 5 is set.
  (bytes .== SIMD16(repeating: UInt8(ascii: "%"))) .| (bytes .== SIMD16(repeating: UInt8(ascii: "+")))
    .| ((bytes | SIMD16(repeating: 0x20)) .== SIMD16(repeating: UInt8(ascii: "{")))
}
