internal import AssayModel

/// A short row of bytes put together for one look-up, again and again: memory that is there once, whole words, and the
/// hash made on the way.
struct ByteKey: Sendable {
  /// The bytes; those beyond `count` mean nothing.
  private(set) var bytes: [UInt8]
  /// How many bytes there are, a multiple of eight.
  private(set) var count = 0

  /// Room for a key of so many bytes.
  init(capacity: Int) { bytes = Array(repeating: 0, count: capacity) }

  /// Makes the key of two words and five pieces, each padded with zeros to whole words. (The words have to tell their
  /// lengths, since pieces may be empty or end with zeros.)
  ///
  /// - Returns: a hash of the key.
  /// - Complexity: O(length).
  mutating func set(_ first: UInt64, _ second: UInt64, _ pieces: InlineArray<5, Piece>, of source: Span<UInt8>)
    -> UInt64
  {
    var hash = StableHash.fold(first ^ StableHash.first, second ^ StableHash.second)
    let capacity = bytes.count
    precondition(capacity >= 16, "a key must fit its memory")
    count = unsafe bytes.withUnsafeMutableBytes { buffer in
      guard let base = buffer.baseAddress else { return 0 }
      // Safe because the first two words lie inside the buffer, and every other piece is checked before it is written.
      unsafe base.storeBytes(of: first, as: UInt64.self)
      unsafe base.storeBytes(of: second, toByteOffset: 8, as: UInt64.self)
      var offset = 16
      for index in 0..<5 {
        let (start, length) = (pieces[index].lower, pieces[index].count)
        precondition(offset &+ length &+ 8 <= capacity, "a key must fit its memory")
        var done = 0
        while done < length {
          let part = lowBytes(word(source, at: start &+ done), length &- done)
          unsafe base.storeBytes(of: part, toByteOffset: offset, as: UInt64.self)
          hash = StableHash.fold(hash ^ part, StableHash.second)
          done &+= 8
          offset &+= 8
        }
      }
      return offset
    }
    return hash
  }
}
