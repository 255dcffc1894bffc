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

  /// How many are noted before they are counted: 8 KiB of them.
  private static let noted = 256

  private var entries: [Entry] = []
  private var used = 0
  private var notes: [Entry] = []
  private let secret: UInt64

  /// Nothing counted, with room for so many entries.
  init(secret: UInt64, capacity: Int = 0) {
    self.secret = secret
    while entries.count * 2 < capacity * 3 { grow() }
  }

  /// As if nothing had been counted.
  var emptied: LedgerCounts { LedgerCounts(secret: secret) }

  /// Notes events of a row; `settle` must come before anything is read.
  mutating func note(row: Int, _ change: LedgerChange, count: Int64 = 1, value: Int128) {
    notes.append(Entry(key: UInt64(truncatingIfNeeded: row) << 32 | UInt64(change.bits), count: count, value: value))
    if notes.count >= LedgerCounts.noted { settle() }
  }

  /// Counts what is noted.
  mutating func settle() {
    while (used + notes.count) * 3 > entries.count * 2 { grow() }
    var notes: [Entry] = []
    swap(&notes, &self.notes)
    used += LedgerCounts.add(notes.span, to: &entries, secret)
    notes.removeAll(keepingCapacity: true)
    swap(&notes, &self.notes)
  }

  /// Adds what others counted; `row` gives the row here of each row there. It must come before anything is read, too.
  mutating func merge(_ other: LedgerCounts, row: (Int) -> Int) {
    other.forEach { note(row: row($0.row), $0.change, count: $0.count, value: $0.value) }
    for other in other.notes { note(row: row(other.row), other.change, count: other.count, value: other.value) }
    settle()
  }

  /// Hands out every entry, in no order.
  func forEach(_ body: (Entry) -> Void) {
    for entry in entries where entry.count > 0 { body(entry) }
  }

  /// Adds to the entries, in which there is room, and says how many are new.
  private static func add(_ notes: Span<Entry>, to entries: inout [Entry], _ secret: UInt64) -> Int {
    var entries = entries.mutableSpan
    let mask = entries.count &- 1
    var new = 0
    for index in notes.indices {
      let note = notes[index]
      var place = start(note.key, secret, mask)
      while entries[place].key != note.key || entries[place].count == 0 {
        if entries[place].count == 0 {
          entries[place].key = note.key
          new &+= 1
          break
        }
        place = (place &+ 1) & mask
      }
      entries[place].count &+= note.count
      entries[place].value &+= note.value
    }
    return new
  }

  @inline(__always)
  private static func start(_ key: UInt64, _ secret: UInt64, _ mask: Int) -> Int {
    Int(truncatingIfNeeded: StableHash.fold(key ^ secret, StableHash.second)) & mask
  }

  @inline(never)
  private mutating func grow() {
    let old = entries
    entries = [Entry](repeating: Entry(), count: max(64, old.count * 2))
    for entry in old where entry.count > 0 {
      var place = LedgerCounts.start(entry.key, secret, entries.count - 1)
      while entries[place].count > 0 { place = (place + 1) & (entries.count - 1) }
      entries[place] = entry
    }
  }
}
