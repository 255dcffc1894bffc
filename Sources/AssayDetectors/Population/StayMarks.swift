internal import AssayModel

/// Stays that a detector has something to say about, found again by their visitor: events with that publisher between
/// the stay's first and last moment are flagged, and no others of the visitor.
struct StayMarks: Sendable {
  /// What was found about a stay.
  struct Mark: Sendable {
    var stay: Stay
    /// Of the detector's first measure, in millionths.
    var observed: Int64
    /// Threshold in millionths.
    var threshold: Int64
  }

  private let marks: [Mark]
  private let slots: [AdSlot]

  /// Marks in any order, for a run with these slots.
  ///
  /// - Complexity: O(n log n).
  init(_ marks: [Mark], slots: [AdSlot]) {
    self.marks = marks.sorted {
      ($0.stay.visitor, $0.stay.start, $0.stay.publisher) < ($1.stay.visitor, $1.stay.start, $1.stay.publisher)
    }
    self.slots = slots
  }

  /// The visitors that have one.
  var visitors: [UInt64] { marks.map(\.stay.visitor) }

  /// Flags the events of a visitor's marked stays.
  ///
  /// - Complexity: O(events × marks of the visitor).
  func flag(_ visitor: UInt64, _ events: Span<Event>, _ findings: inout FindingSink) {
    var (low, high) = (0, marks.count)
    while low < high {
      let middle = (low + high) / 2
      if marks[middle].stay.visitor < visitor { low = middle + 1 } else { high = middle }
    }
    var (slot, publisher) = (UInt32.max, UInt32(0))
    for ordinal in events.indices {
      if events[ordinal].slot != slot {
        slot = events[ordinal].slot
        publisher = Int(slot) < slots.count ? slots[Int(slot)].names[.publisher] : 0
      }
      if publisher == 0 { continue }
      var index = low
      while index < marks.count, marks[index].stay.visitor == visitor {
        if marks[index].stay.publisher == publisher, marks[index].stay.covers(events[ordinal].time) {
          findings.flag(
            ordinal, events[ordinal], observed: marks[index].observed, threshold: marks[index].threshold)
          break
        }
        index += 1
      }
    }
  }
}

extension Stay {
  /// Whether a moment lies between its first event and its last, whose time it keeps to the millisecond.
  func covers(_ time: Timestamp) -> Bool { start <= time && time.microseconds < end.microseconds + 1_000 }
}
