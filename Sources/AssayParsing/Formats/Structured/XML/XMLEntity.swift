internal import AssayModel

/// What stands for characters that XML uses itself (XML 1.0 §4.1 and §4.6): `&amp;`, `&#38;`, `&#x26;`.
enum XMLEntity {
  private static let named: [(name: [UInt8], value: UInt32)] = [
    (Array("amp".utf8), 0x26), (Array("lt".utf8), 0x3c), (Array("gt".utf8), 0x3e), (Array("quot".utf8), 0x22),
    (Array("apos".utf8), 0x27),
  ]

  /// The longest reference between its ends: `#x10ffff`.
  private static let longest = 8

  /// Appends `line[start..<end]` with its references resolved. What only looks like one stays as it is.
  ///
  /// - Complexity: O(n).
  static func unescape(_ line: Span<UInt8>, _ start: Int, _ end: Int, into bytes: inout [UInt8]) {
    var index = start
    while index < end {
      if line[index] == UInt8(ascii: "&"), let (scalar, next) = read(line, index + 1, end) {
        bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
        index = next
      } else {
        bytes.append(line[index])
        index += 1
      }
    }
  }

  /// The character whose reference goes on at `start`, and the index after its semicolon.
  private static func read(_ line: Span<UInt8>, _ start: Int, _ end: Int) -> (Unicode.Scalar, Int)? {
    let limit = min(end, start + longest + 1)
    let last = firstIndex(of: UInt8(ascii: ";"), in: line, from: start, to: limit)
    guard last > start else { return nil }
    var value: UInt32 = 0
    if line[start] == UInt8(ascii: "#") {
      let isHexadecimal = line[start + 1] == UInt8(ascii: "x")
      let first = start + (isHexadecimal ? 2 : 1)
      guard first < last else { return nil }
      for index in first..<last {
        guard let digit = hexDigit(line[index]), isHexadecimal || digit < 10 else { return nil }
        value = value * (isHexadecimal ? 16 : 10) + UInt32(digit)
      }
    } else {
      guard let known = named.first(where: { $0.name.count == last - start && equal(line, at: start, $0.name.span) })
      else { return nil }
      value = known.value
    }
    return Unicode.Scalar(value).map { ($0, last + 1) }
  }
}
