internal import AssayModel

/// The access log of Caddy 2. All headers of a request are logged, so one that is missing was not sent.
enum Caddy: LogFormat {
  static let card = FormatCard(
    id: "caddy", aliases: ["caddy_json"], title: "Caddy, JSON",
    reference: "https://caddyserver.com/docs/caddyfile/directives/log", splittable: true, specificity: 50)

  private static let table = KeyTable(
    [
      (.field(.address), ["request_client_ip", "request_remote_ip", "request_remote_addr"]),
      (.time, ["ts"]),
      (.field(.method), ["request_method"]),
      (.field(.target), ["request_uri"]),
      (.field(.host), ["request_host"]),
      (.field(.protocolVersion), ["request_proto"]),
      (.field(.status), ["status"]),
      (.field(.bytes), ["size"]),
      (.field(.user), ["user_id"]),
      (.field(.duration), ["duration"]),
      (.container, ["request_headers"]),
      (.logger, ["logger"]),
      FieldNames.message,
    ] + FieldNames.headers(after: ["request_headers_"]))

  private static let dialect = JSONDialect(
    id: "caddy", table: table, required: RoleSet(fields: .address, .method, .target),
    requiredAny: RoleSet(fields: .address), requirement: "the keys request.remote_ip, request.method and request.uri",
    impliedBlank: RoleSet(fields: .userAgent, .referrer, .acceptLanguage), blankNeedsContainer: true,
    accessLogger: Array("http.log.access".utf8))

  static func makeParser(_ request: ParserRequest) throws(AssayError) -> any LineParser {
    try JSONLineParser(dialect, request)
  }

  static let samples = [
    FormatSample(
      #"{"level":"info","ts":1795424400.8155608,"logger":"http.log.access","msg":"handled request","request":"#
        + #"{"remote_ip":"192.0.2.7","remote_port":"64985","client_ip":"203.0.113.9","proto":"HTTP/2.0","method":"GET","#
        + #""host":"example.com","uri":"/beta/?a=1","headers":{"User-Agent":["Mozilla/5.0"],"Referer":[],"#
        + #""Accept-Language":["en-IE","de"],"Sec-Fetch-Mode":["navigate"]},"tls":{"version":772,"proto":"h2"}},"#
        + #""bytes_read":0,"user_id":"","duration":0.001335486,"size":3609,"status":200,"#
        + #""resp_headers":{"Server":["Caddy","x"],"Status":["1"]}}"#,
      time: "2026-11-23T09:00:00.815560Z",
      [
        .address: "203.0.113.9", .protocolVersion: "HTTP/2.0", .method: "GET", .host: "example.com",
        .target: "/beta/?a=1", .userAgent: "Mozilla/5.0", .referrer: "", .acceptLanguage: "en-IE",
        .fetchMetadata: "navigate", .user: "", .duration: "0.001335486", .bytes: "3609", .status: "200",
      ]),
    FormatSample(
      #"{"ts":"2026-11-23T09:00:00.5Z","request":{"remote_ip":"2001:db8::1","method":"POST","uri":"/","headers":{}}}"#,
      time: "2026-11-23T09:00:00.500Z",
      [
        .address: "2001:db8::1", .method: "POST", .target: "/", .userAgent: "", .referrer: "", .acceptLanguage: "",
      ]),
    FormatSample(
      #"{"ts":"2026/11/23 09:00:00","request":{"remote_addr":"192.0.2.7:1024","method":"GET","uri":"/"},"status":0}"#,
      time: "2026-11-23T09:00:00Z", [.address: "192.0.2.7:1024", .method: "GET", .target: "/", .status: "0"]),
    FormatSample(
      #"{"ts":"23/Nov/2026:10:00:00 +0100","logger":"http.log.access.log0","request":{"remote_ip":"192.0.2.7","#
        + #""client_ip":"","method":"GET","uri":"/\u0022"}}"#,
      time: "2026-11-23T09:00:00Z", [.address: "192.0.2.7", .method: "GET", .target: "/\""]),
    FormatSample(
      #"{"level":"error","ts":1795424400.1,"logger":"http.log.error","msg":"dial","request":{"remote_ip":"192.0.2.7","#
        + #""method":"GET","uri":"/"},"status":502}"#, issue: "ignored"),
    FormatSample(#"{"level":"info","ts":1795424400.1,"msg":"serving initial configuration"}"#, issue: "ignored"),
    FormatSample(
      #"{"logger":"http.log.access","msg":"handled request","request":{"method":"GET","uri":"/"},"status":200}"#,
      issue: "caddy.no-known-key"),
    FormatSample(#"{"remote_addr":"192.0.2.7","status":200}"#, issue: "caddy.no-known-key"),
    FormatSample(
      #"{"ts":"noon","request":{"remote_ip":"192.0.2.7","method":"GET","uri":"/"}}"#, issue: "caddy.bad-time"),
  ]
}
