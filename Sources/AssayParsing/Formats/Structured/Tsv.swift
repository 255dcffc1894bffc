internal import AssayModel

/// Tab-separated values under a header line, quoted like CSV where somebody does so.
enum Tsv: LogFormat {
  static let card = FormatCard(
    id: "tsv", title: "Tab-separated values with a header",
    reference: "https://www.iana.org/assignments/media-types/text/tab-separated-values", splittable: false,
    specificity: 10)

  static func makeParser(_ request: ParserRequest) throws(AssayError) -> any LineParser {
    HeaderLineParser("tsv", ColumnReader("tsv", .byte(UInt8(ascii: "\t")), try KeyTable.generic.adding(request)))
  }

  static let samples = [
    FormatSample(
      "timestamp\tclient ip\tuser agent\turl\n2026-11-23T09:00:00Z\t192.0.2.7\tMozilla/5.0 (a, b)\t/x",
      time: "2026-11-23T09:00:00Z", [.address: "192.0.2.7", .userAgent: "Mozilla/5.0 (a, b)", .target: "/x"]),
    FormatSample(
      "ts\tip\tua\n1795424400250\t192.0.2.7\t\"tab\there\"", time: "2026-11-23T09:00:00.250Z",
      [.address: "192.0.2.7", .userAgent: "tab\there"]),
    FormatSample("ip\tref\n2001:db8::1\t", [.address: "2001:db8::1", .referrer: ""]),
    FormatSample("ip\tasn\tjunk\n2001:db8::1\t64500\t7", [.address: "2001:db8::1", .asn: "64500"]),
    FormatSample("ip\tts\n\t \t", issue: "ignored"),
    FormatSample("ip\tts\n192.0.2.7 1795424400", issue: "tsv.column-count"),
    FormatSample("#fields\tip\tts", issue: "tsv.no-header"),
  ]
}
