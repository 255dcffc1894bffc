internal import AssayModel

/// Google Cloud Storage, usage log: CSV with every value in quotes, one header line a file.
enum Gcs: LogFormat {
  static let card = FormatCard(
    id: "gcs", aliases: ["CLOUDSTORAGE", "google-cloud-storage"], title: "Google Cloud Storage, usage log",
    reference: "https://cloud.google.com/storage/docs/access-logs#format", splittable: false, specificity: 50)

  static func makeParser(_ request: ParserRequest) throws(AssayError) -> any LineParser {
    var reader = ColumnReader("gcs", .byte(UInt8(ascii: ",")), try KeyTable.generic.adding(request))
    reader.setColumns(columns.map { NormalizedKey($0) })
    return Parser(reader: reader)
  }

  /// The columns of a file that has lost its header.
  private static let columns = [
    "time_micros", "c_ip", "c_ip_type", "c_ip_region", "cs_method", "cs_uri", "sc_status", "cs_bytes", "sc_bytes",
    "time_taken_micros", "cs_host", "cs_referer", "cs_user_agent", "s_request_id", "cs_operation", "cs_bucket",
    "cs_object",
  ]

  private struct Parser: LineParser {
    /// What a header begins with, after its quote or none.
    static let header = Array("time_micros".utf8)
    var reader: ColumnReader

    mutating func parse(_ line: Span<UInt8>, into fields: inout LineFields) -> LineOutcome {
      let start = LineStart.afterByteOrderMark(line)
      if LineStart.isBlank(line, from: start) { return .ignored }
      if equal(line, at: start, Self.header.span) || equal(line, at: start + 1, Self.header.span) {
        if let names = reader.names(line, from: start) { reader.setColumns(names) }
        return .ignored
      }
      return reader.read(line, into: &fields)
    }
  }

  static let samples = [
    FormatSample(
      #""time_micros","c_ip","cs_method","cs_uri","sc_status","sc_bytes","cs_user_agent""#
        + "\n" + #""1795424400000250","192.0.2.7","GET","/b/o?x=1","200","43","a ""b"", c""#,
      time: "2026-11-23T09:00:00.000250Z",
      [
        .address: "192.0.2.7", .method: "GET", .target: "/b/o?x=1", .status: "200", .bytes: "43",
        .userAgent: #"a "b", c"#,
      ]),
    FormatSample(
      #""1795424400000000","2001:db8::1","1","","GET","/b/ad.png","200","0","5120","9000","storage.example.com","","#
        + #""Mozilla/5.0","id1","GET_Object","b","ad.png""#,
      time: "2026-11-23T09:00:00Z",
      [
        .address: "2001:db8::1", .method: "GET", .target: "/b/ad.png", .status: "200", .bytes: "5120",
        .duration: "9000", .host: "storage.example.com", .referrer: "", .userAgent: "Mozilla/5.0", .requestID: "id1",
      ]),
    FormatSample(
      #""time_micros","c_ip""# + "\n" + #""1795424400000000","192.0.2.7""#, time: "2026-11-23T09:00:00Z",
      [.address: "192.0.2.7"]),
    FormatSample("time_micros,c_ip\n1795424400000000,", time: "2026-11-23T09:00:00Z", [.address: ""]),
    FormatSample(#""time_micros","c_ip""#, issue: "ignored"),
    FormatSample(#""bucket","storage_byte_hours""#, issue: "gcs.column-count"),
    FormatSample(#""time_micros","c_ip""# + "\n" + #""1795424400000000,"192.0.2.7""#, issue: "gcs.text-after-quote"),
    FormatSample(#""time_micros","c_ip""# + "\n" + #""never","192.0.2.7""#, issue: "gcs.bad-time"),
  ]
}
