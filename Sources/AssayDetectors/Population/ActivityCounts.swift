internal import AssayModel

/// How many addresses did the same: as many events, in as many visitor-hours, of as many visitors. There are many
/// addresses and few different activities, so what is learned from all addresses is learned from these.
///
/// Open addressing with linear probing, at most half full; its order is nobody's business.
///
/// - Complexity: O(1) an operation on average; 24 bytes an activity, and as much again in free places at least.
struct ActivityCounts: Sendable {
  private struct Slot: Sendable, BitwiseCopyable {
    var events: UInt64 = 0
    var hours: UInt32 = 0
    var visitors: UInt32 = 0
    /// 0 where the place is free.
    var addresses: Int = 0

    func isSame(as other: Slot) -> Bool {
      events == other.events && hours == other.hours && visitors == other.visitors
    }
  }

  private var slots = [Slot](repeating: Slot(), count: 256)
  private var used = 0
  private let seed = ProcessSeed.value

  /// Nothing counted.
  init() {}

  /// Counts the addresses of a part.
  mutating func add(_ part: AddressPart) {
    for entry in part.entries {
      add(Slot(events: entry.events, hours: entry.visitorHours, visitors: entry.visitors, addresses: 1))
    }
  }

  /// Adds what others counted of other addresses.
  mutating func merge(_ other: ActivityCounts) {
    for slot in other.slots where slot.addresses > 0 { add(slot) }
  }

  /// The different activities, in no order.
  var groups: [RateBaseline.Group] {
    slots.filter { $0.addresses > 0 }.map { slot in
      RateBaseline.Group(
        activity: RateBaseline.Activity(
          events: Double(slot.events), hours: Double(slot.hours), visitors: Double(slot.visitors)),
        addresses: slot.addresses)
    }
  }

  private mutating func add(_ new: Slot) {
    if used * 2 >= slots.count { grow() }
    let place = place(of: new)
    if slots[place].addresses > 0 {
      slots[place].addresses += new.addresses
    } else {
      slots[place] = new
      used += 1
    }
  }

  /// Where an activity stands, or the free place where it belongs.
  private func place(of slot: Slot) -> Int {
    let people = UInt64(slot.hours) << 32 | UInt64(slot.visitors)
    let hash = StableHash.fold(slot.events ^ seed, people ^ StableHash.second)
    var place = Int(truncatingIfNeeded: StableHash.fold(hash ^ seed, StableHash.first)) & (slots.count &- 1)
    while slots[place].addresses > 0, !slots[place].isSame(as: slot) { place = (place &+ 1) & (slots.count &- 1) }
    return place
  }

  private mutating func grow() {
    let old = slots
    slots = [Slot](repeating: Slot(), count: old.count * 2)
    for slot in old where slot.addresses > 0 { slots[place(of: slot)] = slot }
  }
}
