internal import AssayModel

/// Counts by keys of two numbers, such as publisher and cell.
///
/// Open addressing with linear probing, at most half full, by a hash that is mixed with a number of the process; its
/// order is nobody's business.
///
/// - Complexity: O(1) an operation on average; 32 bytes a key at least.
struct KeyCounts: Sendable {
  private var slots = [(key: UInt64, count: Int64)](repeating: (0, 0), count: 256)
  private var used = 0
  private let seed = ProcessSeed.value

  /// Nothing counted.
  init() {}

  /// Counts a key once more.
  mutating func add(_ high: UInt32, _ low: UInt32) {
    if used * 2 >= slots.count { grow() }
    let key = UInt64(high) << 32 | UInt64(low)
    let place = place(of: key)
    if slots[place].count == 0 {
      slots[place].key = key
      used += 1
    }
    slots[place].count += 1
  }

  /// All keys with their counts, ascending.
  ///
  /// - Complexity: O(n log n).
  var sorted: [(high: UInt32, low: UInt32, count: Int64)] {
    slots.filter { $0.count > 0 }.sorted { $0.key < $1.key }.map {
      (UInt32(truncatingIfNeeded: $0.key >> 32), UInt32(truncatingIfNeeded: $0.key), $0.count)
    }
  }

  /// Where a key stands, or the free place where it belongs.
  private func place(of key: UInt64) -> Int {
    var place = Int(truncatingIfNeeded: StableHash.fold(key ^ seed, StableHash.first)) & (slots.count &- 1)
    while slots[place].count != 0, slots[place].key != key { place = (place &+ 1) & (slots.count &- 1) }
    return place
  }

  private mutating func grow() {
    let old = slots
    slots = Array(repeating: (0, 0), count: old.count * 2)
    for slot in old where slot.count > 0 { slots[place(of: slot.key)] = slot }
  }
}
