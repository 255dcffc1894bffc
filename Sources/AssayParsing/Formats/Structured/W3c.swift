internal import AssayModel

/// The W3C extended log file format: IIS, CDNs and appliances. The `#Fields:` directive says what the columns are and
/// may change in the middle of a file. Times are UTC; where there is no date column, `#Date:` gives the day.
enum W3c: LogFormat {
  static let card = FormatCard(
    id: "w3c", aliases: ["w3c_extended", "iis", "incapsula_w3c", "netscaler", "shoutcast"],
    title: "W3C extended log file", reference: "https://www.w3.org/TR/WD-logfile.html", splittable: false,
    specificity: 30)

  static func makeParser(_ request: ParserRequest) throws(AssayError) -> any LineParser {
    DirectiveParser(
      "w3c",
      ColumnReader("w3c", .space, try KeyTable.generic.adding(request)) { role in
        role == .field(.userAgent) ? .plusForSpace : .plain
      })
  }

  static let samples = [
    FormatSample(
      "#Software: Microsoft Internet Information Services 10.0\n#Version: 1.0\n#Date: 2026-11-23 09:00:00\n"
        + "#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) "
        + "cs(Referer) sc-status sc-substatus sc-win32-status time-taken\n"
        + "2026-11-23 09:00:01 10.0.0.2 GET /robots.txt a=1 80 - 192.0.2.7 "
        + "Mozilla/5.0+(compatible;+examplebot/2.0;++http://example.com/bot) - 404 0 2 283",
      time: "2026-11-23T09:00:01Z",
      [
        .method: "GET", .path: "/robots.txt", .query: "a=1", .user: "", .address: "192.0.2.7",
        .userAgent: "Mozilla/5.0 (compatible; examplebot/2.0; +http://example.com/bot)", .referrer: "",
        .status: "404", .duration: "283",
      ]),
    FormatSample(
      "#Fields:   date-local time-local   c-ip cs(User-Agent) cs(Host)\n"
        + "2026-11-23 09:00:00.363  \"192.0.2.7\"\t\"a+b \"\"c\"\" d\" \"example.com\"  ",
      time: "2026-11-23T09:00:00.363Z",
      [.address: "192.0.2.7", .userAgent: #"a+b "c" d"#, .host: "example.com"]),
    FormatSample(
      "#Date: 2026-11-23 09:00:00\n#Fields: time c-ip cs-uri\n09:00:02 192.0.2.7 /x?y",
      time: "2026-11-23T09:00:02Z", [.address: "192.0.2.7", .target: "/x?y"]),
    FormatSample(
      "#Fields: c-ip time\n192.0.2.7 09:00:00\n#Fields: c-ip date time x-forwarded-for\n"
        + "198.51.100.9 2026-11-23 09:00:03 203.0.113.5", time: "2026-11-23T09:00:03Z",
      [.address: "198.51.100.9", .forwardedFor: "203.0.113.5"]),
    FormatSample("#Fields: time c-ip\n09:00:02 192.0.2.7", [.address: "192.0.2.7"]),
    FormatSample("#Software: x", issue: "ignored"),
    FormatSample("2026-11-23 09:00:01 192.0.2.7", issue: "w3c.no-fields"),
    FormatSample("#Fields: date time c-ip\n2026-11-23 09:00:01", issue: "w3c.column-count"),
    FormatSample("#Fields: date time c-ip\n2026-11-23 09:00:01 192.0.2.7 x", issue: "w3c.column-count"),
    FormatSample("#Fields: date time c-ip\n2026-13-23 09:00:01 192.0.2.7", issue: "w3c.bad-time"),
  ]
}
