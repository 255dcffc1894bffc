internal import AssayModel

/// A name as names are compared (`ParserRequest.columns`): letters without case, every run of other characters than
/// letters and digits one `_`, none at the ends; bytes of 128 and above count as letters. So `cs(User-Agent)`,
/// `CS_USER_AGENT` and the key `User-Agent` inside the object `cs` are one name.
///
/// It is written byte by byte while a name is read, and hashed eight bytes at a time on the way, so that nothing is
/// read twice and nothing allocated.
package struct NormalizedKey: Sendable {
  /// The longest name that can be found, in normalized bytes: twice the longest that any known format uses, header
  /// names nested in objects included.
  package static let capacity = 128

  /// Where writing stands: what must be kept to go on after a nested name.
  struct State: Sendable, BitwiseCopyable {
    /// Bytes written. Above `capacity` it only says so: such a name is nobody's.
    var count = 0
    /// The bytes after the last whole word, first byte lowest.
    var word: UInt64 = 0
    /// Hash of the whole words.
    var hash = StableHash.first
    /// Whether a `_` must come before the next letter or digit.
    var isSeparated = false
    /// Whether the name exceeds `capacity`.
    var isTooLong: Bool { count > NormalizedKey.capacity }
  }

  /// The whole words of eight bytes.
  private(set) var words = InlineArray<16, UInt64>(repeating: 0)
  /// Where writing stands.
  private(set) var state = State()

  /// An empty name.
  package init() {}

  /// The name of a text.
  package init(_ text: String) {
    let bytes = Array(text.utf8)
    _ = append(bytes.span, from: 0, until: { _ in false })
  }

  /// The hash of what is written. Equal names have equal hashes; the reverse is for `KeyTable` to check, since whoever
  /// chooses a header's name may have chosen its hash.
  var hash: UInt64 {
    StableHash.fold(state.hash ^ state.word, StableHash.second ^ UInt64(truncatingIfNeeded: state.count))
  }

  /// Whether nothing is written.
  var isEmpty: Bool { state.count == 0 }

  /// Goes back to where writing stood.
  mutating func restore(_ earlier: State) { state = earlier }

  /// Starts the name of a member inside the object that is named so far.
  mutating func separate() { state.isSeparated = true }

  /// Writes one byte of a name as it stands in the log.
  mutating func append(_ byte: UInt8) {
    let bytes: InlineArray<1, UInt8> = [byte]
    _ = append(bytes.span, from: 0, until: { _ in false })
  }

  /// Writes the bytes of a name from `start` on, up to the first that `isEnd` says; no letter and no digit is one.
  ///
  /// - Returns: the index of that byte, or the count of the bytes.
  @inline(__always)
  mutating func append(_ bytes: Span<UInt8>, from start: Int, until isEnd: (UInt8) -> Bool) -> Int {
    // Where writing stands is kept in registers until the end: half the time of the loop is at stake.
    var state = state
    defer { self.state = state }
    var index = start
    while index < bytes.count {
      var byte = bytes[index]
      if (byte | 0x20) &- 0x61 < 26 {
        byte |= 0x20
      } else if byte &- 0x30 >= 10, byte < 0x80 {
        if isEnd(byte) { return index }
        state.isSeparated = true
        index &+= 1
        continue
      }
      if state.isSeparated {
        state.isSeparated = false
        if state.count > 0 { push(0x5f, &state) }
      }
      push(byte, &state)
      index &+= 1
    }
    return index
  }

  @inline(__always)
  private mutating func push(_ byte: UInt8, _ state: inout State) {
    let shift = UInt64(truncatingIfNeeded: (state.count & 7) &* 8)
    state.word |= UInt64(byte) &<< shift
    state.count &+= 1
    if shift == 56 {
      guard state.count <= NormalizedKey.capacity else {
        state.count = NormalizedKey.capacity &+ 1
        return
      }
      words[(state.count &>> 3) &- 1] = state.word
      state.hash = StableHash.fold(state.hash ^ state.word, StableHash.second)
      state.word = 0
    }
  }
}

extension NormalizedKey: Equatable {
  /// Same name.
  package static func == (left: NormalizedKey, right: NormalizedKey) -> Bool {
    guard left.state.count == right.state.count, left.state.word == right.state.word else { return false }
    guard !left.state.isTooLong, !right.state.isTooLong else { return false }
    for word in 0..<left.state.count &>> 3 where left.words[word] != right.words[word] { return false }
    return true
  }

  /// The name as text.
  package var text: String {
    let bytes = (0..<state.count).map { index in
      let word = index >> 3 < state.count >> 3 ? words[index >> 3] : state.word
      return UInt8(truncatingIfNeeded: word >> UInt64(8 * (index & 7)))
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
