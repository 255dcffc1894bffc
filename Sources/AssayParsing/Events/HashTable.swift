internal import AssayModel

/// Values by a hash of 64 bits that is trusted to tell their keys apart: the keys themselves are not kept, so that
/// finding one takes one access to memory, and none to its bytes.
///
/// The hash must be mixed with a secret of the run (`tableHash`), so that nobody can choose keys that meet. Then two of
/// n different keys meet by chance with a probability of n²/2⁶⁵: for a million, 3 in a hundred million.
///
/// - Complexity: O(1) amortised; memory is 1.3 to 2.7 times 8 bytes and a value (rounded up to whole words) a key.
struct HashTable<Value: BitwiseCopyable & Sendable>: Sendable {
  /// A place of the table.
  struct Entry: BitwiseCopyable, Sendable {
    /// Zero for a free place.
    fileprivate var hash: UInt64
    fileprivate var value: Value
  }

  /// A power of two of them, at least one in four free.
  private var entries: [Entry]
  private var count = 0

  /// An empty table; `empty` is any value.
  init(empty: Value) { entries = Array(repeating: Entry(hash: 0, value: empty), count: 1_024) }

  /// The value of a key, or nil where there is none.
  @inline(__always)
  subscript(hash: UInt64) -> Value? {
    let entry = entries[place(of: StableHash.nonZero(hash))]
    return entry.hash == 0 ? nil : entry.value
  }

  /// What stands where the search for a key begins, which mostly is its value. Whoever asks for it some time before
  /// the value gives the memory that time to answer.
  @inline(__always)
  func home(of hash: UInt64) -> Entry { entries[Int(truncatingIfNeeded: hash) & (entries.count &- 1)] }

  /// The value of a key whose `home` has been asked for, or nil where there is none.
  @inline(__always)
  subscript(hash: UInt64, home: Entry) -> Value? {
    home.hash == StableHash.nonZero(hash) ? home.value : self[hash]
  }

  /// Adds a key that is not there.
  mutating func add(_ hash: UInt64, _ value: Value) {
    let hash = StableHash.nonZero(hash)
    entries[place(of: hash)] = Entry(hash: hash, value: value)
    count += 1
    if count * 4 >= entries.count * 3 { grow(empty: value) }
  }

  /// Where a key stands, or the free place where it belongs.
  @inline(__always)
  private func place(of hash: UInt64) -> Int {
    let mask = entries.count &- 1
    var place = Int(truncatingIfNeeded: hash) & mask
    while entries[place].hash != hash, entries[place].hash != 0 { place = (place &+ 1) & mask }
    return place
  }

  private mutating func grow(empty: Value) {
    let old = entries
    entries = Array(repeating: Entry(hash: 0, value: empty), count: old.count * 2)
    for entry in old where entry.hash != 0 { entries[place(of: entry.hash)] = entry }
  }
}
