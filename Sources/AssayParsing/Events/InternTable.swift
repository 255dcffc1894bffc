/// Different byte strings and the ordinal of each, in the order of their arrival: all strings in one array of bytes,
/// found by a hash that is mixed with a secret of the run and trusted (see `HashTable`).
///
/// - Complexity: O(length) a string, amortised; memory is the strings and 29 to 51 bytes for each.
struct InternTable: Sendable {
  /// All strings, one after another.
  private var bytes: [UInt8] = []
  /// Where each string ends; it starts where the one before ends.
  private var ends: [Int] = []
  private var ordinals = HashTable<UInt32>(empty: 0)
  private let secret: UInt64

  /// An empty table.
  init(secret: UInt64) { self.secret = secret }

  /// How many strings there are.
  var count: Int { ends.count }

  /// A string.
  func text(_ ordinal: UInt32) -> [UInt8] {
    let index = Int(ordinal)
    return Array(bytes[(index == 0 ? 0 : ends[index - 1])..<ends[index]])
  }

  /// All strings by their ordinals.
  var texts: [[UInt8]] { (0..<count).map { text(UInt32($0)) } }

  /// The ordinal of a string, and whether it is new.
  @inline(__always)
  mutating func intern(
    _ text: Span<UInt8>, from start: Int, to end: Int
  ) -> (ordinal: UInt32, isNew: Bool) {
    let hash = tableHash(text, from: start, to: end, secret: secret)
    if let known = ordinals[hash] { return (known, false) }
    return (add(text, from: start, to: end, hash), true)
  }

  @inline(never)
  private mutating func add(_ text: Span<UInt8>, from start: Int, to end: Int, _ hash: UInt64) -> UInt32 {
    let ordinal = UInt32(ends.count)
    bytes.append(text, from: start, to: end)
    ends.append(bytes.count)
    ordinals.add(hash, ordinal)
    return ordinal
  }
}
