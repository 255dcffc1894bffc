internal import AssayModel

/// A condition made ready: cheap tests first.
struct CompiledCondition: Sendable {
  /// Bit n: the method with ordinal n of `RequestMethod` is allowed; zero allows any.
  private var methods: UInt16 = 0
  /// Methods that have no ordinal.
  private var otherMethods: [[UInt8]] = []
  /// Values that must be given.
  private var needed: UInt64 = 0
  /// Smallest and largest status.
  private var status: (UInt16, UInt16)
  private let hasStatus: Bool
  private let paths: [CompiledGlob]
  private let hosts: [CompiledGlob]
  /// Places other than values that must be there.
  private var present: [CompiledPlace] = []
  private var equals: [(place: CompiledPlace, values: [[UInt8]])] = []

  init(_ condition: Condition, _ names: inout NameCollector) throws(AssayError) {
    for method in condition.methods {
      let text = Array(method.utf8)
      let known = RequestMethod(text.span, from: 0, to: text.count)
      methods |= 1 << UInt16(known.rawValue)
      if known == .other { otherMethods.append(text) }
    }
    hasStatus = condition.status != nil
    status = condition.status.map { (UInt16(clamping: $0.lowerBound), UInt16(clamping: $0.upperBound)) } ?? (0, 0)
    paths = condition.paths.map(CompiledGlob.init)
    hosts = condition.hosts.map(CompiledGlob.init)
    for place in condition.has {
      let compiled = try names.compile(place)
      if compiled.source == .value { needed |= 1 << UInt64(compiled.index) } else { present.append(compiled) }
    }
    for equality in condition.equals {
      let compiled = try names.compile(equality.place)
      if compiled.source == .value { needed |= 1 << UInt64(compiled.index) }
      equals.append((compiled, equality.values.map { Array($0.utf8) }))
    }
  }

  /// Whether the condition holds for a request.
  @inline(__always)
  func holds(
    for request: Request, _ bytes: Span<UInt8>, _ fields: LineFields, _ scratch: inout [UInt8]
  ) -> Bool {
    if request.values.given & needed != needed { return false }
    if methods != 0 && !allows(request, bytes) { return false }
    if hasStatus && !(status.0 <= request.status && request.status <= status.1) { return false }
    if !paths.isEmpty && !CompiledCondition.any(paths, bytes, from: request.path.lower, to: request.path.upper) {
      return false
    }
    if hosts.isEmpty && present.isEmpty && equals.isEmpty { return true }
    return holdsRest(for: request, bytes, fields, &scratch)
  }

  @inline(__always)
  private func allows(_ request: Request, _ bytes: Span<UInt8>) -> Bool {
    if methods & 1 << UInt16(request.method.rawValue) == 0 { return false }
    if request.method != .other { return true }
    let method = request.methodPiece
    return otherMethods.contains { $0.isSame(bytes, from: method.lower, to: method.upper) }
  }

  @inline(__always)
  private static func any(_ globs: [CompiledGlob], _ bytes: Span<UInt8>, from start: Int, to end: Int) -> Bool {
    for index in globs.indices where globs[index].matches(bytes, from: start, to: end) { return true }
    return false
  }

  private func holdsRest(
    for request: Request, _ bytes: Span<UInt8>, _ fields: LineFields, _ scratch: inout [UInt8]
  ) -> Bool {
    for place in present where request.piece(at: place, bytes, fields) == nil { return false }
    if !hosts.isEmpty {
      let fits = withText(request.host, of: bytes, &scratch) { text, start, end in
        CompiledCondition.any(hosts, text, from: start, to: end)
      }
      if !fits { return false }
    }
    for index in equals.indices {
      guard let piece = request.piece(at: equals[index].place, bytes, fields) else { return false }
      let fits = withText(piece, of: bytes, &scratch) { text, start, end in
        equals[index].values.contains { $0.isSame(text, from: start, to: end) }
      }
      if !fits { return false }
    }
    return true
  }
}

/// The methods that matter to rules and flags (RFC 9110 §9).
enum RequestMethod: UInt8, Sendable {
  case none, get, head, post, put, delete, options, other

  /// A method from its bytes, capitals as sent; empty or `-` is none.
  @inline(__always)
  init(_ bytes: Span<UInt8>, from start: Int, to end: Int) {
    let head = lowBytes(word(bytes, at: start), min(end &- start, 8))
    switch (head, end &- start) {
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
}
