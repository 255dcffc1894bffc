internal import AssayModel

/// Counts events by row and change, and adds up their money in 128 bits, so that adding is exact and in any order.
///
/// Open addressing with linear probing, at most two thirds full: an event touches one line of the cache, where counters
/// laid out by row would touch several. That line is seldom in the cache, so events are noted and counted a few hundred
/// at a time: the processor then waits for many lines at once. The order of the entries is nobody's business. The start
/// of a probe is mixed with a secret of the run, so that nobody can choose slots that meet (design.md §3.1).
///
/// - Complexity: O(1) an operation on average; 32 bytes an entry, and as much again in free places at most twice.
struct LedgerCounts: Sendable {
  /// Events of one row that change the same.
  struct Entry: Sendable, BitwiseCopyable {
    /// Row in the upper half, bits of the change in the lower.
    fileprivate var key: UInt64 = 0
    /// How many; 0 where the place is free.
    fileprivate(set) var count: Int64 = 0
    /// Sum of their money in millionths.
    fileprivate(set) var value: Int128 = 0

    /// The row.
    var row: Int { Int(key >> 32) }
    /// The change.
    var change: LedgerChange { LedgerChange(bits: UInt32(truncatingIfNeeded: key)) }
  }

  /// One event that is noted and not yet counted.
  private struct Note: Sendable, BitwiseCopyable {
    var key: UInt64
    var value: Int64
  }

  /// How many events are noted before they are counted: 8 KiB of them.
  private static let noted = 512

  private var entries: [Entry] = []
  private var used = 0
  private var notes: [Note] = []
  private let secret: UInt64

  /// Nothing counted, with room for so many entries.
  init(secret: UInt64, capacity: Int = 0) {
    self.secret = secret
    while entries.count * 2 < capacity * 3 { grow() }
  }

  /// As if nothing had been counted.
  var emptied: LedgerCounts { LedgerCounts(secret: secret) }

  /// Notes one event of a row; `settle` must come before anything is read.
  mutating func note(row: Int, _ change: LedgerChange, value: Int64) {
    notes.append(Note(key: LedgerCounts.key(row, change), value: value))
    if notes.count >= LedgerCounts.noted { settle() }
  }

  /// Counts what is noted.
  mutating func settle() {
    while (used + notes.count) * 3 > entries.count * 2 { grow() }
    for index in notes.indices {
      let note = notes[index]
      add(note.key, count: 1, value: Int128(note.value))
    }
    notes.removeAll(keepingCapacity: true)
  }

  /// Counts events of a row.
  mutating func add(row: Int, _ change: LedgerChange, count: Int64, value: Int128) {
    if (used + 1) * 3 > entries.count * 2 { grow() }
    add(LedgerCounts.key(row, change), count: count, value: value)
  }

  /// Adds what others have counted; `row` gives the row here of each row there.
  mutating func merge(_ other: LedgerCounts, row: (Int) -> Int) {
    other.forEach { add(row: row($0.row), $0.change, count: $0.count, value: $0.value) }
    for note in other.notes {
      let key = LedgerCounts.key(row(Int(note.key >> 32)), LedgerChange(bits: UInt32(truncatingIfNeeded: note.key)))
      notes.append(Note(key: key, value: note.value))
    }
    settle()
  }

  /// Hands out every entry, in no order.
  func forEach(_ body: (Entry) -> Void) {
    for entry in entries where entry.count > 0 { body(entry) }
  }

  private static func key(_ row: Int, _ change: LedgerChange) -> UInt64 {
    UInt64(truncatingIfNeeded: row) << 32 | UInt64(change.bits)
  }

  /// Counts where there is room for a new entry.
  @inline(__always)
  private mutating func add(_ key: UInt64, count: Int64, value: Int128) {
    var place = start(key)
    let mask = entries.count &- 1
    var entries = self.entries.mutableSpan
    var isNew = false
    while entries[place].key != key || entries[place].count == 0 {
      if entries[place].count == 0 {
        entries[place].key = key
        isNew = true
        break
      }
      place = (place &+ 1) & mask
    }
    entries[place].count &+= count
    if value != 0 { entries[place].value += value }
    if isNew { used += 1 }
  }

  private func start(_ key: UInt64) -> Int {
    Int(truncatingIfNeeded: StableHash.fold(key ^ secret, StableHash.second)) & (entries.count &- 1)
  }

  @inline(never)
  private mutating func grow() {
    let old = entries
    entries = [Entry](repeating: Entry(), count: max(64, old.count * 2))
    for entry in old where entry.count > 0 {
      var place = start(entry.key)
      while entries[place].count > 0 { place = (place + 1) & (entries.count - 1) }
      entries[place] = entry
    }
  }
}
