/// Turns the values that a line names into its fields: the same for objects and for rows.
///
/// Where several keys stand for one field, the surest name wins, but a value always beats a blank; among equals the
/// last wins. Blank is what is logged as nothing: the empty text, `-`, `null`; such a field is present with no bytes.
struct RecordBuilder: Sendable {
  /// What cannot become fields.
  struct Fault: Equatable {
    /// First byte of the value, or 0 where it was unescaped.
    var column: Int
    /// What should have stood there.
    var expected: String
  }

  /// Days since the epoch that a directive of the file gives to times of day without a date.
  var defaultDay: Int?
  /// Whether dates are written `3/20/01` and hours need not have two digits (IIS native).
  var hasShortDates = false

  /// By role: 0 where nothing was said yet, else the rank of the name, with `hasText` where the value is not blank.
  private var scores = InlineArray<33, UInt8>(repeating: 0)
  /// Values of the roles that are no fields.
  private var special = InlineArray<8, FieldRange>(repeating: FieldRange(start: 0, count: 0))
  /// Roles that the line has, blank or not.
  private(set) var seen = RoleSet()
  /// Whether a column of the profile has been seen.
  private(set) var hasColumn = false

  private static let hasText: UInt8 = 0x80

  /// A builder, to be used for many lines.
  init() {}

  /// Forgets the last line.
  mutating func reset() {
    scores = InlineArray<33, UInt8>(repeating: 0)
    seen = RoleSet()
    hasColumn = false
  }

  /// Whether a role has a value that is not blank.
  func hasText(_ role: Role) -> Bool { scores[Int(role.rawValue)] & RecordBuilder.hasText != 0 }

  /// The value of a role that is no field.
  func value(_ role: Role) -> FieldRange { special[role.special] }

  /// Says that the line has a key, whatever its value.
  mutating func mark(_ role: Role) { seen.insert(role) }

  /// Takes a value.
  @inline(__always)
  mutating func assign(_ target: KeyTarget, _ value: FieldRange, in line: Span<UInt8>, into fields: inout LineFields) {
    var range = value
    if range.count == 1, !range.inScratch, line[Int(range.start)] == UInt8(ascii: "-") { range.count = 0 }
    let role = target.role
    if role != .none {
      seen.insert(role)
      let score = target.rank | (range.count > 0 ? RecordBuilder.hasText : 0)
      if score >= scores[Int(role.rawValue)] {
        scores[Int(role.rawValue)] = score
        if role.isField { fields.set(index: Int(role.rawValue), range) } else { special[role.special] = range }
      }
    }
    var columns = target.columns
    hasColumn = hasColumn || columns != 0
    while columns != 0 {
      fields.set(index: Role.fields &+ columns.trailingZeroBitCount, range)
      columns &= columns &- 1
    }
  }

  /// Says that a field is present and blank where the line does not have it.
  mutating func setBlank(_ roles: RoleSet, into fields: inout LineFields) {
    var missing = roles.bits & ~seen.bits
    while missing != 0 {
      fields.set(index: missing.trailingZeroBitCount, FieldRange(start: 0, count: 0))
      missing &= missing &- 1
    }
  }

  /// Makes the fields that need the whole line: the parts of the request line, path or target, query, time.
  ///
  /// - Returns: nil, or what is wrong with the time; everything else is taken as it is.
  mutating func finish(_ line: Span<UInt8>, into fields: inout LineFields) -> Fault? {
    if seen.contains(.requestLine) { splitRequestLine(line, &fields) }
    if seen.contains(.field(.query)) { dropQuestionMark(line, &fields) }
    if seen.contains(.pathOrTarget) { placePath(line, &fields) }
    return readTime(line, &fields)
  }
}

extension RecordBuilder {
  /// What stands in a range.
  private func withBytes<Result>(
    _ range: FieldRange, _ line: Span<UInt8>, _ fields: borrowing LineFields,
    _ body: (_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Result
  ) -> Result {
    let start = Int(range.start)
    return range.inScratch
      ? body(fields.scratch.span, start, start + Int(range.count)) : body(line, start, start + Int(range.count))
  }

  private mutating func splitRequestLine(_ line: Span<UInt8>, _ fields: inout LineFields) {
    let range = value(.requestLine)
    let parts = withBytes(range, line, fields) { bytes, start, end in RequestParts(bytes, start, end) }
    func set(_ field: Field, _ part: Range<Int>) {
      guard !hasText(.field(field)) else { return }
      fields.set(field, FieldRange(start: part.lowerBound, count: part.count, inScratch: range.inScratch))
    }
    if let method = parts.method { set(.method, method) }
    set(.target, parts.target)
    if let version = parts.version { set(.protocolVersion, version) }
  }

  private func dropQuestionMark(_ line: Span<UInt8>, _ fields: inout LineFields) {
    guard let range = fields.range(.query), range.count > 0,
      withBytes(range, line, fields, { bytes, start, _ in bytes[start] == UInt8(ascii: "?") })
    else { return }
    fields.set(
      .query, FieldRange(start: Int(range.start) + 1, count: Int(range.count) - 1, inScratch: range.inScratch))
  }

  /// A path beside a query, be it blank, is a path; alone, or with a query behind it, it is the target.
  private func placePath(_ line: Span<UInt8>, _ fields: inout LineFields) {
    let range = value(.pathOrTarget)
    let hasMark = withBytes(range, line, fields) { bytes, start, end in
      firstIndex(of: UInt8(ascii: "?"), in: bytes, from: start, to: end) >= 0
    }
    if hasText(.field(.query)) || seen.contains(.field(.query)) && !hasMark {
      if !hasText(.field(.path)) { fields.set(.path, range) }
    } else if !hasText(.field(.target)), !hasText(.requestLine) {
      fields.set(.target, range)
    }
  }

  private func readTime(_ line: Span<UInt8>, _ fields: inout LineFields) -> Fault? {
    let role: Role = hasText(.time) ? .time : .date
    guard hasText(role) else { return nil }
    let range = value(role)
    if let moment = withBytes(range, line, fields, { StructuredTime.moment($0, $1, $2) }) {
      fields.setTime(moment)
      return nil
    }
    let day = hasText(.date) ? withBytes(value(.date), line, fields, { readDay($0, $1, $2) }) : defaultDay
    if role == .date, day != nil { return nil }
    if let day, let clock = withBytes(range, line, fields, { readClock($0, $1, $2) }) {
      fields.setTime(StructuredTime.joined(day, clock))
      return nil
    }
    let isClock = withBytes(range, line, fields) { readClock($0, $1, $2) != nil }
    if isClock, !hasText(.date) { return nil }
    let wrong = isClock ? value(.date) : range
    return Fault(
      column: wrong.inScratch ? 0 : Int(wrong.start),
      expected: isClock ? "a date such as 2026-11-23" : "a time such as 2026-11-23T09:00:00Z or 1795424400.250")
  }
}

extension RecordBuilder {
  private func readDay(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int? {
    hasShortDates ? StructuredTime.shortDay(bytes, start, end) : StructuredTime.day(bytes, start, end)
  }

  private func readClock(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> TimeReading? {
    hasShortDates ? StructuredTime.shortClock(bytes, start, end) : StructuredTime.clock(bytes, start, end)
  }
}

extension LineFields {
  /// Sets the event's time.
  mutating func setTime(_ moment: TimeReading) {
    microseconds = moment.microseconds
    hasTime = true
    isSubsecond = moment.isSubsecond
  }
}
