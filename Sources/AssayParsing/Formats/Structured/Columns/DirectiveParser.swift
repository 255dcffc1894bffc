/// Reads rows whose columns the directive `#Fields:` names (W3C extended log file format, and what is derived of it).
struct DirectiveParser: LineParser {
  private let id: String
  private var reader: ColumnReader
  private let allowsMore: Bool

  /// A parser; `allowsMore` says that rows may have more columns than the directive names.
  init(_ id: String, _ reader: ColumnReader, allowsMore: Bool = false) {
    self.id = id
    self.reader = reader
    self.allowsMore = allowsMore
  }

  mutating func parse(_ line: Span<UInt8>, into fields: inout LineFields) -> LineOutcome {
    let start = LineStart.afterByteOrderMark(line)
    if LineStart.isBlank(line, from: start) { return .ignored }
    if line[start] == UInt8(ascii: "#") {
      follow(line, start + 1)
      return .ignored
    }
    guard reader.hasColumns else {
      return .malformed(column: 0, name: "\(id).no-fields", expected: "a #Fields: line before the first record")
    }
    return reader.read(line, into: &fields)
  }

  /// Takes in `#Fields:`, `#Date:` and `#Start-Date:`; the others say nothing about the rows.
  private mutating func follow(_ line: Span<UInt8>, _ start: Int) {
    let colon = firstIndex(of: UInt8(ascii: ":"), in: line, from: start, to: line.count)
    guard colon >= 0 else { return }
    var name = NormalizedKey()
    for index in start..<colon { name.append(line[index]) }
    if name == NormalizedKey("Fields") {
      if let names = reader.names(line, from: colon + 1, between: .space) {
        reader.setColumns(names, maximum: allowsMore ? .max : nil)
      }
    } else if name == NormalizedKey("Date") || name == NormalizedKey("Start-Date") {
      var first = colon + 1
      while first < line.count, line[first] == 0x20 { first += 1 }
      reader.builder.defaultDay = Times.date(line, first, line.count)
    }
  }
}
