import AssayMeasurement
import AssayModel
import Testing

/// Standards by their ordinals in `ViewabilityStandard.all`.
enum Standard {
  static let mrc = 0
  static let withoutLargeAds = 1
  static let groupMInStream = 2
  static let groupMSocial = 3
  static let fullSecond = 4
}

/// Polls of `share` at the given milliseconds.
func polls(
  _ times: some Sequence<Int>, share: UInt16 = 10_000, _ state: ExposureSample.State = .focused
) -> [ExposureSample] {
  times.map { ExposureSample(milliseconds: Int32($0), share: share, state: state) }
}

/// One edge, which holds until the next sample.
func edge(_ time: Int32, share: UInt16 = 10_000, _ state: ExposureSample.State = .focused) -> ExposureSample {
  ExposureSample(milliseconds: time, share: share, state: state.union(.edge))
}

struct ViewabilityEvaluatorTests {
  typealias Creative = ViewabilityEvaluator.Creative

  private func outcome(
    _ samples: [ExposureSample], _ standard: Int = Standard.mrc, _ creative: Creative = Creative(),
    mode: ViewabilitySettings.Mode = .elapsed
  ) -> Viewability {
    ViewabilityEvaluator(ViewabilitySettings(mode: mode)).evaluate(samples.span, of: creative)[standard]
  }

  @Test func theHeadlineStandardComesFirstAndIdsAreUnique() {
    #expect(ViewabilityStandard.all[0].id == "mrc")
    #expect(Set(ViewabilityStandard.all.map(\.id)).count == ViewabilityStandard.all.count)
    #expect(ViewabilityStandard.all.count <= 8)
  }

  @Test func nothingMeasuredIsUndetermined() {
    #expect(ViewabilityEvaluator().evaluate([ExposureSample]().span, of: Creative()) == ViewabilityOutcomes())
  }

  // MARK: Limits are inclusive

  @Test func exactlyHalfOfThePixelsIsEnough() {
    let times = stride(from: 0, through: 1_000, by: 100)
    #expect(outcome(polls(times, share: 5_000)) == .viewable)
    #expect(outcome(polls(times, share: 4_999)) == .notViewable)
  }

  @Test func exactlyOneSecondIsEnough() {
    let almost = polls(stride(from: 0, through: 900, by: 100)) + polls([999])
    #expect(outcome(almost + polls([1_100], share: 0)) == .notViewable)
    #expect(outcome(polls(stride(from: 0, through: 1_000, by: 100))) == .viewable)
  }

  @Test func aLargeAdNeedsThirtyPercentWhereTheStandardHasTheRule() {
    let large = Creative(isLarge: true)
    let at30 = polls(stride(from: 0, through: 1_000, by: 100), share: 3_000)
    #expect(outcome(at30, Standard.mrc, large) == .viewable)
    #expect(outcome(at30, Standard.withoutLargeAds, large) == .notViewable)
    #expect(outcome(at30, Standard.mrc, Creative()) == .notViewable)
    let below = polls(stride(from: 0, through: 1_000, by: 100), share: 2_999)
    #expect(outcome(below, Standard.mrc, large) == .notViewable)
  }

  @Test func aLargeVideoStillNeedsHalfOfItsPixels() {
    let at30 = polls(stride(from: 0, through: 2_000, by: 200), share: 3_000, [.focused, .playing])
    #expect(outcome(at30, Standard.mrc, Creative(isVideo: true, isLarge: true)) == .notViewable)
  }

  @Test func everyPixelIsNeededForAFullSecond() {
    let times = stride(from: 0, through: 1_000, by: 100)
    #expect(outcome(polls(times, share: 9_999), Standard.fullSecond) == .notViewable)
    #expect(outcome(polls(times), Standard.fullSecond) == .viewable)
  }

  // MARK: Time

  @Test func tenPollsSpanLessThanASecondUnlessPollsAreCounted() {
    let ten = polls(stride(from: 0, through: 900, by: 100))
    #expect(outcome(ten) == .undetermined)
    #expect(outcome(ten, mode: .polls) == .viewable)
    #expect(outcome(Array(ten.dropLast()), mode: .polls) == .undetermined)
    #expect(outcome(polls(stride(from: 0, through: 900, by: 100), share: 0), mode: .polls) == .notViewable)
  }

  @Test func tenPollsOfAVideoAreTwoSecondsWherePollsAreCounted() {
    let ten = polls(stride(from: 0, through: 1_800, by: 200), [.focused, .playing])
    #expect(outcome(ten, Standard.mrc, Creative(isVideo: true), mode: .polls) == .viewable)
    #expect(outcome(ten, Standard.mrc, Creative(isVideo: true)) == .undetermined)
  }

  @Test func aPollOutOfViewBreaksTheStretch() {
    var samples = polls(stride(from: 0, through: 1_500, by: 100))
    samples[8].share = 0
    #expect(outcome(samples) == .notViewable)
    #expect(outcome(samples, mode: .polls) == .notViewable)
  }

  @Test func leavingTheTabAtNineTenthsOfASecondStartsTheClockAgain() {
    let first = polls(stride(from: 0, through: 900, by: 100)) + polls([950], [])
    #expect(outcome(first + polls(stride(from: 1_000, through: 1_900, by: 100))) == .notViewable)
    #expect(outcome(first + polls(stride(from: 1_000, through: 2_000, by: 100))) == .viewable)
  }

  @Test func aHiddenPageIsNotInView() {
    #expect(outcome(polls(stride(from: 0, through: 1_000, by: 100), [.focused, .hidden])) == .notViewable)
  }

  @Test func aGapOfThreeIntervalsIsBridgedAndALongerOneIsNot() {
    let before = polls(stride(from: 0, through: 500, by: 100))
    #expect(outcome(before + polls([800, 900, 1_000])) == .viewable)
    #expect(outcome(before + polls([801, 900, 1_000])) == .undetermined)
    #expect(outcome(before + polls([801] + Array(stride(from: 900, through: 1_801, by: 100)))) == .notViewable)
  }

  @Test func aStallThatEndsInViewStartsANewStretchThere() {
    let after = polls(stride(from: 5_000, through: 6_000, by: 100))
    #expect(outcome(polls([0, 100]) + after) == .viewable)
  }

  @Test func pollsTooFarApartShowNothing() {
    #expect(outcome(polls(stride(from: 0, through: 10_000, by: 1_000), share: 0)) == .undetermined)
  }

  // MARK: Measured, not measured

  @Test func aShortSessionThatWasWatchedThroughoutIsNotViewable() {
    let end = polls([600], [.focused, .finished])
    #expect(outcome(polls(stride(from: 0, through: 500, by: 100)) + end) == .notViewable)
    #expect(outcome(polls(stride(from: 0, through: 500, by: 100))) == .undetermined)
  }

  @Test func aSessionThatHasEndedAndWasMeasuredIsDecidedWhateverGapsItHas() {
    let end = polls([600], [.focused, .finished])
    #expect(outcome(polls([0, 100]) + end) == .notViewable)
    #expect(outcome(polls([500]) + end) == .notViewable)
    #expect(outcome(polls([0, 100]) + polls([200], .unmeasurable) + polls([300, 400, 500]) + end) == .notViewable)
    #expect(outcome(polls([0, 100])) == .undetermined)
  }

  @Test func whatCannotBeMeasuredIsNeitherViewableNorNot() {
    #expect(outcome(polls(stride(from: 0, through: 5_000, by: 100), [.focused, .unmeasurable])) == .undetermined)
    #expect(outcome([edge(0, [.focused, .unmeasurable]), edge(9_000, [.focused, .finished])]) == .undetermined)
  }

  @Test func anUnmeasurablePollBreaksTheStretch() {
    let samples =
      polls(stride(from: 0, through: 900, by: 100)) + polls([950], [.focused, .unmeasurable])
      + polls(stride(from: 1_000, through: 1_500, by: 100))
    #expect(outcome(samples) == .notViewable)
  }

  // MARK: Edges

  @Test func anEdgeHoldsUntilTheNextSample() {
    #expect(outcome([edge(0), edge(1_000, share: 0)]) == .viewable)
    #expect(outcome([edge(0), edge(999, share: 0)]) == .undetermined)
    #expect(outcome([edge(0), edge(999, share: 0), edge(2_000, [.focused, .finished])]) == .notViewable)
  }

  @Test func theLastEdgeHoldsOnlyToTheEndOfTheSession() {
    #expect(outcome([edge(0)]) == .undetermined)
    #expect(outcome([edge(0), edge(5_000, share: 0, [.focused, .finished])]) == .viewable)
  }

  @Test func nothingHoldsBeyondTheEndOfTheSession() {
    #expect(outcome([edge(0, [.focused, .finished]), edge(5_000)]) == .notViewable)
    #expect(outcome([edge(0, [.focused, .finished])]) == .undetermined)
  }

  @Test func edgesInViewContinueEachOther() {
    #expect(outcome([edge(0, share: 6_000), edge(600, share: 9_000), edge(1_000, share: 0)]) == .viewable)
    #expect(outcome([edge(0), edge(600, share: 100), edge(601), edge(1_500, share: 0)]) == .notViewable)
  }

  @Test func anEdgeFromBeforeRenderingCountsFromRendering() {
    #expect(outcome([edge(-5_000), edge(999, share: 0)]) == .undetermined)
    #expect(outcome([edge(-5_000), edge(1_000, share: 0)]) == .viewable)
    #expect(outcome([edge(-5_000), edge(-10, share: 0), edge(3_000)]) == .notViewable)
  }

  @Test func aPollFromBeforeRenderingSaysNothing() {
    #expect(outcome(polls(stride(from: -2_000, through: 900, by: 100))) == .undetermined)
  }

  // MARK: Repetitions

  @Test func samplesThatAreRepeatedChangeNothing() {
    for mode in ViewabilitySettings.Mode.allCases {
      for end in [800, 900, 1_000] {
        let once = polls(stride(from: 0, through: end, by: 100))
        let twice = once.flatMap { [$0, $0, $0] }
        #expect(outcome(once, mode: mode) == outcome(twice, mode: mode))
      }
    }
  }

  @Test func samplesOfOneMomentThatContradictEachOtherBreakTheStretch() {
    let samples = polls(stride(from: 0, through: 500, by: 100)) + polls([500], share: 0)
    #expect(outcome(samples + polls(stride(from: 600, through: 1_000, by: 100))) == .notViewable)
  }

  // MARK: Video

  private let playing: ExposureSample.State = [.focused, .playing]

  @Test func anyTwoSecondsOfAVideoAreEnough() {
    let video = Creative(isVideo: true)
    let late =
      polls(stride(from: 0, through: 4_800, by: 200), share: 0, playing)
      + polls(stride(from: 5_000, through: 7_000, by: 200), playing)
    #expect(outcome(late, Standard.mrc, video) == .viewable)
    #expect(outcome(Array(late.dropLast()), Standard.mrc, video) == .notViewable)
  }

  @Test func aStallOfTheBufferBreaksTheStretch() {
    var samples = polls(stride(from: 0, through: 3_000, by: 200), playing)
    samples[8].state.remove(.playing)
    #expect(outcome(samples, Standard.mrc, Creative(isVideo: true)) == .notViewable)
  }

  @Test func whatWasSeenBeforeDoesNotCount() {
    let replay = polls(stride(from: 0, through: 3_000, by: 200), playing.union(.replayed))
    #expect(outcome(replay, Standard.mrc, Creative(isVideo: true)) == .notViewable)
  }

  @Test func halfOfTheLengthMayBeMadeOfStretches() {
    let video = Creative(isVideo: true, length: 10_000)
    let loud = playing.union([.audible, .userInitiated])
    let parts = [edge(0, loud), edge(3_000, share: 0, loud), edge(6_000, loud), edge(8_000, share: 0, loud)]
    #expect(outcome(parts, Standard.groupMInStream, video) == .viewable)
    #expect(outcome(parts, Standard.groupMInStream, Creative(isVideo: true, length: 10_001)) == .notViewable)
    #expect(outcome(parts, Standard.groupMInStream, Creative(isVideo: true)) == .undetermined)
  }

  @Test func soundAndThePersonsWillAreNeededOnlyInStream() {
    let video = Creative(isVideo: true, length: 2_000)
    for state in [playing, playing.union(.audible), playing.union(.userInitiated)] {
      let samples = [edge(0, state), edge(4_000, state)]
      #expect(outcome(samples, Standard.groupMInStream, video) == .notViewable)
      #expect(outcome(samples, Standard.groupMSocial, video) == .viewable)
    }
  }

  // MARK: Settings

  @Test func intervalsAreCheckedByRange() {
    #expect(throws: Never.self) { try ViewabilitySettings().validate() }
    let error = #expect(throws: AssayError(.settings, "")) {
      try ViewabilitySettings(videoInterval: 5).validate()
    }
    #expect(error?.message.contains("viewability.video-interval is 5") == true)
  }

  @Test func theFarthestTimesDoNotTrap() {
    let samples = [edge(.min), edge(0), edge(.max), edge(.max)]
    #expect(outcome(samples) == .viewable)
    #expect(outcome(polls([Int(Int32.min), 0, Int(Int32.max)])) == .undetermined)
  }
}
