public import AssayModel

/// Puts events into the total order (`Event.precedes`: visitor, time, source, offset).
///
/// An event is too large to be moved at every step of a sort, so keys are sorted and every event is then moved once,
/// in place. Events that come in the order of time, as logs have them, cost one counting pass over the visitors.
///
/// - Complexity: O(n) for events in order of time, O(n log n) for any others; 64 bytes an event of memory.
public func sortEvents(_ events: inout [Event]) {
  var sorter = KeySorter()
  sorter.keys.reserveCapacity(events.count)
  for index in events.indices {
    let event = events[index]
    sorter.keys.append(
      KeySorter.Key(
        hash: event.visitor, time: event.time.microseconds, position: event.position.bits,
        index: UInt32(truncatingIfNeeded: index)))
  }
  sorter.sort()
  permute(&events, &sorter.keys)
}

/// Moves each event to where its key stands, along the cycles of the permutation; the keys' indices are used up.
private func permute(_ events: inout [Event], _ keys: inout [KeySorter.Key]) {
  var events = events.mutableSpan
  var keys = keys.mutableSpan
  for start in 0..<keys.count where Int(keys[start].index) != start {
    let displaced = events[start]
    var hole = start
    while true {
      let origin = Int(keys[hole].index)
      keys[hole].index = UInt32(truncatingIfNeeded: hole)
      if origin == start { break }
      events[hole] = events[origin]
      hole = origin
    }
    events[hole] = displaced
  }
}
