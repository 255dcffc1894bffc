import AssayModel
import AssayParsing
import TestSupport
import Testing

/// What clients send as a request line, seen through combined.
@Suite struct RequestLineTests {
  func read(_ request: String, agent: String = "-") throws -> Reading {
    var parser = try FormatCatalog.format(named: "combined").makeParser(ParserRequest())
    let line = "192.0.2.10 - - [23/Nov/2026:09:00:00 +0100] \"\(request)\" 200 43 \"-\" \"\(agent)\""
    return Reading(Array(line.utf8), &parser)
  }

  @Test(arguments: [
    ("GET /i HTTP/1.1", "GET", "/i", "HTTP/1.1"), ("GET /a b  c HTTP/1.1", "GET", "/a b  c", "HTTP/1.1"),
    ("GET  /i  HTTP/2", "GET", "/i", "HTTP/2"), ("GET /i", "GET", "/i", nil), ("OPTIONS *", "OPTIONS", "*", nil),
    ("GET /i HTTP/1.1 ", "GET", "/i", "HTTP/1.1"), ("M-SEARCH * HTTP/1.1", "M-SEARCH", "*", "HTTP/1.1"),
    ("OPTIONS / RTSP/1.0", "OPTIONS", "/", "RTSP/1.0"),
    ("CONNECT ads.example:443 HTTP/1.1", "CONNECT", "ads.example:443", "HTTP/1.1"),
    ("GET https://ads.example/i", "GET", "https://ads.example/i", nil), ("get /i HTTP/1.0", "get", "/i", "HTTP/1.0"),
    ("GET HTTP/1.1", "GET", nil, "HTTP/1.1"), ("PRI * HTTP/2.0", "PRI", "*", "HTTP/2.0"),
    ("-", nil, nil, nil), ("", nil, nil, nil), ("/i", nil, nil, nil), ("/i HTTP/1.1", nil, nil, nil),
    ("HELP", nil, nil, nil),
    ("GET", nil, nil, nil), ("GET ", nil, nil, nil), ("\\x16\\x03\\x01", nil, nil, nil),
    ("hello big world", nil, nil, nil),
    ("- - -", nil, nil, nil), ("\u{1F4A9} / HTTP/1.1", nil, nil, nil),
    ("POST /a\\\"b HTTP/1.1", "POST", "/a\"b", "HTTP/1.1"),
    ("GET /a\"b HTTP/1.1", "GET", "/a\"b", "HTTP/1.1"),
  ])
  func aRequestIsTakenApartAsFarAsItIsOne(text: String, method: String?, target: String?, version: String?) throws {
    let reading = try read(text)
    #expect(reading.outcome == .record)
    #expect(reading.fields[.method] == method)
    #expect(reading.fields[.target] == target)
    #expect(reading.fields[.protocolVersion] == version)
    #expect(reading.fields[.status] == "200")
  }

  @Test(arguments: [
    (#"a \"b\" c"#, #"a "b" c"#), (#"\\"#, #"\"#), (#"a\x22\xC3\xA9"#, #"a"é"#), (#"\n\t"#, "\n\t"),
    (#"\q \xZZ \u12 \"#, #"\q \xZZ \u12 \"#), (#"\u00e9\/"#, "é/"), ("-", ""), ("", ""), ("--", "--"), (#"\x2D"#, "-"),
  ])
  func escapesAreResolvedAndWhatOnlyLooksLikeOneIsKept(text: String, expected: String) throws {
    // A last backslash would escape the quotation mark, so the value is followed by a space where it ends with one.
    let isOpen = text.hasSuffix(#" \"#)
    let reading = try read("GET / HTTP/1.1", agent: isOpen ? text + " " : text)
    #expect(reading.fields[.userAgent] == (isOpen ? expected + " " : expected))
  }

  @Test func aBlankFieldIsPresentAndAMissingColumnIsNot() throws {
    let reading = try read("GET / HTTP/1.1")
    #expect(reading.fields[.userAgent] == "" && reading.fields[.referrer] == "")
    #expect(reading.fields[.forwardedFor] == nil && reading.fields[.host] == nil)
  }

  /// Lines that would take hours if any step were quadratic.
  @Test(arguments: [" ", "\"", "\\", "\\\"", "\" ", "] \"", " [", "|", "{", "a,", "\" \"", "/ HTTP"])
  func hostileLinesTakeLinearTime(piece: String) throws {
    let noise = String(repeating: piece, count: 100_000 / piece.utf8.count)
    let lines = [
      noise, "192.0.2.10 - \(noise) [23/Nov/2026:09:00:00 +0100] \"GET / HTTP/1.1\" 200 43 \"-\" \"-\"",
      "192.0.2.10 - - [23/Nov/2026:09:00:00 +0100] \"\(noise)\" 200 43 \"-\" \"-\"",
      "192.0.2.10 - - [23/Nov/2026:09:00:00 +0100] \"GET / HTTP/1.1\" 200 43 \"-\" \"\(noise)",
    ].map { Array($0.utf8) }
    for format in FormatCatalog.all {
      var parser = try format.makeParser(ParserRequest())
      for line in lines {
        var fields = LineFields()
        _ = parser.parse(line.span, into: &fields)
      }
    }
  }
}
