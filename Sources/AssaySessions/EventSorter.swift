public import AssayModel

/// Puts events into the total order (`Event.precedes`: visitor, time, source, offset).
///
/// An event is too large to be moved at every step of a sort, so keys are sorted and every event is then written once,
/// where it belongs. Events that come in the order of time, as logs have them, cost one counting pass over the
/// visitors. One value serves any number of buckets, one after the other, and keeps its storage between them.
public struct EventSorter: Sendable {
  private var sorter = KeySorter()
  private var spare: [Event] = []

  /// A sorter.
  public init() {}

  /// Puts events in the total order.
  ///
  /// - Complexity: O(n) for events in order of time, O(n log n) for any others; 152 bytes an event of memory, kept
  ///   where they are not very many.
  public mutating func sort(_ events: inout [Event]) {
    sorter.keys.removeAll(keepingCapacity: true)
    sorter.keys.reserveCapacity(events.count)
    for index in events.indices {
      let event = events[index]
      sorter.keys.append(
        KeySorter.Key(
          hash: event.visitor, time: event.time.microseconds, position: event.position.bits,
          index: UInt32(truncatingIfNeeded: index)))
    }
    sorter.sort()
    spare.removeAll(keepingCapacity: true)
    spare.reserveCapacity(events.count)
    for key in sorter.keys { spare.append(events[Int(key.index)]) }
    swap(&spare, &events)
    // What one enormous bucket needed is not kept for ordinary ones.
    if events.count > EventSorter.mostKept { (spare, sorter) = ([], KeySorter()) }
  }

  /// Up to how many events the storage is kept: 40 MB of it.
  private static let mostKept = 1 << 18
}
