internal import AssayModel

/// Finds for each event of a visitor the impression that it belongs to: same impression id, first of its kind, and not
/// later in the total order.
///
/// Nearly every visitor has a handful of impressions, and a look through them beats any table. A visitor with more is
/// joined by sorting its ids: unlike a hash table this has no bad case that chosen ids could bring about.
struct ImpressionJoin {
  /// How many different impressions are looked through one by one.
  static let scanned = 16

  private var sorter = KeySorter()

  /// Fills `impressionOf`, as `VisitorFacts` documents it.
  ///
  /// - Complexity: O(n) for up to 16 impressions, O(n log n) at worst; memory is kept for the next visitor.
  mutating func join(_ events: Span<Event>, into impressionOf: inout [Int32]) {
    impressionOf.refill(events.count, with: -1)
    var found = impressionOf.mutableSpan
    if !scan(events, into: &found) { sort(events, into: &found) }
  }

  /// Looks through the impressions met so far, latest first; false where there are too many.
  private func scan(_ events: Span<Event>, into impressionOf: inout MutableSpan<Int32>) -> Bool {
    var ids = InlineArray<16, UInt64>(repeating: 0)
    var ordinals = InlineArray<16, Int32>(repeating: -1)
    var met = 0
    for index in events.indices {
      let id = events[index].impression
      if id == 0 { continue }
      var candidate = met - 1
      while candidate >= 0, ids[candidate] != id { candidate -= 1 }
      if candidate >= 0 {
        impressionOf[index] = ordinals[candidate]
      } else if events[index].kind == .impression {
        if met == ImpressionJoin.scanned { return false }
        impressionOf[index] = Int32(truncatingIfNeeded: index)
        ids[met] = id
        ordinals[met] = impressionOf[index]
        met += 1
      }
    }
    return true
  }

  /// Brings equal ids together, each group in the order of the events. Says the same of events that were looked through
  /// before.
  private mutating func sort(_ events: Span<Event>, into impressionOf: inout MutableSpan<Int32>) {
    sorter.keys.removeAll(keepingCapacity: true)
    for index in events.indices where events[index].impression != 0 {
      sorter.keys.append(
        KeySorter.Key(
          hash: events[index].impression, time: Int64(index), position: 0, index: UInt32(truncatingIfNeeded: index)))
    }
    sorter.sort()
    var (id, found): (UInt64, Int32) = (0, -1)
    for key in sorter.keys {
      if key.hash != id { (id, found) = (key.hash, -1) }
      let index = Int(key.index)
      if found < 0, events[index].kind == .impression { found = Int32(truncatingIfNeeded: index) }
      impressionOf[index] = found
    }
  }
}
