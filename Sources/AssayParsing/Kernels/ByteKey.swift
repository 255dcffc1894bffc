/// A short row of bytes put together for one look-up, again and again: memory that is there once, and copies of whole
/// words.
struct ByteKey: Sendable {
  /// The bytes; those beyond `count` mean nothing.
  private(set) var bytes: [UInt8]
  /// How many bytes there are.
  private(set) var count = 0

  /// Room for a key of so many bytes.
  init(capacity: Int) { bytes = Array(repeating: 0, count: capacity + 8) }

  /// Begins a new key.
  @inline(__always)
  mutating func removeAll() { count = 0 }

  /// Appends eight bytes.
  @inline(__always)
  mutating func append(_ word: UInt64) {
    precondition(count &+ 8 <= bytes.count, "a key must fit its memory")
    unsafe bytes.withUnsafeMutableBytes { buffer in
      // Safe because eight bytes from count lie inside the buffer, as checked above.
      unsafe buffer.storeBytes(of: word.littleEndian, toByteOffset: count, as: UInt64.self)
    }
    count &+= 8
  }

  /// Appends a part of some bytes.
  @inline(__always)
  mutating func append(_ source: Span<UInt8>, from start: Int, to end: Int) {
    let length = end &- start
    precondition(start >= 0 && length >= 0 && end <= source.count, "a copy must stay inside its bytes")
    precondition(count &+ length &+ 8 <= bytes.count, "a key must fit its memory")
    unsafe bytes.withUnsafeMutableBytes { buffer in
      var offset = 0
      while offset < length {
        // Safe because at most seven bytes are written beyond count + length, and eight are left there.
        unsafe buffer.storeBytes(
          of: word(source, at: start &+ offset).littleEndian, toByteOffset: count &+ offset, as: UInt64.self)
        offset &+= 8
      }
    }
    count &+= length
  }
}
