internal import AssayModel

/// Apache's and nginx's combined format: Common Log Format with referrer and user agent. A virtual host before the
/// client is understood where a file has it on some of its lines; fields after the user agent are passed over. Lines of
/// Common Log Format between them are understood too: their referrer and user agent are not known.
enum Combined: LogFormat {
  static let card = FormatCard(
    id: "combined", aliases: ["ncsa_extended", "extended", "nginx", "apache", "icecast2", "ovh"],
    title: "Combined Log Format: common, with referrer and user agent",
    reference: "https://httpd.apache.org/docs/2.4/logs.html#combined",
    splittable: true, specificity: 20)

  static func makeParser(_ request: ParserRequest) throws(AssayError) -> any LineParser {
    let start = #""$request" $status $body_bytes_sent"#
    return Parser(
      combined: CombinedParser(
        try NginxDialect.commonLog(start + #" "$http_referer" "$http_user_agent""#, id: card.id), hasAgent: true,
        request),
      common: CombinedParser(try NginxDialect.commonLog(start, id: card.id), hasAgent: false, request))
  }

  private struct Parser: LineParser {
    var combined: CombinedParser
    var common: CombinedParser

    @inline(__always)
    mutating func parse(_ line: Span<UInt8>, into fields: inout LineFields) -> LineOutcome {
      let outcome = combined.parse(line, into: &fields)
      guard case .malformed = outcome else { return outcome }
      return parseCommon(line, into: &fields) ? .record : outcome
    }

    /// Whether it is a line of Common Log Format with nothing behind the bytes.
    @inline(never)
    private mutating func parseCommon(_ line: Span<UInt8>, into fields: inout LineFields) -> Bool {
      fields.reset()
      guard common.parse(line, into: &fields) == .record, let bytes = fields.range(.bytes) else { return false }
      fields.isAbridged = true
      // What is logged as `-` has no bytes here, but one in the line.
      return LineStart.isBlank(line, from: Int(bytes.start) + max(1, Int(bytes.count)))
    }
  }

  static let samples = [
    FormatSample(
      #"192.0.2.10 ads.example bob [23/Nov/2026:09:00:00 +0100] "GET /i HTTP/1.1" 200 43 "-" "curl/8.5.0""#,
      time: "2026-11-23T08:00:00Z", [.address: "192.0.2.10", .host: "ads.example", .user: "bob"]),
    FormatSample(
      #"192.0.2.10 - - [23/Nov/2026:09:00:00 +0100] "GET /click?c=7 HTTP/1.1" 302 154 "https://news.example/" "Mozilla/5.0 (X11; Linux x86_64; rv:139.0) Gecko/20100101 Firefox/139.0""#,
      time: "2026-11-23T08:00:00Z",
      [
        .address: "192.0.2.10", .method: "GET", .target: "/click?c=7", .status: "302",
        .referrer: "https://news.example/",
        .userAgent: "Mozilla/5.0 (X11; Linux x86_64; rv:139.0) Gecko/20100101 Firefox/139.0",
      ]),
    FormatSample(
      #"[2001:db8::7]:4711 - - [23/Nov/2026:09:00:00 +0100] "HEAD / HTTP/2.0" 200 0 "-" "-""#,
      time: "2026-11-23T08:00:00Z", [.address: "[2001:db8::7]:4711", .method: "HEAD", .referrer: "", .userAgent: ""]),
    FormatSample(
      #"192.0.2.10:50123 - - [23/Nov/2026:09:00:00 +0100] "\x16\x03\x01" 400 157 "-" """#,
      time: "2026-11-23T08:00:00Z", [.address: "192.0.2.10:50123", .status: "400", .userAgent: ""]),
    FormatSample(
      #"192.0.2.10 - Mary Ann [QA] [23/Nov/2026:09:00:00 +0100] "GET /?q=\"a\" HTTP/1.1" 200 1 "-" "say \x22hi\x22 \\o/" 1807 "-""#,
      time: "2026-11-23T08:00:00Z", [.user: "Mary Ann [QA]", .target: #"/?q="a""#, .userAgent: #"say "hi" \o/"#]),
    FormatSample(
      #"www.news.example:443 192.0.2.10 - - [23/Nov/2026:09:00:00 +0100] "GET /index.html" 200 77 "-" "curl/8.5.0""#,
      time: "2026-11-23T08:00:00Z",
      [.host: "www.news.example", .address: "192.0.2.10", .target: "/index.html", .userAgent: "curl/8.5.0"]),
    FormatSample(
      #"192.0.2.10 - - [23/Nov/2026:09:00:00 +0100] "/no-method HTTP/1.1" 400 0 "-" "-""#,
      time: "2026-11-23T08:00:00Z", [.status: "400"]),
    FormatSample("   ", issue: "ignored"),
    FormatSample(
      #"192.0.2.10 - - [23/Nov/2026:09:00:00 +0100] "GET /plain HTTP/1.1" 200 5"#, time: "2026-11-23T08:00:00Z",
      [.address: "192.0.2.10", .target: "/plain", .status: "200", .bytes: "5"]),
    FormatSample(
      #"192.0.2.10 - - [23/Nov/2026:09:00:00 +0100] "GET /plain HTTP/1.1" 304 -  "#, time: "2026-11-23T08:00:00Z",
      [.status: "304", .bytes: ""]),
    FormatSample(#"192.0.2.10 - - [23/Nov/2026:09:00:00 +0100] "GET / HTTP/1.1" 200"#, issue: "combined.line-ends"),
    FormatSample(
      #"192.0.2.10 - - [23/Nov/2026:09:00:00 +0100] "GET / HTTP/1.1" 200 5 0.004"#, issue: "combined.line-ends"),
    FormatSample(
      #"192.0.2.10 - - [23/Nov/2026:09:00:00 +0100] "GET / HTTP/1.1" 200 5 "-" "Mozilla"#,
      time: "2026-11-23T08:00:00Z", [.status: "200", .userAgent: "Mozilla"]),
    FormatSample(
      #"192.0.2.10 - - [23/Nov/2026:09:00:00 +0100] "GET / HTTP/1.1" 200 5 "https://a.example/"#,
      issue: "combined.no-closing-quote"),
    FormatSample(
      #"192.0.2.10 - - [23/Nov/1926:09:00:00 +0100] "GET / HTTP/1.1" 200 5 "-" "-""#, issue: "combined.bad-time"),
  ]
}
