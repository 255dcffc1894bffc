internal import AssayModel

/// The default access log of the BunkerWeb firewall: combined with host and request id.
enum BunkerWeb: LogFormat {
  static let card = FormatCard(
    id: "bunkerweb", aliases: [],
    title: "BunkerWeb access log",
    reference: "https://docs.bunkerweb.io/latest/features/#miscellaneous",
    splittable: true, specificity: 45)

  static func makeParser(_ request: ParserRequest) throws(AssayError) -> any LineParser {
    PatternParser([try NginxDialect.pattern(layout, id: card.id)], request)
  }

  static let samples = [
    FormatSample(
      #"ads.example 192.0.2.10 - 95386da81aa13b6ab3ce9c989e1e470e - [23/Nov/2026:09:00:00 +0100] "GET /i?c=7 HTTP/1.1" 200 43 "-" "curl/8.5.0""#,
      time: "2026-11-23T08:00:00Z",
      [
        .host: "ads.example", .address: "192.0.2.10", .requestID: "95386da81aa13b6ab3ce9c989e1e470e", .user: "",
        .target: "/i?c=7", .status: "200", .userAgent: "curl/8.5.0",
      ]),
    FormatSample(
      #"ads.example 192.0.2.10 - 95386da81aa13b6ab3ce9c989e1e470e bob smith [23/Nov/2026:09:00:00 +0100] "POST /form HTTP/2.0" 403 69283 "https://news.example/" "Mozilla/5.0 (X11; Linux x86_64; rv:139.0) Gecko/20100101 Firefox/139.0""#,
      time: "2026-11-23T08:00:00Z",
      [
        .user: "bob smith", .referrer: "https://news.example/",
        .userAgent: "Mozilla/5.0 (X11; Linux x86_64; rv:139.0) Gecko/20100101 Firefox/139.0",
      ]),
    FormatSample(
      #"_ 2001:db8::7 - 95386da81aa13b6ab3ce9c989e1e470e - [23/Nov/2026:09:00:00 +0100] "" 400 0 "-" "-""#,
      time: "2026-11-23T08:00:00Z", [.address: "2001:db8::7", .status: "400"]),
    FormatSample(
      #"api 10.20.30.4 - 95386da81aa13b6ab3ce9c989e1e470e - [23/Nov/2026:09:00:00 +0100] "GET /health HTTP/1.1" 200 43 "-" "probe""#,
      time: "2026-11-23T08:00:00Z", [.host: "api", .address: "10.20.30.4", .userAgent: "probe"]),
    FormatSample(
      #"ads.example 192.0.2.10 - - [23/Nov/2026:09:00:00 +0100] "GET / HTTP/1.1" 200 43 "-" "curl/8.5.0""#,
      issue: "bunkerweb.line-ends"),
    FormatSample(
      #"ads.example 192.0.2.10 - 95386da81aa13b6ab3ce9c989e1e470e - [23/Nov/2026:09:00:00 +0100] "GET / HTTP/1.1" 200 43 "-"#,
      issue: "bunkerweb.no-closing-quote"),
  ]
}

extension BunkerWeb {
  private static let layout = #"""
    $host $remote_addr - $request_id $remote_user [$time_local] "$request" $status $body_bytes_sent \#
    "$http_referer" "$http_user_agent"
    """#
}
