import AssayModel
import AssayParsing
import TestSupport
import Testing

/// What one line gave, with every field as text, for comparing and for messages.
struct ParsedLine: Equatable {
  var outcome: LineOutcome
  var fields: [Field: String] = [:]
  var columns: [Int: String] = [:]
  var time: String?
  var isSubsecond = false

  /// What a parser makes of a line.
  init(_ parser: inout any LineParser, _ line: [UInt8], columns count: Int = 0) {
    var lineFields = LineFields()
    outcome = parser.parse(line.span, into: &lineFields)
    guard outcome == .record else { return }
    func text(_ range: FieldRange) -> String {
      let bytes = range.inScratch ? lineFields.scratch : line
      return String(decoding: bytes[Int(range.start)..<Int(range.start) + Int(range.count)], as: UTF8.self)
    }
    for field in Field.allCases { fields[field] = lineFields.range(field).map(text) }
    for column in 0..<count { columns[column] = lineFields.range(column: column).map(text) }
    if lineFields.hasTime { time = Timestamp(microseconds: lineFields.microseconds).iso8601 }
    isSubsecond = lineFields.isSubsecond
  }

  /// What a format makes of the last of some lines.
  static func last(
    of text: String, as format: any LogFormat.Type, columns: [String] = []
  ) throws -> ParsedLine {
    var parser = try format.makeParser(ParserRequest(columns: columns))
    var last: ParsedLine?
    for line in text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      last = ParsedLine(&parser, Array(line), columns: columns.count)
    }
    return try #require(last)
  }

  /// The name of the issue, `ignored`, or nil for a record.
  var issue: String? {
    switch outcome {
    case .record: nil
    case .ignored: "ignored"
    case .malformed(_, let name, _): name
    }
  }

  /// The column of the issue.
  var column: Int? {
    if case .malformed(let column, _, _) = outcome { column } else { nil }
  }
}

/// The formats whose records name their own fields: those whose file lies in `Formats/Structured`.
let structuredFormats = FormatCatalog.all.filter { format in
  ProjectTree.swiftFiles(below: "Sources/AssayParsing/Formats/Structured").contains { path in
    folded(path).hasSuffix("/\(folded(format.card.id)).swift")
  }
}

/// The format with an id.
func structuredFormat(_ id: String) throws -> any LogFormat.Type {
  try #require(structuredFormats.first { $0.card.id == id })
}
