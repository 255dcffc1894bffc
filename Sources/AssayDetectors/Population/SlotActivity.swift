internal import AssayModel

/// How many impressions and clicks each ad slot had, over all visitors.
///
/// - Complexity: O(1) an event; 16 bytes a slot.
struct SlotActivity: Learner {
  /// By `Event.slot`.
  private(set) var impressions: [UInt64]
  /// By `Event.slot`.
  private(set) var clicks: [UInt64]

  init(_ run: LearningContext) {
    impressions = Array(repeating: 0, count: run.slots.count)
    clicks = impressions
  }

  mutating func add(_ facts: VisitorFacts, _ events: Span<Event>) {
    for index in events.indices {
      let slot = Int(events[index].slot)
      guard slot < impressions.count else { continue }
      switch events[index].kind {
      case .impression: impressions[slot] += 1
      case .click: clicks[slot] += 1
      default: break
      }
    }
  }

  mutating func merge(_ other: SlotActivity) {
    for slot in impressions.indices {
      impressions[slot] += other.impressions[slot]
      clicks[slot] += other.clicks[slot]
    }
  }

  /// Impressions and clicks by the name that the slots have in a dimension, by its ordinal.
  func sums(of dimension: Dimension, _ slots: [AdSlot]) -> [(impressions: UInt64, clicks: UInt64)] {
    var sums: [(impressions: UInt64, clicks: UInt64)] = []
    for (slot, names) in slots.enumerated() {
      let name = Int(names.names[dimension])
      while sums.count <= name { sums.append((0, 0)) }
      sums[name].impressions += impressions[slot]
      sums[name].clicks += clicks[slot]
    }
    return sums
  }
}
