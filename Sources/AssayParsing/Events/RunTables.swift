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
  var places: [(list: Int, index: Int)] = []
  for list in lists.indices { places += lists[list].indices.map { (list, $0) } }
  places.sort { lists[$0.list][$0.index].lexicographicallyPrecedes(lists[$1.list][$1.index]) }
  // The empty name, where there is one, is the first in byte order anyway.
  var names: [[UInt8]] = first.map { [$0] } ?? []
  var remaps = lists.map { [UInt32](repeating: 0, count: $0.count) }
  for (list, index) in places {
    if names.last != lists[list][index] { names.append(lists[list][index]) }
    remaps[list][index] = UInt32(names.count - 1)
  }
  return (names, remaps)
}

/// A slot's names in the order of `Dimension`, then its width and height, as words that compare in that order.
private struct SlotOrder {
  let high: UInt64
  let middle: UInt64
  let low: UInt64
  let worker: UInt32
  let index: UInt32

  init(_ slot: AdSlot, worker: Int, index: Int) {
    high = UInt64(slot.names[.campaign]) << 32 | UInt64(slot.names[.placement])
    middle = UInt64(slot.names[.creative]) << 32 | UInt64(slot.names[.publisher])
    low = UInt64(slot.names[.seller]) << 32 | UInt64(slot.width) << 16 | UInt64(slot.height)
    (self.worker, self.index) = (UInt32(worker), UInt32(index))
  }

  static func precedes(_ left: SlotOrder, _ right: SlotOrder) -> Bool {
    if left.high != right.high { return left.high < right.high }
    return left.middle != right.middle ? left.middle < right.middle : left.low < right.low
  }
}

/// All different slots by names and size, after the one that says nothing, and for each worker the way to them.
private func mergeSlots(
  _ tables: [EventTables], _ names: [[[UInt32]]]
) -> (slots: [AdSlot], remaps: [[UInt32]]) {
  var renamed: [[AdSlot]] = []
  var keys: [SlotOrder] = []
  for (worker, table) in tables.enumerated() {
    var slots = table.slots.slots
    for index in slots.indices {
      for dimension in Dimension.allCases {
        slots[index].names[dimension] = names[dimension.rawValue][worker][Int(slots[index].names[dimension])]
      }
      keys.append(SlotOrder(slots[index], worker: worker, index: index))
    }
    renamed.append(slots)
  }
  keys.sort(by: SlotOrder.precedes)
  let nothing = AdSlot()
  var merged = [nothing]
  var remaps = renamed.map { [UInt32](repeating: 0, count: $0.count) }
  for key in keys {
    let slot = renamed[Int(key.worker)][Int(key.index)]
    if slot == nothing { continue }
    if merged[merged.count - 1] != slot { merged.append(slot) }
    remaps[Int(key.worker)][Int(key.index)] = UInt32(merged.count - 1)
  }
  return (merged, remaps)
}
