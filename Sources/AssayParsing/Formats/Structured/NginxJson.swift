internal import AssayModel

/// nginx with a `log_format` that makes JSON. nginx has no keys of its own, so every site chooses them; most take the
/// names of nginx's variables, and Matomo's documentation has a set of its own (`ip`, `path`, `referrer`, `date`).
enum NginxJson: LogFormat {
  static let card = FormatCard(
    id: "nginx-json", aliases: ["nginx_json"], title: "nginx, JSON",
    reference: "https://nginx.org/en/docs/http/ngx_http_log_module.html#log_format", splittable: true,
    specificity: 40)

  private static let dialect = JSONDialect(
    id: "nginx-json", table: .generic, required: RoleSet(fields: .address, .status),
    requiredAny: RoleSet(.requestLine, .pathOrTarget, .field(.target), .field(.path)),
    requirement: "keys for the address, the status and the request")

  static func makeParser(_ request: ParserRequest) throws(AssayError) -> any LineParser {
    try JSONLineParser(dialect, request)
  }

  static let samples = [
    FormatSample(
      #"{"time_iso8601":"2026-11-23T10:00:00+01:00","remote_addr":"192.0.2.7","remote_user":"-","#
        + #""request":"GET /ads/tag.js?zone=7 HTTP/1.1","status": 200,"body_bytes_sent":5120,"request_time":0.004,"#
        + #""http_referer":"https://example.com/","http_user_agent":"Mozilla/5.0","http_x_forwarded_for":"-","#
        + #""host":"ads.example.net"}"#,
      time: "2026-11-23T09:00:00Z",
      [
        .address: "192.0.2.7", .user: "", .method: "GET", .target: "/ads/tag.js?zone=7", .protocolVersion: "HTTP/1.1",
        .status: "200", .bytes: "5120", .duration: "0.004", .referrer: "https://example.com/",
        .userAgent: "Mozilla/5.0", .forwardedFor: "", .host: "ads.example.net",
      ]),
    FormatSample(
      #"{"msec":"1795424400.123","time_local":"23/Nov/2026:10:00:00 +0100","remote_addr":"192.0.2.7","#
        + #""request_method":"GET","uri":"/i","args":"c=1&z=2","status":"204","http_user_agent":"a \x22b\x22 \\x"}"#,
      time: "2026-11-23T09:00:00.123Z",
      [
        .address: "192.0.2.7", .method: "GET", .path: "/i", .query: "c=1&z=2", .status: "204",
        .userAgent: #"a "b" \x"#,
      ]),
    FormatSample(
      #"{"ip": "198.51.100.4","host": "www.example.org","path": "/x?y=1","status": "200","referrer": "-","#
        + #""user_agent": "","length": 192,"generation_time_milli": 0.008,"date": "2026-11-23T09:00:00+00:00"}"#,
      time: "2026-11-23T09:00:00Z",
      [
        .address: "198.51.100.4", .host: "www.example.org", .target: "/x?y=1", .status: "200", .referrer: "",
        .userAgent: "", .bytes: "192", .duration: "0.008",
      ]),
    FormatSample(
      #"{"time_local":"23/Nov/2026:09:00:00 +0000","remote_addr":"192.0.2.7","request":"\x16\x03\x01 x","status":400}"#,
      time: "2026-11-23T09:00:00Z",
      [.address: "192.0.2.7", .target: "\u{16}\u{3}\u{1} x", .status: "400"]),
    FormatSample(#"{"remote_addr":"192.0.2.7","request":"GET / HTTP/1.1"}"#, issue: "nginx-json.no-known-key"),
    FormatSample(
      #"{"remote_addr":"192.0.2.7","request":"GET / HTTP/1.1","status":}"#, issue: "nginx-json.no-value"),
  ]
}
