internal import AssayModel

/// What a judged event changes in the ledger, its money aside. There are few different ones, so events are counted by
/// their change and written out into counters only when the ledger is finished.
struct LedgerChange: Sendable, Equatable {
  /// Outcomes in the lower 16 bits, then what is undecided, then class and kind.
  let bits: UInt32

  private static let undecidedSIVT: UInt32 = 1 << 16
  private static let undecidedGIVT: UInt32 = 1 << 17

  /// A change from its packed form.
  init(bits: UInt32) { self.bits = bits }

  /// The change that an event makes. What does not count is left out: of what is excluded, anything undecided, as it is
  /// outside gross; outcomes of anything but net impressions.
  init(_ kind: LedgerCells.Kind, _ verdict: EventVerdict, _ outcomes: ViewabilityOutcomes) {
    var bits = UInt32(truncatingIfNeeded: kind.rawValue) << 21 | UInt32(verdict.trafficClass.rawValue) << 18
    if verdict.trafficClass != .excluded {
      bits |= verdict.undecidedGIVT ? LedgerChange.undecidedGIVT : 0
      bits |= verdict.undecidedSIVT ? LedgerChange.undecidedSIVT : 0
    }
    if kind == .impression, verdict.trafficClass < .givt { bits |= UInt32(outcomes.rawValue) }
    self.bits = bits
  }

  /// The kind of the event.
  var kind: LedgerCells.Kind { LedgerCells.Kind(rawValue: Int(bits >> 21)) ?? .impression }
  /// Its class.
  var trafficClass: TrafficClass { TrafficClass(rawValue: UInt8(truncatingIfNeeded: bits >> 18 & 7)) ?? .valid }
  /// Whether general invalid traffic is undecided.
  var undecidedGIVT: Bool { bits & LedgerChange.undecidedGIVT != 0 }
  /// Whether sophisticated invalid traffic is undecided.
  var undecidedSIVT: Bool { bits & LedgerChange.undecidedSIVT != 0 }
  /// Whether a net impression was viewable; nothing for any other event.
  var outcomes: ViewabilityOutcomes { ViewabilityOutcomes(rawValue: UInt16(truncatingIfNeeded: bits)) }
}

/// Counts events by row and change, and adds up their money in 128 bits, so that adding is exact and in any order.
///
/// Open addressing with linear probing, at most two thirds full: an event touches one line of the cache, where counters
/// laid out by row would touch several. Its order is nobody's business. The start of a probe is mixed with a secret of
/// the run, so that nobody can choose slots that meet (design.md §3.1).
///
/// - Complexity: O(1) an operation on average; 32 bytes an entry, and as much again in free places at most twice.
struct LedgerCounts: Sendable {
  /// Events of one row that change the same.
  struct Entry: Sendable {
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

  private var entries: [Entry] = []
  private var used = 0
  private let secret: UInt64

  /// Nothing counted.
  init(secret: UInt64) { self.secret = secret }

  /// Counts events of a row.
  mutating func add(row: Int, _ change: LedgerChange, count: Int64 = 1, value: Int128) {
    if used &* 3 >= entries.count &* 2 { grow() }
    let key = UInt64(truncatingIfNeeded: row) << 32 | UInt64(change.bits)
    var place = start(key)
    let mask = entries.count &- 1
    var isNew = false
    var entries = self.entries.mutableSpan
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

  /// Adds what others counted; `row` gives the row here of each row there.
  mutating func merge(_ other: LedgerCounts, row: (Int) -> Int) {
    other.forEach { add(row: row($0.row), $0.change, count: $0.count, value: $0.value) }
  }

  /// Hands out every entry, in no order.
  func forEach(_ body: (Entry) -> Void) {
    for entry in entries where entry.count > 0 { body(entry) }
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
