package import AssayModel

/// Puts ad slots in order by their names, in the order of `Dimension`, and then by width and height: one counting pass
/// for each of these, the last first. Each pass keeps the order of the one before among equals.
///
/// - Complexity: O(slots + names) time and memory, whatever the slots are.
package enum SlotOrder {
  /// The places of the slots, in order; of equal slots in the order in which they stand.
  package static func of(_ slots: [AdSlot]) -> [UInt32] {
    var order = [UInt32](0..<UInt32(slots.count))
    sort(&order, by: slots.map { UInt32($0.height) })
    sort(&order, by: slots.map { UInt32($0.width) })
    for dimension in Dimension.allCases.reversed() { sort(&order, by: slots.map { $0.names[dimension] }) }
    return order
  }

  /// A stable counting sort of places by the values at them, which are small.
  private static func sort(_ order: inout [UInt32], by values: [UInt32]) {
    guard let (least, most) = range(of: values), least < most else { return }
    var ends = [UInt32](repeating: 0, count: Int(most - least) + 1)
    var sorted = [UInt32](repeating: 0, count: order.count)
    var next = ends.mutableSpan
    var target = sorted.mutableSpan
    for value in values { next[Int(value - least)] &+= 1 }
    var place: UInt32 = 0
    for value in next.indices {
      let count = next[value]
      next[value] = place
      place &+= count
    }
    for index in order {
      let value = Int(values[Int(index)] - least)
      target[Int(next[value])] = index
      next[value] &+= 1
    }
    order = sorted
  }

  private static func range(of values: [UInt32]) -> (least: UInt32, most: UInt32)? {
    guard var least = values.first, var most = values.first else { return nil }
    for value in values {
      least = min(least, value)
      most = max(most, value)
    }
    return (least, most)
  }
}
