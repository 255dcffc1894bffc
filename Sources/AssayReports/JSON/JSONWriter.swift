/// Writes canonical JSON (RFC 8259): keys in the order of the calls, two spaces a level, one format for each sort of
/// number, ASCII control characters escaped, everything else as UTF-8. One array or object a call, so that it cannot
/// be left open.
struct JSONWriter {
  private(set) var bytes: [UInt8] = []
  private var depth = 0
  private var isFirst = true

  /// A member of an object; call it inside `object`.
  mutating func member(_ key: String, _ value: (inout JSONWriter) -> Void) {
    next()
    JSONText.append(key, to: &bytes)
    bytes.append(contentsOf: ": ".utf8)
    value(&self)
  }

  /// An element of an array; call it inside `array`.
  mutating func element(_ value: (inout JSONWriter) -> Void) {
    next()
    value(&self)
  }

  /// An object as value.
  mutating func object(_ members: (inout JSONWriter) -> Void) { enclosed("{", "}", members) }

  /// An array as value.
  mutating func array<Elements: Sequence>(
    _ elements: Elements, _ value: (inout JSONWriter, Elements.Element) -> Void
  ) {
    enclosed("[", "]") { writer in
      for element in elements { writer.element { value(&$0, element) } }
    }
  }

  /// A text as value.
  mutating func text(_ text: String) { JSONText.append(text, to: &bytes) }
  /// A text that is a number or literal already, as value.
  mutating func literal(_ text: String) { bytes.append(contentsOf: text.utf8) }
  /// `null`, a whole number, `true` or `false`, as value.
  mutating func null() { literal("null") }

  mutating func member(_ key: String, _ text: String) { member(key) { $0.text(text) } }
  mutating func member(_ key: String, _ number: Int64) { member(key) { $0.literal(String(number)) } }
  mutating func member(_ key: String, _ number: Int) { member(key, Int64(number)) }
  mutating func member(_ key: String, _ flag: Bool) { member(key) { $0.literal(flag ? "true" : "false") } }
  /// Millionths with six decimals, or null.
  mutating func member(_ key: String, millionths: Int64?) {
    member(key) { $0.literal(millionths.map(Numbers.fixed) ?? "null") }
  }

  private mutating func enclosed(_ open: String, _ close: String, _ content: (inout JSONWriter) -> Void) {
    bytes.append(contentsOf: open.utf8)
    depth += 1
    isFirst = true
    content(&self)
    depth -= 1
    if !isFirst { newLine() }
    bytes.append(contentsOf: close.utf8)
    isFirst = false
  }

  private mutating func next() {
    if !isFirst { bytes.append(0x2c) }
    isFirst = false
    newLine()
  }

  private mutating func newLine() {
    bytes.append(0x0a)
    for _ in 0..<depth { bytes.append(contentsOf: "  ".utf8) }
  }
}

/// Texts in JSON.
enum JSONText {
  /// Appends a text in quotes. Escaped are the quote, the backslash, C0 and DEL, and, byte for byte harmless but
  /// active when printed, C1 controls, bidirectional overrides and line separators.
  ///
  /// - Complexity: O(n), one pass, no memory of its own.
  static func append(_ text: String, to bytes: inout [UInt8]) {
    bytes.append(0x22)
    if isPlain(text) {
      bytes.append(contentsOf: text.utf8)
    } else {
      for scalar in text.unicodeScalars { append(scalar, to: &bytes) }
    }
    bytes.append(0x22)
  }

  private static func isPlain(_ text: String) -> Bool {
    let span = text.utf8.span
    for index in span.indices {
      let byte = span[index]
      // 0xc2 begins C1 controls, 0xe2 begins the bidirectional overrides and line separators.
      if byte < 0x20 || byte == 0x22 || byte == 0x5c || byte == 0x7f || byte == 0xc2 || byte == 0xe2 { return false }
    }
    return true
  }

  private static func append(_ scalar: Unicode.Scalar, to bytes: inout [UInt8]) {
    switch scalar.value {
    case 0x22: bytes.append(contentsOf: [0x5c, 0x22])
    case 0x5c: bytes.append(contentsOf: [0x5c, 0x5c])
    case 0..<0x20, 0x7f..<0xa0, 0x202a...0x202e, 0x2066...0x2069, 0x2028, 0x2029:
      let digits = String(scalar.value, radix: 16)
      bytes.append(contentsOf: "\\u\(String(repeating: "0", count: 4 - digits.utf8.count))\(digits)".utf8)
    default: bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    }
  }
}
