package import AssayModel

/// What detectors watch (addresses, visitors), asked about at every visitor and nearly always in vain: a bit for the
/// hash of each says no at once.
package struct Watch<Key: WatchKey>: Sendable {
  /// How many bits there are for each key: one in sixteen others passes the filter.
  private static var bitsPerKey: Int { 16 }

  private let keys: Set<Key>
  /// A power of two of them.
  private var filter: [UInt64]
  private let seed = ProcessSeed.value

  /// A watch for some keys.
  package init(_ keys: [Key]) {
    self.keys = Set(keys)
    var words = 1
    while words * 64 < keys.count * Watch.bitsPerKey { words *= 2 }
    filter = Array(repeating: 0, count: keys.isEmpty ? 0 : words)
    for key in keys {
      let bit = key.hash(seed: seed)
      filter[Int(truncatingIfNeeded: bit >> 6) & (words - 1)] |= 1 << (bit & 63)
    }
  }

  /// Whether a key is watched.
  package func contains(_ key: Key) -> Bool {
    if filter.isEmpty { return false }
    let bit = key.hash(seed: seed)
    let word = filter[Int(truncatingIfNeeded: bit >> 6) & (filter.count &- 1)]
    return word >> (bit & 63) & 1 != 0 && keys.contains(key)
  }
}

/// What can be watched.
package protocol WatchKey: Hashable, Sendable {
  /// A hash that nobody outside the process can foresee.
  func hash(seed: UInt64) -> UInt64
}

extension Address: WatchKey {
  package func hash(seed: UInt64) -> UInt64 { AddressPart.hash(self, seed: seed) }
}

extension UInt64: WatchKey {
  package func hash(seed: UInt64) -> UInt64 { StableHash.fold(self ^ seed, StableHash.first) }
}
