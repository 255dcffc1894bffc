import AssayModel
import AssayParsing
import Testing

@Suite struct TimesTests {
  typealias Reader = (Span<UInt8>, Int, Int) -> TimeReading?

  /// What a notation makes of a text that stands between decoys, as ISO 8601; nil where it refuses it. What follows the
  /// time is returned too.
  func read(_ text: String, _ reader: Reader) -> (time: String, rest: String, isSubsecond: Bool)? {
    let bytes = Array("99:\(text)00+01".utf8)
    let (start, end) = (3, 3 + text.utf8.count)
    guard let reading = reader(bytes.span, start, end) else { return nil }
    let rest = String(decoding: bytes[reading.end..<end], as: UTF8.self)
    return (Timestamp(microseconds: reading.microseconds).iso8601, rest, reading.isSubsecond)
  }

  @Test(arguments: [
    ("17/May/2015:10:05:03 +0000", "2015-05-17T10:05:03Z"),
    ("17/May/2015:10:05:03 +0200", "2015-05-17T08:05:03Z"),
    ("17/May/2015:10:05:03 -0930", "2015-05-17T19:35:03Z"),
    ("17/MAY/2015:10:05:03", "2015-05-17T10:05:03Z"),
    ("29/Feb/2024:23:59:60 +0000", "2024-03-01T00:00:00Z"),
    ("01/Jan/1970:00:00:00 +1400", "1969-12-31T10:00:00Z"),
    ("31/Dec/9999:23:59:59 +0000", "9999-12-31T23:59:59Z"),
    ("14/Jan/2015:12:48:57.127", "2015-01-14T12:48:57.127Z"),
  ])
  func commonLogTimesAreRead(text: String, expected: String) {
    let reading = read(text, Times.commonLog)
    #expect(reading?.time == expected)
    #expect(reading?.rest == "")
  }

  @Test(arguments: [
    "", "17/May/2015", "17/May/2015:10:05:0", "32/May/2015:10:05:03", "29/Feb/2023:10:05:03", "00/May/2015:10:05:03",
    "17/Mai/2015:10:05:03", "17/May/1969:10:05:03", "17/May/2015:24:05:03", "17/May/2015:10:60:03",
    "17/May/2015:10:05:61", "17-May-2015:10:05:03", " 7/May/2015:10:05:03", "17/May/2015 10:05:03",
  ])
  func whatIsNoCommonLogTimeIsRefused(text: String) {
    #expect(read(text, Times.commonLog) == nil)
  }

  @Test(arguments: [
    ("2026-11-23T09:00:00Z", "2026-11-23T09:00:00Z", ""),
    ("2026-11-23t09:00:00z", "2026-11-23T09:00:00Z", ""),
    ("2026-11-23 09:00:00", "2026-11-23T09:00:00Z", ""),
    ("2026/11/23 09:00:00", "2026-11-23T09:00:00Z", ""),
    ("2026-11-23T09:00:00+01:00", "2026-11-23T08:00:00Z", ""),
    ("2026-11-23T09:00:00-0130", "2026-11-23T10:30:00Z", ""),
    ("2026-11-23T09:00:00+02", "2026-11-23T07:00:00Z", ""),
    ("2026-11-23 09:00:00.5 +0000", "2026-11-23T09:00:00.500Z", ""),
    ("2026-11-23 09:00:00,123 UTC", "2026-11-23T09:00:00.123Z", ""),
    ("2026-11-23T09:00:00.123456789Z", "2026-11-23T09:00:00.123456Z", ""),
    ("2026-11-23T09:00:00.1", "2026-11-23T09:00:00.100Z", ""),
    ("2026-11-23T09:00:00 more", "2026-11-23T09:00:00Z", " more"),
    ("2026-11-23T09:00:00.", "2026-11-23T09:00:00Z", "."),
  ])
  func isoTimesAreRead(text: String, expected: String, rest: String) {
    let reading = read(text, Times.iso8601)
    #expect(reading?.time == expected)
    #expect(reading?.rest == rest)
  }

  @Test(arguments: [
    "2026-11-23", "2026-11/23T09:00:00", "2026-13-01T09:00:00", "2026-11-31T00:00:00", "20261123T090000",
  ])
  func whatIsNoISOTimeIsRefused(text: String) {
    #expect(read(text, Times.iso8601) == nil)
  }

  @Test(arguments: [
    ("1700000000", "2023-11-14T22:13:20Z", false),
    ("1700000000.123", "2023-11-14T22:13:20.123Z", true),
    ("1700000000.123456789", "2023-11-14T22:13:20.123456Z", true),
    ("1700000000123", "2023-11-14T22:13:20.123Z", true),
    ("1700000000123.456", "2023-11-14T22:13:20.123456Z", true),
    ("1700000000123456", "2023-11-14T22:13:20.123456Z", true),
    ("1700000000123456789", "2023-11-14T22:13:20.123456Z", true),
    ("0", "1970-01-01T00:00:00Z", false),
  ])
  func theMagnitudeOfACountTellsItsUnit(text: String, expected: String, isSubsecond: Bool) {
    let reading = read(text + "x") { Times.epoch($0, $1, $2) }
    #expect(reading?.time == expected)
    #expect(reading?.isSubsecond == isSubsecond)
    #expect(reading?.rest == "x")
  }

  @Test(arguments: ["", "-1", "x", "99999999999999999999", ".5"])
  func whatIsNoCountIsRefused(text: String) {
    #expect(read(text + "x") { Times.epoch($0, $1, $2) } == nil)
  }

  @Test(arguments: [
    ("Nov 23 09:00:00", "1972-11-23T09:00:00Z"), ("Feb  3 09:00:00", "1972-02-03T09:00:00Z"),
    ("Feb 3 09:00:00", "1972-02-03T09:00:00Z"), ("feb 29 23:59:59", "1972-02-29T23:59:59Z"),
    ("Jan 03 09:00:00.250", "1972-01-03T09:00:00.250Z"),
  ])
  func syslogStampsAreReadInTheUnknownYear(text: String, expected: String) {
    #expect(read(text) { Times.syslog($0, $1, $2) }?.time == expected)
  }

  @Test func syslogStampsTakeTheYearThatTheCallerKnows() {
    #expect(read("Nov 23 09:00:00") { Times.syslog($0, $1, $2, year: 2026) }?.time == "2026-11-23T09:00:00Z")
    #expect(read("Feb 29 09:00:00") { Times.syslog($0, $1, $2, year: 2026) } == nil)
  }

  @Test func everyDayOfACenturyIsReadAsTheCalendarSays() {
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    for day in stride(from: 0, to: 36_525, by: 17) {
      let date = Timestamp.date(day: day)
      let two = date.day < 10 ? "0\(date.day)" : "\(date.day)"
      let text = "\(two)/\(months[date.month - 1])/\(date.year):12:34:56 +0000"
      let expected = Timestamp(year: date.year, month: date.month, day: date.day, hour: 12, minute: 34, second: 56)
      #expect(read(text, Times.commonLog)?.time == expected.iso8601)
    }
  }

  @Test func noPrefixOfATimeIsReadBeyondItsEnd() {
    let readers: [Reader] = [
      Times.commonLog, Times.iso8601, Times.timeOfDay, { Times.epoch($0, $1, $2) }, { Times.syslog($0, $1, $2) },
    ]
    for text in ["17/May/2015:10:05:03 +0000", "2026-11-23T09:00:00.123+01:00", "Nov 23 09:00:00", "1700000000.5"] {
      let bytes = Array(text.utf8)
      for count in 0...bytes.count {
        for reader in readers {
          // A span of exactly these bytes: a read beyond it would trap.
          let prefix = Array(bytes[..<count])
          if let reading = reader(prefix.span, 0, count) { #expect(reading.end <= count) }
        }
      }
    }
  }
}
