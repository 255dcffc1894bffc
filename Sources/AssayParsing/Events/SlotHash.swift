internal import AssayModel

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
@inline(__always)
func slotHash(
  _ request: Request, _ given: UInt64, _ omits: UInt32, _ bytes: Span<UInt8>, secret: UInt64
) -> UInt64 {
  let key = secret ^ StableHash.second
  var state = StableHash.fold(given ^ key, UInt64(omits) ^ secret ^ StableHash.first)
  var left = given
  while left != 0 {
    let piece = request.pieces[left.trailingZeroBitCount]
    left &= left &- 1
    let count = piece.count
    state = StableHash.fold(lowBytes(word(bytes, at: piece.lower), count) ^ key, state ^ piece.shape)
    var index = 8
    while index < count {
      state = StableHash.fold(lowBytes(word(bytes, at: piece.lower &+ index), count &- index) ^ key, state)
      index &+= 8
    }
  }
  return StableHash.fold(state ^ key, StableHash.first)
}
