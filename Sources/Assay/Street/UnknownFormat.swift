internal import AssayIngest
internal import AssayModel
internal import AssayParsing

/// What an input is read as that is text and fits no format: every line that is not blank is an issue, so that it is
/// counted and shown, and nothing is guessed.
enum UnknownFormat: LogFormat {
  static let card = FormatCard(
    id: "unknown", title: "Text that fits no known log format", reference: "", splittable: true, specificity: 0)
  static let samples: [FormatSample] = []

  static func makeParser(_ request: ParserRequest) -> any LineParser {
    RefusingParser(
      issue: "input.unknown-format",
      expected: "a line of a known log format (`assay formats` lists them; name one with --log-format)")
  }
}

/// What an input is read as that is no text.
enum BinaryFormat: LogFormat {
  static let card = FormatCard(
    id: "binary", title: "Not text", reference: "", splittable: true, specificity: 0)
  static let samples: [FormatSample] = []
  static let issue = "input.binary"

  static func makeParser(_ request: ParserRequest) -> any LineParser {
    RefusingParser(
      issue: issue,
      expected: "text in UTF-8; this is a binary file, or text in UTF-16 (iconv -f UTF-16 -t UTF-8 makes it readable)")
  }
}

extension ResolvedFormat {
  /// What an input is read as that is known to be no log as it lies there: each of its lines is the same issue.
  init(refusing content: ForeignContent) {
    let card = FormatCard(
      id: content.issue == BinaryFormat.issue ? BinaryFormat.card.id : "foreign", title: content.title, reference: "",
      splittable: true, specificity: 0)
    self.init(card) {
      RefusingParser(
        issue: content.issue, expected: "lines of a log; this is \(content.title): \(content.advice)")
    }
  }
}

/// Refuses every line that is not blank.
private struct RefusingParser: LineParser {
  let issue: String
  let expected: String

  mutating func parse(_ line: Span<UInt8>, into fields: inout LineFields) -> LineOutcome {
    LineStart.isBlank(line) ? .ignored : .malformed(column: 0, name: issue, expected: expected).named(for: line)
  }
}
