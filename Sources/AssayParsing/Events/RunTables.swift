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
  let agents = mergeNames(tables.map { worker in (0..<worker.agents.count).map { worker.agents.text(UInt32($0)) } })
  let names = Dimension.allCases.indices.map { dimension in
    mergeNames(tables.map { $0.slots.names[dimension] }, first: [])
  }
  let renamed = tables.indices.map { worker in
    tables[worker].slots.slots.map { slot in
      var slot = slot
      for dimension in Dimension.allCases {
        slot.names[dimension] = names[dimension.rawValue].remaps[worker][Int(slot.names[dimension])]
      }
      return slot
    }
  }
  let slots = [AdSlot()] + Set(renamed.joined()).subtracting([AdSlot()]).sorted(by: slotPrecedes)
  var ordinals: [AdSlot: UInt32] = [:]
  for (ordinal, slot) in slots.enumerated() { ordinals[slot] = UInt32(ordinal) }
  let remaps = tables.indices.map { worker in
    TableRemap(
      agents: [AgentID.notLogged, AgentID.blank] + agents.remaps[worker].map { $0 + AgentID.first },
      slots: renamed[worker].map { ordinals[$0] ?? 0 })
  }
  let run = RunTables(
    agents: ["", ""] + agents.names.map { printableText($0) },
    slots: SlotTable(slots: slots, names: names.map { dimension in dimension.names.map { printableText($0) } }))
  return (run, remaps)
}

/// All different names in byte order, and for each list the way from its places to theirs.
private func mergeNames(
  _ lists: [[[UInt8]]], first: [UInt8]? = nil
) -> (names: [[UInt8]], remaps: [[UInt32]]) {
  // The empty name, where there is one, is the first in byte order anyway.
  let all = Set(lists.joined()).union(first.map { [$0] } ?? [])
  let names = all.sorted { $0.lexicographicallyPrecedes($1) }
  var ordinals: [[UInt8]: UInt32] = [:]
  for (ordinal, name) in names.enumerated() { ordinals[name] = UInt32(ordinal) }
  return (names, lists.map { list in list.map { ordinals[$0] ?? 0 } })
}

/// By names in the order of `Dimension`, then width, then height.
private func slotPrecedes(_ left: AdSlot, _ right: AdSlot) -> Bool {
  for dimension in Dimension.allCases where left.names[dimension] != right.names[dimension] {
    return left.names[dimension] < right.names[dimension]
  }
  return (left.width, left.height) < (right.width, right.height)
}
