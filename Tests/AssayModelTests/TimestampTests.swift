import AssayModel
import Testing

struct TimestampTests {
  @Test(
    arguments: [
      (0, "1970-01-01T00:00:00Z"), (1, "1970-01-01T00:00:00.000001Z"), (-1, "1969-12-31T23:59:59.999999Z"),
      (250_000, "1970-01-01T00:00:00.250Z"), (951_782_400_000_000, "2000-02-29T00:00:00Z"),
      (4_107_542_399_000_000, "2100-02-28T23:59:59Z"), (4_107_542_400_000_000, "2100-03-01T00:00:00Z"),
      (1_795_424_400_250_000, "2026-11-23T09:00:00.250Z"), (-86_400_000_000, "1969-12-31T00:00:00Z"),
      (-62_167_219_200_000_000, "0000-01-01T00:00:00Z"), (-62_167_219_200_000_001, "-0001-12-31T23:59:59.999999Z"),
      (253_402_300_799_999_999, "9999-12-31T23:59:59.999999Z"),
    ] as [(Int64, String)])
  func aMomentIsWrittenInISO8601(microseconds: Int64, text: String) {
    #expect(Timestamp(microseconds: microseconds).iso8601 == text)
  }

  @Test func aDateBecomesAMoment() {
    #expect(Timestamp(year: 1970, month: 1, day: 1) == Timestamp(microseconds: 0))
    #expect(
      Timestamp(year: 2026, month: 11, day: 23, hour: 9, minute: 0, second: 0, microsecond: 250_000)
        == Timestamp(microseconds: 1_795_424_400_250_000))
    #expect(Timestamp(year: 1969, month: 12, day: 31, hour: 23, minute: 59, second: 59) == Timestamp(seconds: -1))
  }

  @Test func everyDayFollowsTheOneBefore() {
    var date = Timestamp.date(day: -800_000)
    for day in -799_999...800_000 {
      let next = Timestamp.date(day: day)
      let isNextDay = next.year == date.year && next.month == date.month && next.day == date.day + 1
      let isNextMonth = next.day == 1 && date.day >= 28 && next.month == date.month % 12 + 1
      guard isNextDay || isNextMonth, Timestamp.days(year: next.year, month: next.month, day: next.day) == day else {
        Issue.record("day \(day) is \(next) after \(date)")
        return
      }
      date = next
    }
  }

  @Test func theTimeBetweenMomentsSaturates() {
    let (early, late) = (Timestamp(microseconds: .min), Timestamp(microseconds: .max))
    #expect(late.microseconds(since: early) == .max)
    #expect(early.microseconds(since: late) == .min)
    #expect(Timestamp(seconds: 3).microseconds(since: Timestamp(seconds: 5)) == -2_000_000)
    #expect(early < late)
  }

  @Test func theFarthestMomentsAreWrittenWithoutTrapping() {
    #expect(Timestamp(microseconds: .max).iso8601 == "294247-01-10T04:00:54.775807Z")
    #expect(Timestamp(microseconds: .min).iso8601.hasSuffix("-12-21T19:59:05.224192Z"))
  }
}
