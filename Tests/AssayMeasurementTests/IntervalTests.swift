import AssayMeasurement
import Testing

struct IntervalTests {
  // Computed with 40 digits from the formula in Wilson 1927; 81 of 263, 15 of 148, 0 of 20 and 1 of 29 are the examples of
  // Newcombe, Statistics in Medicine 17 (1998), table I.
  @Test(
    arguments: [
      (0, 10, 0, 0.277532800), (10, 10, 0.722467200, 1), (5, 10, 0.236593091, 0.763406909),
      (1, 1_000, 0.000176546, 0.005642559), (81, 263, 0.255288520, 0.366209577), (15, 148, 0.062386400, 0.160487242),
      (0, 20, 0, 0.161125158), (1, 29, 0.006113214, 0.171755219), (123_456, 1_000_000, 0.122812697, 0.124102196),
      (1, 1, 0.206549314, 1),
    ] as [(Int64, Int64, Double, Double)])
  func wilsonsIntervalAt95Percent(successes: Int64, trials: Int64, lower: Double, upper: Double) {
    let interval = Interval.wilson(successes: successes, of: trials)
    #expect(interval?.lower == lower)
    #expect(interval?.upper == upper)
  }

  @Test func noIntervalInMillionthsMissesItsRate() throws {
    for whole in Int64(1)...60 {
      for part in 0...whole {
        let rate = try #require(Ratio(part, of: whole))
        let (lower, upper) = try #require(rate.interval()?.millionths)
        #expect(0 <= lower && lower <= rate.millionths && rate.millionths <= upper && upper <= 1_000_000)
      }
    }
    #expect(Ratio(2, of: 1)?.interval() == nil)
  }

  @Test(
    arguments: [
      (1, 3, 333_333), (2, 3, 666_667), (1, 2_000_000, 1), (1, 2_000_001, 0), (3, 2, 1_500_000), (0, 5, 0),
      (.max, .max, 1_000_000), (.max, 1, .max),
    ] as [(Int64, Int64, Int64)])
  func aRatioInMillionthsIsRoundedHalfUp(part: Int64, whole: Int64, millionths: Int64) {
    #expect(Ratio(part, of: whole)?.millionths == millionths)
  }

  @Test func withoutAWholeOrWithLessThanNothingThereIsNoRatio() {
    #expect(Ratio(1, of: 0) == nil && Ratio(1, of: -1) == nil && Ratio(-1, of: 5) == nil)
  }

  @Test func otherConfidencesGiveOtherIntervals() {
    let narrow = Interval.wilson(successes: 81, of: 263, confidence: .percent90)
    #expect(narrow?.lower == 0.263313617)
    #expect(narrow?.upper == 0.356566350)
    let wide = Interval.wilson(successes: 1, of: 1_000, confidence: .percent99)
    #expect(wide?.lower == 0.000117416)
    #expect(wide?.upper == 0.008460566)
  }

  @Test(arguments: [(0, 0), (-1, 5), (6, 5), (1, -1)] as [(Int64, Int64)])
  func withoutTrialsOrWithImpossibleCountsThereIsNone(successes: Int64, trials: Int64) {
    #expect(Interval.wilson(successes: successes, of: trials) == nil)
  }

  @Test func theIntervalHoldsTheShareAndNarrowsWithTrials() throws {
    var width = 1.0
    for trials in [10, 100, 10_000, 1_000_000, 1_000_000_000_000] as [Int64] {
      let interval = try #require(Interval.wilson(successes: trials / 5, of: trials))
      #expect(interval.lower < 0.2 && 0.2 < interval.upper)
      #expect(interval.upper - interval.lower < width)
      width = interval.upper - interval.lower
    }
  }
}
