internal import AssayModel

/// The fixed, comma-separated log of old IIS servers. Dates are month first; times are the server's own and taken as UTC.
enum IisNative: LogFormat {
  static let card = FormatCard(
    id: "iis-native", aliases: ["iis_native"], title: "IIS native log",
    reference: "https://learn.microsoft.com/en-us/windows/win32/http/iis-logging", splittable: true, specificity: 30)

  static func makeParser(_ request: ParserRequest) throws(AssayError) -> any LineParser {
    var reader = ColumnReader(
      "iis-native", .byte(UInt8(ascii: ",")), quoting: false, trimming: true, try KeyTable.generic.adding(request))
    reader.builder.hasShortDates = true
    reader.setColumns(columns.map { NormalizedKey($0) }, maximum: columns.count + 1)
    return Parser(reader: reader)
  }

  /// The columns by the names that the W3C format of IIS has for them. Behind the last stands one more comma.
  private static let columns = [
    "c-ip", "cs-username", "date", "time", "s-sitename", "s-computername", "s-ip", "time-taken", "cs-bytes", "sc-bytes",
    "sc-status", "sc-win32-status", "cs-method", "cs-uri-stem", "cs-uri-query",
  ]

  private struct Parser: LineParser {
    var reader: ColumnReader

    mutating func parse(_ line: Span<UInt8>, into fields: inout LineFields) -> LineOutcome {
      if LineStart.isBlank(line) { return .ignored }
      let outcome = reader.read(line, into: &fields)
      guard outcome == .record, !fields.hasTime else { return outcome }
      return .malformed(column: 0, name: "iis-native.bad-time", expected: "a date and time such as 3/20/26, 7:55:20")
    }
  }

  static let samples = [
    FormatSample(
      "192.0.2.7, -, 11/23/26, 7:55:20, W3SVC2, SERVER, 10.0.0.2, 4502, 163, 3223, 200, 0, GET, /DeptLogo.gif, -,",
      time: "2026-11-23T07:55:20Z",
      [
        .address: "192.0.2.7", .user: "", .duration: "4502", .bytes: "3223", .status: "200", .method: "GET",
        .path: "/DeptLogo.gif", .query: "",
      ]),
    FormatSample(
      "192.0.2.7, jo, 1/2/2026, 17:05:00, W3SVC1, S, 10.0.0.2, 1, 2, 3, 404, 0, HEAD, /x, a=1,",
      time: "2026-01-02T17:05:00Z",
      [
        .address: "192.0.2.7", .user: "jo", .duration: "1", .bytes: "3", .status: "404", .method: "HEAD", .path: "/x",
        .query: "a=1",
      ]),
    FormatSample(
      "2001:db8::1,-,3/20/99,00:00:00,W,S,10.0.0.2,1,2,3,200,0,GET,/,-", time: "1999-03-20T00:00:00Z",
      [
        .address: "2001:db8::1", .user: "", .duration: "1", .bytes: "3", .status: "200", .method: "GET", .path: "/",
        .query: "",
      ]),
    FormatSample(
      "-, -, 3/20/69, 23:59:60, W, S, 10.0.0.2, 1, 2, 3, 200, 0, GET, /, -,", time: "2069-03-21T00:00:00Z",
      [.address: "", .status: "200", .method: "GET", .path: "/", .query: "", .user: "", .duration: "1", .bytes: "3"]),
    FormatSample("  ", issue: "ignored"),
    FormatSample("192.0.2.7, -, 11/23/26, 7:55:20, W3SVC2", issue: "iis-native.column-count"),
    FormatSample(
      "192.0.2.7, -, 23/11/26, 7:55:20, W, S, 10.0.0.2, 1, 2, 3, 200, 0, GET, /, -,", issue: "iis-native.bad-time"),
    FormatSample(
      "192.0.2.7, -, -, -, W, S, 10.0.0.2, 1, 2, 3, 200, 0, GET, /, -,", issue: "iis-native.bad-time"),
  ]
}
