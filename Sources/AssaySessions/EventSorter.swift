public import AssayModel

/// Puts events into the total order (`Event.precedes`: visitor, time, source, offset).
///
/// An event is too large to be moved at every step of a sort, so keys are sorted and every event is then written once,
/// where it belongs. Events that come in the order of time, as logs have them, cost one counting pass over the
/// visitors. One value serves any number of buckets, one after the other, and keeps its storage between them.
public struct EventSorter: Sendable {
  /// The events to be sorted.
  public var events: [Event] = []
  private var sorter = KeySorter()

  /// A sorter without events.
  public init() {}

  /// The events in the total order, in an array of just their size.
  ///
  /// - Complexity: O(n) for events in order of time, O(n log n) for any others; 64 bytes an event of memory that is
  ///   kept.
  public mutating func sorted() -> [Event] {
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
    var sorted: [Event] = []
    sorted.reserveCapacity(events.count)
    for key in sorter.keys { sorted.append(events[Int(key.index)]) }
    return sorted
  }
}
