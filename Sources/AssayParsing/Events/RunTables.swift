public import AssayModel

/// User agents and ad slots of a whole run.
public struct RunTables: Sendable {
  /// User agents as text, by `Event.agent`; those of `AgentID.notLogged` and `.blank` are empty.
  public var agents: [String]
  /// Ad slots, by `Event.slot`.
  public var slots: SlotTable
}

/// From one worker's ordinals to the run's.
public struct TableRemap: Sendable, Equatable {
  /// By the worker's `Event.agent`.
  public var agents: [UInt32]
  /// By the worker's `Event.slot`.
  public var slots: [UInt32]

  /// Gives an event the run's ordinals.
  @inlinable public func apply(to event: inout Event) {
    event.agent = agents[Int(event.agent)]
    event.slot = slots[Int(event.slot)]
  }
}

/// The tables of a run, and for each worker the way from its ordinals to theirs.
///
/// The result does not depend on how lines were shared among workers: names stand in byte order, user agents after
/// the two with a meaning of their own, slots by their names in the order of `Dimension` and then by size, after the
/// one that says nothing. User agents and names are made printable here, once each.
///
/// - Complexity: O(n log n) in the number of different names.
public func mergeTables(_ tables: [EventTables]) -> (tables: RunTables, remaps: [TableRemap]) {
  let agents = mergeNames(tables.map(\.agents.texts))
  let names = Dimension.allCases.indices.map { dimension in
    mergeNames(tables.map { $0.slots.names[dimension].texts }, first: [])
  }
  let (slots, slotRemaps) = mergeSlots(tables, names.map(\.remaps))
  let remaps = tables.indices.map { worker in
    TableRemap(
      agents: [AgentID.notLogged, AgentID.blank] + agents.remaps[worker].map { $0 + AgentID.first },
      slots: slotRemaps[worker])
  }
  let run = RunTables(
    agents: ["", ""] + agents.names.map { printableText($0) },
    slots: SlotTable(slots: slots, names: names.map { dimension in dimension.names.map { printableText($0) } }))
  return (run, remaps)
}

/// All different names in byte order, and for each list, whose names are different, the way from its places to theirs.
private func mergeNames(
  _ lists: [[[UInt8]]], first: [UInt8]? = nil
) -> (names: [[UInt8]], remaps: [[UInt32]]) {
  var places: [(name: [UInt8], list: Int, index: Int)] = []
  for list in lists.indices { places += lists[list].indices.map { (lists[list][$0], list, $0) } }
  places.sort { comesBefore($0.name.span, $1.name.span) }
  // The empty name, where there is one, is the first in byte order anyway.
  var names: [[UInt8]] = first.map { [$0] } ?? []
  var remaps = lists.map { [UInt32](repeating: 0, count: $0.count) }
  for (name, list, index) in places {
    if names.last != name { names.append(name) }
    remaps[list][index] = UInt32(names.count - 1)
  }
  return (names, remaps)
}

/// Whether some bytes come before others in byte order, eight at a time: user agents begin alike for a long way.
package func comesBefore(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Bool {
  let shared = min(left.count, right.count)
  var index = 0
  while index < shared {
    let (one, other) = (word(left, at: index), word(right, at: index))
    if one != other {
      // The first byte lies lowest; behind the end of the bytes stand zeros, which are none of them.
      let bit = (one ^ other).trailingZeroBitCount & ~7
      if index + bit / 8 >= shared { break }
      return one >> UInt64(bit) & 255 < other >> UInt64(bit) & 255
    }
    index += 8
  }
  return left.count < right.count
}

/// All different slots by names and size, after the one that says nothing, and for each worker the way to them.
private func mergeSlots(
  _ tables: [EventTables], _ names: [[[UInt32]]]
) -> (slots: [AdSlot], remaps: [[UInt32]]) {
  // The slots of all workers, one worker behind the other.
  var slots: [AdSlot] = []
  for (worker, table) in tables.enumerated() {
    let start = slots.count
    slots += table.slots.slots
    for dimension in Dimension.allCases {
      let remap = names[dimension.rawValue][worker]
      for index in start..<slots.count {
        slots[index].names[dimension] = remap[Int(slots[index].names[dimension])]
      }
    }
  }
  let nothing = AdSlot()
  var merged = [nothing]
  var remap = [UInt32](repeating: 0, count: slots.count)
  for place in SlotOrder.of(slots) {
    let slot = slots[Int(place)]
    if slot == nothing { continue }
    if merged[merged.count - 1] != slot { merged.append(slot) }
    remap[Int(place)] = UInt32(merged.count - 1)
  }
  var remaps: [[UInt32]] = []
  var start = 0
  for table in tables {
    remaps.append(Array(remap[start..<start + table.slots.slots.count]))
    start += table.slots.slots.count
  }
  return (merged, remaps)
}
