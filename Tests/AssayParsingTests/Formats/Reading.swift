import AssayModel
import AssayParsing
import TestSupport
import Testing

/// What a parser made of one line, with the fields as text: comparable and printable.
struct Reading: Equatable {
  var outcome: LineOutcome
  var fields: [Field: String] = [:]
  var columns: [Int: String] = [:]
  var time: String?
  var isSubsecond = false

  /// Parses one line as it stands between decoy bytes.
  init(_ line: [UInt8], _ parser: inout any LineParser, columns: Int = 0) {
    let decoys = Array("\" 200 ] ".utf8)
    let buffer = decoys + line + decoys
    let span = buffer.span.extracting(decoys.count..<decoys.count + line.count)
    var fields = LineFields()
    fields.reset()
    outcome = parser.parse(span, into: &fields)
    guard outcome == .record else { return }
    func text(_ range: FieldRange) -> String {
      let start = Int(range.start)
      let bytes = range.inScratch ? fields.scratch : line
      return String(decoding: bytes[start..<start + Int(range.count)], as: UTF8.self)
    }
    for field in Field.allCases { self.fields[field] = fields.range(field).map(text) }
    for column in 0..<columns { self.columns[column] = fields.range(column: column).map(text) }
    if fields.hasTime { time = Timestamp(microseconds: fields.microseconds).iso8601 }
    isSubsecond = fields.isSubsecond
  }

  /// The issue's name, `ignored`, or nil for a record.
  var issue: String? {
    switch outcome {
    case .record: nil
    case .ignored: "ignored"
    case .malformed(_, let name, _): name
    }
  }

  /// Reads the lines of a text with one parser.
  static func all(_ text: [UInt8], _ parser: any LineParser) -> [Reading] {
    var parser = parser
    return EverySplitVerifier<Reading>.lines(of: text).map { Reading($0, &parser) }
  }
}

/// A format of the catalogue as an argument of a test: prints as its id.
struct Named: CustomTestStringConvertible, Sendable {
  var format: any LogFormat.Type
  var testDescription: String { format.card.id }
  static var all: [Named] { FormatCatalog.all.map(Named.init) }
}
