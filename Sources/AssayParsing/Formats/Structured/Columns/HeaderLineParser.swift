/// Reads rows under a header line. The same line again, as where files were put together, is a header again.
struct HeaderLineParser: LineParser {
  private let id: String
  private var reader: ColumnReader
  private var header: [UInt8] = []

  /// A parser that waits for its header.
  init(_ id: String, _ reader: ColumnReader) {
    self.id = id
    self.reader = reader
  }

  mutating func parse(_ line: Span<UInt8>, into fields: inout LineFields) -> LineOutcome {
    let start = LineStart.afterByteOrderMark(line)
    if LineStart.isBlank(line, from: start) { return .ignored }
    if reader.hasColumns {
      let isHeader = line.count - start == header.count && equal(line, at: start, header.span)
      return isHeader ? .ignored : reader.read(line, into: &fields)
    }
    guard line[start] != UInt8(ascii: "#"), let names = reader.names(line, from: start),
      reader.known(names) >= min(HeaderLineParser.leastKnown, names.count)
    else {
      return .malformed(
        column: start, name: "\(id).no-header",
        expected: "a header line with the names of the columns, at least \(HeaderLineParser.leastKnown) of them known")
    }
    reader.setColumns(names)
    for index in start..<line.count { header.append(line[index]) }
    return .ignored
  }

  /// How many names must be known for a line to be a header: one can be a value that looks like a name.
  private static let leastKnown = 2
}
