internal import AssayModel

/// Common Log Format with the virtual host first.
enum VhostCommon: LogFormat {
  static let card = FormatCard(
    id: "vhost-common", aliases: ["VCOMMON", "common_vhost"],
    title: "Common Log Format with the virtual host before it",
    reference: "https://httpd.apache.org/docs/2.4/logs.html#virtualhost",
    splittable: true, specificity: 15)

  static func makeParser(_ request: ParserRequest) throws(AssayError) -> any LineParser {
    PatternParser(
      [
        try NginxDialect.commonLog(
          #""$request" $status $body_bytes_sent"#, id: card.id, requiresHost: true)
      ], request)
  }

  static let samples = [
    FormatSample(
      #"ads.example:443 192.0.2.10 - - [23/Nov/2026:09:00:00 +0100] "GET /lg.php?b=1 HTTP/1.1" 200 43"#,
      time: "2026-11-23T08:00:00Z",
      [.host: "ads.example", .address: "192.0.2.10", .target: "/lg.php?b=1", .bytes: "43"]),
    FormatSample(
      #"ads.example 192.0.2.10 - - [23/Nov/2026:09:00:00 +0100] "GET / HTTP/1.1" 304 -"#,
      time: "2026-11-23T08:00:00Z", [.host: "ads.example", .status: "304", .bytes: ""]),
    FormatSample(
      #"ads.example 2001:db8::7 - bob [23/Nov/2026:09:00:00 +0100] "GET / HTTP/1.1" 200 43"#,
      time: "2026-11-23T08:00:00Z", [.address: "2001:db8::7", .user: "bob"]),
    FormatSample(
      #"ads.example 192.0.2.10 - - [23/Nov/2026:09:00:00 +0100] "" 400 0"#,
      time: "2026-11-23T08:00:00Z", [.status: "400"]),
    FormatSample(
      #"192.0.2.10 - - [23/Nov/2026:09:00:00 +0100] "GET / HTTP/1.1" 200 43"#, issue: "vhost-common.no-client"),
    FormatSample("ads.example 192.0.2.10 - - [23/Nov/2026:09:00:00 +0100]", issue: "vhost-common.unexpected-text"),
  ]
}
