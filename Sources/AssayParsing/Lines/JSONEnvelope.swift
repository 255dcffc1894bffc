/// A log line as a string in a JSON object, which is how Docker's json-file driver keeps it
/// (docs.docker.com/engine/logging/drivers/json-file: `{"log":"…\n","stream":"stdout","time":"…"}`), and how shippers
/// and journals send it (`"message"`).
struct JSONEnvelope {
  /// What a line is.
  enum Opening {
    /// No object, or one without such a string.
    case none
    /// An object that is not well formed.
    case fault(JSONFault)
    /// An object with the text, and the transport's own time where it has one.
    case text(JSONValue, time: TimeReading?)
  }

  private static let table = KeyTable([
    (.message, ["log", "message"]),
    (.time, ["time", "timestamp_ns", "timestamp", "realtime_timestamp"]),
  ])

  /// Looks for the text in a line.
  ///
  /// - Complexity: O(n).
  static func open(_ line: Span<UInt8>) -> Opening {
    var scanner = JSONScanner()
    return open(line, &scanner)
  }

  /// Looks for the text in a line, with a scanner that is used for many.
  static func open(_ line: Span<UInt8>, _ scanner: inout JSONScanner) -> Opening {
    let start = JSONScanner.start(of: line)
    guard start < line.count, line[start] == UInt8(ascii: "{") else { return .none }
    var visitor = Visitor()
    var fields = LineFields()
    if let fault = scanner.scan(line, visitor: &visitor, into: &fields) { return .fault(fault) }
    guard let text = visitor.text else { return .none }
    return .text(text, time: visitor.time.flatMap { StructuredTime.moment(line, $0.start, $0.end) })
  }

  /// The line inside an unescaped text: without its line end, and without what syslog wrote before it.
  static func content(of text: Span<UInt8>) -> Range<Int> {
    var end = text.count
    while end > 0, text[end - 1] == 10 || text[end - 1] == 13 { end -= 1 }
    let prefix = LinePrefix.find(.syslog, text.extracting(0..<end))?.prefix
    let start = prefix?.end ?? LinePrefix.tagEnd(text.extracting(0..<end), from: 0)
    return min(start, end)..<end
  }

  /// Keeps the two values; the surer name wins.
  private struct Visitor: JSONVisitor {
    var text: JSONValue?
    var time: JSONValue?
    private var textRank: UInt8 = 0
    private var timeRank: UInt8 = 0

    mutating func visit(
      _ value: JSONValue, key: borrowing NormalizedKey, of line: Span<UInt8>, into fields: inout LineFields
    ) {
      guard value.kind == .string || value.kind == .number, let target = JSONEnvelope.table.target(of: key) else {
        return
      }
      if target.role == .message {
        if value.kind == .string, target.rank >= textRank { (text, textRank) = (value, target.rank) }
      } else if !value.isEscaped, target.rank >= timeRank {
        (time, timeRank) = (value, target.rank)
      }
    }
  }
}

/// Reads lines that stand inside JSON. What the line itself says counts; the transport's time is taken only where the
/// line has none. A line without an envelope is read as it is: files of several origins are joined in practice.
struct EnvelopedParser: LineParser {
  private var inner: any LineParser
  private var scanner = JSONScanner()
  private var text: [UInt8] = []

  /// Puts an envelope around a parser.
  init(_ inner: any LineParser) { self.inner = inner }

  mutating func parse(_ line: Span<UInt8>, into fields: inout LineFields) -> LineOutcome {
    switch JSONEnvelope.open(line, &scanner) {
    case .none: return inner.parse(line, into: &fields)
    case .fault(let fault):
      return .malformed(
        column: fault.column, name: "json.\(fault.problem.rawValue)", expected: fault.problem.expected)
    case .text(let value, let time):
      text.removeAll(keepingCapacity: true)
      JSONEscape.unescape(line, value.start, value.end, into: &text)
      let text = text
      let content = JSONEnvelope.content(of: text.span)
      switch inner.parse(text.span.extracting(content), into: &fields) {
      case .record:
        fields.adopt(text, readFrom: content.lowerBound)
        if !fields.hasTime, let time { fields.setTime(time) }
        return .record
      case .ignored: return .ignored
      case .malformed(let column, let name, let expected):
        let place = JSONEscape.index(ofByte: content.lowerBound + column, in: line, value.start, value.end)
        return .malformed(column: place, name: name, expected: expected)
      }
    }
  }
}
