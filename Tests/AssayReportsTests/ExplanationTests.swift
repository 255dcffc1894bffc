import AssayMeasurement
import AssayModel
import TestSupport
import Testing

@testable import AssayReports

@Suite struct ExplanationTests {
  private static let cards = SampleCards.all
  private static let line =
    "198.51.100.7 - - [31/Oct/2026:00:00:12 +0000] \"GET /ad?c=spring-sale HTTP/1.1\" 200 43 \"-\" \"\u{1b}[1mx\""

  @Test func `one event is told with its line and with what the detectors mean`() throws {
    let event = StoredEvent(event: Samples.event(.click, offset: 20_511, line: 109, detectors: [1, 2]))
    try Snapshot.check(
      explanation(of: [event], lines: [ExplanationTests.line], cards: ExplanationTests.cards, subject: "0:20511"),
      "reports/explain/event.golden")
  }

  @Test func `a session is told with its length and its events, each detector once`() throws {
    let events = [
      Samples.event(.impression, offset: 18_234, line: 97, detectors: [0]),
      Samples.event(.click, offset: 20_511, line: 109, detectors: [0, 1]),
      Samples.event(.impression, offset: 20_999, line: 110, detectors: []),
    ].map { StoredEvent(event: $0) }
    let session = StoredSession(
      id: 0xfeed_0000_0000_0001, visitor: 1, start: Timestamp(seconds: 1_793_500_000),
      end: Timestamp(seconds: 1_793_500_300), events: 12, closing: "end-of-input")
    let text = explanation(
      of: events, lines: [ExplanationTests.line, nil], cards: ExplanationTests.cards, subject: "feed000000000001",
      total: 40, session: session, options: ReportOptions(width: 80))
    try Snapshot.check(text, "reports/explain/session.golden")
    #expect(text.split(separator: "\n").allSatisfy { Display.width(String($0)) <= 80 || $0.hasPrefix("  log line") })
  }

  @Test func `nothing found is said as such`() {
    let text = explanation(of: [], lines: [], cards: [], subject: "\u{1b}[2J")
    #expect(text.hasPrefix("Nothing is stored about \\x1b[2J"))
  }

  @Test func `odd events, short lines and unknown detectors are told without a crash`() {
    let text = explanation(
      of: Samples.odd.samples.map { StoredEvent(event: $0.event) }, lines: [], cards: [], subject: "=")
    #expect(!text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" || $0 == "\u{202e}" })
  }

  @Test func `privacy leaves out the log line and the address`() {
    let event = StoredEvent(event: Samples.event(.click, offset: 1, line: 1, detectors: [0]))
    let text = explanation(
      of: [event], lines: [ExplanationTests.line], cards: ExplanationTests.cards, subject: "0:1",
      options: ReportOptions(privacy: .truncated))
    #expect(text.contains("198.51.100.0"))
    #expect(!text.contains("198.51.100.7") && !text.contains("log line"))
  }

  @Test(
    arguments: [
      (420_000_000, "ms", "420 ms"), (1_500_000_000, "ms", "1.5 s"), (1_800_000_000, "s", "30 min"),
      (1_000_000, "events", "1 event"),
      (31_000_000, "events", "31 events"), (50_000, "share", "5%"), (42_500, "share", "4.25%"), (0, "", "0"),
      (-1_250_000, "", "-1.25"), (172_800_000_000, "s", "2 d"), (.max, "share", "9,223,372,036,854.775807"),
      (.min, "ms", "-106,751.9 d"), (12_345_678_900_000, "requests", "12,345,678.9 requests"),
    ] as [(Int64, String, String)])
  func `millionths of a unit are told as a person says them`(millionths: Int64, unit: String, text: String) {
    #expect(Quantity.text(millionths: millionths, unit: unit) == text)
  }
}
