import AssayModel
import AssayParsing
import TestSupport
import Testing

/// What transports write before a line.
@Suite struct LinePrefixTests {
  static let line = #"192.0.2.10 - - [23/Nov/2026:09:00:00 +0100] "GET /i HTTP/1.1" 200 43 "-" "a \"b\"""#

  func read(_ format: String, _ line: String) throws -> Reading {
    var parser = try FormatCatalog.format(named: format).makeParser(ParserRequest())
    return Reading(Array(line.utf8), &parser)
  }

  @Test(arguments: [
    "Nov 23 09:00:00 web1 nginx: ", "Nov  3 09:00:00 web1 nginx[17]: ", "<190>Nov 23 09:00:00 web1 nginx: ",
    "<190>Nov 23 09:00:00 nginx: ", "2026-11-23T09:00:00.123+01:00 web1 nginx: ",
    "<165>1 2026-11-23T09:00:00.003Z web1 nginx 17 access - ", "<165>1 - - nginx - - - ",
    #"<165>1 2026-11-23T09:00:00Z web1 nginx 17 - [a@1 k="x \"] y"][b@1] "#,
    "<165>1 2026-11-23T09:00:00Z web1 nginx 17 - - \u{FEFF}", "",
  ])
  func syslogIsTakenOff(prefix: String) throws {
    let reading = try read("syslog+combined", prefix + LinePrefixTests.line)
    #expect(reading.outcome == .record)
    #expect(reading.fields[.address] == "192.0.2.10")
    #expect(reading.fields[.target] == "/i")
    #expect(reading.fields[.userAgent] == #"a "b""#)
    #expect(reading.time == "2026-11-23T08:00:00Z", "the line's own time counts")
  }

  @Test(arguments: ["2026-11-23T09:00:00.000000001Z stdout F ", "2026-11-23T10:00:00+01:00 stderr F "])
  func theContainerRuntimesPrefixIsTakenOff(prefix: String) throws {
    let reading = try read("cri+combined", prefix + LinePrefixTests.line)
    #expect(reading.outcome == .record)
    #expect(reading.fields[.address] == "192.0.2.10")
  }

  @Test func aPartOfALineIsSaidToBeOne() throws {
    let reading = try read("cri+combined", "2026-11-23T09:00:00Z stdout P " + LinePrefixTests.line)
    #expect(reading.issue == "cri.partial-line")
  }

  @Test func theTransportsTimeCountsWhereTheLineHasNone() throws {
    let format = "syslog+nginx:$remote_addr \"$request\" $status"
    #expect(
      try read(format, "<13>1 2026-11-23T09:00:00.5Z h p - - - 192.0.2.10 \"GET / HTTP/1.1\" 200").time
        == "2026-11-23T09:00:00.500Z")
    #expect(try read(format, "Nov 23 09:00:00 h p: 192.0.2.10 \"GET / HTTP/1.1\" 200").time == "1972-11-23T09:00:00Z")
    #expect(try read(format, "192.0.2.10 \"GET / HTTP/1.1\" 200").time == nil)
  }

  @Test func theColumnOfAMistakeCountsFromTheLinesBeginning() throws {
    let prefix = "Nov 23 09:00:00 web1 nginx: "
    let bare = try read("combined", "192.0.2.10 - - [23/Nov/2026:09:00:00 +0100] \"GET / HTTP/1.1\" x00 43 \"-\" \"-\"")
    let behind = try read(
      "syslog+combined", prefix + "192.0.2.10 - - [23/Nov/2026:09:00:00 +0100] \"GET / HTTP/1.1\" x00 43 \"-\" \"-\"")
    guard case .malformed(let first, let name, _) = bare.outcome, case .malformed(let second, name, _) = behind.outcome
    else {
      Issue.record("\(bare.outcome), \(behind.outcome)")
      return
    }
    #expect(first == 61 && second == first + prefix.utf8.count)
  }

  @Test(arguments: ["syslog+combined", "cri+combined"])
  func noPrefixOfAPrefixTraps(format: String) throws {
    for text in [
      #"<165>1 2026-11-23T09:00:00Z web1 nginx 17 - [a@1 k="x \"] y"][b@1] rest"#, "<190>Nov 23 09:00:00 web1 nginx: x",
      "2026-11-23T09:00:00.000000001Z stdout F x",
    ] {
      for count in 0...text.utf8.count {
        _ = try read(format, String(decoding: text.utf8.prefix(count), as: UTF8.self))
      }
    }
  }
}
