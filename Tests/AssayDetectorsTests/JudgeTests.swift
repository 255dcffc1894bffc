import AssayDetectors
import AssayModel
import Foundation
import TestSupport
import Testing

struct JudgeTests {
  private func ordinal(_ id: String) throws -> UInt8 { UInt8(try DetectorCatalog.ordinal(of: id)) }

  private func judge(
    _ settings: JudgeSettings = JudgeSettings(), agents: [String] = ["", "", Visit.browser, "curl/8", "Examplebot/1"],
    lists: ListSet = ListSet(), coverage: [Requirement: (carried: Int64, of: Int64)] = [:]
  ) throws -> Judge {
    try Judge(
      settings, context: DetectorContext(agents: agents, lists: lists), coverage: coverage, judgesPages: false)
  }

  @Test("Nothing odd is valid, with nothing undecided")
  func valid() throws {
    let verdicts = try judge().verdicts(Visit(events: [Visit.event(.impression, at: 0, id: 1)])).verdicts
    #expect(verdicts == [EventVerdict()])
  }

  @Test("What is excluded wins over what is general, and the catalogue's order decides among equals; all is kept")
  func primary() throws {
    var event = Visit.event(.impression, at: 0, id: 1, agent: 3)
    event.flags = [.unexpandedMacro]
    var both = event
    both.flags.insert(.test)
    both.impression = 2
    both.position = SourcePosition(source: 0, offset: 9)
    let verdicts = try judge().verdicts(Visit(events: [event, both])).verdicts
    #expect(verdicts[0].trafficClass == .givt && verdicts[0].score == 10_000)
    #expect(try verdicts[0].primary == ordinal("non-browser-agent"))
    #expect(verdicts[0].fired.ordinals.count == 2)
    #expect(try verdicts[1].trafficClass == .excluded && verdicts[1].primary == ordinal("test-traffic"))
    #expect(verdicts[1].fired.ordinals.count == 3)
  }

  @Test("Weight of one family makes an event suspicious, never invalid")
  func suspicious() throws {
    var event = Visit.event(.click, at: 0)
    event.flags = [.unexpandedMacro]
    let verdict = try judge().verdicts(Visit(events: [event])).verdicts[0]
    #expect(verdict.trafficClass == .suspicious && verdict.score == 150)
    #expect(try verdict.primary == ordinal("unexpanded-macro"))
  }

  @Test(
    "Sophisticated invalid traffic needs 2.94 and two families of 1.0; a family gives no more than its cap",
    arguments: [
      ([(EvidenceFamily.timing, 200), (.network, 94)], TrafficClass.suspicious, Int32(294)),
      ([(.timing, 194), (.network, 100)], .sivt, 294),
      ([(.timing, 193), (.network, 100)], .suspicious, 293),
      ([(.timing, 900)], .suspicious, 400),
      ([(.network, 250), (.network, 250), (.timing, 99)], .suspicious, 399),
      ([(.network, 250), (.network, 250), (.timing, 100)], .sivt, 400),
      ([(.timing, 200), (.network, -100), (.identity, 194)], .sivt, 294),
      ([(.timing, -200)], .valid, -200),
    ])
  func weights(evidence: [(EvidenceFamily, Int)], trafficClass: TrafficClass, score: Int32) {
    let cards = evidence.enumerated().map { index, item in
      DetectorCard(
        id: "d\(index)", title: "t", category: Category(code: "C", mrc: "-", title: "c"), family: item.0,
        action: .weigh(hundredths: item.1), needs: [], summary: "s", foolsIt: "f", references: ["r"])
    }
    var verdict = EventVerdict()
    for index in cards.indices { verdict.fired.insert(DetectorSet(ordinal: index)) }
    Scoring(cards, shadow: []).judge(&verdict)
    #expect(verdict.trafficClass == trafficClass)
    #expect(verdict.score == score)
    #expect((verdict.primary == EventVerdict.noDetector) == (trafficClass == .valid))
  }

  @Test("A detector in shadow is reported and changes nothing; a disabled one is not even asked")
  func shadowAndDisabled() throws {
    let visit = Visit(events: [Visit.event(.impression, at: 0, id: 1, agent: 3)])
    let shadow = try judge(JudgeSettings(shadow: ["non-browser-agent"])).verdicts(visit).verdicts[0]
    #expect(shadow.trafficClass == .valid && shadow.primary == EventVerdict.noDetector)
    #expect(try shadow.fired == DetectorSet(ordinal: Int(ordinal("non-browser-agent"))))
    let disabled = try judge(JudgeSettings(disabled: ["non-browser-agent"])).verdicts(visit).verdicts[0]
    #expect(disabled == EventVerdict())
  }

  @Test("Class is handed down the chain, through what was handed down")
  func chain() throws {
    var impression = Visit.event(.impression, at: 0, id: 1)
    impression.flags = [.test]
    let visit = Visit(events: [
      impression, Visit.event(.click, at: 9, id: 1), Visit.event(.conversion, at: 90, id: 1),
    ])
    let (verdicts, evidence) = try judge().verdicts(visit)
    #expect(verdicts.map(\.trafficClass) == [.excluded, .excluded, .excluded])
    #expect(try verdicts[2].primary == ordinal("invalid-impression"))
    #expect(evidence.count == 3)
    let shadow = try judge(JudgeSettings(shadow: ["invalid-impression"])).verdicts(visit).verdicts
    #expect(shadow.map(\.trafficClass) == [.excluded, .valid, .valid])
    #expect(!shadow[1].fired.isEmpty)
    let off = try judge(JudgeSettings(disabled: ["invalid-impression"])).verdicts(visit).verdicts
    #expect(off[1] == EventVerdict())
  }

  @Test("What is not known is undecided, unless something was found all the same")
  func undecided() throws {
    func verdict(_ change: (inout Event) -> Void) throws -> EventVerdict {
      var event = Visit.event(.impression, at: 0, id: 1)
      change(&event)
      return try judge().verdicts(Visit(events: [event])).verdicts[0]
    }
    let noAgent = try verdict { $0.agent = AgentID.notLogged }
    #expect(noAgent.undecidedGIVT && !noAgent.undecidedSIVT && noAgent.trafficClass == .valid)
    #expect(try verdict { $0.address = .none }.undecidedGIVT)
    #expect(try verdict { $0.flags = [.inexactAddress] }.undecidedGIVT)
    let nobody = try verdict { $0.key = .none }
    #expect(!nobody.undecidedGIVT && nobody.undecidedSIVT)
    #expect(try verdict { $0.time = Timestamp(microseconds: 0) }.undecidedSIVT)
    let robot = try verdict {
      $0.agent = 4
      $0.address = .none
      $0.key = .none
    }
    #expect(robot.trafficClass == .givt && !robot.undecidedGIVT && !robot.undecidedSIVT)
    let blank = try verdict { $0.agent = AgentID.blank }
    #expect(blank.trafficClass == .givt && !blank.undecidedGIVT)
  }

  @Test("What the log does not carry is said, and not judged")
  func notMeasurable() throws {
    let judge = try judge(coverage: [.userAgent: (0, 100), .size: (1, 100), .purpose: (0, 0)])
    #expect(judge.notMeasurable.count == DetectorCatalog.all.count)
    #expect(try judge.notMeasurable[Int(ordinal("blank-agent"))] == "the log does not record user agents")
    #expect(try judge.notMeasurable[Int(ordinal("placement-size"))] == nil)
    #expect(try judge.notMeasurable[Int(ordinal("prefetch"))] == nil)
    #expect(try judge.notMeasurable[Int(ordinal("data-centre"))]?.contains("--lists") == true)
    #expect(try judge.notMeasurable[Int(ordinal("address-rate"))]?.contains("30 addresses") == true)
    let verdicts = judge.verdicts(Visit(events: [Visit.event(.impression, at: 0, agent: AgentID.blank)])).verdicts
    #expect(verdicts[0].trafficClass == .valid)
  }

  @Test("Settings that do not exist or lie out of range are refused with a sentence")
  func badSettings() {
    for settings in [
      JudgeSettings(disabled: ["fast-clicks"]), JudgeSettings(shadow: ["x"]), JudgeSettings(replacements: ["y": [:]]),
      JudgeSettings(replacements: ["fast-click": ["limit": 1]]),
      JudgeSettings(replacements: ["fast-click": ["display": -1]]),
      JudgeSettings(replacements: ["fast-click": ["display": .nan]]),
    ] {
      #expect(throws: AssayError(.settings, "")) { try self.judge(settings) }
    }
  }

  @Test("Detectors' counts count judged events only, once a session, and merge")
  func counts() throws {
    var impression = Visit.event(.impression, at: 0, id: 1, agent: 3)
    impression.value = Money(millionths: 5_000)
    let visit = Visit(events: [
      impression, Visit.event(.exposure, at: 1, id: 1, agent: 3), Visit.event(.page, at: 2, agent: 3),
      Visit.event(.impression, at: 3, id: 2, agent: 3), Visit.event(.impression, at: 9_000, id: 3, agent: 3),
    ])
    var counts = DetectorCounts()
    let verdicts = try judge().verdicts(visit).verdicts
    counts.add(visit.facts, visit.events.span, verdicts, judgesPages: false)
    let row = counts.rows[Int(try ordinal("non-browser-agent"))]
    #expect(row.events == 3 && row.primaryEvents == 3 && row.sessions == 2)
    #expect(row.value == Money(millionths: 5_000))
    var pages = DetectorCounts()
    pages.add(visit.facts, visit.events.span, verdicts, judgesPages: true)
    #expect(try pages.rows[Int(ordinal("non-browser-agent"))].events == 4)
    counts.merge(pages)
    #expect(try counts.rows[Int(ordinal("non-browser-agent"))].events == 7)
  }

  @Test("The same sink and verdicts serve visitor after visitor, large and small")
  func reuse() throws {
    let judge = try judge()
    var random = SeededGenerator(seed: 5)
    var sink = FindingSink(collectsEvidence: true)
    var verdicts: [EventVerdict] = []
    for _ in 0..<200 {
      let visit = Visit(
        events: (0..<Int(random.next() % 30)).map { index in
          Visit.event(
            EventKind.allCases[Int(random.next() % 8)], at: Double(index), id: random.next() % 4,
            agent: UInt32(random.next() % 5))
        })
      let before = verdicts
      let isDecided = judge.judge(visit.facts, visit.events.span, &sink, &verdicts)
      let fresh = judge.verdicts(visit)
      #expect(sink.evidence == fresh.evidence)
      #expect(sink.union.isEmpty || sink.fired.count == visit.events.count)
      if isDecided {
        #expect(verdicts == fresh.verdicts)
      } else {
        #expect(verdicts == before && fresh.verdicts.allSatisfy { $0 == EventVerdict() })
      }
    }
  }

  @Test("A session’s worth of lognormal gaps is taken for a machine's less than once in two thousand")
  func cadenceOfPeople() throws {
    var random = SeededGenerator(seed: 11)
    func uniform() -> Double { Double(random.next() >> 11) / 9_007_199_254_740_992 + 1e-16 }
    let judge = try judge()
    let cadence = DetectorSet(ordinal: Int(try ordinal("regular-cadence")))
    var flagged = 0
    for _ in 0..<4_000 {
      var at = 0.0
      let visit = Visit(
        events: (0..<(16 + Int(random.next() % 20))).map { _ in
          at += 40 * exp(0.82 * (-2 * log(uniform())).squareRoot() * cos(2 * .pi * uniform()))
          return Visit.event(.page, at: at)
        })
      if judge.verdicts(visit).verdicts.contains(where: { !$0.fired.isDisjoint(with: cadence) }) { flagged += 1 }
    }
    #expect(flagged <= 2)
  }
}
