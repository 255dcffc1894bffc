import AssayMeasurement
import AssayModel
import Testing

@testable import AssayReports

@Suite struct TextTests {
  @Test(
    arguments: [
      (0, 10, "0.0%"), (1, 3, "33.3%"), (2, 3, "66.7%"), (1, 100_000, "<0.1%"), (99_999, 100_000, ">99.9%"),
      (5, 5, "100.0%"),
      (0, 0, "–"), (3, 2, "150.0%"), (1, Int64.max, "<0.1%"), (.max - 1, .max, ">99.9%"), (-1, 5, "–"),
    ] as [(Int64, Int64, String)])
  func `a rate is never rounded to nothing or to all`(part: Int64, whole: Int64, text: String) {
    #expect(Numbers.percent(Ratio(part, of: whole)) == text)
  }

  @Test func `an interval is told in percent, and where there is none, a dash`() {
    #expect(Numbers.interval(Ratio(81, of: 263)) == "25.5–36.6%")
    #expect(Numbers.interval(Ratio(0, of: 20)) == "0.0–16.1%")
    #expect(Numbers.interval(nil) == "–" && Numbers.interval(Ratio(2, of: 1)) == "–")
  }

  @Test func `numbers and amounts are grouped and aligned`() {
    #expect(Numbers.grouped(Int64.min) == "-9,223,372,036,854,775,808")
    #expect(
      [0, 999, 1_000, -1_000, 1_234_567].map { Numbers.grouped($0) } == ["0", "999", "1,000", "-1,000", "1,234,567"])
    #expect(
      [0, 4_999, 5_000, 1_005_000, -2_345_000_000].map { Numbers.money(Money(millionths: $0)) } == [
        "0.00", "<0.01", "0.01", "1.01", "-2,345.00",
      ])
    #expect(
      [0, 1_500_000, -1, .min].map { Numbers.trimmed($0) } == ["0", "1.5", "-0.000001", "-9,223,372,036,854.775808"])
    #expect(
      [0, 1_023, 1_024, 1_536, 1_048_576, .max].map { Numbers.bytes($0) } == [
        "0 B", "1023 B", "1.0 KiB", "1.5 KiB", "1.0 MiB", "7.9 EiB",
      ])
  }

  @Test(arguments: [("abc", 3), ("e\u{301}", 1), ("漢字", 4), ("👍", 2), ("\u{200b}x", 1), ("ä–…", 3), ("＝", 2), ("", 0)])
  func `text is measured in columns`(text: String, width: Int) {
    #expect(Display.width(text) == width)
  }

  @Test func `cut text is as wide as asked, or narrower by half a wide letter`() {
    for text in [
      "plain and long enough", "漢字カナの長い名前", "e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}", "👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦",
      "a" + String(repeating: "\u{301}", count: 5_000),
    ] {
      for limit in 1...30 {
        let cut = Display.cut(text, to: limit)
        #expect(Display.width(cut) <= limit && cut.unicodeScalars.count <= 4 * limit + 20)
        #expect(cut == text || cut.hasSuffix("…"))
      }
    }
  }

  @Test func `wrapped text loses no word and keeps to its width`() {
    let text = "one two three four fivesixseveneightnineten eleven"
    let lines = Display.wrapped(text, width: 12)
    #expect(lines.joined(separator: " ") == text)
    #expect(lines.allSatisfy { $0.count <= 12 || !$0.contains(" ") })
    #expect(Display.wrapped("  ", width: 5).isEmpty)
  }

  @Test(arguments: [
    ("plain", "plain"), ("a,b", "\"a,b\""), ("say \"x\"", "\"say \"\"x\"\"\""), ("=1+1", "'=1+1"), ("+1", "'+1"),
    ("-1", "'-1"),
    ("@SUM(A1)", "'@SUM(A1)"), ("\t=1", "\\x09=1"), ("=a,b", "\"'=a,b\""), ("＝1", "'＝1"), ("a\r\nb", "a\\x0d\\x0ab"),
    ("", ""),
    (" =1", " =1"), ("１", "１"),
  ])
  func `cells are quoted and no formula`(text: String, cell: String) {
    var bytes: [UInt8] = []
    CSVText.append(text, to: &bytes)
    #expect(String(decoding: bytes, as: UTF8.self) == cell)
  }

  @Test func `Markdown shows hostile text as it is`() {
    #expect(
      MarkdownReport.escaped("a|b <img src=x> [l](http://x) @all `c` www.x")
        == "a\\|b &lt;img src=x&gt; \\[l\\](http&#58;//x) &#64;all \\`c\\` www&#46;x")
  }

  @Test func `bars say nothing of nothing and something of little`() {
    #expect(
      [(0, 5), (1, 1_000), (1, 2), (5, 5), (9, 5)].map { Bar.text(Ratio($0.0, of: $0.1)) } == [
        "", "▏", "████", "████████", "████████",
      ])
  }

  @Test func `a sink hands on in pieces and remembers why it could not`() {
    var parts: [Int] = []
    var buffer = TextBuffer(capacity: 8) { (bytes) throws(AssayError) in
      parts.append(bytes.count)
      if parts.count == 2 { throw AssayError(.inputOutput, "full") }
    }
    for _ in 0..<10 { buffer.write("12345") }
    #expect(throws: AssayError(.inputOutput, "")) { try buffer.finish() }
    #expect(parts == [10, 10])
  }
}
