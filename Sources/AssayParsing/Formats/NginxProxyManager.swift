internal import AssayModel

/// The logs of Nginx Proxy Manager: its `proxy` format, its `standard` format (hosts without a target), and combined,
/// which its fallback host writes. Combined alone is better known by its own name, hence the low specificity.
enum NginxProxyManager: LogFormat {
  static let card = FormatCard(
    id: "nginx-proxy-manager", aliases: ["npm"],
    title: "Nginx Proxy Manager access log",
    reference:
      "https://github.com/NginxProxyManager/nginx-proxy-manager/tree/develop/docker/rootfs/etc/nginx/conf.d/include",
    splittable: true, specificity: 5)

  static func makeParser(_ request: ParserRequest) throws(AssayError) -> any LineParser {
    PatternParser(
      [
        try NginxDialect.pattern(
          "[$time_local] $cache_status $upstream_status $status" + what + "[Sent-to $server] " + agent, id: card.id),
        try NginxDialect.pattern("[$time_local] $status" + what + agent, id: card.id),
        try NginxDialect.commonLog(
          #""$request" $status $body_bytes_sent "$http_referer" "$http_user_agent""#, id: card.id),
      ], request)
  }

  static let samples = [
    FormatSample(
      #"[23/Nov/2026:09:00:00 +0100] - 200 200 - GET https ads.example "/i?c=7" [Client 192.0.2.10] [Length 43] [Gzip -] [Sent-to 10.0.0.3] "Mozilla/5.0 (X11; Linux x86_64; rv:139.0) Gecko/20100101 Firefox/139.0" "https://news.example/""#,
      time: "2026-11-23T08:00:00Z",
      [
        .address: "192.0.2.10", .status: "200", .method: "GET", .scheme: "https", .host: "ads.example",
        .target: "/i?c=7", .bytes: "43",
        .userAgent: "Mozilla/5.0 (X11; Linux x86_64; rv:139.0) Gecko/20100101 Firefox/139.0",
        .referrer: "https://news.example/",
      ]),
    FormatSample(
      #"[23/Nov/2026:09:00:00 +0100] HIT 304 304 - GET http ads.example "/" [Client 2001:db8::7] [Length 0] [Gzip 2.45] [Sent-to ads] "-" "-""#,
      time: "2026-11-23T08:00:00Z", [.address: "2001:db8::7", .status: "304", .userAgent: "", .referrer: ""]),
    FormatSample(
      #"[23/Nov/2026:09:00:00 +0100] 444 - GET https 198.51.100.7 "/.env" [Client 192.0.2.10] [Length 0] [Gzip -] "curl/8.5.0" "-""#,
      time: "2026-11-23T08:00:00Z", [.status: "444", .host: "198.51.100.7", .target: "/.env", .userAgent: "curl/8.5.0"]),
    FormatSample(
      #"192.0.2.10 - - [23/Nov/2026:09:00:00 +0100] "GET /x HTTP/1.1" 404 552 "-" "curl/8.5.0""#,
      time: "2026-11-23T08:00:00Z", [.address: "192.0.2.10", .status: "404", .userAgent: "curl/8.5.0"]),
    FormatSample(
      "2026/11/23 09:00:00 [error] 334#334: *338 user was not found, client: 192.0.2.10",
      issue: "line.error-log"),
    FormatSample(
      #"[23/Nov/2026:09:00:00 +0100] - 200 200 - GET https ads.example "/i?c=7" [Client 192.0.2.10] [Length 43"#,
      issue: "nginx-proxy-manager.line-ends"),
  ]
}

extension NginxProxyManager {
  private static let what =
    #" - $request_method $scheme $host "$request_uri" [Client $remote_addr] [Length $body_bytes_sent] [Gzip $gzip_ratio] "#
  private static let agent = #""$http_user_agent" "$http_referer""#
}
