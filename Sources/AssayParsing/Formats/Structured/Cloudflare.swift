internal import AssayModel

/// Cloudflare Logpush, dataset `http_requests`. Which fields it has is up to the job, and so is how time is written.
enum Cloudflare: LogFormat {
  static let card = FormatCard(
    id: "cloudflare", aliases: ["logpush", "cloudflare_json"], title: "Cloudflare Logpush, HTTP requests",
    reference: "https://developers.cloudflare.com/logs/logpush/logpush-job/datasets/zone/http_requests/",
    splittable: true, specificity: 50)

  private static let table = KeyTable(
    [
      (.field(.address), ["clientip"]),
      (.time, ["edgestarttimestamp", "edgeendtimestamp"]),
      (.field(.method), ["clientrequestmethod"]),
      (.field(.target), ["clientrequesturi"]),
      (.field(.path), ["clientrequestpath"]),
      (.field(.host), ["clientrequesthost", "edgerequesthost"]),
      (.field(.protocolVersion), ["clientrequestprotocol"]),
      (.field(.scheme), ["clientrequestscheme"]),
      (.field(.referrer), ["clientrequestreferer"]),
      (.field(.userAgent), ["clientrequestuseragent"]),
      (.field(.status), ["edgeresponsestatus"]),
      (.field(.bytes), ["edgeresponsebytes", "edgeresponsebodybytes"]),
      (.field(.duration), ["edgetimetofirstbytems"]),
      (.field(.requestID), ["rayid"]),
      (.field(.asn), ["clientasn"]),
      (.field(.country), ["clientcountry"]),
      (.field(.ja3), ["ja3hash"]),
      (.field(.ja4), ["ja4"]),
    ] + FieldNames.headers(after: ["requestheaders_"]))

  private static let dialect = JSONDialect(
    id: "cloudflare", table: table,
    requiredAny: RoleSet(.time, .field(.address), .field(.target), .field(.path), .field(.requestID)),
    requirement: "a key of the dataset http_requests, such as ClientIP or EdgeStartTimestamp")

  static func makeParser(_ request: ParserRequest) throws(AssayError) -> any LineParser {
    try JSONLineParser(dialect, request)
  }

  static let samples = [
    FormatSample(
      #"{"ClientIP":"192.0.2.7","ClientASN":64500,"ClientCountry":"ch","ClientRequestHost":"ads.example.net","#
        + #""ClientRequestMethod":"GET","ClientRequestURI":"/lg.php?bannerid=1","ClientRequestPath":"/lg.php","#
        + #""ClientRequestProtocol":"HTTP/2","ClientRequestScheme":"https","ClientRequestReferer":"","#
        + #""ClientRequestUserAgent":"Mozilla/5.0","EdgeStartTimestamp":1795424400100000000,"#
        + #""EdgeEndTimestamp":1795424400123000000,"EdgeResponseBytes":43,"EdgeResponseStatus":200,"#
        + #""RayID":"87a1b2c3d4e5f001","JA3Hash":"e7d7","JA4":"t13d1516h2","FirewallMatchesActions":[],"#
        + #""RequestHeaders":{"accept-language":"de-CH"},"Cookies":{"id":"7"}}"#,
      time: "2026-11-23T09:00:00.100Z",
      [
        .address: "192.0.2.7", .asn: "64500", .country: "ch", .host: "ads.example.net", .method: "GET",
        .target: "/lg.php?bannerid=1", .path: "/lg.php", .protocolVersion: "HTTP/2", .scheme: "https", .referrer: "",
        .userAgent: "Mozilla/5.0", .bytes: "43", .status: "200", .requestID: "87a1b2c3d4e5f001", .ja3: "e7d7",
        .ja4: "t13d1516h2", .acceptLanguage: "de-CH",
      ]),
    FormatSample(
      #"{"ClientIP":"2001:db8::1","EdgeStartTimestamp":"2026-11-23T09:00:00Z","ClientRequestURI":"/","#
        + #""EdgeResponseStatus":499,"ClientRequestUserAgent":null}"#,
      time: "2026-11-23T09:00:00Z",
      [.address: "2001:db8::1", .target: "/", .status: "499", .userAgent: ""]),
    FormatSample(
      #"{"EdgeStartTimestamp":1795424400,"ClientIP":"198.51.100.9","ClientRequestPath":"/a/b"}"#,
      time: "2026-11-23T09:00:00Z", [.address: "198.51.100.9", .path: "/a/b"]),
    FormatSample(
      #"{"RayID":"1","EdgeStartTimestamp":"2026-11-23T09:00:00.123456789Z","EdgeEndTimestamp":"2026-11-23T09:00:01Z"}"#,
      time: "2026-11-23T09:00:00.123456Z", [.requestID: "1"]),
    FormatSample(#"{"ip":"192.0.2.7"}"#, issue: "cloudflare.no-known-key"),
    FormatSample(#"{"ClientIP":"192.0.2.7","EdgeStartTimestamp":NaN}"#, issue: "cloudflare.no-value"),
  ]
}
