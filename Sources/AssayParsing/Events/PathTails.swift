internal import AssayModel

/// Which conditions of a profile a path may fulfil, told by its last eight bytes: beacons mostly differ in how their
/// paths end (`*/ad/impression`), so that of many rules one is looked at.
///
/// Only a sieve: whether a condition holds is still for the condition to say. It knows the first 64 conditions.
struct PathTails: Sendable {
  /// The number of conditions that it knows.
  static let limit = 64

  /// Bit n: condition n may hold whatever the path.
  private var always: UInt64 = 0
  /// An open-addressing table, a power of two of places: the last eight bytes, and bit n for each condition n that
  /// such a path may fulfil, no bit in a free place.
  private var entries: [(tail: UInt64, bits: UInt64)]

  /// A sieve for conditions, given as the patterns for the path of each (none if any path will do).
  init(_ conditions: [[CompiledGlob]]) {
    var bits: [(tail: UInt64, bits: UInt64)] = []
    for (ordinal, patterns) in conditions.prefix(PathTails.limit).enumerated() {
      let tails = patterns.compactMap(\.tail)
      if tails.isEmpty || tails.count < patterns.count {
        always |= 1 << UInt64(ordinal)
        continue
      }
      for tail in tails {
        let known = bits.firstIndex { $0.tail == tail } ?? bits.count
        if known == bits.count { bits.append((tail, 0)) }
        bits[known].bits |= 1 << UInt64(ordinal)
      }
    }
    var size = 4
    while size < bits.count * 4 { size *= 2 }
    entries = Array(repeating: (0, 0), count: size)
    for entry in bits { entries[place(of: entry.tail)] = entry }
  }

  /// The conditions that a path may fulfil, as bits.
  @inline(__always)
  func candidates(_ bytes: Span<UInt8>, _ path: Piece) -> UInt64 {
    if path.count < 8 { return always }
    return always | entries[place(of: word(bytes, at: path.upper &- 8))].bits
  }

  /// Where a tail stands, or the free place where it belongs.
  @inline(__always)
  private func place(of tail: UInt64) -> Int {
    let mask = entries.count &- 1
    var place = Int(truncatingIfNeeded: StableHash.fold(tail, StableHash.second)) & mask
    while entries[place].tail != tail, entries[place].bits != 0 { place = (place &+ 1) & mask }
    return place
  }
}
