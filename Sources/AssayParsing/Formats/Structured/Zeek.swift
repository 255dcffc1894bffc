internal import AssayModel

/// The `http.log` of Zeek, as tab-separated text under its own header or as JSON. Zeek logs every request's user agent
/// and referrer, so that one it leaves out of an object was not sent.
enum Zeek: LogFormat {
  static let card = FormatCard(
    id: "zeek", aliases: ["bro", "zeek-http"], title: "Zeek http.log",
    reference: "https://docs.zeek.org/en/master/logs/http.html", splittable: false, specificity: 50)

  private static let table = KeyTable([
    (.field(.address), ["id_orig_h"]),
    (.time, ["ts"]),
    (.field(.method), ["method"]),
    (.field(.target), ["uri"]),
    (.field(.host), ["host"]),
    (.field(.referrer), ["referrer"]),
    (.field(.protocolVersion), ["version"]),
    (.field(.userAgent), ["user_agent"]),
    (.field(.status), ["status_code"]),
    (.field(.bytes), ["response_body_len"]),
    (.field(.user), ["username"]),
    (.field(.requestID), ["uid"]),
    (.field(.ja3), ["ja3"]),
    (.field(.ja4), ["ja4"]),
  ])

  private static let dialect = JSONDialect(
    id: "zeek", table: table, required: RoleSet(fields: .address, .requestID),
    requiredAny: RoleSet(fields: .method, .target, .status),
    requirement: "an http.log: the keys uid, id.orig_h and one of method, uri and status_code",
    impliedBlank: RoleSet(fields: .userAgent, .referrer))

  static func makeParser(_ request: ParserRequest) throws(AssayError) -> any LineParser {
    ZeekParser(
      json: try JSONLineParser(dialect, request),
      reader: ColumnReader("zeek", .byte(UInt8(ascii: "\t")), quoting: false, try table.adding(request)) { _ in
        .backslash
      })
  }

  private static let header =
    "#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n#unset_field\t-\n#path\thttp\n"
    + "#fields\tts\tuid\tid.orig_h\tid.orig_p\tmethod\thost\turi\treferrer\tversion\tuser_agent\tstatus_code\n"

  static let samples = [
    FormatSample(
      header + "1795424400.000250\tC1\t192.0.2.7\t4711\tGET\texample.com\t/a?b=1\t-\t1.1\tbot\\x09\\\\1\t200",
      time: "2026-11-23T09:00:00.000250Z",
      [
        .requestID: "C1", .address: "192.0.2.7", .method: "GET", .host: "example.com", .target: "/a?b=1",
        .referrer: "", .protocolVersion: "1.1", .userAgent: "bot\t\\1", .status: "200",
      ]),
    FormatSample(
      header + "1795424400.000000\tC2\t2001:db8::1\t4711\t-\t-\t(empty)\t-\t-\t-\t-",
      time: "2026-11-23T09:00:00Z",
      [
        .requestID: "C2", .address: "2001:db8::1", .method: "", .host: "", .target: "", .referrer: "",
        .protocolVersion: "", .userAgent: "", .status: "",
      ]),
    FormatSample(
      #"{"ts":1795424400.25,"uid":"C3","id.orig_h":"192.0.2.7","id.orig_p":4711,"method":"GET","uri":"/","#
        + #""version":"1.1","status_code":204,"tags":[]}"#,
      time: "2026-11-23T09:00:00.250Z",
      [
        .requestID: "C3", .address: "192.0.2.7", .method: "GET", .target: "/", .protocolVersion: "1.1",
        .status: "204", .userAgent: "", .referrer: "",
      ]),
    FormatSample(
      "#separator \\x2c\n#fields,ts,uid,id.orig_h\n1795424400.5,C4,192.0.2.7", time: "2026-11-23T09:00:00.500Z",
      [.requestID: "C4", .address: "192.0.2.7"]),
    FormatSample("#close\t2026-11-23-09-00-00", issue: "ignored"),
    FormatSample("1795424400.5\tC4\t192.0.2.7", issue: "zeek.no-fields"),
    FormatSample("#path\tconn\n#fields\tts\tuid\tid.orig_h\n1795424400.5\tC4\t192.0.2.7", issue: "zeek.not-http"),
    FormatSample(header + "1795424400.000250\tC1\t192.0.2.7", issue: "zeek.column-count"),
    FormatSample("#fields\tts\tuid\nXXXXXXXXXX.XXXXXX\tC4", issue: "zeek.bad-time"),
    FormatSample(#"{"ts":1795424400.25,"uid":"C3","id.orig_h":"192.0.2.7","proto":"tcp"}"#, issue: "zeek.no-known-key"),
  ]
}
