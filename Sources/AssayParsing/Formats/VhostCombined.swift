internal import AssayModel

/// Combined with the virtual host first: Apache's `vhost_combined` of Debian, `%v` before combined, and Gandi's hosting,
/// which puts the duration before the request.
enum VhostCombined: LogFormat {
  static let card = FormatCard(
    id: "vhost-combined", aliases: ["VCOMBINED", "vhost_combined", "common_complete", "gandi"],
    title: "Combined Log Format with the virtual host before it",
    reference: "https://httpd.apache.org/docs/2.4/logs.html#virtualhost",
    splittable: true, specificity: 30)

  static func makeParser(_ request: ParserRequest) throws(AssayError) -> any LineParser {
    PatternParser(
      [
        try NginxDialect.commonLog(tail, id: card.id, requiresHost: true),
        try NginxDialect.commonLog("($request_time s) " + tail, id: card.id, requiresHost: true),
      ], request)
  }

  private static let tail = #""$request" $status $body_bytes_sent "$http_referer" "$http_user_agent""#

  static let samples = [
    FormatSample(
      #"ads.example 192.0.2.10 - - [23/Nov/2026:09:00:00 +0100] (2 s) "GET /i HTTP/1.1" 200 43 "-" "curl/8.5.0""#,
      time: "2026-11-23T08:00:00Z", [.host: "ads.example", .duration: "2", .target: "/i", .userAgent: "curl/8.5.0"]),
    FormatSample(
      #"ads.example:443 192.0.2.10 - - [23/Nov/2026:09:00:00 +0100] "GET /lg.php?b=1 HTTP/1.1" 200 43 "https://news.example/" "Mozilla/5.0 (X11; Linux x86_64; rv:139.0) Gecko/20100101 Firefox/139.0""#,
      time: "2026-11-23T08:00:00Z",
      [
        .host: "ads.example", .address: "192.0.2.10", .target: "/lg.php?b=1",
        .userAgent: "Mozilla/5.0 (X11; Linux x86_64; rv:139.0) Gecko/20100101 Firefox/139.0",
      ]),
    FormatSample(
      #"ads.example 2001:db8::7 - - [23/Nov/2026:09:00:00 +0100] "GET / HTTP/1.1" 200 43 "-" "-""#,
      time: "2026-11-23T08:00:00Z", [.host: "ads.example", .address: "2001:db8::7", .referrer: "", .userAgent: ""]),
    FormatSample(
      #"ads.example:80 client.example.net - bob [23/Nov/2026:09:00:00 +0100] "GET / HTTP/1.1" 200 43 "-" "curl/8.5.0""#,
      time: "2026-11-23T08:00:00Z", [.host: "ads.example", .address: "client.example.net", .user: "bob"]),
    FormatSample(
      #"192.0.2.1:80 192.0.2.10 r4nd0m-id bob [23/Nov/2026:09:00:00 +0100] "GET / HTTP/1.1" 200 43 "-" "curl/8.5.0" 116075"#,
      time: "2026-11-23T08:00:00Z", [.host: "192.0.2.1", .address: "192.0.2.10", .user: "bob"]),
    FormatSample(
      #"192.0.2.10 ads.example bob [23/Nov/2026:09:00:00 +0100] "GET / HTTP/1.1" 200 43 "-" "-""#,
      issue: "vhost-combined.no-client"),
    FormatSample(
      #"192.0.2.10 - - [23/Nov/2026:09:00:00 +0100] "GET / HTTP/1.1" 200 43 "-" "-""#, issue: "vhost-combined.no-client"
    ),
    FormatSample(
      #"ads.example 192.0.2.10 - - [23/Nov/2026:09:00:00 +0100] "GET / HTTP/1.1" 2OO 43 "-" "-""#,
      issue: "vhost-combined.not-a-number"),
  ]
}
