internal import AssayModel

/// What one visitor did from one address in one stretch of consecutive events.
struct AddressRun: Sendable, BitwiseCopyable {
  /// The address, not `Address.none`.
  var address: Address
  /// `StableHash` of the visitor key.
  var visitor: UInt64
  /// Events at human pace (`HumanPace`).
  var events: UInt32
  /// Judged events.
  var judged: UInt32
  /// Clock hours with at least one event.
  var hours: UInt32
  /// The first of them, in hours since the epoch.
  var firstHour: Int32
  /// The last of them.
  var lastHour: Int32
}

/// What was counted about one address: 56 bytes.
struct AddressEntry: Sendable, BitwiseCopyable {
  /// The address.
  var address: Address
  /// The visitor that was counted last: its runs come together, so one look tells whether it is new.
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

  /// Nothing counted about an address.
  init(_ address: Address) { self.address = address }

  /// The counts, for comparing with other addresses.
  var activity: RateBaseline.Activity {
    RateBaseline.Activity(events: Double(events), hours: Double(visitorHours), visitors: Double(visitors))
  }

  /// Counts a run.
  fileprivate mutating func add(_ run: AddressRun) {
    let isKnown = visitors > 0 && lastVisitor == run.visitor
    if !isKnown { visitors = visitors.addingSaturating(1) }
    visitorHours = visitorHours.addingSaturating(isKnown && lastHour == run.firstHour ? run.hours - 1 : run.hours)
    events += UInt64(run.events)
    judged += UInt64(run.judged)
    lastVisitor = run.visitor
    lastHour = run.lastHour
  }

  /// Adds what others counted about the address, of other visitors.
  fileprivate mutating func add(_ other: AddressEntry) {
    visitors = visitors.addingSaturating(other.visitors)
    visitorHours = visitorHours.addingSaturating(other.visitorHours)
    events += other.events
    judged += other.judged
    lastVisitor = other.lastVisitor
    lastHour = other.lastHour
  }
}

/// The addresses that share the first bits of their hash, with their counts: entries one behind the other, found by
/// open addressing with linear probing, at most three quarters full.
///
/// Runs are only noted at first, and counted many at a time, while the part is in the processor's cache: a table of all
/// addresses would not be, and would cost a wait for memory with each visitor.
///
/// - Complexity: O(1) an operation on average; 56 bytes an entry and up to 11 for finding it, and at most
///   `waitingLimit` runs of 48 bytes.
struct AddressPart: Sendable {
  /// How many runs are noted before they are counted: with 64 parts 12 MiB at most.
  private static let waitingLimit = 4_096

  /// The entries, in no order that means anything.
  private(set) var entries: [AddressEntry] = []
  /// By the lower bits of the hash, one more than the ordinal of the entry, 0 where the place is free.
  private var places: [UInt32] = []
  private var waiting: [AddressRun] = []
  private let seed: UInt64

  /// A part without addresses; `seed` keeps it from being flooded.
  init(seed: UInt64) { self.seed = seed }

  /// The hash that tells part and place of an address.
  static func hash(_ address: Address, seed: UInt64) -> UInt64 {
    let mixed = StableHash.fold(address.low ^ seed, address.high ^ StableHash.second)
    return StableHash.fold(mixed ^ seed, StableHash.first)
  }

  /// Notes a run; those of one visitor come together.
  mutating func add(_ run: AddressRun) {
    waiting.append(run)
    if waiting.count >= AddressPart.waitingLimit { settle() }
  }

  /// Counts the runs that are noted.
  mutating func settle() {
    var runs: [AddressRun] = []
    swap(&runs, &waiting)
    count(runs.span)
    runs.removeAll(keepingCapacity: true)
    swap(&runs, &waiting)
  }

  /// Adds what the same part of another table holds, of other visitors; what it has noted is not counted there first.
  mutating func merge(_ other: AddressPart) {
    settle()
    for entry in other.entries {
      let ordinal = ordinal(of: entry.address)
      entries[ordinal].add(entry)
    }
    count(other.waiting.span)
  }

  /// The entry of an address, nil where there is none; of what has been counted, not of what is noted.
  func entry(of address: Address) -> AddressEntry? {
    guard !places.isEmpty else { return nil }
    var place = start(address)
    while places[place] != 0 {
      let entry = entries[Int(places[place]) - 1]
      if entry.address == address { return entry }
      place = (place &+ 1) & (places.count - 1)
    }
    return nil
  }

  private mutating func count(_ runs: Span<AddressRun>) {
    for index in runs.indices {
      let ordinal = ordinal(of: runs[index].address)
      entries[ordinal].add(runs[index])
    }
  }

  /// The ordinal of an address's entry, which is made where the address is new.
  private mutating func ordinal(of address: Address) -> Int {
    if (entries.count + 1) * 4 > places.count * 3 { grow() }
    var place = start(address)
    while places[place] != 0 {
      let ordinal = Int(places[place]) - 1
      if entries[ordinal].address == address { return ordinal }
      place = (place &+ 1) & (places.count - 1)
    }
    entries.append(AddressEntry(address))
    places[place] = UInt32(entries.count)
    return entries.count - 1
  }

  private func start(_ address: Address) -> Int {
    Int(truncatingIfNeeded: AddressPart.hash(address, seed: seed)) & (places.count &- 1)
  }

  private mutating func grow() {
    places = [UInt32](repeating: 0, count: max(64, places.count * 2))
    for (ordinal, entry) in entries.enumerated() {
      var place = start(entry.address)
      while places[place] != 0 { place = (place &+ 1) & (places.count - 1) }
      places[place] = UInt32(ordinal + 1)
    }
  }
}
