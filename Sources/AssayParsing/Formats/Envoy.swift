internal import AssayModel

/// Envoy's default access log as text; Istio's, which has more columns; and the JSON of Envoy Gateway. One file may hold
/// text and JSON, since each listener chooses. Envoy's own text names the client only in `X-Forwarded-For`, whose
/// right-most entry is the peer, which Envoy appends; the others have the peer too.
enum Envoy: LogFormat {
  static let card = FormatCard(
    id: "envoy", aliases: ["istio"],
    title: "Envoy and Istio access log, text or JSON",
    reference:
      "https://www.envoyproxy.io/docs/envoy/latest/configuration/observability/access_log/usage#default-format-string",
    splittable: true, specificity: 50)

  static func makeParser(_ request: ParserRequest) throws(AssayError) -> any LineParser {
    Parser(
      text: PatternParser(
        [
          try NginxDialect.pattern(start + details + flow + headers + peers, id: card.id),
          try NginxDialect.pattern(start + flow + headers, id: card.id),
        ], request),
      json: try JSONLineParser(dialect, request))
  }

  private struct Parser: LineParser {
    var text: PatternParser
    var json: JSONLineParser

    mutating func parse(_ line: Span<UInt8>, into fields: inout LineFields) -> LineOutcome {
      let start = JSONScanner.start(of: line)
      let isObject = start < line.count && line[start] == UInt8(ascii: "{")
      return isObject ? json.parse(line, into: &fields) : text.parse(line, into: &fields)
    }
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
    FormatSample(
      #"{":authority":"ads.example","bytes_sent":43,"downstream_remote_address":"192.0.2.10:50123","duration":5,"#
        + #""method":"GET","protocol":"HTTP/2","response_code":200,"response_flags":"-","#
        + #""start_time":"2026-11-23T09:00:00.127Z","upstream_host":null,"user-agent":"curl/8.5.0","#
        + #""x-envoy-origin-path":"/i?c=7","x-forwarded-for":"203.0.113.9, 10.0.0.1","x-request-id":"e5a1"}"#,
      time: "2026-11-23T09:00:00.127Z",
      [
        .address: "192.0.2.10:50123", .method: "GET", .target: "/i?c=7", .protocolVersion: "HTTP/2", .status: "200",
        .bytes: "43", .userAgent: "curl/8.5.0", .forwardedFor: "203.0.113.9, 10.0.0.1", .host: "ads.example",
        .duration: "5", .requestID: "e5a1",
      ]),
    FormatSample(
      #"{"authority":"ads.example","method":"GET","path":"/i","response_code":"0","response_flags":"DC","#
        + #""start_time":"2026-11-23T09:00:00Z","user_agent":null,"x_forwarded_for":"-"}"#,
      time: "2026-11-23T09:00:00Z",
      [.host: "ads.example", .target: "/i", .status: "0", .userAgent: "", .forwardedFor: ""]),
    FormatSample(#"{"method":"GET","path":"/i","status":200}"#, issue: "envoy.no-known-key"),
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

  /// The keys of Envoy Gateway's default, and those of Istio's, which are like the names of Envoy's operators.
  private static let table = KeyTable(
    [
      (.container, ["response_flags", "response_code_details", "upstream_cluster"]),
      (.field(.address), ["downstream_remote_address"]),
      (.time, ["start_time"]),
      (.field(.method), ["method"]),
      (.pathOrTarget, ["x_envoy_origin_path", "x_envoy_original_path", "path"]),
      (.field(.protocolVersion), ["protocol"]),
      (.field(.status), ["response_code"]),
      (.field(.bytes), ["bytes_sent"]),
      (.field(.duration), ["duration"]),
      (.field(.host), ["authority"]),
    ] + FieldNames.headers(after: [""]))

  private static let dialect = JSONDialect(
    id: card.id, table: table, required: RoleSet(.container, .time), requiredAny: RoleSet(fields: .status),
    requirement: "the keys start_time, response_code and response_flags")
}
