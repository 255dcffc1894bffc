import AssayMeasurement
import AssayModel
import TestSupport
import Testing

struct LocalCalendarTests {
  /// Central European time as it is in 2026: summer from 29 March to 25 October, changed at 01:00 UTC.
  private var berlin: LocalCalendar {
    LocalCalendar(
      name: "Europe/Berlin",
      transitions: [
        (Timestamp(year: 2026, month: 10, day: 25, hour: 1), 3_600),
        (Timestamp(year: 2025, month: 10, day: 26, hour: 1), 3_600),
        (Timestamp(year: 2026, month: 3, day: 29, hour: 1), 7_200),
      ])
  }

  private func date(_ calendar: LocalCalendar, _ time: Timestamp) -> String {
    var calendar = calendar
    return LocalCalendar.isoDate(calendar.day(of: time))
  }

  @Test func aDayOfUTCChangesAtMidnightToTheMicrosecond() {
    let midnight = Timestamp(year: 2026, month: 3, day: 1)
    #expect(date(.utc, Timestamp(microseconds: midnight.microseconds - 1)) == "2026-02-28")
    #expect(date(.utc, midnight) == "2026-03-01")
  }

  @Test func winterIsOneHourAheadAndSummerTwo() {
    #expect(date(berlin, Timestamp(year: 2026, month: 1, day: 31, hour: 22, minute: 59)) == "2026-01-31")
    #expect(date(berlin, Timestamp(year: 2026, month: 1, day: 31, hour: 23)) == "2026-02-01")
    #expect(date(berlin, Timestamp(year: 2026, month: 7, day: 31, hour: 21, minute: 59)) == "2026-07-31")
    #expect(date(berlin, Timestamp(year: 2026, month: 7, day: 31, hour: 22)) == "2026-08-01")
  }

  @Test(arguments: [(3, 28, 24), (3, 29, 23), (3, 30, 24), (10, 24, 24), (10, 25, 25), (10, 26, 24)])
  func aDayHasAsManyHoursAsTheClocksGiveIt(month: Int, day: Int, hours: Int) {
    var calendar = berlin
    let wanted = Int32(Timestamp.days(year: 2026, month: month, day: day))
    let start = Timestamp(year: 2026, month: month, day: day).microseconds - 12 * 3_600_000_000
    let found = (0..<48).count {
      calendar.day(of: Timestamp(microseconds: start + Int64($0) * 3_600_000_000)) == wanted
    }
    #expect(found == hours)
  }

  @Test func beforeTheFirstTransitionItsOffsetHolds() {
    #expect(date(berlin, Timestamp(year: 1990, month: 6, day: 30, hour: 23)) == "1990-07-01")
  }

  @Test func aDayThatWasSkippedDoesNotExist() {
    // West to east of the date line, as Samoa went at the end of 29 December 2011.
    let calendar = LocalCalendar(
      name: "skip",
      transitions: [
        (Timestamp(year: 2011, month: 9, day: 24), -36_000),
        (Timestamp(year: 2011, month: 12, day: 30, hour: 10), 50_400),
      ])
    #expect(date(calendar, Timestamp(year: 2011, month: 12, day: 30, hour: 9, minute: 59)) == "2011-12-29")
    #expect(date(calendar, Timestamp(year: 2011, month: 12, day: 30, hour: 10)) == "2011-12-31")
  }

  @Test func whatWasFoundLastDoesNotMatter() {
    var (kept, random) = (berlin, SeededGenerator(seed: 4))
    for _ in 0..<2_000 {
      let hours = Int64.random(in: -24 * 400...24 * 400, using: &random)
      let time = Timestamp(seconds: Timestamp(year: 2026, month: 3, day: 29).microseconds / 1_000_000 + hours * 3_600)
      var fresh = berlin
      #expect(kept.day(of: time) == fresh.day(of: time))
    }
  }

  @Test func theFarthestTimesDoNotTrap() {
    var calendar = berlin
    #expect(calendar.day(of: Timestamp(microseconds: .max)) == 106_751_991)
    #expect(calendar.day(of: Timestamp(microseconds: .max)) == 106_751_991)
    #expect(calendar.day(of: Timestamp(microseconds: .min)) == -106_751_992)
  }

  @Test(
    arguments: [
      (0, "1970-01-01"), (-1, "1969-12-31"), (20_512, "2026-02-28"), (-719_528, "0000-01-01"),
      (-719_529, "-0001-12-31"),
      (2_932_897, "10000-01-01"),
    ] as [(Int32, String)])
  func datesAreISO8601(day: Int32, text: String) {
    #expect(LocalCalendar.isoDate(day) == text)
  }
}
