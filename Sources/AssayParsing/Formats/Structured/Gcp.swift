internal import AssayModel

/// Google Cloud Load Balancing, as Cloud Logging exports it: one `LogEntry` a line with an `httpRequest`. What is empty
/// in it is left out (proto3 JSON), so a missing user agent or referrer was not sent.
enum Gcp: LogFormat {
  static let card = FormatCard(
    id: "gcp", aliases: ["gcp-lb", "google-cloud-load-balancing", "stackdriver"],
    title: "Google Cloud Load Balancing, JSON",
    reference: "https://cloud.google.com/load-balancing/docs/https/https-logging-monitoring", splittable: true,
    specificity: 50)

  private static let table = KeyTable([
    (.container, ["httprequest"]),
    (.field(.address), ["httprequest_remoteip"]),
    (.time, ["timestamp", "receivetimestamp"]),
    (.field(.method), ["httprequest_requestmethod"]),
    (.field(.target), ["httprequest_requesturl"]),
    (.field(.protocolVersion), ["httprequest_protocol"]),
    (.field(.status), ["httprequest_status"]),
    (.field(.bytes), ["httprequest_responsesize"]),
    (.field(.userAgent), ["httprequest_useragent"]),
    (.field(.referrer), ["httprequest_referer"]),
    (.field(.duration), ["httprequest_latency"]),
    (.field(.requestID), ["insertid"]),
    (.message, ["logname", "severity", "textpayload"]),
  ])

  private static let dialect = JSONDialect(
    id: "gcp", table: table, required: RoleSet(.container), requiredAny: RoleSet(.container),
    requirement: "the object httpRequest", impliedBlank: RoleSet(fields: .userAgent, .referrer))

  static func makeParser(_ request: ParserRequest) throws(AssayError) -> any LineParser {
    try JSONLineParser(dialect, request)
  }

  static let samples = [
    FormatSample(
      #"{"httpRequest":{"requestMethod":"GET","requestUrl":"https://ads.example.net/i?c=1","requestSize":"412","#
        + #""status":200,"responseSize":"43","userAgent":"Mozilla/5.0","remoteIp":"192.0.2.7","serverIp":"10.0.0.2","#
        + #""referer":"https://example.com/","latency":"0.012s","protocol":"HTTP/1.1"},"insertId":"1a2b3c","#
        + #""jsonPayload":{"statusDetails":"response_sent_by_backend"},"resource":{"type":"http_load_balancer"},"#
        + #""timestamp":"2026-11-23T09:00:00.123456Z","severity":"INFO","logName":"projects/p/logs/requests"}"#,
      time: "2026-11-23T09:00:00.123456Z",
      [
        .method: "GET", .target: "https://ads.example.net/i?c=1", .status: "200", .bytes: "43",
        .userAgent: "Mozilla/5.0", .address: "192.0.2.7", .referrer: "https://example.com/", .duration: "0.012s",
        .protocolVersion: "HTTP/1.1", .requestID: "1a2b3c",
      ]),
    FormatSample(
      #"{"timestamp":"2026-11-23T09:00:00Z","httpRequest":{"requestMethod":"POST","remoteIp":"2001:db8::1"}}"#,
      time: "2026-11-23T09:00:00Z", [.method: "POST", .address: "2001:db8::1", .userAgent: "", .referrer: ""]),
    FormatSample(
      #"{"receiveTimestamp":"2026-11-23T09:00:00+00:00","httpRequest":{"status":404,"userAgent":"-"}}"#,
      time: "2026-11-23T09:00:00Z", [.status: "404", .userAgent: "", .referrer: ""]),
    FormatSample(
      #"{"httpRequest":{"requestUrl":"http:\/\/example.com\/","userAgent":"\ud83e\udd16"}}"#,
      [.target: "http://example.com/", .userAgent: "🤖", .referrer: ""]),
    FormatSample(
      #"{"textPayload":"started","timestamp":"2026-11-23T09:00:00Z","logName":"projects/p/logs/x"}"#,
      issue: "ignored"),
    FormatSample(#"{"timestamp":"2026-11-23T09:00:00Z"}"#, issue: "gcp.no-known-key"),
    FormatSample(#"{"httpRequest":{"status":200}"#, issue: "gcp.no-comma"),
  ]
}
