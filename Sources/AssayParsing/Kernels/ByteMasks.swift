internal import CVector

/// Which of 64 bytes are what ends a parameter, and which begin an encoding or a macro: a bit for each, bytes behind an
/// end left out.
///
/// The masks of Swift's own vectors cannot be turned into bits but one lane at a time; the header that `CVector` wraps
/// does it in an instruction.
struct QueryMasks {
  /// Bytes that are `&`.
  var ampersands: UInt64
  /// Bytes that are `%`, `+`, `[` or `{`; none where the caller knows that there are none.
  var coded: UInt64 = 0

  /// Looks at the bytes from an offset on, as far as `end`.
  ///
  /// - Parameters:
  ///   - base: the first of `count` bytes, at least 64.
  ///   - offset: below `end`, which is at most `count`.
  @inline(__always)
  init(_ base: UnsafeRawPointer, count: Int, at offset: Int, to end: Int, isPlain: Bool) {
    // Near the end of the bytes the last 64 are looked at, and what stands before the offset is shifted out.
    let place = min(offset, count &- 64)
    let shift = UInt64(truncatingIfNeeded: offset &- place)
    // Safe because 64 bytes from the place lie before the end of the bytes.
    ampersands = unsafe vector_equal64(base + place, UInt8(ascii: "&")) &>> shift
    if !isPlain { coded = unsafe vector_coded64(base + place) &>> shift }
    if end &- offset < 64 {
      let inside = (1 as UInt64) &<< UInt64(truncatingIfNeeded: end &- offset) &- 1
      ampersands &= inside
      coded &= inside
    }
  }
}

/// A bit for each of sixteen bytes that is a certain one.
///
/// - Parameter place: sixteen readable bytes.
@inline(__always)
func equalBytes(_ place: UnsafeRawPointer, _ byte: UInt8) -> UInt32 { unsafe vector_equal16(place, byte) }

/// Whether none of the bytes `%`, `+`, `[` and `{` stands in `bytes[from..<to]`: nothing is encoded, and no macro begins.
///
/// - Complexity: O(to − from), sixteen bytes a step.
func isPlain(_ bytes: Span<UInt8>, from: Int, to: Int) -> Bool {
  precondition(from >= 0 && to <= bytes.count, "a search must stay inside its bytes")
  if to &- from < 16 {
    for index in from..<max(from, to) {
      let byte = bytes[index]
      if byte == UInt8(ascii: "%") || byte == UInt8(ascii: "+") || byte | 0x20 == UInt8(ascii: "{") { return false }
    }
    return true
  }
  return unsafe bytes.withUnsafeBytes { buffer in
    guard let base = buffer.baseAddress else { return true }
    return unsafe isPlainText(base, from: from, to: to)
  }
}

/// The same for sixteen bytes or more.
///
/// - Parameter base: the first of at least `to` bytes.
@inline(__always)
func isPlainText(_ base: UnsafeRawPointer, from: Int, to: Int) -> Bool {
  // Safe because every load begins at most sixteen bytes before the end.
  var found = unsafe vector_coded16(base + (to &- 16))
  var index = from
  while index < to &- 16 {
    found |= unsafe vector_coded16(base + index)
    index &+= 16
  }
  return found == 0
}
