/// A value inside an object, as it stands in the line.
package struct JSONValue: Sendable, BitwiseCopyable {
  /// What kind of value.
  package enum Kind: UInt8, Sendable, BitwiseCopyable {
    /// A string; the range is what stands between its quotes.
    case string
    /// A number, kept as its text.
    case number
    /// `true` or `false`.
    case boolean
    /// `null`; the range is empty.
    case null
    /// An object begins here; the range is empty and its members follow.
    case object
  }

  /// What kind of value.
  package var kind: Kind
  /// First byte.
  package var start: Int
  /// First byte after it.
  package var end: Int
  /// Whether it is a string with escapes.
  package var isEscaped = false
}

/// Who wants the values of an object.
package protocol JSONVisitor {
  /// Takes one value; `key` is its name with those of the objects around it.
  mutating func visit(
    _ value: JSONValue, key: borrowing NormalizedKey, of line: Span<UInt8>, into fields: inout LineFields)
}

/// Reads one JSON object (RFC 8259) in one pass, without memory of its own, and tells each value with its dotted name.
///
/// - Of an array only the first element counts: it is told under the array's name (`headers.User-Agent` of Caddy).
///   The others are checked like everything else.
/// - A key that occurs twice is told twice; the record keeps the last (RFC 8259 §4 leaves it open; so do browsers).
/// - Stricter than it must be nowhere, laxer in four points, because logs are: numbers may begin with zeros (nginx
///   writes the status `000`), `\xNN` is an escape, control characters may stand in strings, and bytes need not be
///   UTF-8. A byte order mark before the object is skipped.
///
/// - Complexity: O(n); at most `depthLimit` levels, so nothing recurses.
package struct JSONScanner: Sendable {
  /// How many objects and arrays may be inside each other: ten times what any known log has.
  package static let depthLimit = 64

  private var key = NormalizedKey()
  /// Name of each open object or array, outermost first.
  private var names = InlineArray<64, NormalizedKey.State>(repeating: NormalizedKey.State())
  /// How many are open.
  private var depth = 0
  /// Bit n: the n-th open one is an array.
  private var arrays: UInt64 = 0
  /// The depth of the outermost array that is past its first element; 0 where there is none.
  private var mutedDepth = 0
  /// The first backslash that no string has been read past; beyond every index where there is none. Most lines have
  /// none, and then a string ends at its first quote.
  private var backslash = 0

  /// A scanner, to be used for many lines.
  package init() {}

  /// Tells every value of the object that is `line` to the visitor.
  ///
  /// - Returns: nil where the line is one JSON object and nothing else.
  package mutating func scan<Visitor: JSONVisitor>(
    _ line: Span<UInt8>, visitor: inout Visitor, into fields: inout LineFields
  ) -> JSONFault? {
    var index = JSONScanner.start(of: line)
    guard index < line.count, line[index] == UInt8(ascii: "{") else { return JSONFault(.noObject, index) }
    (depth, arrays, mutedDepth) = (0, 0, 0)
    key.restore(NormalizedKey.State())
    findBackslash(line, from: index)
    open(array: false)
    index = JSONScanner.skipSpace(line, index &+ 1)
    var isFirst = true
    while true {
      if !(isFirst && index < line.count && line[index] == closer) {
        if let fault = name(line, &index) { return fault }
        guard index < line.count else { return JSONFault(.noValue, index) }
        let byte = line[index]
        if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") {
          guard depth < JSONScanner.depthLimit else { return JSONFault(.tooDeep, index) }
          if byte == UInt8(ascii: "{"), mutedDepth == 0 {
            visitor.visit(JSONValue(kind: .object, start: index, end: index), key: key, of: line, into: &fields)
          }
          open(array: byte == UInt8(ascii: "["))
          index = JSONScanner.skipSpace(line, index &+ 1)
          isFirst = true
          continue
        }
        let reading = scalar(line, index)
        if let problem = reading.problem { return JSONFault(problem, reading.end) }
        if mutedDepth == 0 { visitor.visit(reading.value, key: key, of: line, into: &fields) }
        index = reading.end
      }
      switch close(line, &index) {
      case .nextElement: isFirst = false
      case .done: return nil
      case .fault(let fault): return fault
      }
    }
  }

  private enum Closing {
    case nextElement, done
    case fault(JSONFault)
  }

  /// What ends the innermost open object or array.
  private var closer: UInt8 { isInArray ? UInt8(ascii: "]") : UInt8(ascii: "}") }
  private var isInArray: Bool { arrays &>> UInt64(truncatingIfNeeded: depth &- 1) & 1 != 0 }

  private mutating func open(array: Bool) {
    names[depth] = key.state
    let bit = UInt64(1) &<< UInt64(truncatingIfNeeded: depth)
    arrays = array ? arrays | bit : arrays & ~bit
    depth &+= 1
  }

  /// Reads the key and colon before a value; inside an array the value has the array's name.
  @inline(__always)
  private mutating func name(_ line: Span<UInt8>, _ index: inout Int) -> JSONFault? {
    if mutedDepth == 0 { key.restore(names[depth &- 1]) }
    if isInArray { return nil }
    guard index < line.count, line[index] == UInt8(ascii: "\"") else { return JSONFault(.noKey, index) }
    if mutedDepth == 0 {
      key.separate()
      if let fault = readKey(line, &index) { return fault }
    } else {
      let reading = string(line, index)
      if let problem = reading.problem { return JSONFault(problem, reading.end) }
      index = reading.end
    }
    index = JSONScanner.skipSpace(line, index)
    guard index < line.count, line[index] == UInt8(ascii: ":") else { return JSONFault(.noColon, index) }
    index = JSONScanner.skipSpace(line, index &+ 1)
    return nil
  }

  /// Reads the key whose opening quote stands at `index`, normalizing it on the way.
  @inline(__always)
  private mutating func readKey(_ line: Span<UInt8>, _ index: inout Int) -> JSONFault? {
    index &+= 1
    while true {
      index = key.append(line, from: index) { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") }
      guard index < line.count else { return JSONFault(.noClosingQuote, index) }
      if line[index] == UInt8(ascii: "\"") {
        index &+= 1
        return nil
      }
      guard let escape = JSONEscape.read(line, index) else { return JSONFault(.badEscape, index) }
      JSONEscape.append(escape) { key.append($0) }
      index = escape.end
    }
  }

  /// Goes on after a value: past the comma, or out of every object and array that ends here.
  @inline(__always)
  private mutating func close(_ line: Span<UInt8>, _ index: inout Int) -> Closing {
    while true {
      index = JSONScanner.skipSpace(line, index)
      guard index < line.count else { return .fault(JSONFault(.noComma, index)) }
      let byte = line[index]
      if byte == UInt8(ascii: ",") {
        if mutedDepth == 0 && isInArray { mutedDepth = depth }
        index = JSONScanner.skipSpace(line, index &+ 1)
        return .nextElement
      }
      guard byte == closer else { return .fault(JSONFault(.noComma, index)) }
      if mutedDepth == depth { mutedDepth = 0 }
      depth &-= 1
      index &+= 1
      if depth == 0 {
        index = JSONScanner.skipSpace(line, index)
        return index == line.count ? .done : .fault(JSONFault(.trailing, index))
      }
    }
  }
}

extension JSONScanner {
  /// A scalar, or why there is none; then `end` is the column.
  private struct Reading {
    var value = JSONValue(kind: .null, start: 0, end: 0)
    var end: Int
    var problem: JSONFault.Problem?
  }

  /// The index after a byte order mark and white space.
  static func start(of line: Span<UInt8>) -> Int {
    skipSpace(line, LineStart.afterByteOrderMark(line))
  }

  @inline(__always)
  static func skipSpace(_ line: Span<UInt8>, _ start: Int) -> Int {
    var index = start
    while index < line.count {
      let byte = line[index]
      if byte > 0x20 || byte != 0x20 && byte != 0x09 && byte != 0x0d && byte != 0x0a { break }
      index &+= 1
    }
    return index
  }

  @inline(__always)
  private mutating func scalar(_ line: Span<UInt8>, _ start: Int) -> Reading {
    switch line[start] {
    case UInt8(ascii: "\""): string(line, start)
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): JSONScanner.number(line, start)
    case UInt8(ascii: "t"): JSONScanner.word(line, start, "true", .boolean)
    case UInt8(ascii: "f"): JSONScanner.word(line, start, "false", .boolean)
    case UInt8(ascii: "n"): JSONScanner.word(line, start, "null", .null)
    default: Reading(end: start, problem: .noValue)
    }
  }

  /// The string whose opening quote stands at `start`.
  @inline(__always)
  private mutating func string(_ line: Span<UInt8>, _ start: Int) -> Reading {
    let quote = firstIndex(of: UInt8(ascii: "\""), in: line, from: start &+ 1, to: line.count)
    if quote >= 0, quote < backslash {
      return Reading(value: JSONValue(kind: .string, start: start &+ 1, end: quote), end: quote &+ 1)
    }
    return escapedString(line, start)
  }

  /// The string whose opening quote stands at `start`, where a backslash comes before its next quote or there is none.
  private mutating func escapedString(_ line: Span<UInt8>, _ start: Int) -> Reading {
    var index = start &+ 1
    var isEscaped = false
    while index < line.count, line[index] != UInt8(ascii: "\"") {
      if line[index] == UInt8(ascii: "\\") {
        guard let escape = JSONEscape.read(line, index) else { return Reading(end: index, problem: .badEscape) }
        isEscaped = true
        index = escape.end
      } else {
        index &+= 1
      }
    }
    guard index < line.count else { return Reading(end: index, problem: .noClosingQuote) }
    findBackslash(line, from: index)
    let value = JSONValue(kind: .string, start: start &+ 1, end: index, isEscaped: isEscaped)
    return Reading(value: value, end: index &+ 1)
  }

  private mutating func findBackslash(_ line: Span<UInt8>, from start: Int) {
    let found = firstIndex(of: UInt8(ascii: "\\"), in: line, from: start, to: line.count)
    backslash = found < 0 ? Int.max : found
  }

  private static func number(_ line: Span<UInt8>, _ start: Int) -> Reading {
    var index = start
    func skipDigits() -> Bool {
      let first = index
      while index < line.count, line[index] &- 0x30 < 10 { index &+= 1 }
      return index > first
    }
    if line[index] == UInt8(ascii: "-") { index &+= 1 }
    guard skipDigits() else { return Reading(end: index, problem: .badNumber) }
    if index < line.count, line[index] == UInt8(ascii: ".") {
      index &+= 1
      guard skipDigits() else { return Reading(end: index, problem: .badNumber) }
    }
    if index < line.count, line[index] | 0x20 == UInt8(ascii: "e") {
      index &+= 1
      if index < line.count, line[index] == UInt8(ascii: "+") || line[index] == UInt8(ascii: "-") { index &+= 1 }
      guard skipDigits() else { return Reading(end: index, problem: .badNumber) }
    }
    return Reading(value: JSONValue(kind: .number, start: start, end: index), end: index)
  }

  private static func word(_ line: Span<UInt8>, _ start: Int, _ text: String, _ kind: JSONValue.Kind) -> Reading {
    let end = start &+ text.utf8.count
    var index = start
    for byte in text.utf8 {
      guard index < line.count, line[index] == byte else { return Reading(end: start, problem: .noValue) }
      index &+= 1
    }
    return Reading(value: JSONValue(kind: kind, start: start, end: kind == .null ? start : end), end: end)
  }
}
