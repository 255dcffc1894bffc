internal import AssayModel

/// The Common Log Format of the NCSA server, which Apache and many others write: who, when, what, and how it went; but
/// neither referrer nor user agent, so that most of what tells a bot is not measurable.
enum Common: LogFormat {
  static let card = FormatCard(
    id: "common", aliases: ["CLF", "ncsa", "common_log"],
    title: "Common Log Format: client, time, request, status, bytes",
    reference: "https://httpd.apache.org/docs/2.4/logs.html#common",
    splittable: true, specificity: 10)

  static func makeParser(_ request: ParserRequest) throws(AssayError) -> any LineParser {
    CombinedParser(
      try NginxDialect.commonLog(#""$request" $status $body_bytes_sent"#, id: card.id), hasAgent: false, request)
  }

  static let samples = [
    FormatSample(
      #"192.0.2.10 - - [23/Nov/2026:09:00:00 +0100] "GET /ads/banner.js?slot=3 HTTP/1.1" 200 5120"#,
      time: "2026-11-23T08:00:00Z",
      [
        .address: "192.0.2.10", .method: "GET", .target: "/ads/banner.js?slot=3", .protocolVersion: "HTTP/1.1",
        .status: "200", .bytes: "5120", .user: "",
      ]),
    FormatSample(
      #"2001:db8::7 - mary [23/Nov/2026:09:00:00 +0100] "POST /form HTTP/2.0" 302 -"#,
      time: "2026-11-23T08:00:00Z",
      [.address: "2001:db8::7", .user: "mary", .method: "POST", .target: "/form", .status: "302", .bytes: ""]),
    FormatSample(
      #"host-7.example.net - - [23/Nov/2026:09:00:00 +0100] "-" 408 0"#,
      time: "2026-11-23T08:00:00Z", [.address: "host-7.example.net", .status: "408", .bytes: "0"]),
    FormatSample(
      #"192.0.2.10 - [23/Nov/2026:09:00:00 +0100] "GET /a b HTTP/1.0" 404 12 0.004"#,
      time: "2026-11-23T08:00:00Z", [.address: "192.0.2.10", .user: "", .target: "/a b", .status: "404", .bytes: "12"]),
    FormatSample("", issue: "ignored"),
    FormatSample("# a comment", issue: "ignored"),
    FormatSample(#"192.0.2.10 - - [23/Nov/2026:25:00:00 +0100] "GET / HTTP/1.1" 200 1"#, issue: "common.bad-time"),
    FormatSample(#"192.0.2.10 - - [23/Nov/2026:09:00:00 +0100] "GET / HTTP/1.1"#, issue: "common.no-closing-quote"),
    FormatSample(#"192.0.2.10 - - [23/Nov/2026:09:00:00 +0100] "GET / HTTP/1.1" ok 1"#, issue: "common.not-a-number"),
    FormatSample("192.0.2.10 GET /", issue: "common.no-client"),
  ]
}
