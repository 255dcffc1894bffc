internal import AssayModel

/// Traefik's access log in its `common` format: combined, then the number of the request, router, service and duration.
enum TraefikCLF: LogFormat {
  static let card = FormatCard(
    id: "traefik-clf", aliases: ["TRAEFIKCLF", "traefik"],
    title: "Traefik access log (common format)",
    reference: "https://doc.traefik.io/traefik/observability/access-logs/#format",
    splittable: true, specificity: 40)

  static func makeParser(_ request: ParserRequest) throws(AssayError) -> any LineParser {
    PatternParser(
      [
        try NginxDialect.commonLog(
          #""$request" $status $body_bytes_sent "$http_referer" "$http_user_agent" "# + tail, id: card.id)
      ], request)
  }

  static let samples = [
    FormatSample(
      #"192.0.2.10 - - [23/Nov/2026:09:00:00 +0100] "GET /i?c=7 HTTP/2.0" 200 43 "-" "curl/8.5.0" 500 "ads@docker" "http://10.0.0.3:80" 12ms"#,
      time: "2026-11-23T08:00:00Z",
      [.address: "192.0.2.10", .target: "/i?c=7", .userAgent: "curl/8.5.0", .duration: "12"]),
    FormatSample(
      #"192.0.2.10 - bob [23/Nov/2026:09:00:00 +0100] "GET /i HTTP/1.1" - - "-" "-" 501 "-" "-" 0ms"#,
      time: "2026-11-23T08:00:00Z", [.user: "bob", .status: "", .bytes: "", .userAgent: ""]),
    FormatSample(
      #"2001:db8::7 - - [23/Nov/2026:09:00:00 +0100] "POST /form HTTP/1.1" 200 43 "https://news.example/" "Mozilla/5.0 (X11; Linux x86_64; rv:139.0) Gecko/20100101 Firefox/139.0" 502 "outer@docker -> inner@docker" "http://10.0.0.3:80" 3ms"#,
      time: "2026-11-23T08:00:00Z",
      [
        .address: "2001:db8::7", .referrer: "https://news.example/",
        .userAgent: "Mozilla/5.0 (X11; Linux x86_64; rv:139.0) Gecko/20100101 Firefox/139.0",
      ]),
    FormatSample(
      #"192.0.2.10 - - [23/Nov/2026:09:00:00 +0100] "GET / HTTP/1.1" 404 19 "-" "a \"quoted\" agent" 503 "-" "-" 0ms"#,
      time: "2026-11-23T08:00:00Z", [.userAgent: #"a "quoted" agent"#]),
    FormatSample(
      #"192.0.2.10 - - [23/Nov/2026:09:00:00 +0100] "GET / HTTP/1.1" 200 43 "-" "-""#, issue: "traefik-clf.line-ends"),
    FormatSample(
      #"192.0.2.10 - - [23/Nov/2026:09:00:00 +0100] "GET / HTTP/1.1" 200 43 "-" "-" x "-" "-" 0ms"#,
      issue: "traefik-clf.not-a-number"),
  ]
}

extension TraefikCLF {
  private static let tail = #"$request_count "$router_name" "$service_url" ${request_time}ms"#
}
