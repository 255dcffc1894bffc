internal import AssayModel

/// Comma-separated values under a header line: exports of ad servers (Campaign Manager 360 Data Transfer), of databases
/// and of log services.
enum Csv: LogFormat {
  static let card = FormatCard(
    id: "csv", title: "Comma-separated values with a header", reference: "https://www.rfc-editor.org/rfc/rfc4180",
    splittable: false, specificity: 10)

  static func makeParser(_ request: ParserRequest) throws(AssayError) -> any LineParser {
    HeaderLineParser(
      "csv", ColumnReader("csv", .byte(UInt8(ascii: ",")), try KeyTable.generic.adding(request)))
  }

  static let samples = [
    FormatSample(
      "time,ip,method,url,status,user_agent,referer\n"
        + #"2026-11-23 09:00:00,192.0.2.7,GET,"/a?b=1,2",200,"say ""hi"", bot",-"#,
      time: "2026-11-23T09:00:00Z",
      [
        .address: "192.0.2.7", .method: "GET", .target: "/a?b=1,2", .status: "200", .userAgent: #"say "hi", bot"#,
        .referrer: "",
      ]),
    FormatSample(
      "Event Time,User ID,Impression ID,Country Code,Referrer URL\n1795424400000001,,abc,CH,",
      time: "2026-11-23T09:00:00.000001Z", [.country: "CH", .referrer: ""]),
    FormatSample(
      "\u{feff}\"Date\",\"Time\",\"Client IP\",\"Path\",\"Query\"\n2026-11-23,09:00:00.25,2001:db8::1,/p,q=1",
      time: "2026-11-23T09:00:00.250Z", [.address: "2001:db8::1", .path: "/p", .query: "q=1"]),
    FormatSample(
      "ts,remote_addr,request,http_user_agent\n1795424400,192.0.2.7,GET /x y HTTP/1.0,", time: "2026-11-23T09:00:00Z",
      [
        .address: "192.0.2.7", .method: "GET", .target: "/x y", .protocolVersion: "HTTP/1.0", .userAgent: "",
      ]),
    FormatSample("ip,ts\n192.0.2.7,1795424400\nip,ts", issue: "ignored"),
    FormatSample("ip,ts\n192.0.2.7", issue: "csv.column-count"),
    FormatSample("ip,ts\n192.0.2.7,1795424400,", issue: "csv.column-count"),
    FormatSample("ip,ua\n192.0.2.7,\"Mozilla", issue: "csv.no-closing-quote"),
    FormatSample("ip,ua\n192.0.2.7,\"Mozilla\"/5.0", issue: "csv.text-after-quote"),
    FormatSample("ip,ts\n192.0.2.7,soon", issue: "csv.bad-time"),
    FormatSample("192.0.2.7,1795424400", issue: "csv.no-header"),
  ]
}
