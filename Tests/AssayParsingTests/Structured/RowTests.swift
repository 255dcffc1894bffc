import AssayModel
import AssayParsing
import Testing

@Suite("Rows of columns")
struct RowTests {
  @Test(
    "Quotes are read as RFC 4180 has them",
    arguments: [
      ("a,b", "a|b"), ("\"a\",\"b\"", "a|b"), ("\"a,1\",b", "a,1|b"), ("\"a\"\"1\",b", "a\"1|b"), (",", "|"),
      ("\"\",\"\"", "|"), ("\"\"\"\",x", "\"|x"), ("a\"b,c\"", "a\"b|c\""), (" \"a\",b", " \"a\"|b"),
      ("\"a\"\"\",\"\"\"b\"", "a\"|\"b"), ("a,\"b", "csv.no-closing-quote@4"), ("a,\"b\"\"", "csv.no-closing-quote@6"),
      ("\"a\"x,b", "csv.text-after-quote@3"), ("\"a\" ,b", "csv.text-after-quote@3"), ("a", "csv.column-count@1"),
      ("a,b,c", "csv.column-count@4"), ("a,b,", "csv.column-count@4"), ("\"a,b\"", "csv.column-count@5"),
    ])
  func quoting(row: String, expected: String) throws {
    let parsed = try ParsedLine.last(of: "x,y\n" + row, as: structuredFormat("csv"), columns: ["x", "y"])
    if let issue = parsed.issue {
      #expect("\(issue)@\(try #require(parsed.column))" == expected)
    } else {
      #expect("\(parsed.columns[0] ?? "nil")|\(parsed.columns[1] ?? "nil")" == expected)
    }
  }

  @Test("Until there is a header every row is an issue, and the same header again is none")
  func headers() throws {
    var parser = try structuredFormat("csv").makeParser(ParserRequest())
    let issues = ["# export", "192.0.2.1,x", "ip,ua", "192.0.2.1,x", "", "ip,ua", "IP,UA", "192.0.2.2,y"].map {
      ParsedLine(&parser, Array($0.utf8)).issue
    }
    #expect(issues == ["csv.no-header", "csv.no-header", "ignored", nil, "ignored", "ignored", nil, nil])
  }

  @Test("A #Fields: directive in the middle of a file changes the columns")
  func fieldsChange() throws {
    var parser = try structuredFormat("w3c").makeParser(ParserRequest(columns: ["x-ad"]))
    func parse(_ line: String) -> ParsedLine { ParsedLine(&parser, Array(line.utf8), columns: 1) }
    #expect(parse("#Fields: date time c-ip x-ad").issue == "ignored")
    #expect(parse("2026-11-23 09:00:00 192.0.2.1 7").fields[.address] == "192.0.2.1")
    #expect(parse("#fields: x-ad c-ip").issue == "ignored")
    let changed = parse("8 192.0.2.2")
    #expect(changed.fields == [.address: "192.0.2.2"])
    #expect(changed.columns == [0: "8"])
    #expect(changed.time == nil)
    #expect(parse("2026-11-23 09:00:00 192.0.2.1 7").issue == "w3c.column-count")
    #expect(parse("#Fields:").issue == "ignored")
    #expect(parse("1").issue == "w3c.no-fields")
  }

  @Test(
    "Values are decoded as their format writes them",
    arguments: [
      ("w3c", "#Fields: c-ip cs(User-Agent)\n192.0.2.1 a+b++c+++d", "a b +c + d"),
      ("w3c", "#Fields: c-ip cs(User-Agent)\n192.0.2.1 100%25", "100%25"),
      ("cloudfront", "#Fields: c-ip cs(User-Agent)\n192.0.2.1\ta%2520b%20c%zz%2", "a b c%zz%2"),
      ("cloudfront", "#Fields: c-ip cs(User-Agent)\n192.0.2.1\t%2525", "%"),
      ("zeek", "#fields\tid.orig_h\tuser_agent\n192.0.2.1\ta\\x09b\\\\x09\\q", "a\tb\\x09\\q"),
      ("zeek", "#fields\tid.orig_h\tuser_agent\n192.0.2.1\t(empty)", ""),
    ])
  func decoding(id: String, text: String, agent: String) throws {
    #expect(try ParsedLine.last(of: text, as: structuredFormat(id)).fields[.userAgent] == agent)
  }

  @Test(
    "Time is read in the notation that it has",
    arguments: [
      ("2026-11-23T09:00:00Z", "2026-11-23T09:00:00Z"), ("2026-11-23T09:00:00", "2026-11-23T09:00:00Z"),
      ("2026-11-23 10:00:00.5 +0100", "2026-11-23T09:00:00.500Z"), ("2026/11/23 09:00:00", "2026-11-23T09:00:00Z"),
      ("23/Nov/2026:10:00:00 +0100", "2026-11-23T09:00:00Z"), ("[23/Nov/2026:09:00:00 +0000]", "2026-11-23T09:00:00Z"),
      ("1795424400", "2026-11-23T09:00:00Z"), ("1795424400.25", "2026-11-23T09:00:00.250Z"),
      ("1795424400250", "2026-11-23T09:00:00.250Z"), ("1795424400000001", "2026-11-23T09:00:00.000001Z"),
      ("1795424400000001999", "2026-11-23T09:00:00.000001Z"), ("-", nil), ("", nil),
      ("2026-02-30T09:00:00Z", "ndjson.bad-time"), ("1795424400x", "ndjson.bad-time"), ("09:00", "ndjson.bad-time"),
      ("2026-11-23T09:00:00Zx", "ndjson.bad-time"), ("99999999999999999999", "ndjson.bad-time"),
      ("[", "ndjson.bad-time"), ("[]", "ndjson.bad-time"),
    ])
  func times(text: String, expected: String?) throws {
    let parsed = try ParsedLine.last(of: #"{"ip":"::1","ts":"\#(text)"}"#, as: structuredFormat("ndjson"))
    #expect(parsed.issue ?? parsed.time == expected)
  }

  @Test(
    "Dates apart from times of day are joined, and a day alone is no moment",
    arguments: [
      ("2026-11-23", "09:00:00", "2026-11-23T09:00:00Z"), ("2026-11-23", "", nil),
      ("2026-11-23", "9 o'clock", "csv.bad-time@11"), ("tomorrow", "09:00:00", "csv.bad-time@0"), ("", "09:00:00", nil),
      ("2026-11-23T09:00:00Z", "-", "2026-11-23T09:00:00Z"), ("soon", "-", "csv.bad-time@0"),
      ("-", "1795424400", "2026-11-23T09:00:00Z"),
    ])
  func joined(date: String, time: String, expected: String?) throws {
    let parsed = try ParsedLine.last(of: "date,time,ip\n\(date),\(time),::1", as: structuredFormat("csv"))
    #expect(parsed.issue.map { "\($0)@\(parsed.column ?? -1)" } ?? parsed.time == expected)
  }

  @Test(
    "A request line is split as far as it is one",
    arguments: [
      ("GET /x HTTP/1.1", "GET|/x|HTTP/1.1"), ("GET /x", "GET|/x|nil"), ("GET", "nil|GET|nil"), ("", "||nil"),
      ("-", "||nil"), ("GET /a b HTTP/1.0", "GET|/a b|HTTP/1.0"), ("GET  HTTP/1.1", "GET||HTTP/1.1"),
      ("GET HTTP/1.1", "GET||HTTP/1.1"), ("M-SEARCH * HTTP/1.1", "M-SEARCH|*|HTTP/1.1"), (" /x", "nil| /x|nil"),
      ("\u{1}\u{2} x", "nil|\u{1}\u{2} x|nil"), ("GET ", "GET||nil"), ("PRI * HTTP/2.0", "PRI|*|HTTP/2.0"),
      ("GET /x http/1.1", "GET|/x|http/1.1"), ("GET /HTTP/", "GET|/HTTP/|nil"),
    ])
  func requestLine(text: String, expected: String) throws {
    let parsed = try ParsedLine.last(of: "ip,request\n::1,\(text)", as: structuredFormat("csv"))
    let parts = [Field.method, .target, .protocolVersion].map { parsed.fields[$0] ?? "nil" }
    #expect(parts.joined(separator: "|") == expected)
  }

  @Test(
    "A path beside a query is a path, and otherwise the target",
    arguments: [
      (#""uri":"/a","args":"b=1""#, "/a|b=1|nil"), (#""uri":"/a","args":"-""#, "/a||nil"),
      (#""uri":"/a""#, "nil|nil|/a"),
      (#""uri":"/a?b=1","args":"""#, "nil||/a?b=1"), (#""uri":"/a","request_uri":"/a?b""#, "nil|nil|/a?b"),
      (#""uri":"/a","request":"GET /a?b HTTP/1.1""#, "nil|nil|/a?b"), (#""path":"/a","args":"?b=1""#, "/a|b=1|nil"),
      (#""args":"?""#, "nil||nil"),
    ])
  func paths(members: String, expected: String) throws {
    let parsed = try ParsedLine.last(of: #"{"ip":"::1",\#(members)}"#, as: structuredFormat("ndjson"))
    let parts = [Field.path, .query, .target].map { parsed.fields[$0] ?? "nil" }
    #expect(parts.joined(separator: "|") == expected)
  }
}
