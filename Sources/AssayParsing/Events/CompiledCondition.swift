internal import AssayModel

/// Conditions made ready, all that belong to one profile: what is of varying length lies in a few shared rows, so that
/// a condition itself is a handful of numbers.
final class ConditionTable: Sendable {
  private let conditions: [CompiledCondition]
  private let globs: [CompiledGlob]
  private let equalities: [CompiledEquality]
  private let texts: [Slice]
  private let bytes: [UInt8]
  private let tails: PathTails

  /// The conditions that have been collected.
  init(_ rows: ConditionRows) {
    (conditions, globs, equalities) = (rows.conditions, rows.globs, rows.equalities)
    (texts, bytes) = (rows.texts, rows.bytes)
    tails = PathTails(rows.conditions.map { Array(rows.globs[$0.paths.start..<$0.paths.end]) })
  }

  /// The first 64 conditions that ask for no path or for one like this, as bits.
  ///
  /// - Complexity: O(conditions × patterns × length) at worst; mostly the end of the path leaves one or none.
  func pathConditions(_ line: Span<UInt8>, _ path: Piece) -> UInt64 {
    var (left, bits) = (tails.candidates(line, path), UInt64(0))
    while left != 0 {
      let ordinal = left.trailingZeroBitCount
      if conditions[ordinal].paths.count == 0 || any(conditions[ordinal].paths, line, path) { bits |= 1 << UInt64(ordinal) }
      left &= left &- 1
    }
    return bits
  }

  /// The ordinal of the first of the conditions before an ordinal that holds for a request, or -1. The request is lent
  /// for writing only because that lends it without a copy.
  ///
  /// - Complexity: O(conditions whose path fits), and O(conditions × patterns × length) for those beyond the first 64.
  @inline(__always)
  func first(before end: Int, for request: inout Request, _ line: Span<UInt8>, _ scratch: inout [UInt8]) -> Int {
    let known = min(end, PathTails.limit)
    var left = known == 0 ? 0 : request.pathFacts.conditions & (.max &>> UInt64(PathTails.limit &- known))
    while left != 0 {
      let ordinal = left.trailingZeroBitCount
      if holdsBesidesPath(conditions[ordinal], for: &request, line, &scratch) { return ordinal }
      left &= left &- 1
    }
    return known < end ? first(of: known..<end, for: &request, line, &scratch) : -1
  }

  /// The ordinal of the first of some conditions that holds for a request, or -1.
  @inline(never)
  func first(of ordinals: Range<Int>, for request: inout Request, _ line: Span<UInt8>, _ scratch: inout [UInt8]) -> Int
  {
    for ordinal in ordinals where holds(ordinal, for: &request, line, &scratch) { return ordinal }
    return -1
  }

  @inline(__always)
  private func holds(
    _ ordinal: Int, for request: inout Request, _ line: Span<UInt8>, _ scratch: inout [UInt8]
  ) -> Bool {
    let condition = conditions[ordinal]
    let fits = condition.paths.count == 0 || any(condition.paths, line, request.path)
    return fits && holdsBesidesPath(condition, for: &request, line, &scratch)
  }

  @inline(__always)
  private func holdsBesidesPath(
    _ condition: CompiledCondition, for request: inout Request, _ line: Span<UInt8>, _ scratch: inout [UInt8]
  ) -> Bool {
    if condition.needed & ~request.given != 0 || condition.methods & RequestMethod.bit(request.method) == 0 {
      return false
    }
    if request.status < condition.status.0 || request.status > condition.status.1 { return false }
    return condition.isSimple || holdsRest(condition, for: &request, line, &scratch)
  }

  @inline(__always)
  private func any(_ patterns: Slice, _ line: Span<UInt8>, _ piece: Piece) -> Bool {
    for index in patterns.start..<patterns.end
    where globs[index].matches(line, from: piece.lower, to: piece.upper, bytes) { return true }
    return false
  }

  private func holdsRest(
    _ condition: CompiledCondition, for request: inout Request, _ line: Span<UInt8>, _ scratch: inout [UInt8]
  ) -> Bool {
    if request.method == .other, condition.methods != .max,
      !holdsOne(of: condition.otherMethods, line, request.methodPiece.lower, request.methodPiece.upper)
    {
      return false
    }
    if condition.hosts.count > 0 {
      let fits = withText(request.host, of: line, &scratch) { text, start, end in
        any(condition.hosts, text, Piece(start, end))
      }
      if !fits { return false }
    }
    for index in condition.equalities.start..<condition.equalities.end {
      guard let piece = request[equalities[index].ordinal] else { return false }
      let fits = withText(piece, of: line, &scratch) { text, start, end in
        holdsOne(of: equalities[index].values, text, start, end)
      }
      if !fits { return false }
    }
    return true
  }

  private func holdsOne(of values: Slice, _ text: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    for index in values.start..<values.end {
      let value = texts[index]
      if value.count == end - start, bytes.holds(text, from: start, to: end, at: value.start) { return true }
    }
    return false
  }
}

/// Collects conditions and makes them ready.
struct ConditionRows {
  fileprivate var conditions: [CompiledCondition] = []
  fileprivate var globs: [CompiledGlob] = []
  fileprivate var equalities: [CompiledEquality] = []
  /// Values of equalities and names of methods: where each stands in `bytes`.
  fileprivate var texts: [Slice] = []
  fileprivate var bytes: [UInt8] = []

  init() {}

  /// How many conditions there are.
  var count: Int { conditions.count }

  /// Makes a condition ready.
  ///
  /// - Returns: its ordinal.
  mutating func add(_ condition: Condition, _ names: inout NameCollector) throws(AssayError) -> Int {
    var compiled = CompiledCondition()
    if !condition.methods.isEmpty {
      compiled.methods = condition.methods.reduce(0) { $0 | RequestMethod.bit($1) }
    }
    let others = condition.methods.filter { RequestMethod.bit($0) == RequestMethod.bit(RequestMethod.other) }
    compiled.otherMethods = add(others)
    if let status = condition.status {
      compiled.status = (UInt16(clamping: status.lowerBound), UInt16(clamping: status.upperBound))
    }
    compiled.paths = add(condition.paths)
    compiled.hosts = add(condition.hosts)
    for place in condition.has { compiled.needed |= 1 << UInt64(try names.compile(place)) }
    let first = equalities.count
    for equality in condition.equals {
      let ordinal = try names.compile(equality.place)
      compiled.needed |= 1 << UInt64(ordinal)
      equalities.append(CompiledEquality(ordinal: ordinal, values: add(equality.values)))
    }
    compiled.equalities = Slice(first, equalities.count)
    conditions.append(compiled)
    return conditions.count - 1
  }

  /// Makes several conditions ready.
  ///
  /// - Returns: their ordinals.
  mutating func add(_ several: [Condition], _ names: inout NameCollector) throws(AssayError) -> Range<Int> {
    let first = count
    for condition in several { _ = try add(condition, &names) }
    return first..<count
  }

  /// The values that must be given for a condition to hold.
  func needed(_ ordinal: Int) -> UInt64 { conditions[ordinal].needed }

  /// The values of which one must be given for any of some conditions to hold, all where one needs none.
  func neededByAny(of ordinals: Range<Int>) -> UInt64 {
    ordinals.contains { needed($0) == 0 } ? .max : ordinals.reduce(0) { $0 | needed($1) }
  }

  private mutating func add(_ values: [String]) -> Slice {
    let first = texts.count
    for value in values {
      let start = bytes.count
      bytes += Array(value.utf8)
      texts.append(Slice(start, bytes.count))
    }
    return Slice(first, texts.count)
  }

  private mutating func add(_ patterns: [Glob]) -> Slice {
    let first = globs.count
    for pattern in patterns { globs.append(CompiledGlob(pattern, &bytes)) }
    return Slice(first, globs.count)
  }
}

/// A part of one of the table's rows.
private struct Slice: BitwiseCopyable {
  private let first: UInt32
  private let limit: UInt32
  init(_ start: Int, _ end: Int) { (first, limit) = (UInt32(start), UInt32(end)) }
  static let none = Slice(0, 0)
  @inline(__always) var start: Int { Int(first) }
  @inline(__always) var end: Int { Int(limit) }
  @inline(__always) var count: Int { end &- start }
}

/// One condition: everything in it must hold.
private struct CompiledCondition: BitwiseCopyable {
  /// Bit n: the method with raw value n of `RequestMethod` is allowed.
  var methods: UInt16 = .max
  /// Smallest and largest status.
  var status: (UInt16, UInt16) = (0, .max)
  /// Values that must be given.
  var needed: UInt64 = 0
  var paths = Slice.none
  var hosts = Slice.none
  /// Names of methods that have no raw value of their own.
  var otherMethods = Slice.none
  var equalities = Slice.none

  /// Whether nothing but the cheap tests is asked.
  var isSimple: Bool { hosts.count == 0 && equalities.count == 0 && otherMethods.count == 0 }
}

private struct CompiledEquality: BitwiseCopyable {
  /// The value's ordinal.
  var ordinal: Int
  var values: Slice
}

/// The methods that matter to rules and flags (RFC 9110 §9).
enum RequestMethod: UInt8, Sendable {
  case none, get, head, post, put, delete, options, other

  /// A method from its bytes, capitals as sent; empty or `-` is none.
  @inline(__always)
  init(_ bytes: Span<UInt8>, from start: Int, to end: Int) {
    switch (lowBytes(word(bytes, at: start), end &- start), end &- start) {
    case (0x54_4547, 3): self = .get
    case (_, 0), (0x2d, 1): self = .none
    case (0x4441_4548, 4): self = .head
    case (0x5453_4f50, 4): self = .post
    case (0x54_5550, 3): self = .put
    case (0x4554_454c_4544, 6): self = .delete
    case (0x53_4e4f_4954_504f, 7): self = .options
    default: self = .other
    }
  }

  @inline(__always)
  static func bit(_ method: RequestMethod) -> UInt16 { 1 &<< UInt16(method.rawValue) }

  static func bit(_ name: String) -> UInt16 {
    let text = Array(name.utf8)
    return bit(RequestMethod(text.span, from: 0, to: text.count))
  }
}
