/// Reads the rows of a file whose columns are known: from a header, a directive, or the format itself.
struct ColumnReader: Sendable {
  /// What one column gives.
  private struct Plan: Sendable, BitwiseCopyable {
    var target: KeyTarget
    var decoding: ValueDecoding
  }

  /// The format's id: the first part of the names of its issues.
  private let id: String
  /// What stands between columns.
  var separator: ColumnScanner.Separator
  private let isQuoting: Bool
  /// Whether a value begins after its spaces (IIS native: a comma and a space between columns).
  private let isTrimming: Bool
  private let table: KeyTable
  private let decoding: @Sendable (Role) -> ValueDecoding
  private var plans: [Plan] = []
  private var minimum = 0
  private var maximum = 0
  /// What the rows become.
  var builder = RecordBuilder()

  /// A reader without columns yet.
  init(
    _ id: String, _ separator: ColumnScanner.Separator, quoting: Bool = true, trimming: Bool = false, _ table: KeyTable,
    decoding: @escaping @Sendable (Role) -> ValueDecoding = { _ in .plain }
  ) {
    self.id = id
    self.separator = separator
    isQuoting = quoting
    isTrimming = trimming
    self.table = table
    self.decoding = decoding
  }

  /// Whether the columns are known.
  var hasColumns: Bool { !plans.isEmpty }

  /// How many of some names mean something here.
  func known(_ names: [NormalizedKey]) -> Int {
    names.count { table.target(of: $0) != nil }
  }

  /// Says what the columns are from now on. A row may have from `minimum` to `maximum` of them (both: as many as
  /// there are names).
  mutating func setColumns(_ names: [NormalizedKey], minimum: Int? = nil, maximum: Int? = nil) {
    plans = names.map { name in
      let target = table.target(of: name) ?? .nothing
      return Plan(target: target, decoding: decoding(target.role))
    }
    self.minimum = minimum ?? names.count
    self.maximum = maximum ?? names.count
  }

  /// The names in a header line from `start` on, between separators of the rows or others; nil where its quotes are
  /// wrong.
  func names(
    _ line: Span<UInt8>, from start: Int, between other: ColumnScanner.Separator? = nil
  ) -> [NormalizedKey]? {
    var scanner = ColumnScanner(other ?? separator, quoting: isQuoting, line, from: start)
    var names: [NormalizedKey] = []
    while let column = scanner.next(line) {
      if column.problem != nil { return nil }
      var name = NormalizedKey()
      for index in column.start..<column.end { name.append(line[index]) }
      names.append(name)
    }
    return names
  }

  /// Reads a row.
  mutating func read(_ line: Span<UInt8>, into fields: inout LineFields) -> LineOutcome {
    builder.reset()
    var scanner = ColumnScanner(separator, quoting: isQuoting, line)
    var (count, last) = (0, 0)
    while let column = scanner.next(line) {
      if let problem = column.problem {
        return .malformed(column: column.start, name: "\(id).\(problem.rawValue)", expected: problem.expected)
      }
      last = column.start
      if count < plans.count {
        if plans[count].target.isWanted { take(column, plans[count], line, &fields) }
      } else if count >= maximum {
        return columnCount(at: column.start)
      }
      count &+= 1
    }
    if count < minimum { return columnCount(at: max(last, line.count)) }
    if let fault = builder.finish(line, into: &fields) {
      return .malformed(column: fault.column, name: "\(id).bad-time", expected: fault.expected)
    }
    return .record
  }

  private func columnCount(at column: Int) -> LineOutcome {
    let count = minimum == maximum ? "\(minimum)" : "at least \(minimum)"
    return .malformed(column: column, name: "\(id).column-count", expected: "\(count) columns")
  }

  @inline(__always)
  private mutating func take(
    _ column: ColumnScanner.Column, _ plan: Plan, _ line: Span<UInt8>, _ fields: inout LineFields
  ) {
    var column = column
    while isTrimming, column.start < column.end, line[column.start] == 0x20 { column.start &+= 1 }
    var range = FieldRange(start: column.start, count: column.end &- column.start)
    if plan.decoding == .backslash, ColumnReader.isZeekEmpty(line, column) { range.count = 0 }
    let isCoded = plan.decoding != .plain && !(column.isQuoted && plan.decoding == .plusForSpace)
    if column.isDoubled
      || isCoded && firstIndex(of: plan.decoding.trigger, in: line, from: column.start, to: column.end) >= 0
    {
      range = ColumnReader.decoded(column, isCoded ? plan.decoding : .plain, line, &fields.scratch)
    }
    builder.assign(plan.target, range, in: line, into: &fields)
  }

  /// Zeek writes `(empty)` for a text or set that is there and empty.
  private static func isZeekEmpty(_ line: Span<UInt8>, _ column: ColumnScanner.Column) -> Bool {
    let text: InlineArray<7, UInt8> = [0x28, 0x65, 0x6d, 0x70, 0x74, 0x79, 0x29]
    return column.end &- column.start == 7 && equal(line, at: column.start, text.span)
  }

  /// Copies a value to the end of `scratch`, without what its format wrote around and into it.
  private static func decoded(
    _ column: ColumnScanner.Column, _ decoding: ValueDecoding, _ line: Span<UInt8>, _ scratch: inout [UInt8]
  ) -> FieldRange {
    let start = scratch.count
    scratch.append(contentsOf: repeatElement(0, count: column.end &- column.start))
    var bytes = scratch.mutableSpan
    var (index, end) = (column.start, start)
    let skipped = column.isDoubled ? UInt8(ascii: "\"") : 0
    while index < column.end {
      let byte = line[index]
      bytes[end] = byte
      index &+= byte == skipped && column.isDoubled ? 2 : 1
      end &+= 1
    }
    end = decoding.decode(&bytes, from: start, to: end)
    scratch.removeLast(scratch.count &- end)
    return FieldRange(start: start, count: end &- start, inScratch: true)
  }
}
