/// Reads an `http.log` of Zeek: rows under `#fields`, or objects.
struct ZeekParser: LineParser {
  private var json: JSONLineParser
  private var reader: ColumnReader
  private var isHTTP = true

  private static let http = Array("http".utf8)

  /// A parser from the readers of its two forms.
  init(json: JSONLineParser, reader: ColumnReader) {
    self.json = json
    self.reader = reader
  }

  mutating func parse(_ line: Span<UInt8>, into fields: inout LineFields) -> LineOutcome {
    let start = LineStart.afterByteOrderMark(line)
    if LineStart.isBlank(line, from: start) { return .ignored }
    if line[start] == UInt8(ascii: "{") { return json.parse(line, into: &fields) }
    if line[start] == UInt8(ascii: "#") {
      follow(line, start + 1)
      return .ignored
    }
    guard isHTTP else {
      return .malformed(column: 0, name: "zeek.not-http", expected: "an http.log (#path http)")
    }
    guard reader.hasColumns else {
      return .malformed(column: 0, name: "zeek.no-fields", expected: "a #fields line before the first record")
    }
    return reader.read(line, into: &fields)
  }

  /// Takes in `#separator`, `#path` and `#fields`; the others say nothing that matters here.
  private mutating func follow(_ line: Span<UInt8>, _ start: Int) {
    var end = start
    while end < line.count, line[end] &- UInt8(ascii: "a") < 26 || line[end] == UInt8(ascii: "_") { end += 1 }
    // W3C's `#Fields:` has a capital and a colon, and is none of Zeek's.
    guard end < line.count, line[end] != UInt8(ascii: ":") else { return }
    var name = NormalizedKey()
    for index in start..<end { name.append(line[index]) }
    if name == NormalizedKey("separator") {
      setSeparator(line, end + 1)
    } else if name == NormalizedKey("path") {
      isHTTP = end + 1 <= line.count && equal(line, at: end + 1, ZeekParser.http.span)
    } else if name == NormalizedKey("fields"), let names = reader.names(line, from: end + 1) {
      reader.setColumns(names)
    }
  }

  /// The separator is written `\xNN`.
  private mutating func setSeparator(_ line: Span<UInt8>, _ start: Int) {
    guard let escape = start < line.count ? JSONEscape.read(line, start) : nil, escape.isByte else { return }
    reader.separator = .byte(UInt8(truncatingIfNeeded: escape.value))
  }
}
