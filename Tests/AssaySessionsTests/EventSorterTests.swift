import AssayModel
import AssaySessions
import TestSupport
import Testing

struct EventSorterTests {
  private func event(_ visitor: UInt64, _ seconds: Int64, _ offset: Int, source: Int = 0) -> Event {
    var event = Event()
    event.visitor = visitor
    event.time = Timestamp(seconds: seconds)
    event.position = SourcePosition(source: source, offset: offset)
    return event
  }

  private func sorted(_ events: [Event]) -> [Event] {
    var (sorter, events) = (EventSorter(), events)
    sorter.sort(&events)
    return events
  }

  /// The slow twin.
  private func expectSorted(_ events: [Event], sourceLocation: SourceLocation = #_sourceLocation) {
    let fast = sorted(events)
    let slow = events.sorted(by: Event.precedes)
    #expect(fast.map(\.visitor) == slow.map(\.visitor), sourceLocation: sourceLocation)
    #expect(fast.map(\.time) == slow.map(\.time), sourceLocation: sourceLocation)
    #expect(fast.map(\.position) == slow.map(\.position), sourceLocation: sourceLocation)
  }

  @Test func nothingAndOneEventAreSorted() {
    expectSorted([])
    expectSorted([event(1, 1, 1)])
  }

  @Test func equalVisitorsAreOrderedByTimeThenSourceThenOffset() {
    expectSorted([
      event(5, 2, 0), event(5, 1, 9), event(5, 1, 3), event(5, 1, 0, source: 1), event(5, -4, 0), event(4, 7, 0),
    ])
  }

  @Test func visitorsOfAllMagnitudesAreOrdered() {
    expectSorted([event(.max, 1, 0), event(0, 1, 1), event(1 << 63, 1, 2), event(1, 1, 3), event(2, 0, 4)])
  }

  @Test(arguments: [2, 3, 30, 31, 32, 33, 100, 1_500])
  func bucketsOfOneLogInOrderOfTimeAreSorted(count: Int) {
    var random = SeededGenerator(seed: UInt64(count))
    let visitors = (0..<max(1, count / 5)).map { _ in UInt64.random(in: 0..<1 << 54, using: &random) | 77 << 54 }
    expectSorted((0..<count).map { event(visitors.randomElement(using: &random) ?? 0, Int64($0 / 3), $0) })
  }

  @Test(arguments: [2, 31, 32, 33, 64, 1_500])
  func eventsInNoOrderAreSorted(count: Int) {
    var random = SeededGenerator(seed: UInt64(count) + 99)
    for visitors in [1, 2, 7, UInt64(count)] {
      let events = (0..<count).map { offset in
        event(
          StableHash.of(UInt64.random(in: 0..<visitors, using: &random), 1),
          Int64.random(in: 0..<Int64(count), using: &random), offset, source: Int.random(in: 0...3, using: &random))
      }
      expectSorted(events)
      expectSorted(events.reversed())
    }
  }

  @Test func chosenVisitorsThatShareADigitAreSorted() {
    var random = SeededGenerator(seed: 3)
    var events = (0..<2_000).map { event(UInt64.random(in: 0...500, using: &random), Int64(2_000 - $0), $0) }
    events.append(event(.max, 0, 5_000))
    expectSorted(events)
  }

  @Test func theOrderOfTheFilesDoesNotMatter() {
    var random = SeededGenerator(seed: 8)
    let events: [Event] = (0..<800).map { index in
      event(StableHash.of(UInt64(index % 90), 2), Int64(index % 40), index, source: index % 3)
    }
    #expect(sorted(events).map(\.position) == sorted(events.shuffled(using: &random)).map(\.position))
  }

  @Test func aSorterIsUsedAgain() {
    var sorter = EventSorter()
    for count in [40, 3, 0, 75] {
      let events = (0..<count).map { event(UInt64($0 * 7 % 5), Int64(count - $0), $0) }
      var sorted = events
      sorter.sort(&sorted)
      #expect(sorted.map(\.position) == events.sorted(by: Event.precedes).map(\.position))
    }
  }
}
