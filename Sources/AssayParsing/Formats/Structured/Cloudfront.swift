internal import AssayModel

/// Amazon CloudFront, standard logs: W3C with tabs and URL-encoded values. CloudFront encodes what clients sent, percent
/// signs included, so the user agent is decoded twice, and of addresses only that second coat is taken off.
enum Cloudfront: LogFormat {
  static let card = FormatCard(
    id: "cloudfront", aliases: ["amazon_cloudfront"], title: "Amazon CloudFront, standard log",
    reference: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/AccessLogs.html",
    splittable: false, specificity: 50)

  static func makeParser(_ request: ParserRequest) throws(AssayError) -> any LineParser {
    let table = try KeyTable.generic.adding(request)
    var reader = ColumnReader("cloudfront", .byte(UInt8(ascii: "\t")), quoting: false, table) { role in
      switch role {
      case .field(.userAgent): .percentTwice
      case .field(.cookie), .field(.forwardedFor): .percent
      case .time, .date: .plain
      default: .percentOfPercent
      }
    }
    reader.setColumns(standardColumns.map { NormalizedKey($0) }, minimum: leastColumns, maximum: .max)
    return DirectiveParser("cloudfront", reader, allowsMore: true)
  }

  /// The columns of a file that has lost its `#Fields:` line, as files put together by others have.
  private static let standardColumns = [
    "date", "time", "x-edge-location", "sc-bytes", "c-ip", "cs-method", "cs(Host)", "cs-uri-stem", "sc-status",
    "cs(Referer)", "cs(User-Agent)", "cs-uri-query", "cs(Cookie)", "x-edge-result-type", "x-edge-request-id",
    "x-host-header", "cs-protocol", "cs-bytes", "time-taken", "x-forwarded-for", "ssl-protocol", "ssl-cipher",
    "x-edge-response-result-type", "cs-protocol-version", "fle-status", "fle-encrypted-fields", "c-port",
    "time-to-first-byte", "x-edge-detailed-result-type", "sc-content-type", "sc-content-len", "sc-range-start",
    "sc-range-end",
  ]

  /// The columns of the first version of 2010; later ones were added behind them.
  private static let leastColumns = 12

  static let samples = [
    FormatSample(
      "#Version: 1.0\n#Fields: date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status "
        + "cs(Referer) cs(User-Agent) cs-uri-query cs(Cookie) x-edge-result-type x-host-header x-forwarded-for\n"
        + "2026-11-23\t09:00:00\tZRH50-C1\t182\t192.0.2.7\tGET\td1.cloudfront.net\t/a%2520b.html\t200\t"
        + "https://example.com/?q=%2541\tMozilla/5.0%2520(X11;%20Linux)\tu=a%2526b\tid=7;%20x=%25\tMiss\t"
        + "ads.example.net\t203.0.113.5,%2010.0.0.1",
      time: "2026-11-23T09:00:00Z",
      [
        .bytes: "182", .address: "192.0.2.7", .method: "GET", .path: "/a%20b.html", .status: "200",
        .referrer: "https://example.com/?q=%41", .userAgent: "Mozilla/5.0 (X11; Linux)", .query: "u=a%26b",
        .cookie: "id=7; x=%", .host: "ads.example.net", .forwardedFor: "203.0.113.5, 10.0.0.1",
      ]),
    FormatSample(
      "2026-11-23\t09:00:00\tZRH50-C1\t703\t2001:db8::1\tPOST\td1.cloudfront.net\t/t\t000\t-\tcurl/7.81.0\tq=42\t-\t"
        + "Error\tid==\tads.example.net\thttps\t62\t0.113\t-\tTLSv1.3\tTLS_AES_128_GCM_SHA256\tError\tHTTP/2.0\t-\t-\t"
        + "51754\t0.113\tError\ttext/plain;%20charset=utf-8\t20\t-\t-",
      time: "2026-11-23T09:00:00Z",
      [
        .bytes: "703", .address: "2001:db8::1", .method: "POST", .path: "/t", .status: "000", .referrer: "",
        .userAgent: "curl/7.81.0", .query: "q=42", .cookie: "", .requestID: "id==", .host: "ads.example.net",
        .scheme: "https", .duration: "0.113", .forwardedFor: "", .protocolVersion: "HTTP/2.0",
      ]),
    FormatSample(
      "#Fields: date time c-ip cs(User-Agent)\n2026-11-23\t09:00:00\t192.0.2.7\t100%25",
      time: "2026-11-23T09:00:00Z", [.address: "192.0.2.7", .userAgent: "100%"]),
    FormatSample(
      "#Fields: date time c-ip cs(User-Agent)\n2026-11-23\t09:00:00\t192.0.2.7\t-\tnew", time: "2026-11-23T09:00:00Z",
      [.address: "192.0.2.7", .userAgent: ""]),
    FormatSample("#Version: 1.0", issue: "ignored"),
    FormatSample("#Fields: date time c-ip\n2026-11-23 09:00:00 192.0.2.7", issue: "cloudfront.column-count"),
    FormatSample("#Fields: date time c-ip\n23.11.2026\t09:00:00\t192.0.2.7", issue: "cloudfront.bad-time"),
  ]
}
