/// Different byte strings and the ordinal of each, in the order of their arrival: an open-addressing table over one
/// array of bytes.
///
/// The table's hash is mixed with a secret of the run, so that chosen keys cannot be made to meet; in front of it a
/// small cache answers for the strings that come again and again. Bytes are compared on every hit.
///
/// - Complexity: O(length) a string, amortised; memory is the strings and 24 to 36 bytes for each.
struct InternTable: Sendable {
  /// All strings, one after another.
  private(set) var bytes: [UInt8] = []
  /// Where each string ends; it starts where the one before ends.
  private var ends: [Int] = []
  /// The table's hash of each string.
  private var hashes: [UInt64] = []
  /// Ordinal + 1 of the string whose hash leads here, 0 for a free place; a power of two of them.
  private var places: [UInt32]
  /// Ordinal + 1 of the string last seen with these low bits of the caller's hash, 0 for none.
  private var recent: [UInt32]
  private let secret: UInt64

  /// How many strings the cache in front can hold: 16 KiB, half of a first-level cache.
  private static let recentCount = 4_096

  /// An empty table.
  init(secret: UInt64) {
    self.secret = secret
    places = Array(repeating: 0, count: 1_024)
    recent = Array(repeating: 0, count: InternTable.recentCount)
  }

  /// How many strings there are.
  var count: Int { ends.count }

  /// Where a string stands in `bytes`.
  @inline(__always)
  func range(_ ordinal: UInt32) -> Range<Int> {
    let index = Int(ordinal)
    return (index == 0 ? 0 : ends[index &- 1])..<ends[index]
  }

  /// A string.
  func text(_ ordinal: UInt32) -> [UInt8] { Array(bytes[range(ordinal)]) }

  /// The ordinal of a string, and whether it is new. `hash` is any good hash of it that the caller has anyway.
  @inline(__always)
  mutating func intern(
    _ text: Span<UInt8>, from start: Int, to end: Int, hash: UInt64
  ) -> (ordinal: UInt32, isNew: Bool) {
    let cell = Int(truncatingIfNeeded: hash & UInt64(InternTable.recentCount &- 1))
    let known = recent[cell]
    if known != 0, holds(known &- 1, text, from: start, to: end) { return (known &- 1, false) }
    let found = find(text, from: start, to: end)
    recent[cell] = found.ordinal &+ 1
    return found
  }

  /// The ordinal of a key, and whether it is new.
  @inline(__always)
  mutating func intern(_ key: SlotKey) -> (ordinal: UInt32, isNew: Bool) {
    intern(key.bytes.span, from: 0, to: key.count, hash: key.hash)
  }

  @inline(__always)
  private func holds(_ ordinal: UInt32, _ text: Span<UInt8>, from start: Int, to end: Int) -> Bool {
    let range = range(ordinal)
    return range.count == end &- start
      && sameBytes(bytes.span, at: range.lowerBound, text, at: start, count: range.count)
  }

  @inline(never)
  private mutating func find(
    _ text: Span<UInt8>, from start: Int, to end: Int
  ) -> (ordinal: UInt32, isNew: Bool) {
    let hash = tableHash(text, from: start, to: end, secret: secret)
    var place = Int(truncatingIfNeeded: hash) & (places.count &- 1)
    while places[place] != 0 {
      let ordinal = places[place] &- 1
      if hashes[Int(ordinal)] == hash, holds(ordinal, text, from: start, to: end) { return (ordinal, false) }
      place = (place &+ 1) & (places.count &- 1)
    }
    let ordinal = UInt32(ends.count)
    bytes.append(text, from: start, to: end)
    ends.append(bytes.count)
    hashes.append(hash)
    places[place] = ordinal &+ 1
    if ends.count * 2 > places.count { grow() }
    return (ordinal, true)
  }

  private mutating func grow() {
    var larger = [UInt32](repeating: 0, count: places.count * 2)
    for (ordinal, hash) in hashes.enumerated() {
      var place = Int(truncatingIfNeeded: hash) & (larger.count - 1)
      while larger[place] != 0 { place = (place + 1) & (larger.count - 1) }
      larger[place] = UInt32(ordinal) + 1
    }
    places = larger
  }
}
