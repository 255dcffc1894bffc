import AssayModel

/// A JSON document in memory. Numbers keep their digits, so that money and rates come back exactly; objects keep the
/// order of their keys.
enum JSONValue: Equatable {
  case null
  case flag(Bool)
  case number(String)
  case text(String)
  case array([JSONValue])
  case object([Member])

  struct Member: Equatable {
    var key: String
    var value: JSONValue
  }

  /// Reads a document (RFC 8259, nothing more).
  ///
  /// - Throws: `unreadable` with the offset of the first byte that is wrong; also where arrays and objects are nested
  ///   more than 64 deep, which no document of ours is.
  /// - Complexity: O(n).
  init(parsing bytes: [UInt8]) throws(AssayError) {
    var reader = JSONReader(bytes: bytes)
    self = try reader.document()
  }
}

/// The parser behind `JSONValue`.
private struct JSONReader {
  let bytes: [UInt8]
  var index = 0
  var depth = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  mutating func document() throws(AssayError) -> JSONValue {
    let value = try value()
    skipSpace()
    if index < bytes.count { throw failure("there is something after the end of the document") }
    return value
  }

  private mutating func value() throws(AssayError) -> JSONValue {
    skipSpace()
    guard index < bytes.count else { throw failure("the document ends too early") }
    switch bytes[index] {
    case 0x7b: return try object()
    case 0x5b: return try array()
    case 0x22: return .text(try text())
    case 0x74: return try literal("true", .flag(true))
    case 0x66: return try literal("false", .flag(false))
    case 0x6e: return try literal("null", .null)
    default: return .number(try number())
    }
  }

  private mutating func object() throws(AssayError) -> JSONValue {
    var members: [JSONValue.Member] = []
    try descend()
    while try !ends(with: 0x7d, isFirst: members.isEmpty) {
      skipSpace()
      let key = try text()
      skipSpace()
      guard take(0x3a) else { throw failure("a colon is missing") }
      members.append(JSONValue.Member(key: key, value: try value()))
    }
    return .object(members)
  }

  private mutating func array() throws(AssayError) -> JSONValue {
    var elements: [JSONValue] = []
    try descend()
    while try !ends(with: 0x5d, isFirst: elements.isEmpty) { elements.append(try value()) }
    return .array(elements)
  }

  private mutating func descend() throws(AssayError) {
    index += 1
    depth += 1
    if depth > 64 { throw failure("arrays and objects are nested more than 64 deep") }
  }

  /// Whether the array or object ends here; takes the comma where it does not.
  private mutating func ends(with close: UInt8, isFirst: Bool) throws(AssayError) -> Bool {
    skipSpace()
    if take(close) {
      depth -= 1
      return true
    }
    if !isFirst, !take(0x2c) { throw failure("a comma is missing") }
    return false
  }

  private mutating func text() throws(AssayError) -> String {
    guard take(0x22) else { throw failure("a text is missing") }
    var content: [UInt8] = []
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      switch byte {
      case 0x22:
        guard let text = String(validating: content, as: UTF8.self) else { throw failure("a text is not UTF-8") }
        return text
      case 0x5c: try escape(into: &content)
      case 0..<0x20: throw failure("a control character stands in a text")
      default: content.append(byte)
      }
    }
    throw failure("a text does not end")
  }

  private mutating func escape(into content: inout [UInt8]) throws(AssayError) {
    guard index < bytes.count else { throw failure("a text does not end") }
    let byte = bytes[index]
    index += 1
    switch byte {
    case 0x22, 0x5c, 0x2f: content.append(byte)
    case 0x62: content.append(0x08)
    case 0x66: content.append(0x0c)
    case 0x6e: content.append(0x0a)
    case 0x72: content.append(0x0d)
    case 0x74: content.append(0x09)
    case 0x75:
      var code = try codeUnit()
      if 0xd800..<0xdc00 ~= code, take(0x5c), take(0x75) {
        let low = try codeUnit()
        guard 0xdc00..<0xe000 ~= low else { throw failure("half a surrogate pair stands in a text") }
        code = 0x10000 + (code - 0xd800) << 10 + (low - 0xdc00)
      }
      guard let scalar = Unicode.Scalar(code) else { throw failure("half a surrogate pair stands in a text") }
      content.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    default: throw failure("an unknown escape stands in a text")
    }
  }

  private mutating func codeUnit() throws(AssayError) -> UInt32 {
    var code: UInt32 = 0
    for _ in 0..<4 {
      guard index < bytes.count, let digit = hexDigit(bytes[index]) else { throw failure("\\u lacks four digits") }
      code = code << 4 | UInt32(digit)
      index += 1
    }
    return code
  }

  private mutating func number() throws(AssayError) -> String {
    let start = index
    _ = take(0x2d)
    let whole = index
    try digits()
    if bytes[whole] == 0x30, index > whole + 1 { throw failure("a number begins with a zero") }
    if take(0x2e) { try digits() }
    if take(0x65) || take(0x45) {
      if !take(0x2b) { _ = take(0x2d) }
      try digits()
    }
    return String(decoding: bytes[start..<index], as: UTF8.self)
  }

  private mutating func digits() throws(AssayError) {
    let start = index
    while index < bytes.count, 0x30...0x39 ~= bytes[index] { index += 1 }
    if index == start { throw failure("a value is missing") }
  }

  private mutating func literal(_ text: String, _ value: JSONValue) throws(AssayError) -> JSONValue {
    guard bytes[index...].starts(with: text.utf8) else { throw failure("a value is missing") }
    index += text.utf8.count
    return value
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard index < bytes.count, bytes[index] == byte else { return false }
    index += 1
    return true
  }

  private mutating func skipSpace() {
    while index < bytes.count, [0x20, 0x0a, 0x0d, 0x09].contains(bytes[index]) { index += 1 }
  }

  private func failure(_ what: String) -> AssayError {
    AssayError(.unreadable, "This is not the JSON of an audit: \(what) at byte \(index).")
  }
}
