internal import AssayModel

/// The raw bytes between the file and a decoder: read ahead to tell what follows, and a little kept behind for a
/// decoder that gives bytes back.
struct InputBuffer: ~Copyable {
  /// Bytes read at once: as large as a chunk, so that a system call is rare, and within the second-level cache.
  private static let size = 256 << 10
  /// What ISA-L may give back.
  private static let keptBehind = 8

  /// Filled up to `end`.
  private(set) var bytes: [UInt8]
  /// The next byte for the decoder.
  private(set) var start = 0
  private(set) var end = 0
  /// Whether the file has no more.
  private(set) var isAtEnd = false

  /// A small buffer, just large enough to tell the compression: a plain file needs no more.
  init() { bytes = [UInt8](repeating: 0, count: Compression.bytesToTell) }

  /// Makes room for a compressed file of a size.
  mutating func grow(for size: Int?) {
    let room = min(InputBuffer.size, max(4_096, size ?? .max))
    bytes += [UInt8](repeating: 0, count: room)
  }

  /// Bytes not yet taken.
  var available: Int { end - start }

  /// Moves on, or back where it is negative.
  mutating func consume(_ count: Int) {
    precondition(start + count >= 0 && start + count <= end, "a decoder takes no more than it was given")
    start += count
  }

  /// Reads until at least `wanted` bytes are available, or the file ends.
  mutating func require(_ wanted: Int, of file: inout RawFile) throws(AssayError) {
    while available < wanted && !isAtEnd {
      let behind = max(0, start - InputBuffer.keptBehind)
      if behind > 0 {
        // What is left is a few bytes.
        for index in behind..<end { bytes[index - behind] = bytes[index] }
        (start, end) = (start - behind, end - behind)
      }
      let filled = end
      var span = bytes.mutableSpan
      let count = try file.read(into: &span, from: filled)
      end += count
      if count == 0 { isAtEnd = true }
    }
  }
}
