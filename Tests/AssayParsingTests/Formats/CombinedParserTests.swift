import AssayModel
import AssayParsing
import TestSupport
import Testing

/// The fast reader of Common and Combined Log Format against its slow twin, the pattern of the same format.
@Suite struct CombinedParserTests {
  /// The twins: asking for a column makes the parser leave its fast way altogether.
  func twins(_ name: String) throws -> (fast: any LineParser, slow: any LineParser) {
    let format = try FormatCatalog.format(named: name)
    return (try format.makeParser(ParserRequest()), try format.makeParser(ParserRequest(columns: ["status"])))
  }

  static let lines = [
    #"192.0.2.10 - - [23/Nov/2026:09:00:00 +0100] "GET /imp?cid=ab&pl=7 HTTP/1.1" 200 43 "https://news.example/a" "Mozilla/5.0 (X11)""#,
    #"2001:db8::7 - - [23/Nov/2026:09:00:00 +0100] "POST /form HTTP/2.0" 302 - "-" "-""#,
    #"192.0.2.10:50123 - - [23/Nov/2026:09:00:01 -0930] "HEAD / HTTP/1.0" 404 0 "" """#,
    #"client.example.net - - [01/Jan/1970:00:00:00 +0000] "GET http://ads.example/i?x= HTTP/1.1" 200 43 "-" "x" 17 "y""#,
    #"192.0.2.10 - bob [23/Nov/2026:09:00:00 +0100] "GET /a b HTTP/1.1" 200 43 "-" "a \"b\" \x22""#,
    #"192.0.2.10 - - [23/Nov/2026:09:00:00 +0100] "\x16\x03\x01" 400 157 "-" "-""#,
    #"192.0.2.10 - - [23/Nov/2026:09:00:00 +0100] "GET /only-common HTTP/1.1" 200 43"#,
    #"ads.example:443 192.0.2.10 - - [23/Nov/2026:09:00:00 +0100] "OPTIONS * HTTP/1.1" 200 0 "-" "-""#,
  ]

  @Test(arguments: ["combined", "common"])
  func theFastWayAndThePatternAgreeOnEveryPrefix(name: String) throws {
    var (fast, slow) = try twins(name)
    for line in CombinedParserTests.lines {
      let bytes = Array(line.utf8)
      for count in 0...bytes.count {
        let prefix = Array(bytes[..<count])
        #expect(Reading(prefix, &fast) == Reading(prefix, &slow), "\(String(decoding: prefix, as: UTF8.self))")
      }
    }
  }

  @Test(arguments: ["combined", "common"])
  func theFastWayAndThePatternAgreeOnMutatedLines(name: String) throws {
    var (fast, slow) = try twins(name)
    var random = SeededGenerator(seed: 11)
    let interesting = Array("\" []-+:/.\\#0129AZaz\tHTTP".utf8) + [0, 0x80, 0xff]
    for round in 0..<8_000 {
      var line = Array(CombinedParserTests.lines[round % CombinedParserTests.lines.count].utf8)
      for _ in 0..<Int.random(in: 0...3, using: &random) where !line.isEmpty {
        let index = Int.random(in: line.indices, using: &random)
        let byte = interesting[Int.random(in: interesting.indices, using: &random)]
        switch Int.random(in: 0..<5, using: &random) {
        case 0: line[index] = byte
        case 1: line.insert(byte, at: index)
        case 2: line.remove(at: index)
        case 3: line.insert(line[index], at: index)
        default:
          let end = Int.random(in: index..<min(line.count, index + 12), using: &random)
          line.removeSubrange(index...end)
        }
      }
      #expect(Reading(line, &fast) == Reading(line, &slow), "\(printableText(line))")
    }
  }

  @Test func theTimeOfTheLineBeforeIsTakenOnlyForTheSameText() throws {
    var parser = try twins("combined").fast
    let times = [
      ("23/Nov/2026:09:00:00 +0100", "2026-11-23T08:00:00Z"), ("23/Nov/2026:09:00:00 +0100", "2026-11-23T08:00:00Z"),
      ("23/Nov/2026:09:00:00 +0200", "2026-11-23T07:00:00Z"), ("23/Nov/2026:09:00:01 +0200", "2026-11-23T07:00:01Z"),
      ("24/Nov/2026:09:00:01 +0200", "2026-11-24T07:00:01Z"), ("23/Nov/2026:09:00:00 -0100", "2026-11-23T10:00:00Z"),
    ]
    for (text, expected) in times {
      let line = #"192.0.2.10 - - [\#(text)] "GET /i?c=7 HTTP/1.1" 200 43 "-" "x y z""#
      #expect(Reading(Array(line.utf8), &parser).time == expected)
    }
  }
}
