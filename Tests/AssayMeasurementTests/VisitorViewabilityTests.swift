import AssayMeasurement
import AssayModel
import Testing

struct VisitorViewabilityTests {
  /// Builds the events of one visitor with their samples.
  private struct Visitor {
    var events: [Event] = []
    var samples: [ExposureSample] = []
    var impressionOf: [Int32] = []
    var slots = SlotTable()

    mutating func add(
      _ kind: EventKind, of impression: Int32, id: UInt64 = 1, flags: EventFlags = [], detail: UInt64 = 0,
      slot: UInt32 = 0, at seconds: Int64 = 0
    ) {
      var event = Event()
      (event.kind, event.flags, event.detail, event.slot) = (kind, flags, detail, slot)
      event.impression = id
      event.time = Timestamp(seconds: seconds)
      events.append(event)
      impressionOf.append(impression)
    }

    mutating func addExposure(
      of impression: Int32, _ own: [ExposureSample], flags: EventFlags = [], id: UInt64 = 1
    ) {
      add(.exposure, of: impression, id: id, flags: flags, detail: UInt64(samples.count) << 32 | UInt64(own.count))
      samples += own
    }

    func outcomes(_ judge: inout VisitorViewability) -> [Viewability] {
      var outcomes: [ViewabilityOutcomes] = []
      let facts = VisitorFacts(visitor: 1, sessions: [], impressionOf: impressionOf)
      judge.evaluate(facts, events.span, samples: samples.span, slots: slots, into: &outcomes)
      return outcomes.map { $0[Standard.mrc] }
    }

    func outcomes() -> [Viewability] {
      var judge = VisitorViewability()
      return outcomes(&judge)
    }
  }

  private let inView = polls(stride(from: 0, through: 1_000, by: 100))
  private let outOfView = polls(stride(from: 0, through: 1_000, by: 100), share: 0)

  @Test func withoutAnyMeasurementEverythingIsUndetermined() {
    var visitor = Visitor()
    visitor.add(.impression, of: 0)
    visitor.add(.click, of: 0)
    #expect(visitor.outcomes() == [.undetermined, .undetermined])
  }

  @Test func theSamplesOfAllExposuresAreOneMeasurement() {
    var visitor = Visitor()
    visitor.add(.impression, of: 0)
    visitor.addExposure(of: 0, Array(inView.prefix(6)))
    visitor.addExposure(of: 0, Array(inView.dropFirst(6)))
    #expect(visitor.outcomes() == [.viewable, .undetermined, .undetermined])
  }

  @Test func exposuresMayComeInAnyOrder() {
    var visitor = Visitor()
    visitor.add(.impression, of: 0)
    visitor.addExposure(of: 0, inView.dropFirst(6).reversed())
    visitor.addExposure(of: 0, Array(inView.prefix(6)))
    #expect(visitor.outcomes()[0] == .viewable)
  }

  @Test func aClockThatGoesBackDoesNotLengthenTheView() {
    var visitor = Visitor()
    visitor.add(.impression, of: 0)
    visitor.addExposure(of: 0, polls(stride(from: 0, through: 600, by: 100)))
    visitor.addExposure(of: 0, polls(stride(from: 100, through: 700, by: 100)))
    #expect(visitor.outcomes()[0] == .undetermined)
  }

  @Test func impressionsOfOneVisitorAreMeasuredApart() {
    var visitor = Visitor()
    visitor.add(.impression, of: 0, id: 1)
    visitor.add(.impression, of: 1, id: 2)
    visitor.addExposure(of: 1, outOfView, id: 2)
    visitor.addExposure(of: 0, inView, id: 1)
    #expect(visitor.outcomes().prefix(2) == [.viewable, .notViewable])
  }

  @Test func anExposureWithoutAnImpressionIsMeasuredForNone() {
    var visitor = Visitor()
    visitor.addExposure(of: -1, inView)
    visitor.add(.impression, of: 1, id: 2)
    #expect(visitor.outcomes() == [.undetermined, .undetermined])
  }

  @Test func aRepeatedImpressionIsNotViewableASecondTime() {
    var visitor = Visitor()
    visitor.add(.impression, of: 0)
    visitor.add(.impression, of: 0)
    visitor.addExposure(of: 0, inView)
    #expect(visitor.outcomes() == [.viewable, .undetermined, .undetermined])
  }

  @Test func whatTheServerDeclaredCountsWhereThereAreNoSamples() {
    for (flag, outcome) in [
      (EventFlags.declaredViewable, Viewability.viewable), (.declaredNotViewable, .notViewable),
      (.declaredUndetermined, .undetermined),
    ] {
      var visitor = Visitor()
      visitor.add(.impression, of: 0)
      visitor.addExposure(of: 0, [], flags: flag)
      #expect(visitor.outcomes()[0] == outcome)
    }
  }

  @Test func anImpressionWithoutIdMayDeclareItself() {
    var visitor = Visitor()
    visitor.add(.impression, of: -1, id: 0, flags: .declaredViewable)
    #expect(visitor.outcomes() == [.viewable])
  }

  @Test func samplesCountMoreThanWhatTheServerDeclared() {
    var visitor = Visitor()
    visitor.add(.impression, of: 0, flags: .declaredViewable)
    visitor.addExposure(of: 0, outOfView)
    #expect(visitor.outcomes()[0] == .notViewable)
  }

  @Test func aLaterDeclarationOfViewableWins() {
    var visitor = Visitor()
    visitor.add(.impression, of: 0)
    visitor.addExposure(of: 0, [], flags: .declaredNotViewable)
    visitor.addExposure(of: 0, [], flags: .declaredViewable)
    #expect(visitor.outcomes()[0] == .viewable)
  }

  @Test func aDeclarationSaysNothingAboutStricterStandards() {
    let evaluator = ViewabilityEvaluator()
    let small = evaluator.outcomes(declared: .viewable, of: ViewabilityEvaluator.Creative())
    #expect(small[Standard.mrc] == .viewable)
    #expect(small[Standard.withoutLargeAds] == .viewable)
    #expect(small[Standard.fullSecond] == .undetermined)
    let large = evaluator.outcomes(declared: .viewable, of: ViewabilityEvaluator.Creative(isLarge: true))
    #expect(large[Standard.mrc] == .viewable)
    #expect(large[Standard.withoutLargeAds] == .undetermined)
  }

  @Test(arguments: [(970, 250, Viewability.viewable), (969, 250, .notViewable), (0xffff, 0xffff, .notViewable)])
  func nineHundredSeventyByTwoHundredFiftyIsALargeAd(width: Int, height: Int, expected: Viewability) {
    var visitor = Visitor()
    var slot = AdSlot()
    (slot.width, slot.height) = (UInt16(width), UInt16(height))
    visitor.slots.slots.append(slot)
    visitor.add(.impression, of: 0, slot: 1)
    visitor.addExposure(of: 0, polls(stride(from: 0, through: 1_000, by: 100), share: 3_000))
    #expect(visitor.outcomes()[0] == expected)
  }

  @Test func aVideoIsToldByItsFlagOrItsProgress() {
    for isFlagged in [true, false] {
      var visitor = Visitor()
      visitor.add(.impression, of: 0, flags: isFlagged ? .video : [])
      if !isFlagged { visitor.add(.video, of: 0, detail: 25) }
      visitor.addExposure(of: 0, polls(stride(from: 0, through: 1_800, by: 200), [.focused, .playing]))
      #expect(visitor.outcomes()[0] == .undetermined)
      visitor.addExposure(of: 0, polls([2_000], [.focused, .playing]))
      #expect(visitor.outcomes()[0] == .viewable)
    }
  }

  @Test func theLengthOfAVideoComesFromItsProgress() {
    var visitor = Visitor()
    visitor.add(.impression, of: 0)
    visitor.add(.video, of: 0, detail: 0, at: 10)
    visitor.add(.video, of: 0, detail: 25, at: 15)
    let state: ExposureSample.State = [.focused, .playing]
    // A quarter in 5 s: 20 s long, and 10 s are half of it.
    visitor.addExposure(of: 0, [edge(0, state), edge(10_000, share: 0, state)])
    var outcomes: [ViewabilityOutcomes] = []
    var judge = VisitorViewability()
    let facts = VisitorFacts(visitor: 1, sessions: [], impressionOf: visitor.impressionOf)
    judge.evaluate(facts, visitor.events.span, samples: visitor.samples.span, slots: visitor.slots, into: &outcomes)
    #expect(outcomes[0][Standard.groupMSocial] == .viewable)
    visitor.samples[1].milliseconds = 9_999
    judge.evaluate(facts, visitor.events.span, samples: visitor.samples.span, slots: visitor.slots, into: &outcomes)
    #expect(outcomes[0][Standard.groupMSocial] == .undetermined)
  }

  @Test func oneJudgeServesOneVisitorAfterTheOther() {
    var judge = VisitorViewability()
    var first = Visitor()
    first.add(.impression, of: 0)
    first.addExposure(of: 0, inView)
    #expect(first.outcomes(&judge)[0] == .viewable)
    var second = Visitor()
    second.add(.impression, of: 0)
    #expect(second.outcomes(&judge) == [.undetermined])
    #expect(Visitor().outcomes(&judge).isEmpty)
  }

  @Test func aRangeBeyondTheSamplesIsCutNotRead() {
    var visitor = Visitor()
    visitor.add(.impression, of: 0)
    visitor.add(.exposure, of: 0, detail: UInt64(5) << 32 | 0xffff_ffff)
    #expect(visitor.outcomes()[0] == .undetermined)
  }
}
