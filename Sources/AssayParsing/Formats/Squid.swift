internal import AssayModel

/// Squid's native access log. The target is an absolute URL; referrer and user agent may follow where they were configured.
enum Squid: LogFormat {
  static let card = FormatCard(
    id: "squid", aliases: ["squid_native"],
    title: "Squid native access log",
    reference: "https://wiki.squid-cache.org/Features/LogFormat",
    splittable: true, specificity: 50)

  static func makeParser(_ request: ParserRequest) throws(AssayError) -> any LineParser {
    let required =
      "$msec $request_time $remote_addr $cache_result/$status $bytes_sent $request_method $request_uri $remote_user $hierarchy"
    return PatternParser(
      [
        try NginxDialect.pattern(
          required, id: card.id, optional: #" $content_type "$http_referer" "$http_user_agent""#)
      ], request)
  }

  static let samples = [
    FormatSample(
      "1795424400.127    310 192.0.2.10 TCP_MISS/200 5120 GET http://ads.example/i?c=7 - HIER_DIRECT/198.51.100.4 image/gif",
      time: "2026-11-23T09:00:00.127Z",
      [
        .address: "192.0.2.10", .status: "200", .bytes: "5120", .method: "GET", .target: "http://ads.example/i?c=7",
        .user: "", .duration: "310",
      ]),
    FormatSample(
      "1795424400.127      0 2001:db8::7 TCP_DENIED/407 1742 CONNECT ads.example:443 bob HIER_NONE/- text/html",
      time: "2026-11-23T09:00:00.127Z", [.address: "2001:db8::7", .user: "bob", .target: "ads.example:443"]),
    FormatSample(
      #"1795424400.127     10 192.0.2.10 TCP_MEM_HIT/304 320 GET http://ads.example/x.js - HIER_NONE/- application/javascript "https://news.example/" "curl/8.5.0""#,
      time: "2026-11-23T09:00:00.127Z", [.referrer: "https://news.example/", .userAgent: "curl/8.5.0"]),
    FormatSample(
      "1795424400.127 190123 192.0.2.10 TCP_TUNNEL/200 39 CONNECT ads.example:443 - HIER_DIRECT/2001:db8::9 -",
      time: "2026-11-23T09:00:00.127Z", [.status: "200", .bytes: "39"]),
    FormatSample(
      "1795424400.127    310 192.0.2.10 TCP_MISS 200 5120 GET http://ads.example/ - HIER_NONE/- -",
      issue: "squid.not-a-number"),
    FormatSample(
      "yesterday    310 192.0.2.10 TCP_MISS/200 5120 GET http://ads.example/ - HIER_NONE/- -", issue: "squid.bad-time"),
  ]
}
