internal import AssayModel

/// Envoy's default access log, and Istio's, which has more columns. Envoy's own names the client only in
/// `X-Forwarded-For`; Istio's has the peer too.
enum Envoy: LogFormat {
  static let card = FormatCard(
    id: "envoy", aliases: ["istio"],
    title: "Envoy and Istio default access log",
    reference:
      "https://www.envoyproxy.io/docs/envoy/latest/configuration/observability/access_log/usage#default-format-string",
    splittable: true, specificity: 50)

  static func makeParser(_ request: ParserRequest) throws(AssayError) -> any LineParser {
    PatternParser(
      [
        try NginxDialect.pattern(start + details + flow + headers + peers, id: card.id),
        try NginxDialect.pattern(start + flow + headers, id: card.id),
      ], request)
  }

  static let samples = [
    FormatSample(
      #"[2026-11-23T09:00:00.127Z] "GET /i?c=7 HTTP/2" 200 - 0 43 5 4 "203.0.113.9" "curl/8.5.0" "e5a1f7c2-0d7b-4a7c-9b53-2f6a4f1f8d10" "ads.example" "10.0.0.3:80""#,
      time: "2026-11-23T09:00:00.127Z",
      [
        .target: "/i?c=7", .status: "200", .bytes: "43", .forwardedFor: "203.0.113.9", .userAgent: "curl/8.5.0",
        .requestID: "e5a1f7c2-0d7b-4a7c-9b53-2f6a4f1f8d10", .host: "ads.example", .duration: "5",
      ]),
    FormatSample(
      #"[2026-11-23T09:00:00.127Z] "POST /form HTTP/1.1" 302 - 12 0 5 - "-" "Mozilla/5.0 (X11; Linux x86_64; rv:139.0) Gecko/20100101 Firefox/139.0" "e5a1f7c2-0d7b-4a7c-9b53-2f6a4f1f8d10" "ads.example" "-""#,
      time: "2026-11-23T09:00:00.127Z",
      [
        .method: "POST", .forwardedFor: "",
        .userAgent: "Mozilla/5.0 (X11; Linux x86_64; rv:139.0) Gecko/20100101 Firefox/139.0",
      ]),
    FormatSample(
      #"[2026-11-23T09:00:00.127Z] "GET /i HTTP/1.1" 200 - via_upstream - "-" 0 43 2 1 "-" "curl/8.5.0" "e5a1f7c2-0d7b-4a7c-9b53-2f6a4f1f8d10" "ads.example" "10.0.0.3:80" inbound|80|| 127.0.0.6:35000 10.0.0.3:80 192.0.2.10:50123 outbound_.80_ default"#,
      time: "2026-11-23T09:00:00.127Z", [.address: "192.0.2.10:50123", .bytes: "43", .userAgent: "curl/8.5.0"]),
    FormatSample(
      #"[2026-11-23T09:00:00.127Z] "- - -" 0 DC 0 0 1 - "-" "-" "-" "-" "-""#,
      time: "2026-11-23T09:00:00.127Z", [.status: "0", .userAgent: ""]),
    FormatSample(#"[2026-11-23T09:00:00.127Z] "GET /i HTTP/1.1" 200 - 0 43"#, issue: "envoy.line-ends"),
    FormatSample(#"[yesterday] "GET /i HTTP/1.1" 200 - 0 43 5 4 "-" "-" "-" "-" "-""#, issue: "envoy.bad-time"),
  ]
}

extension Envoy {
  private static let start = #"[$time_iso8601] "$request" $status $response_flags "#
  private static let details = #"$response_code_details $connection_termination_details "$transport_failure_reason" "#
  private static let flow = "$bytes_received $bytes_sent $request_time $service_time "
  private static let headers =
    #""$http_x_forwarded_for" "$http_user_agent" "$request_id" "$http_host" "$upstream_host""#
  private static let peers =
    " $cluster $local_address $downstream_local_address $remote_addr $requested_server_name $route_name"
}
