internal import AssayModel

/// Eight pieces put together for one look-up, again and again: memory that is there once, whole words, and the hash
/// made on the way.
struct SlotKey: Sendable {
  /// The bytes; those beyond `count` mean nothing.
  private(set) var bytes = [UInt8](repeating: 0, count: 16 + 8 * SlotKey.longestPiece)
  /// How many bytes there are, a multiple of eight.
  private(set) var count = 0
  /// A hash of them.
  private(set) var hash: UInt64 = 0

  /// A key is made of pieces of fewer bytes than this.
  static let longestPiece = 256

  /// Makes the key of some pieces: their lengths and encodings, then each that is not empty, padded with zeros to
  /// whole words.
  ///
  /// - Returns: false where one of them is too long; there is no key then.
  /// - Complexity: O(length).
  @inline(__always)
  mutating func set(_ said: SlotPieces, of source: Span<UInt8>) -> Bool {
    var shape = Shape()
    shape.add(said.campaign)
    shape.add(said.placement)
    shape.add(said.creative)
    shape.add(said.publisher)
    shape.add(said.seller)
    shape.add(said.size)
    shape.add(said.width)
    shape.add(said.height)
    // Lengths that are or-ed together stay below a power of two only if each does.
    if shape.all >= SlotKey.longestPiece { return false }
    let hasSlack = shape.last &+ 8 <= source.count
    (count, hash) = unsafe bytes.withUnsafeMutableBytes { buffer in
      unsafe source.withUnsafeBytes { source in
        guard let target = buffer.baseAddress else { return (16, 0) }
        // Safe because the memory holds two words and eight pieces of 256 bytes each, and no piece is longer.
        var writer = unsafe Writer(target: target, source: source, hasSlack: hasSlack)
        unsafe writer.begin(shape)
        unsafe writer.add(said.campaign)
        unsafe writer.add(said.placement)
        unsafe writer.add(said.creative)
        unsafe writer.add(said.publisher)
        unsafe writer.add(said.seller)
        unsafe writer.add(said.size)
        unsafe writer.add(said.width)
        unsafe writer.add(said.height)
        return unsafe (writer.offset, writer.hash)
      }
    }
    return true
  }

  /// Whether every piece was empty.
  var isEmpty: Bool { count == 16 }
}

/// Lengths and encodings of the pieces.
private struct Shape {
  var lengths: UInt64 = 0
  var encodings: UInt64 = 0
  /// All lengths or-ed together.
  var all = 0
  /// The end of the last piece.
  var last = 0

  @inline(__always)
  mutating func add(_ piece: Piece) {
    all |= piece.count
    last = max(last, piece.upper)
    lengths = lengths &<< 8 | UInt64(truncatingIfNeeded: piece.count)
    encodings = encodings &<< 2 | piece.encodingBits
  }
}

/// Copies pieces in whole words, and hashes them on the way.
@unsafe private struct Writer {
  let target: UnsafeMutableRawPointer
  let source: UnsafeRawBufferPointer
  /// Whether eight bytes stand behind every piece.
  let hasSlack: Bool
  var offset = 16
  var hash: UInt64 = 0

  init(target: UnsafeMutableRawPointer, source: UnsafeRawBufferPointer, hasSlack: Bool) {
    unsafe (self.target, self.source) = (target, source)
    unsafe self.hasSlack = hasSlack
  }

  @inline(__always)
  mutating func begin(_ shape: Shape) {
    // Safe because the target has room for two words and the pieces.
    unsafe target.storeBytes(of: shape.lengths, as: UInt64.self)
    unsafe target.storeBytes(of: shape.encodings, toByteOffset: 8, as: UInt64.self)
    unsafe hash = StableHash.fold(shape.lengths ^ StableHash.first, shape.encodings ^ StableHash.second)
  }

  @inline(__always)
  mutating func add(_ piece: Piece) {
    var (place, left) = (piece.lower, piece.count)
    while left > 0 {
      // Safe because eight bytes stand behind every piece, or else `checked` looks.
      let whole = unsafe hasSlack ? source.loadUnaligned(fromByteOffset: place, as: UInt64.self) : checked(place)
      let part = lowBytes(whole, left)
      unsafe target.storeBytes(of: part, toByteOffset: offset, as: UInt64.self)
      unsafe hash = StableHash.fold(hash ^ part, StableHash.second)
      (place, left) = (place &+ 8, left &- 8)
      unsafe offset &+= 8
    }
  }

  /// Eight bytes from an offset, zeros after the end.
  @inline(never)
  private func checked(_ offset: Int) -> UInt64 {
    var word: UInt64 = 0
    for index in 0..<min(8, unsafe source.count - offset) {
      // Safe because the buffer checks its index.
      word |= unsafe UInt64(source[offset + index]) << UInt64(8 * index)
    }
    return word
  }
}
