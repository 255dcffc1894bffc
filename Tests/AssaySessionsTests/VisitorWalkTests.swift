import AssayModel
import AssaySessions
import TestSupport
import Testing

struct VisitorWalkTests {
  /// The facts of every visitor of a walk.
  private func facts(_ events: [Event], _ settings: SessionSettings = SessionSettings()) -> [VisitorFacts] {
    var walk = VisitorWalk(settings)
    var all: [VisitorFacts] = []
    walk.walk(events.span) { facts, _ in all.append(facts) }
    return all
  }

  /// Events of one visitor by kind and impression id, one second apart.
  private func events(_ parts: [(EventKind, UInt64)], visitor: UInt64 = 7) -> [Event] {
    parts.enumerated().map { index, part in
      var event = Event()
      event.visitor = visitor
      event.key = .firstParty
      event.time = Timestamp(seconds: Int64(index))
      event.position = SourcePosition(source: 0, offset: index)
      (event.kind, event.impression) = part
      return event
    }
  }

  @Test(arguments: [
    // One character is ten minutes: three of them apart is half an hour.
    ("p|", "1|"),
    ("p-p-p|", "1-1-1|"),
    ("p--p|", "1--2|"),
    ("pp-p--pp---------p|", "11-1--22---------3|"),
    ("------p", "------1"),
  ])
  func sessionsAreCutWhereNothingHappensForHalfAnHour(picture: String, expected: String) {
    let sessions = facts(Timeline(picture, stepSeconds: 600).events)[0].sessions
    #expect(Timeline.sessions(picture, sessions) == expected)
  }

  @Test func sessionsAreCutAtTheirLongestLength() {
    // One character is ten minutes, the longest session half an hour.
    let settings = SessionSettings(inactivitySeconds: 1_800, longestSeconds: 1_800)
    let sessions = facts(Timeline("ppppppp|", stepSeconds: 600).events, settings)[0].sessions
    #expect(Timeline.sessions("ppppppp|", sessions) == "1112223|")
    #expect(sessions.map(\.closing) == [.length, .length, .endOfInput])
  }

  @Test func aSessionKnowsItsEndsAndItsReason() {
    let timeline = Timeline("p-p------p", stepSeconds: 600)
    let sessions = facts(timeline.events)[0].sessions
    #expect(
      sessions == [
        Session(
          events: 0..<2, start: timeline.events[0].time, end: timeline.events[1].time, closing: .inactivity),
        Session(
          events: 2..<3, start: timeline.events[2].time, end: timeline.events[2].time, closing: .endOfInput),
      ])
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func sessionsAreThoseThatTheMachineCuts(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let settings = SessionSettings(inactivitySeconds: 60, longestSeconds: 300)
    var time: Int64 = 0
    let all = (0..<Int.random(in: 1...60, using: &random)).map { _ in
      time += Int64.random(in: 0...Int64.random(in: 1...80, using: &random), using: &random)
      var event = Event()
      (event.visitor, event.key, event.time) = (7, .firstParty, Timestamp(seconds: time))
      return event
    }
    var machine = SessionStateMachine(settings)
    let closings = all.map(\.time).map { machine.receive($0) }.compactMap { action in
      if case .closed(let reason) = action { reason } else { nil }
    }
    let sessions = facts(all, settings)[0].sessions
    #expect(sessions.map(\.closing) == closings + [.endOfInput])
    #expect(sessions.flatMap { Array($0.events) } == Array(all.indices))
    #expect(sessions.allSatisfy { $0.start == all[$0.events.lowerBound].time })
    #expect(sessions.allSatisfy { $0.end == all[$0.events.upperBound - 1].time })
  }

  @Test func aWalkThatJoinsClickersAloneTellsTheSameOfThemAndNothingOfOthers() {
    let clicker = events([(.impression, 4), (.click, 4)], visitor: 1)
    let viewer = events([(.impression, 5), (.exposure, 5)], visitor: 2)
    let other = events([(.click, 6), (.impression, 6)], visitor: 3)
    var walk = VisitorWalk(joining: .clickers)
    var found: [[Int32]] = []
    walk.walk((clicker + viewer + other).span) { facts, _ in found.append(facts.impressionOf) }
    #expect(found == [[0, 0], [], [-1, 1]])
  }

  @Test func noEventsGiveNoVisitors() {
    #expect(facts([]).isEmpty)
  }

  @Test func eachVisitorIsVisitedOnceWithItsOwnEvents() {
    let visitors: [UInt64] = [3, 9, 12]
    let all = visitors.flatMap { events([(.page, 0), (.impression, $0), (.click, $0)], visitor: $0) }
    var walk = VisitorWalk()
    var seen: [UInt64] = []
    walk.walk(all.span) { facts, own in
      seen.append(facts.visitor)
      #expect(own.count == 3)
      #expect(own[0].visitor == facts.visitor)
      #expect(facts.impressionOf == [-1, 1, 1])
      #expect(facts.sessions.map(\.events) == [0..<3])
    }
    #expect(seen == visitors)
  }

  @Test func whoeverCannotBeIdentifiedHasNoSessionButItsImpressionsAreJoined() {
    var all = events([(.impression, 5), (.click, 5)])
    for index in all.indices { all[index].key = .none }
    let found = facts(all)
    #expect(found.count == 1)
    #expect(found[0].sessions.isEmpty)
    #expect(found[0].impressionOf == [0, 0])
  }

  @Test func whatComesBeforeItsImpressionBelongsToNone() {
    #expect(facts(events([(.click, 5), (.impression, 5), (.click, 5)]))[0].impressionOf == [-1, 1, 1])
  }

  @Test func aRepeatedImpressionPointsToTheFirst() {
    let found = facts(events([(.impression, 5), (.impression, 6), (.impression, 5), (.exposure, 6), (.click, 5)]))
    #expect(found[0].impressionOf == [0, 1, 0, 1, 0])
  }

  @Test func anImpressionWithoutIdBelongsToNone() {
    #expect(facts(events([(.impression, 0), (.click, 0)]))[0].impressionOf == [-1, -1])
  }

  @Test func anErrorStopsTheWalkWhichCanThenBeUsedAgain() {
    let all = events([(.page, 0)], visitor: 1) + events([(.page, 0)], visitor: 2)
    var walk = VisitorWalk()
    var visits = 0
    #expect(throws: AssayError(.interrupted, "")) {
      try walk.walk(all.span) { (_, _) throws(AssayError) in
        visits += 1
        throw AssayError(.interrupted, "stop")
      }
    }
    #expect(visits == 1)
    walk.walk(all.span) { _, _ in visits += 1 }
    #expect(visits == 3)
  }

  /// The readable definition of `VisitorFacts.impressionOf`.
  private func slowJoin(_ events: [Event]) -> [Int32] {
    events.indices.map { index in
      let id = events[index].impression
      guard id != 0 else { return -1 }
      let first = events[...index].firstIndex { $0.impression == id && $0.kind == .impression }
      return first.map(Int32.init) ?? -1
    }
  }

  @Test(arguments: [1, 5, 16, 17, 40, 300])
  func joiningEqualsItsDefinition(ids: Int) {
    var random = SeededGenerator(seed: UInt64(ids))
    for _ in 0..<20 {
      let parts = (0..<Int.random(in: 1...400, using: &random)).map { _ in
        let kinds: [EventKind] = [.page, .impression, .exposure, .click]
        let id = UInt64.random(in: 0...UInt64(ids), using: &random)
        return (kinds.randomElement(using: &random) ?? .page, id == 0 ? 0 : StableHash.of(id, 1))
      }
      let all = events(parts)
      #expect(facts(all)[0].impressionOf == slowJoin(all))
    }
  }

  @Test func chosenIdsThatShareTheirUpperBitsAreJoinedAllTheSame() {
    let all = events((0..<4_000).map { (.impression, 1 << 63 | UInt64($0 % 1_000) + 1) } + [(.impression, 1)])
    #expect(facts(all)[0].impressionOf == slowJoin(all))
  }

  @Test func aWalkThatServedALargeVisitorServesASmallOneCorrectly() {
    let large = events((0..<500).map { (.impression, UInt64($0) + 1) }, visitor: 1)
    let small = events([(.impression, 9), (.click, 9)], visitor: 2)
    let found = facts(large + small)
    #expect(found[0].impressionOf == (0..<500).map(Int32.init))
    #expect(found[1].impressionOf == [0, 0])
  }
}
