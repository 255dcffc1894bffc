internal import AssayModel

/// What sets one JSON log apart from another.
struct JSONDialect: Sendable {
  /// The format's id: the first part of the names of its issues.
  var id: String
  /// What its keys mean.
  var table: KeyTable
  /// Roles that every record has.
  var required = RoleSet()
  /// Roles of which every record has at least one.
  var requiredAny: RoleSet
  /// In words what `required` and `requiredAny` mean.
  var requirement: String
  /// Whether an object with a key that the profile names is a record whatever else it lacks.
  var columnsSuffice = false
  /// Fields that are known to be blank where a record lacks them: the format writes what was sent, and only that.
  var impliedBlank = RoleSet()
  /// Whether `impliedBlank` holds only where the object with the role `container` is there.
  var blankNeedsContainer = false
  /// What the name of the logger begins with where the line is an access record.
  var accessLogger: [UInt8] = []
}

/// Reads a log of one JSON object a line.
struct JSONLineParser: LineParser {
  private let dialect: JSONDialect
  private var visitor: Visitor
  private var scanner = JSONScanner()

  /// A parser for a dialect and what the profile wants beyond it.
  init(_ dialect: JSONDialect, _ request: ParserRequest) throws(AssayError) {
    self.dialect = dialect
    visitor = Visitor(table: try dialect.table.adding(request))
  }

  mutating func parse(_ line: Span<UInt8>, into fields: inout LineFields) -> LineOutcome {
    let start = JSONScanner.start(of: line)
    if start == line.count { return .ignored }
    visitor.builder.reset()
    visitor.saysRequest = false
    if let fault = scanner.scan(line, visitor: &visitor, into: &fields) {
      return .malformed(
        column: fault.column, name: "\(dialect.id).\(fault.problem.rawValue)", expected: fault.problem.expected
      ).named(for: line)
    }
    if isLogMessage(line, fields) { return .ignored }
    let seen = visitor.builder.seen
    let isRecord = seen.isSuperset(of: dialect.required) && seen.intersects(dialect.requiredAny)
    guard isRecord || dialect.columnsSuffice && visitor.builder.hasColumn else {
      if seen.contains(.message), !visitor.saysRequest { return .ignored }
      return .malformed(column: start, name: "\(dialect.id).no-known-key", expected: dialect.requirement)
    }
    if !dialect.blankNeedsContainer || seen.contains(.container) {
      visitor.builder.setBlank(dialect.impliedBlank, into: &fields)
    }
    if let fault = visitor.builder.finish(line, into: &fields) {
      return .malformed(column: fault.column, name: "\(dialect.id).bad-time", expected: fault.expected)
    }
    return .record
  }

  /// Whether another logger than that of the access log wrote the line.
  private func isLogMessage(_ line: Span<UInt8>, _ fields: borrowing LineFields) -> Bool {
    guard !dialect.accessLogger.isEmpty, visitor.builder.hasText(.logger) else { return false }
    let name = visitor.builder.value(.logger)
    guard Int(name.count) >= dialect.accessLogger.count else { return true }
    return name.inScratch
      ? !equal(fields.scratch.span, at: Int(name.start), dialect.accessLogger.span)
      : !equal(line, at: Int(name.start), dialect.accessLogger.span)
  }

  /// Gives the values that somebody wants to the builder.
  private struct Visitor: JSONVisitor {
    let table: KeyTable
    var builder = RecordBuilder()
    /// Whether a key of a request or of its answer was there: then the line is no message, whatever else it lacks.
    var saysRequest = false

    private static let request = RoleSet(
      .requestLine, .pathOrTarget, .field(.target), .field(.path), .field(.method), .field(.status))

    @inline(__always)
    mutating func visit(
      _ value: JSONValue, key: borrowing NormalizedKey, of line: Span<UInt8>, into fields: inout LineFields
    ) {
      guard let target = table.target(of: key) else { return }
      if target.role != .none, Visitor.request.contains(target.role) { saysRequest = true }
      if target.role == .container || target.role == .message { builder.mark(target.role) }
      if value.kind == .object { return }
      var range = FieldRange(start: value.start, count: value.end &- value.start)
      if value.isEscaped {
        range = FieldRange(start: fields.scratch.count, count: 0, inScratch: true)
        JSONEscape.unescape(line, value.start, value.end, into: &fields.scratch)
        range.count = Int32(truncatingIfNeeded: fields.scratch.count) &- range.start
      }
      builder.assign(target, range, in: line, into: &fields)
    }
  }
}
