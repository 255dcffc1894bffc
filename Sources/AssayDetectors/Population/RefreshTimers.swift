internal import AssayModel

/// Learns at which gaps pages and ads reload by themselves: a gap that many visitors of the same place share is the
/// place's timer, not a visitor's habit (auto-refresh guard, detection.md §4.1).
///
/// A place is the path of a page or the placement of an ad. Each visitor that stays long enough counts once for each
/// place, with the gap that it shows most often; one that stays in a single placement counts for the publisher and for
/// the whole run too, since placements with a timer often have few visitors. Only integers are added, so merging is
/// exact in any order.
struct RefreshTimers: Sendable {
  /// How many gaps a session must have to tell a timer.
  private static let leastGaps = 7
  /// A timer is one that at least so many visitors of a place share.
  static let leastVisitors: UInt32 = 5

  /// Visitors by place and gap class; class `allClasses` counts all that stayed long enough.
  private var counts: [Key: UInt32] = [:]
  private static let allClasses: UInt8 = .max
  /// Room that is used again from visitor to visitor.
  private var (cadence, mine): (CadenceGaps, [Key]) = (CadenceGaps(), [])

  private struct Key: Hashable, Sendable {
    var place: UInt64
    var gapClass: UInt8
  }

  /// The place that is the whole run.
  private static let run = StableHash.of(5)

  /// The place that is a publisher, nil where it has no name.
  private static func place(ofPublisher publisher: UInt32) -> UInt64? {
    publisher == 0 ? nil : StableHash.of(4, UInt64(publisher))
  }

  /// Adds a visitor; `slots` are those of the run.
  mutating func add(_ facts: VisitorFacts, _ events: Span<Event>, _ slots: [AdSlot]) {
    guard events.count > RefreshTimers.leastGaps else { return }
    mine.removeAll(keepingCapacity: true)
    for session in facts.sessions where session.events.count > RefreshTimers.leastGaps {
      for stream in CadenceStream.allCases where stream.count(in: session, events) > RefreshTimers.leastGaps {
        cadence.read(stream, of: session, events, slots)
        guard cadence.gaps.count >= RefreshTimers.leastGaps else { continue }
        let mode = RefreshTimers.mode(cadence.gaps)
        for place in cadence.places { count(place, mode) }
        guard cadence.stays else { continue }
        if let publisher = RefreshTimers.place(ofPublisher: cadence.publisher) { count(publisher, mode) }
        count(RefreshTimers.run, mode)
      }
    }
    for key in mine { counts[key, default: 0] += 1 }
  }

  /// Counts the visitor for a place, once.
  private mutating func count(_ place: UInt64, _ mode: UInt8?) {
    guard !mine.contains(where: { $0.place == place }) else { return }
    mine.append(Key(place: place, gapClass: RefreshTimers.allClasses))
    if let mode { mine.append(Key(place: place, gapClass: mode)) }
  }

  /// Adds what others learned.
  mutating func merge(_ other: RefreshTimers) {
    counts.merge(other.counts) { $0 + $1 }
  }

  /// Whether a gap of a session is a timer: of one of its places, or, where it stays in one placement, of the
  /// publisher or of the run. At least `share` of the visitors that stay there then reload at this gap (or one 5 %
  /// beside it).
  func isTimer(_ gap: Int64, of cadence: CadenceGaps, share: Double) -> Bool {
    if cadence.places.contains(where: { isTimer(gap, at: $0, share: share) }) { return true }
    guard cadence.stays else { return false }
    let publisher = RefreshTimers.place(ofPublisher: cadence.publisher)
    return publisher.map { isTimer(gap, at: $0, share: share) } ?? false
      || isTimer(gap, at: RefreshTimers.run, share: share)
  }

  private func isTimer(_ gap: Int64, at place: UInt64, share: Double) -> Bool {
    guard let all = counts[Key(place: place, gapClass: RefreshTimers.allClasses)] else { return false }
    let gapClass = RefreshTimers.gapClass(gap)
    var visitors: UInt32 = 0
    for near in max(0, Int(gapClass) - 1)...Int(gapClass) + 1 {
      visitors += counts[Key(place: place, gapClass: UInt8(near))] ?? 0
    }
    return visitors >= RefreshTimers.leastVisitors && Double(visitors) >= share * Double(all)
  }

  /// The period of a session that stays in one placement, in microseconds, where it is a round number of seconds, as
  /// people set timers and habits are not: gaps of whole seconds jump by one, their mean does not. Nil for none.
  ///
  /// - Parameter step: what the period must be a multiple of, in microseconds; 0 for no period at all.
  static func roundPeriod(of cadence: CadenceGaps, step: Int64) -> Int64? {
    guard step > 0, cadence.stays else { return nil }
    let median = cadence.stayed.sorted()[cadence.stayed.count / 2]
    let near = cadence.stayed.filter { abs($0 - median) <= clockStep }
    guard near.count >= leastGaps else { return nil }
    let mean = near.reduce(0, +) / Int64(near.count)
    let period = (mean + step / 2) / step * step
    return period > 0 && abs(mean - period) <= clockStep / 4 ? period : nil
  }

  /// Whether a gap is one or several periods, some beats lost, to the second.
  static func isBeat(_ gap: Int64, of period: Int64) -> Bool {
    let beats = (gap + period / 2) / period
    return beats > 0 && abs(gap - beats * period) <= clockStep
  }

  /// Two times that are cut to whole seconds are off by up to a second.
  private static let clockStep: Int64 = 1_000_000

  /// The class with the most gaps where it, with its neighbours, has at least half of them; nil for no such habit.
  static func mode(_ gaps: [Int64]) -> UInt8? {
    var histogram = InlineArray<258, UInt16>(repeating: 0)
    var (best, most) = (0, UInt16(0))
    for gap in gaps {
      let index = Int(gapClass(gap)) + 1
      histogram[index] = histogram[index].addingReportingOverflow(1).overflow ? .max : histogram[index] + 1
      if histogram[index] > most { (best, most) = (index, histogram[index]) }
    }
    guard best > 0 else { return nil }
    let around = Int(histogram[best - 1]) + Int(most) + Int(histogram[best + 1])
    return around * 2 >= gaps.count ? UInt8(best - 1) : nil
  }

  /// The class of a gap: classes are 5 % wide, from one second to the session timeout and beyond.
  static func gapClass(_ gap: Int64) -> UInt8 {
    var (low, high) = (0, bounds.count)
    while low < high {
      let middle = (low + high) / 2
      if bounds[middle] <= gap { low = middle + 1 } else { high = middle }
    }
    return UInt8(low)
  }

  /// Upper bounds of the classes in microseconds: 1 s, and 5 % more each, up to about 40 minutes.
  private static let bounds: [Int64] = {
    var (bounds, value): ([Int64], Double) = ([], 1_000_000)
    while value < 2_400_000_000 {
      bounds.append(Int64(value.rounded()))
      value *= 1.05
    }
    return bounds
  }()
}
