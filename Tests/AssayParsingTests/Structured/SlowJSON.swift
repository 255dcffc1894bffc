import AssayParsing

/// The readable twin of `JSONScanner`: a recursive parser that copies everything and knows nothing of speed.
struct SlowJSON {
  /// One value as it was told.
  struct Told: Equatable {
    var key: String
    var kind: JSONValue.Kind
    var text: String
  }

  private struct Failure: Error {
    var fault: JSONFault
  }

  private let bytes: [UInt8]
  private var index = 0
  private var told: [Told] = []

  /// What is in a line, and what is wrong with it.
  static func read(_ line: [UInt8]) -> (told: [Told], fault: JSONFault?) {
    var parser = SlowJSON(bytes: line)
    do {
      try parser.document()
      return (parser.told, nil)
    } catch {
      return (parser.told, error.fault)
    }
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private var next: UInt8? { index < bytes.count ? bytes[index] : nil }

  private func fail(_ problem: JSONFault.Problem) -> Failure { Failure(fault: JSONFault(problem, index)) }

  private mutating func skipSpace() {
    while let byte = next, [0x20, 0x09, 0x0a, 0x0d].contains(byte) { index += 1 }
  }

  private mutating func take(_ character: Character) -> Bool {
    guard next == character.asciiValue else { return false }
    index += 1
    return true
  }

  private mutating func document() throws(Failure) {
    if bytes.starts(with: [0xef, 0xbb, 0xbf]) { index = 3 }
    skipSpace()
    guard next == Character("{").asciiValue else { throw fail(.noObject) }
    try object(path: [], depth: 1, isTold: true)
    skipSpace()
    if next != nil { throw fail(.trailing) }
  }

  private mutating func object(path: [[UInt8]], depth: Int, isTold: Bool) throws(Failure) {
    index += 1
    skipSpace()
    if take("}") { return }
    while true {
      guard next == Character("\"").asciiValue else { throw fail(.noKey) }
      let key = try string()
      skipSpace()
      guard take(":") else { throw fail(.noColon) }
      skipSpace()
      try value(path: path + [key], depth: depth, isTold: isTold)
      skipSpace()
      if take("}") { return }
      guard take(",") else { throw fail(.noComma) }
      skipSpace()
    }
  }

  private mutating func array(path: [[UInt8]], depth: Int, isTold: Bool) throws(Failure) {
    index += 1
    skipSpace()
    if take("]") { return }
    var isFirst = true
    while true {
      try value(path: path, depth: depth, isTold: isTold && isFirst)
      isFirst = false
      skipSpace()
      if take("]") { return }
      guard take(",") else { throw fail(.noComma) }
      skipSpace()
    }
  }

  private mutating func value(path: [[UInt8]], depth: Int, isTold: Bool) throws(Failure) {
    let start = index
    func tell(_ kind: JSONValue.Kind, _ text: [UInt8]) -> [Told] {
      isTold ? [Told(key: SlowJSON.normalized(path), kind: kind, text: String(decoding: text, as: UTF8.self))] : []
    }
    switch next.map({ Character(Unicode.Scalar($0)) }) {
    case "{":
      if depth == JSONScanner.depthLimit { throw fail(.tooDeep) }
      told += tell(.object, [])
      try object(path: path, depth: depth + 1, isTold: isTold)
    case "[":
      if depth == JSONScanner.depthLimit { throw fail(.tooDeep) }
      try array(path: path, depth: depth + 1, isTold: isTold)
    case "\"": told += tell(.string, try string())
    case "-", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9":
      try number()
      told += tell(.number, Array(bytes[start..<index]))
    case "t": told += tell(.boolean, try word("true"))
    case "f": told += tell(.boolean, try word("false"))
    case "n":
      _ = try word("null")
      told += tell(.null, [])
    default: throw fail(.noValue)
    }
  }

  private mutating func word(_ text: String) throws(Failure) -> [UInt8] {
    guard bytes[index...].starts(with: text.utf8) else { throw fail(.noValue) }
    index += text.utf8.count
    return Array(text.utf8)
  }

  private mutating func number() throws(Failure) {
    _ = take("-")
    try digits()
    if take(".") { try digits() }
    if take("e") || take("E") {
      _ = take("+") || take("-")
      try digits()
    }
  }

  private mutating func digits() throws(Failure) {
    guard let byte = next, (0x30...0x39).contains(byte) else { throw fail(.badNumber) }
    while let byte = next, (0x30...0x39).contains(byte) { index += 1 }
  }

  private mutating func string() throws(Failure) -> [UInt8] {
    index += 1
    var text: [UInt8] = []
    while let byte = next {
      switch byte {
      case 0x22:
        index += 1
        return text
      case 0x5c: text += try escape()
      default:
        text.append(byte)
        index += 1
      }
    }
    throw fail(.noClosingQuote)
  }

  private mutating func escape() throws(Failure) -> [UInt8] {
    let simple: [Character: UInt8] = [
      "\"": 0x22, "\\": 0x5c, "/": 0x2f, "b": 8, "f": 12, "n": 10, "r": 13, "t": 9,
    ]
    guard index + 1 < bytes.count else { throw fail(.badEscape) }
    let letter = Character(Unicode.Scalar(bytes[index + 1]))
    if let byte = simple[letter] {
      index += 2
      return [byte]
    }
    if letter == "x", let byte = hexadecimal(at: index + 2, count: 2) {
      index += 4
      return [UInt8(byte)]
    }
    guard letter == "u", let unit = hexadecimal(at: index + 2, count: 4) else { throw fail(.badEscape) }
    index += 6
    if let scalar = Unicode.Scalar(unit) { return Array(String(Character(scalar)).utf8) }
    let isPair = unit < 0xdc00 && bytes[index...].starts(with: Array("\\u".utf8))
    if isPair, let low = hexadecimal(at: index + 2, count: 4), (0xdc00...0xdfff).contains(low) {
      index += 6
      return Array(String(decoding: [UInt16(unit), UInt16(low)], as: UTF16.self).utf8)
    }
    return Array("\u{fffd}".utf8)
  }

  private func hexadecimal(at start: Int, count: Int) -> UInt32? {
    guard start + count <= bytes.count else { return nil }
    let text = String(decoding: bytes[start..<start + count], as: UTF8.self)
    return text.allSatisfy(\.isHexDigit) && text.utf8.count == count ? UInt32(text, radix: 16) : nil
  }

  /// The path with dots, runs of other bytes than letters, digits and bytes of 128 and above as one `_`.
  static func normalized(_ path: [[UInt8]]) -> String {
    let whole = path.joined(separator: [0x2e])
    let parts = whole.split { byte in
      byte < 0x80 && !(Character(Unicode.Scalar(byte)).isLetter || Character(Unicode.Scalar(byte)).isNumber)
    }
    let lowered = parts.map { part in part.map { (0x41...0x5a).contains($0) ? $0 + 0x20 : $0 } }
    return String(decoding: Array(lowered.joined(separator: [0x5f])), as: UTF8.self)
  }
}

/// Collects what `JSONScanner` tells.
struct ToldValues: JSONVisitor {
  var told: [SlowJSON.Told] = []

  mutating func visit(
    _ value: JSONValue, key: borrowing NormalizedKey, of line: Span<UInt8>, into fields: inout LineFields
  ) {
    var text: [UInt8] = []
    if value.isEscaped {
      JSONEscape.unescape(line, value.start, value.end, into: &text)
    } else {
      for index in value.start..<value.end { text.append(line[index]) }
    }
    told.append(SlowJSON.Told(key: key.text, kind: value.kind, text: String(decoding: text, as: UTF8.self)))
  }

  /// What the scanner says of a line.
  static func scan(_ line: [UInt8], with scanner: inout JSONScanner) -> (told: [SlowJSON.Told], fault: JSONFault?) {
    var visitor = ToldValues()
    var fields = LineFields()
    let fault = scanner.scan(line.span, visitor: &visitor, into: &fields)
    return (visitor.told, fault)
  }
}
