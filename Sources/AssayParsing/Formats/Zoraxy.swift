internal import AssayModel

/// The request log of the Zoraxy proxy. The user agent is written as it came, so it ends at the last bracket: what stands
/// behind it (method, target, status) cannot hold one followed by a space.
enum Zoraxy: LogFormat {
  static let card = FormatCard(
    id: "zoraxy", aliases: [],
    title: "Zoraxy proxy request log",
    reference: "https://zoraxy.aroz.org/",
    splittable: true, specificity: 50)

  static func makeParser(_ request: ParserRequest) throws(AssayError) -> any LineParser {
    PatternParser([try NginxDialect.pattern(layout, id: card.id, greedy: "http_user_agent")], request)
  }

  static let samples = [
    FormatSample(
      "2026/11/23 09:00:00 [2026-11-23 09:00:00.150624] [router:host-http] [origin:ads.example] [client: 192.0.2.10] [useragent: Mozilla/5.0 (X11; Linux x86_64; rv:139.0) Gecko/20100101 Firefox/139.0] GET /i?c=7 200",
      time: "2026-11-23T09:00:00.150624Z",
      [
        .host: "ads.example", .address: "192.0.2.10",
        .userAgent: "Mozilla/5.0 (X11; Linux x86_64; rv:139.0) Gecko/20100101 Firefox/139.0", .method: "GET",
        .target: "/i?c=7", .status: "200",
      ]),
    FormatSample(
      "2026/11/23 09:00:00 [2026-11-23 09:00:00.150624] [router:root-no_resp] [origin:198.51.100.7] [client: 2001:db8::7] [useragent: ] GET / 444",
      time: "2026-11-23T09:00:00.150624Z", [.address: "2001:db8::7", .userAgent: "", .status: "444"]),
    FormatSample(
      "2026/11/23 09:00:00 [2026-11-23 09:00:00.150624] [router:host-http] [origin:ads.example] [client: 192.0.2.10] [useragent: x] GET /forged 200] POST /form 404",
      time: "2026-11-23T09:00:00.150624Z",
      [.userAgent: "x] GET /forged 200", .method: "POST", .target: "/form", .status: "404"]),
    FormatSample(
      "2026/11/23 09:00:00 [2026-11-23 09:00:00.150624] [router:host-https] [origin:] [client: 192.0.2.10] [useragent: curl/8.5.0] HEAD /i 304",
      time: "2026-11-23T09:00:00.150624Z", [.host: "", .userAgent: "curl/8.5.0"]),
    FormatSample(
      "2026/11/23 09:00:00 [2026-11-23 09:00:00.150624] [router:host-http] [origin:ads.example] [client: 192.0.2.10] [useragent: x",
      issue: "zoraxy.line-ends"),
    FormatSample(
      "2026/11/23 09:00:00 [2026-11-23 09:00:00.150624] [system] [server:start] ready", issue: "zoraxy.unexpected-text"),
  ]
}

extension Zoraxy {
  private static let layout = #"""
    $day $clock [$time_iso8601] [router:$router] [origin:$host] [client: $remote_addr] \#
    [useragent: $http_user_agent] $request_method $request_uri $status
    """#
}
