internal import AssayModel

/// `StableHash.of(bytes:)`, eight bytes a load instead of one: the same value (a test holds them together).
///
/// - Complexity: O(to − from).
@inline(__always)
func stableHash(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> UInt64 {
  StableHash.nonZero(foldedHash(bytes, from: start, to: end, state: 0, secret: StableHash.second))
}

/// A hash for the index of an in-memory table. Its secret is part of every product, so that nobody who does not know
/// it can choose keys that meet; its values never reach an order or an output.
///
/// - Complexity: O(to − from).
func tableHash(_ bytes: Span<UInt8>, from start: Int, to end: Int, secret: UInt64) -> UInt64 {
  foldedHash(bytes, from: start, to: end, state: secret, secret: StableHash.fold(secret, StableHash.second) | 1)
}

/// The fold that both share: two words of eight bytes a step, what is left over padded with zeros, the count last.
@inline(__always)
private func foldedHash(
  _ bytes: Span<UInt8>, from start: Int, to end: Int, state seed: UInt64, secret: UInt64
) -> UInt64 {
  precondition(start >= 0 && start <= end && end <= bytes.count, "a hash must stay inside its bytes")
  var state = seed ^ StableHash.first
  var index = start
  unsafe bytes.withUnsafeBytes { buffer in
    guard let base = buffer.baseAddress else { return }
    while end &- index >= 16 {
      // Safe because sixteen bytes from the index lie before end, which lies inside.
      let one = unsafe UInt64(littleEndian: base.loadUnaligned(fromByteOffset: index, as: UInt64.self))
      let two = unsafe UInt64(littleEndian: base.loadUnaligned(fromByteOffset: index &+ 8, as: UInt64.self))
      state = StableHash.fold(one ^ secret, two ^ state)
      index &+= 16
    }
  }
  let left = end &- index
  let low = lowBytes(word(bytes, at: index), left)
  let high = left > 8 ? lowBytes(word(bytes, at: index &+ 8), left &- 8) : 0
  state = StableHash.fold(low ^ secret, high ^ state)
  return StableHash.fold(state ^ secret, UInt64(truncatingIfNeeded: end &- start) ^ StableHash.first)
}
