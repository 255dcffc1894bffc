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
