import AssayMeasurement
import AssayModel
import TestSupport
import Testing

/// Every edge case of standards.md §1.5 and the traps of §10 that belong to viewability, by the words of their row; and
/// the evaluator beside its slow twin.
struct ViewabilityOracleTests {
  typealias Creative = ViewabilityEvaluator.Creative

  /// One row: samples of a creative, and what the MRC's standard makes of them.
  struct Row: CustomTestStringConvertible, Sendable {
    var name: String
    var samples: [ExposureSample]
    var creative = Creative()
    var expected: Viewability
    var testDescription: String { name }
  }

  private static let end = ExposureSample.State([.focused, .finished])
  private static let second = polls(stride(from: 0, through: 1_000, by: 100))
  private static let playing = ExposureSample.State([.focused, .playing])
  private static let video = Creative(isVideo: true)

  static let rows = [
    Row(
      name: "pct exactly 50.0", samples: polls(stride(from: 0, through: 1_000, by: 100), share: 5_000),
      expected: .viewable),
    Row(
      name: "970x250 at 30.0%", samples: polls(stride(from: 0, through: 1_000, by: 100), share: 3_000),
      creative: Creative(isLarge: true), expected: .viewable),
    Row(
      name: "999 ms", samples: polls(stride(from: 0, through: 900, by: 100)) + polls([999]) + polls([1_100], share: 0),
      expected: .notViewable),
    Row(name: "1000 ms", samples: second, expected: .viewable),
    Row(
      name: "tab blur at 0.9 s restarts clock",
      samples: polls(stride(from: 0, through: 800, by: 100)) + polls([900], [])
        + polls(stride(from: 1_000, through: 1_900, by: 100)), expected: .notViewable),
    Row(
      name: "tab blur at 0.9 s, then a whole second",
      samples: polls(stride(from: 0, through: 800, by: 100)) + polls([900], [])
        + polls(stride(from: 1_000, through: 2_000, by: 100)), expected: .viewable),
    Row(
      name: "session shorter than 1 s but measured throughout => N, not U",
      samples: polls(stride(from: 0, through: 500, by: 100)) + polls([600], end), expected: .notViewable),
    Row(
      name: "the same with edges", samples: [edge(0), edge(600, share: 0, end)], expected: .notViewable),
    Row(
      name: "a gap in the polls and session finished => N", samples: polls([0, 100]) + polls([2_000], end),
      expected: .notViewable),
    Row(
      name: "a gap in the polls and session not finished => U", samples: polls([0, 100]) + polls([2_000]),
      expected: .undetermined),
    Row(
      name: "unmeasurable but for one poll, session finished => N",
      samples: polls([0, 100, 200], .unmeasurable) + polls([300]) + polls([400], [.unmeasurable, .finished]),
      expected: .notViewable),
    Row(
      name: "never measurable, session finished => U",
      samples: polls(stride(from: 0, through: 3_000, by: 100), [.focused, .unmeasurable])
        + polls([3_100], [.unmeasurable, .finished]), expected: .undetermined),
    Row(
      name: "observed for profile.ms, not finished => N",
      samples: polls(stride(from: 0, through: 1_000, by: 100), share: 4_999), expected: .notViewable),
    Row(
      name: "observed for less, not finished => U",
      samples: polls(stride(from: 0, through: 900, by: 100), share: 0), expected: .undetermined),
    Row(name: "nothing measured => U", samples: [], expected: .undetermined),
    Row(
      name: "duplicate samples", samples: second.dropLast().flatMap { [$0, $0] } + polls([950], share: 0, end),
      expected: .notViewable),
    Row(
      name: "out-of-order samples do not lengthen the run",
      samples: polls([0, 300, 200, 100, 500, 400, 700, 600, 900, 800, 900]), expected: .undetermined),
    Row(
      name: "clock going backwards",
      samples: polls(stride(from: 0, through: 600, by: 100)) + polls(stride(from: 100, through: 700, by: 100)),
      expected: .undetermined),
    Row(
      name: "video 2 s", samples: polls(stride(from: 0, through: 2_000, by: 200), playing), creative: video,
      expected: .viewable),
    Row(
      name: "video 2 s spanning a buffer stall => not continuous",
      samples: polls(stride(from: 0, through: 800, by: 200), playing) + polls([1_000])
        + polls(stride(from: 1_200, through: 2_600, by: 200), playing), creative: video, expected: .notViewable),
    Row(
      name: "unmeasurable ends the run",
      samples: polls(stride(from: 0, through: 800, by: 100)) + polls([900], [.focused, .unmeasurable])
        + polls(stride(from: 1_000, through: 1_900, by: 100)), expected: .notViewable),
    Row(
      name: "polled input only: a gap beyond three intervals ends the run",
      samples: polls([0, 100, 200, 600, 700, 800, 900, 1_000, 1_100]), expected: .undetermined),
    Row(name: "edges hold over any gap", samples: [edge(0), edge(1_000, share: 0)], expected: .viewable),
    Row(
      name: "before renderTime nothing counts", samples: polls(stride(from: -1_000, through: 900, by: 100)),
      expected: .undetermined),
    Row(
      name: "trap 1: a large ad is one from 30 % on, and no less",
      samples: polls(stride(from: 0, through: 1_000, by: 100), share: 2_999), creative: Creative(isLarge: true),
      expected: .notViewable),
    Row(
      name: "trap 2: ten polls are not one second", samples: polls(stride(from: 0, through: 900, by: 100)),
      expected: .undetermined),
  ]

  @Test(arguments: rows) func theEvaluatorAgrees(row: Row) {
    let outcomes = ViewabilityEvaluator().evaluate(row.samples.span, of: row.creative)
    #expect(outcomes[Standard.mrc] == row.expected)
  }

  @Test(arguments: rows) func theSlowTwinAgrees(row: Row) {
    let standard = ViewabilityStandard.all[Standard.mrc]
    let twin = SlowViewability(
      rule: row.creative.isVideo ? standard.video : standard.display, creative: row.creative,
      settings: ViewabilitySettings())
    #expect(twin.outcome(row.samples) == row.expected)
  }

  @Test("Trap 3: what is undetermined is in neither part of the viewable rate")
  func undeterminedIsNotCounted() {
    var tally = ViewabilityTally()
    (tally.viewable, tally.notViewable, tally.undetermined) = (3, 1, 6)
    #expect(tally.viewableRate == Ratio(3, of: 4) && tally.measuredRate == Ratio(4, of: 10))
    #expect(tally.viewable + tally.notViewable + tally.undetermined == tally.impressions)
  }

  @Test("The evaluator says what its slow twin says, for 20,000 random impressions under every standard")
  func randomImpressions() {
    var random = SeededGenerator(seed: 15)
    var outcomesSeen: Set<Viewability> = []
    for number in 0..<20_000 {
      let mode: ViewabilitySettings.Mode = number % 3 == 0 ? .polls : .elapsed
      let settings = ViewabilitySettings(mode: mode)
      let creative = Creative(
        isVideo: random.below(2) == 0, isLarge: random.below(2) == 0,
        length: random.below(3) == 0 ? nil : Int32(random.below(4_001)))
      let samples = randomSamples(&random, edges: mode == .elapsed)
      let outcomes = ViewabilityEvaluator(settings).evaluate(samples.span, of: creative)
      for (index, standard) in ViewabilityStandard.all.enumerated() {
        let rule = creative.isVideo ? standard.video : standard.display
        let expected = SlowViewability(rule: rule, creative: creative, settings: settings).outcome(samples)
        outcomesSeen.insert(expected)
        if outcomes[index] != expected {
          Issue.record("\(standard.id), \(mode), \(creative): \(outcomes[index]), not \(expected), for \(samples)")
          return
        }
      }
    }
    #expect(outcomesSeen.count == 3)
  }

  /// Mostly in view and mostly at the pace of polls, so that standards are often just met or just missed.
  private func randomSamples(_ random: inout SeededGenerator, edges: Bool) -> [ExposureSample] {
    var time = random.below(8) == 0 ? -random.below(1_000) : 0
    let count = random.below(30)
    return (0..<count).map { index in
      var state: ExposureSample.State = [.focused, .playing, .audible, .userInitiated]
      for odd in [
        .focused, .hidden, .unmeasurable, .playing, .replayed, .audible, .userInitiated,
      ] as [ExposureSample.State] where random.below(60) == 0 { state.formSymmetricDifference(odd) }
      if edges, random.below(4) == 0 { state.insert(.edge) }
      if index + 1 == count ? random.below(2) == 0 : random.below(200) == 0 { state.insert(.finished) }
      let share = [10_000, 10_000, 10_000, 10_000, 5_000, 4_999, 3_000, 2_999, 0][random.below(9)]
      defer { time += [100, 100, 100, 200, 200, 50, 49, 0, 1, 300, 301, 600, 601, -100, 1_000][random.below(15)] }
      return ExposureSample(milliseconds: Int32(time), share: UInt16(share), state: state)
    }
  }
}
