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

  @Test(arguments: ["caddy  | ", "web-1 | ", "web_1.a    | ", ""])
  func theNamesOfDockerComposeAreTakenOff(prefix: String) throws {
    let reading = try read("compose+combined", prefix + LinePrefixTests.line)
    #expect(reading.outcome == .record && reading.fields[.address] == "192.0.2.10")
  }

  @Test(arguments: ["| ", "web| ", "web |", "web x | ", " web | "])
  func whatIsNoNameOfDockerComposeStays(prefix: String) throws {
    #expect(try read("compose+nginx:$remote_addr", prefix + "x").fields[.address] != "x")
  }

  /// The line as a string in JSON.
  static let quoted = line.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")

  @Test(arguments: [
    #"{"log":"LINE\n","stream":"stdout","time":"2026-11-23T09:00:00.000000001Z"}"#,
    #"{"log":"LINE\r\n"}"#,
    #"{"level":"INFO","tags":{"a":["x"]},"message":"web.0 nginx: LINE","timestamp":1795424400}"#,
    #" { "MESSAGE" : "nginx[17]: LINE" } "#, #"{"message":"<190>Nov 23 09:00:00 web1 nginx: LINE"}"#,
    #"{"message":"2001:db8:: - - [x","log":"\u004cINE"}"#, "LINE",
  ])
  func aLineInsideJSONIsTakenOut(envelope: String) throws {
    let isPlain = envelope == "LINE"
    let inside = isPlain ? LinePrefixTests.line : LinePrefixTests.quoted
    let text = envelope.replacing(#"\u004cINE"#, with: "LINE").replacing("LINE", with: inside)
    let reading = try read("json+combined", text)
    #expect(reading.outcome == .record, "\(text)")
    #expect(reading.fields[.address] == "192.0.2.10" && reading.fields[.target] == "/i")
    #expect(reading.fields[.userAgent] == #"a "b""# && reading.fields[.referrer] == "")
    #expect(reading.time == "2026-11-23T08:00:00Z")
    let bytes = Array((text + "\n").utf8)
    #expect(FormatDetection.detect(bytes.span)[0].format.card.id == (isPlain ? "combined" : "json+combined"))
  }

  @Test func anAddressThatEndsWithColonsIsNoProgram() throws {
    let line = #"{"log":"2001:db8:: - - [23/Nov/2026:09:00:00 +0100] \"GET / HTTP/1.1\" 200 5"}"#
    #expect(try read("json+common", line).fields[.address] == "2001:db8::")
  }

  @Test func jsonInsideJSONIsRead() throws {
    let line =
      #"{"log":"{\"ts\":1795424400,\"request\":{\"remote_ip\":\"192.0.2.7\",\"method\":\"GET\",\"uri\":\"/\\u0022\"}}\n"}"#
    let reading = try read("json+caddy", line)
    #expect(reading.fields[.address] == "192.0.2.7" && reading.fields[.target] == "/\"")
    #expect(reading.time == "2026-11-23T09:00:00Z")
  }

  @Test func whatIsWrongInsideJSONIsSaidWithItsPlaceInTheLine() throws {
    #expect(try read("json+combined", #"{"log":"192.0.2.1"#).issue == "json.no-closing-quote")
    #expect(try read("json+combined", #"{"id":7}"#).issue == "combined.no-client")
    let line = #"{"log":"192.0.2.10 - - [23/Nov/2026:09:00:00 +0100] \"\u00e9 / HTTP/1.1\" x00 43 \"-\" \"-\""}"#
    guard case .malformed(let column, "combined.not-a-number", _) = try read("json+combined", line).outcome else {
      Issue.record("\(try read("json+combined", line).outcome)")
      return
    }
    #expect(Array(line.utf8)[column] == UInt8(ascii: "x"))
    let empty = try read(
      "json+nginx:$remote_addr \"$request\"", #"{"log":"192.0.2.1 \"GET /\"","time":"2026-11-23T09:00:00Z"}"#)
    #expect(empty.time == "2026-11-23T09:00:00Z", "the transport's time counts where the line has none")
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

  @Test(arguments: ["syslog+combined", "cri+combined", "compose+combined", "json+combined"])
  func noPrefixOfAPrefixTraps(format: String) throws {
    for text in [
      #"<165>1 2026-11-23T09:00:00Z web1 nginx 17 - [a@1 k="x \"] y"][b@1] rest"#, "<190>Nov 23 09:00:00 web1 nginx: x",
      "2026-11-23T09:00:00.000000001Z stdout F x", "web-1   | x", #"{"log":"web nginx: \u00e9\n","time":1795424400}"#,
    ] {
      for count in 0...text.utf8.count {
        _ = try read(format, String(decoding: text.utf8.prefix(count), as: UTF8.self))
      }
    }
  }
}
