internal import AssayModel

/// One JSON object a line, with whatever keys: every name of `FieldNames.generic` is understood.
enum Ndjson: LogFormat {
  static let card = FormatCard(
    id: "ndjson", aliases: ["json", "jsonl", "json-lines"], title: "JSON, one object a line",
    reference: "https://www.rfc-editor.org/rfc/rfc8259", splittable: true, specificity: 15,
    takesAnything: true)

  private static let dialect = JSONDialect(
    id: "ndjson", table: KeyTable.generic.adding([FieldNames.message]),
    requiredAny: RoleSet(
      .requestLine, .pathOrTarget, .field(.target), .field(.path), .field(.address), .field(.method), .field(.status),
      .field(.userAgent)),
    requirement: "a key of an access log, or one that the profile names", columnsSuffice: true)

  static func makeParser(_ request: ParserRequest) throws(AssayError) -> any LineParser {
    try JSONLineParser(dialect, request)
  }

  static let samples = [
    FormatSample(
      #"{"timestamp":"2026-11-23T09:00:00Z","client_ip":"192.0.2.7","request_method":"GET","url":"/a?b=1","#
        + #""response_status":200,"request_user_agent":"Mozilla/5.0 \"x\" \u00e9","request_referer":""}"#,
      time: "2026-11-23T09:00:00Z",
      [
        .address: "192.0.2.7", .method: "GET", .target: "/a?b=1", .status: "200", .userAgent: "Mozilla/5.0 \"x\" é",
        .referrer: "",
      ]),
    FormatSample(
      #" { "reqTimeSec" : "1795424400.25", "cliIP":"2001:db8::1", "reqMethod":"POST", "reqPath":"p", "querystr":"?q=1","#
        + #" "UA":"-", "referer":null, "statusCode":"000" } "#,
      time: "2026-11-23T09:00:00.250Z",
      [
        .address: "2001:db8::1", .method: "POST", .path: "p", .query: "q=1", .userAgent: "", .referrer: "",
        .status: "000",
      ]),
    FormatSample(
      #"{"@timestamp":"2026-11-23T09:00:00.000001+01:00","source":{"ip":"203.0.113.9:4711"},"http":{"request":"#
        + #"{"method":"HEAD","referrer":"https://example.com/"},"version":"1.1"},"url":{"path":"/p","query":"x=y"},"#
        + #""user_agent":{"original":"bot/1.0","name":"bot"},"tags":["a",{"ip":"198.51.100.1"}]}"#,
      time: "2026-11-23T08:00:00.000001Z",
      [
        .address: "203.0.113.9:4711", .method: "HEAD", .referrer: "https://example.com/", .protocolVersion: "1.1",
        .path: "/p", .query: "x=y", .userAgent: "bot/1.0",
      ]),
    FormatSample(
      #"{"date":"2026-11-23","time":"09:00:00.5","ip":"192.0.2.7","headers":{"Sec-Purpose":"prefetch","#
        + #""Accept-Language":["en","de"]},"ja4":"t13d","asn":64500,"country":"CH"}"#,
      time: "2026-11-23T09:00:00.500Z",
      [
        .address: "192.0.2.7", .purpose: "prefetch", .acceptLanguage: "en", .ja4: "t13d", .asn: "64500",
        .country: "CH",
      ]),
    FormatSample(#"{"level":"info","ts":1795424400,"msg":"ready"}"#, issue: "ignored"),
    FormatSample(
      #"{"level":"info","msg":"handled","status":204}"#, [.status: "204"]),
    FormatSample(
      #"{"message":"handled","request":{"id":7},"time":"2026-11-23T09:00:00Z"}"#, issue: "ndjson.no-known-key"),
    FormatSample(#"{"temperature":21}"#, issue: "ndjson.no-known-key"),
    FormatSample(#"{"ip":"192.0.2.7","time":"yesterday"}"#, issue: "ndjson.bad-time"),
    FormatSample(#"{"ip":"192.0.2.7",}"#, issue: "ndjson.no-key"),
    FormatSample(#"192.0.2.7 - - [x]"#, issue: "ndjson.no-object"),
  ]
}
