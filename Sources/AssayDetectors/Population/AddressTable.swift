internal import AssayModel

/// What was counted about one address: 56 bytes.
struct AddressEntry: Sendable {
  /// The address; `Address.none` where the slot is free.
  var address = Address.none
  /// The visitor that was counted last: its events come together, so one look tells whether it is new.
  var lastVisitor: UInt64 = 0
  /// Events at human pace (`HumanPace`).
  var events: UInt64 = 0
  /// Judged events.
  var judged: UInt64 = 0
  /// The last hour counted for the last visitor, in hours since the epoch.
  var lastHour: Int32 = .min
  /// Pairs of visitor and clock hour with at least one event.
  var visitorHours: UInt32 = 0
  /// Visitors.
  var visitors: UInt32 = 0

  /// The counts, for comparing with other addresses.
  var activity: RateBaseline.Activity {
    RateBaseline.Activity(events: Double(events), hours: Double(visitorHours), visitors: Double(visitors))
  }
}

/// Counts by address: open addressing with linear probing, at most three quarters full.
///
/// Its order is nobody's business: whoever reads it sorts, or adds integers. The start of a probe is mixed with a number
/// of this process, so that nobody can choose addresses that meet (design.md §3.1).
///
/// - Complexity: O(1) an operation on average; 56 bytes an entry, and as much again in free slots at most twice.
struct AddressTable: Sendable {
  private var slots: [AddressEntry]
  private(set) var count = 0
  private let seed = ProcessSeed.value

  /// An empty table.
  init() { slots = [] }

  /// Gives the entry of an address, made where it is new, to be changed.
  mutating func update(_ address: Address, _ change: (inout AddressEntry) -> Void) {
    if count * 4 >= slots.count * 3 { grow() }
    var index = start(address)
    while true {
      if slots[index].address == address {
        change(&slots[index])
        return
      }
      if slots[index].address.isNone {
        slots[index].address = address
        count += 1
        change(&slots[index])
        return
      }
      index = (index &+ 1) & (slots.count - 1)
    }
  }

  /// The entry of an address, nil where there is none.
  func entry(of address: Address) -> AddressEntry? {
    guard !slots.isEmpty, !address.isNone else { return nil }
    var index = start(address)
    while !slots[index].address.isNone {
      if slots[index].address == address { return slots[index] }
      index = (index &+ 1) & (slots.count - 1)
    }
    return nil
  }

  /// Hands out every entry, in no order.
  func forEach(_ body: (AddressEntry) -> Void) {
    for slot in slots where !slot.address.isNone { body(slot) }
  }

  private func start(_ address: Address) -> Int {
    let mixed = StableHash.fold(address.low ^ seed, address.high ^ StableHash.second)
    return Int(truncatingIfNeeded: StableHash.fold(mixed ^ seed, StableHash.first)) & (slots.count - 1)
  }

  private mutating func grow() {
    let old = slots
    slots = [AddressEntry](repeating: AddressEntry(), count: max(64, old.count * 2))
    for entry in old where !entry.address.isNone {
      var index = start(entry.address)
      while !slots[index].address.isNone { index = (index &+ 1) & (slots.count - 1) }
      slots[index] = entry
    }
  }
}

/// A number that differs from process to process and that nobody outside can know: it keeps tables from being flooded,
/// and never reaches a result. Swift seeds its `Hasher` so; this asks it for one value.
enum ProcessSeed {
  /// The number.
  static let value: UInt64 = {
    var hasher = Hasher()
    hasher.combine(0)
    return UInt64(bitPattern: Int64(hasher.finalize()))
  }()
}
