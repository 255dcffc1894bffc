import AssayModel
import AssayParsing
import Testing

@Suite("Names of keys and columns")
struct KeyTableTests {
  @Test(
    "Names are compared without case, with runs of other characters as one underscore",
    arguments: [
      ("User-Agent", "user_agent"), ("cs(User-Agent)", "cs_user_agent"), ("@timestamp", "timestamp"),
      ("Active View: Eligible Impressions", "active_view_eligible_impressions"), ("a.b", "A__B"), ("__x", "x"),
      ("State/Region", "state_region"), ("id.orig_h", "ID ORIG H"),
    ])
  func normalized(left: String, right: String) {
    #expect(NormalizedKey(left) == NormalizedKey(right))
    #expect(NormalizedKey(left).text == NormalizedKey(right).text)
  }

  @Test("Different names differ", arguments: [("ab", "a_b"), ("status", "statuses"), ("", "a"), ("größe", "grösse")])
  func different(left: String, right: String) {
    #expect(NormalizedKey(left) != NormalizedKey(right))
  }

  @Test("A name longer than the limit is nobody's, and cannot be asked for")
  func tooLong() throws {
    let long = String(repeating: "k", count: NormalizedKey.capacity + 1)
    #expect(NormalizedKey(long) != NormalizedKey(long))
    let parsed = try ParsedLine.last(of: "{\"ip\":\"192.0.2.7\",\"\(long)\":1}", as: structuredFormat("ndjson"))
    #expect(parsed.fields == [.address: "192.0.2.7"])
    let longest = String(long.dropLast())
    let asked = try ParsedLine.last(
      of: "{\"\(longest)\":\"v\"}", as: structuredFormat("ndjson"), columns: [longest])
    #expect(asked.columns == [0: "v"])
    for name in [long, "", "--"] {
      #expect(throws: AssayError(.settings, "")) {
        try structuredFormat("csv").makeParser(ParserRequest(columns: [name]))
      }
    }
  }

  @Test("At most as many columns as a line holds can be asked for")
  func tooMany() throws {
    let names = (0...LineFields.maximumColumns).map { "column \($0)" }
    #expect(throws: AssayError(.settings, "")) {
      try structuredFormat("csv").makeParser(ParserRequest(columns: names))
    }
    _ = try structuredFormat("csv").makeParser(ParserRequest(columns: Array(names.dropLast())))
  }

  @Test("A profile's names are found as keys, nested keys and columns, beside the fields of the same name")
  func columns() throws {
    let columns = ["impression.id", "STATUS", "Campaign ID", "campaign_id", "missing"]
    let json = try ParsedLine.last(
      of: #"{"ip":"-","impression":{"id":"\u0041b"},"status":200,"campaign-id":null}"#, as: structuredFormat("ndjson"),
      columns: columns)
    #expect(json.columns == [0: "Ab", 1: "200", 2: "", 3: ""])
    #expect(json.fields == [.address: "", .status: "200"])
    let csv = try ParsedLine.last(
      of: "Impression ID,Status,CAMPAIGN/ID,Other\n\"a\"\"b\",404,-,x", as: structuredFormat("csv"), columns: columns)
    #expect(csv.columns == [0: "a\"b", 1: "404", 2: "", 3: ""])
    #expect(csv.fields == [.status: "404"])
  }

  @Test("The surest name wins wherever it stands, a value beats a blank, and among equals the last wins")
  func ranks() throws {
    func address(_ text: String) throws -> String? {
      try ParsedLine.last(of: text, as: structuredFormat("ndjson")).fields[.address]
    }
    #expect(try address(#"{"ip":"192.0.2.1","client_ip":"192.0.2.2"}"#) == "192.0.2.2")
    #expect(try address(#"{"client_ip":"192.0.2.2","ip":"192.0.2.1"}"#) == "192.0.2.2")
    #expect(try address(#"{"client_ip":"-","ip":"192.0.2.1"}"#) == "192.0.2.1")
    #expect(try address(#"{"ip":"192.0.2.1","client_ip":null}"#) == "192.0.2.1")
    #expect(try address(#"{"ip":"192.0.2.1","IP":"192.0.2.3"}"#) == "192.0.2.3")
    #expect(try address(#"{"ip":"","IP":""}"#) == "")
  }

  @Test(
    "The names of the field lists of vendors are known",
    arguments: [
      (Field.address, "remote_addr client_ip ip clientip ClientIP cliIP c-ip ClientHost id.orig_h"),
      (.referrer, "http_referer referer referrer ClientRequestReferer cs(Referer) request_Referer cs_referer"),
      (.userAgent, "http_user_agent user_agent ua UA ClientRequestUserAgent cs(User-Agent) request_user_agent"),
      (.status, "status sc-status statusCode EdgeResponseStatus DownstreamStatus response_status"),
      (.bytes, "body_bytes_sent bytes_sent bytes sc-bytes EdgeResponseBytes DownstreamContentSize"),
      (.host, "host vhost ClientRequestHost cs(Host) RequestHost reqHost x-host-header"),
      (.forwardedFor, "xff x-forwarded-for http_x_forwarded_for xForwardedFor request_X-Forwarded-For"),
      (.acceptLanguage, "accept_language accLang http_accept_language"),
      (.purpose, "sec-purpose purpose x-moz http_sec_purpose x-purpose"),
      (.cookie, "cookie http_cookie cs(Cookie)"), (.scheme, "scheme cs-protocol ClientRequestScheme RequestScheme"),
      (.protocolVersion, "protocol server_protocol cs-version proto"), (.country, "country ClientCountry geo_country"),
      (.asn, "asn ClientASN"), (.ja3, "ja3 JA3Hash"), (.ja4, "ja4 JA4"),
      (.duration, "request_time duration time-taken"),
    ])
  func vendorNames(field: Field, names: String) throws {
    for name in names.split(separator: " ") {
      let parsed = try ParsedLine.last(
        of: #"{"method":"GET","\#(name)":"v"}"#, as: structuredFormat("ndjson"))
      #expect(parsed.fields[field] == "v", "\(name)")
    }
  }

  @Test("There are as many fields as the roles take room for")
  func roles() {
    #expect(Field.allCases.count == 25)
    #expect(Field.allCases.map(\.rawValue) == Array(0..<25))
    #expect(Field.allCases.count + LineFields.maximumColumns <= 64)
  }
}
