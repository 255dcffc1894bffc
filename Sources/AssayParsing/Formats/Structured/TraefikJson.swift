internal import AssayModel

/// The JSON access log of Traefik. It writes a request's headers only where `accesslog.fields.headers` keeps them, so a
/// missing user agent says nothing.
enum TraefikJson: LogFormat {
  static let card = FormatCard(
    id: "traefik-json", aliases: ["traefik_json", "TRAEFIKJSON"], title: "Traefik, JSON",
    reference: "https://doc.traefik.io/traefik/observability/access-logs/", splittable: true, specificity: 50)

  private static let table = KeyTable(
    [
      (.field(.address), ["clienthost", "clientaddr"]),
      (.time, ["startutc", "startlocal", "time"]),
      (.field(.method), ["requestmethod"]),
      (.field(.target), ["requestpath"]),
      (.field(.host), ["requesthost"]),
      (.field(.protocolVersion), ["requestprotocol"]),
      (.field(.scheme), ["requestscheme"]),
      (.field(.status), ["downstreamstatus", "originstatus"]),
      (.field(.bytes), ["downstreamcontentsize", "origincontentsize"]),
      (.field(.user), ["clientusername"]),
      (.field(.duration), ["duration"]),
      (.field(.requestID), ["traceid"]),
      FieldNames.message,
    ] + FieldNames.headers(after: ["request_"]))

  private static let dialect = JSONDialect(
    id: "traefik-json", table: table, required: RoleSet(fields: .address, .method),
    requiredAny: RoleSet(fields: .target), requirement: "the keys ClientHost, RequestMethod and RequestPath")

  static func makeParser(_ request: ParserRequest) throws(AssayError) -> any LineParser {
    try JSONLineParser(dialect, request)
  }

  static let samples = [
    FormatSample(
      #"{"ClientAddr":"192.0.2.7:52458","ClientHost":"192.0.2.7","ClientUsername":"-","DownstreamContentSize":15,"#
        + #""DownstreamStatus":200,"Duration":10002425284,"OriginStatus":504,"RequestHost":"ads.example.net","#
        + #""RequestMethod":"GET","RequestPath":"/my/app?id=12","RequestProtocol":"HTTP/1.1","RequestScheme":"https","#
        + #""ServiceURL":{"Scheme":"http","User":null,"Path":""},"StartUTC":"2026-11-23T09:00:00.773360139Z","level":"#
        + #""info","msg":"","request_User-Agent":"Prometheus/2","request_Referer":"-","time":"2026-11-23T09:00:11Z"}"#,
      time: "2026-11-23T09:00:00.773360Z",
      [
        .address: "192.0.2.7", .user: "", .bytes: "15", .status: "200", .duration: "10002425284",
        .host: "ads.example.net", .method: "GET", .target: "/my/app?id=12", .protocolVersion: "HTTP/1.1",
        .scheme: "https", .userAgent: "Prometheus/2", .referrer: "",
      ]),
    FormatSample(
      #"{"ClientAddr":"[2001:db8::1]:443","RequestMethod":"POST","RequestPath":"/","OriginStatus":502,"#
        + #""StartLocal":"2026-11-23T10:00:00+01:00"}"#,
      time: "2026-11-23T09:00:00Z",
      [.address: "[2001:db8::1]:443", .method: "POST", .target: "/", .status: "502"]),
    FormatSample(
      #"{"ClientHost":"192.0.2.7","RequestMethod":"GET","RequestPath":"/","time":"2026-11-23T09:00:11+00:00"}"#,
      time: "2026-11-23T09:00:11Z", [.address: "192.0.2.7", .method: "GET", .target: "/"]),
    FormatSample(
      #"{"ClientHost":"192.0.2.7","RequestMethod":"GET","RequestPath":"\/a","request_X-Forwarded-For":"198.51.100.1","#
        + #""request_Accept-Language":"de"}"#,
      [
        .address: "192.0.2.7", .method: "GET", .target: "/a", .forwardedFor: "198.51.100.1", .acceptLanguage: "de",
      ]),
    FormatSample(#"{"level":"info","msg":"Starting provider","time":"2026-11-23T09:00:00Z"}"#, issue: "ignored"),
    FormatSample(#"{"ClientHost":"192.0.2.7"}"#, issue: "traefik-json.no-known-key"),
    FormatSample(
      #"{"ClientHost":"192.0.2.7","RequestMethod":"GET","RequestPath":"/" "a":1}"#, issue: "traefik-json.no-comma"),
  ]
}
