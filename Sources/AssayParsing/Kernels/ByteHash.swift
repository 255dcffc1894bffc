internal import AssayModel

/// `StableHash.of(bytes:)`, eight bytes a load instead of one: the same value (a test holds them together).
///
/// - Complexity: O(to − from).
@inline(__always)
func stableHash(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> UInt64 {
  precondition(start >= 0 && start <= end && end <= bytes.count, "a hash must stay inside its bytes")
  var (state, index) = (StableHash.first, start)
  unsafe bytes.withUnsafeBytes { buffer in
    guard let base = buffer.baseAddress else { return }
    while end &- index >= 16 {
      // Safe because sixteen bytes from the index lie before end, which lies inside.
      let one = unsafe UInt64(littleEndian: base.loadUnaligned(fromByteOffset: index, as: UInt64.self))
      let two = unsafe UInt64(littleEndian: base.loadUnaligned(fromByteOffset: index &+ 8, as: UInt64.self))
      state = StableHash.fold(one ^ StableHash.second, two ^ state)
      index &+= 16
    }
  }
  let left = end &- index
  let low = lowBytes(word(bytes, at: index), left)
  let high = left > 8 ? lowBytes(word(bytes, at: index &+ 8), left &- 8) : 0
  state = StableHash.fold(low ^ StableHash.second, high ^ state)
  let count = UInt64(truncatingIfNeeded: end &- start)
  return StableHash.nonZero(StableHash.fold(state ^ StableHash.second, count ^ StableHash.first))
}

/// A hash for the index of an in-memory table. Its secret is part of every product, so that nobody who does not know
/// it can choose keys that meet; its values never reach an order or an output.
///
/// - Complexity: O(to − from).
@inline(__always)
func tableHash(_ bytes: Span<UInt8>, from start: Int, to end: Int, secret: UInt64) -> UInt64 {
  precondition(start >= 0 && start <= end && end <= bytes.count, "a hash must stay inside its bytes")
  let key = secret ^ StableHash.second
  return unsafe bytes.withUnsafeBytes { buffer in
    let count = UInt64(truncatingIfNeeded: end &- start)
    // Safe because start..<end lies inside, as checked above; no bytes are looked at where there is no buffer.
    let state =
      unsafe buffer.baseAddress.map { unsafe fold($0 + start, end &- start, into: secret ^ count, key) } ?? secret
    return StableHash.fold(state ^ key, count ^ StableHash.first)
  }
}

/// A hash of everything that a line says of its ad slot, for `SlotInterner`: which values there are, which facts the
/// rule omits, and of each value how long it is, how it is encoded, and its bytes as they stand. Two lines that agree
/// in all of that name the same slot.
///
/// Values are hashed where they stand, in the order of their ordinals, so that nothing is looked up or copied for a
/// slot that is known.
///
/// - Parameters:
///   - given: the values, as bits of `Request.given`.
///   - omits: the facts, as bits of `CompiledRule.omits`.
///   - secret: as for `tableHash`.
/// - Complexity: O(length).
func slotHash(
  _ values: RequestValues, _ given: UInt64, _ omits: UInt32, _ bytes: Span<UInt8>, secret: UInt64
) -> UInt64 {
  let key = secret ^ StableHash.second
  var state = StableHash.fold(given ^ key, UInt64(omits) ^ secret ^ StableHash.first)
  unsafe bytes.withUnsafeBytes { buffer in
    guard let base = buffer.baseAddress else { return }
    var left = given
    while left != 0 {
      let piece = values[left.trailingZeroBitCount]
      left &= left &- 1
      precondition(piece.upper <= buffer.count, "a value must stand in its line")
      // Safe because of what was just checked; a piece does not begin before its line.
      state = unsafe fold(base + piece.lower, piece.count, into: state ^ piece.shape, key)
    }
  }
  return StableHash.fold(state ^ key, StableHash.first)
}

/// Folds bytes into the state of a table's hash: sixteen a step, the last sixteen overlapping those before them, so that
/// nothing behind the end is read and nothing has to be cut off. The caller mixes their number in.
///
/// - Parameters:
///   - place: the first of `count` bytes.
///   - key: a secret of the run, mixed so that it is not zero where the secret is.
@inline(__always)
private func fold(_ place: UnsafeRawPointer, _ count: Int, into seed: UInt64, _ key: UInt64) -> UInt64 {
  // Safe because every load lies within the bytes: their number is compared first.
  if count < 8 { return unsafe StableHash.fold(fewBytes(place, count) ^ key, seed ^ StableHash.first) }
  var (state, index) = (seed, 0)
  if count > 64 {
    // Two states that do not wait for each other.
    var other = seed ^ StableHash.first
    while index &+ 32 < count {
      state = unsafe fold(place, index, index &+ 8, into: state, key)
      other = unsafe fold(place, index &+ 16, index &+ 24, into: other, key)
      index &+= 32
    }
    state = StableHash.fold(state ^ key, other)
  }
  while index &+ 16 < count {
    state = unsafe fold(place, index, index &+ 8, into: state, key)
    index &+= 16
  }
  // What is left is 8 to 16 bytes, or after a step 1 to 16.
  return unsafe fold(place, max(0, count &- 16), count &- 8, into: state, key)
}

@inline(__always)
private func fold(_ place: UnsafeRawPointer, _ low: Int, _ high: Int, into state: UInt64, _ key: UInt64) -> UInt64 {
  let one = unsafe UInt64(littleEndian: place.loadUnaligned(fromByteOffset: low, as: UInt64.self))
  let two = unsafe UInt64(littleEndian: place.loadUnaligned(fromByteOffset: high, as: UInt64.self))
  return StableHash.fold(one ^ key, two ^ state)
}

/// Up to seven bytes as a word that no other bytes of their number give.
@inline(__always)
private func fewBytes(_ place: UnsafeRawPointer, _ count: Int) -> UInt64 {
  if count >= 4 {
    let low = unsafe UInt32(littleEndian: place.loadUnaligned(as: UInt32.self))
    let high = unsafe UInt32(littleEndian: place.loadUnaligned(fromByteOffset: count &- 4, as: UInt32.self))
    return UInt64(high) &<< 32 | UInt64(low)
  }
  if count <= 0 { return 0 }
  let first = unsafe place.load(as: UInt8.self)
  let middle = unsafe place.load(fromByteOffset: count &>> 1, as: UInt8.self)
  let last = unsafe place.load(fromByteOffset: count &- 1, as: UInt8.self)
  return UInt64(first) &<< 16 | UInt64(middle) &<< 8 | UInt64(last)
}
