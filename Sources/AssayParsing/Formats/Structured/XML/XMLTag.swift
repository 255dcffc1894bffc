/// One tag of an XML line: where its name and its attributes are.
struct XMLTag {
  /// What kind of tag.
  enum Kind { case open, close, empty, declaration }

  /// What kind of tag.
  var kind: Kind
  /// Its name.
  var name: Range<Int>
  /// What stands between the name and the end.
  var attributes: Range<Int>
  /// The index after it.
  var end: Int

  /// The tag at an index; nil where there is none, or where it does not end.
  ///
  /// - Complexity: O(tag).
  init?(_ line: Span<UInt8>, _ start: Int) {
    guard start < line.count, line[start] == UInt8(ascii: "<") else { return nil }
    var index = start + 1
    kind = .open
    if index < line.count, line[index] == UInt8(ascii: "/") || line[index] == UInt8(ascii: "?") {
      kind = line[index] == UInt8(ascii: "/") ? .close : .declaration
      index += 1
    }
    let first = index
    while index < line.count, XMLTag.isNameByte(line[index]) { index += 1 }
    guard index > first else { return nil }
    name = first..<index

    let begin = index
    while true {
      let space = index
      index = XMLTag.skipSpace(line, index)
      guard index < line.count else { return nil }
      if line[index] == UInt8(ascii: ">") { break }
      if line[index] == UInt8(ascii: "/") || line[index] == UInt8(ascii: "?") {
        let isEmpty = line[index] == UInt8(ascii: "/")
        guard kind == (isEmpty ? .open : .declaration), index + 1 < line.count, line[index + 1] == UInt8(ascii: ">")
        else { return nil }
        if isEmpty { kind = .empty }
        (attributes, end) = (begin..<index, index + 2)
        return
      }
      guard index > space, kind != .close, let attribute = XMLTag.attribute(line, index) else { return nil }
      index = attribute.end
    }
    guard kind != .declaration else { return nil }
    (attributes, end) = (begin..<index, index + 1)
  }

  /// Whether it has this name.
  func isNamed(_ text: String, _ line: Span<UInt8>) -> Bool { XMLTag.isText(text, line, name) }

  /// The value of an attribute, as it stands between its quotes.
  func attribute(_ text: String, _ line: Span<UInt8>) -> Range<Int>? {
    var index = XMLTag.skipSpace(line, attributes.lowerBound)
    while index < attributes.upperBound, let attribute = XMLTag.attribute(line, index) {
      if XMLTag.isText(text, line, attribute.name) { return attribute.value }
      index = XMLTag.skipSpace(line, attribute.end)
    }
    return nil
  }

  /// `name="value"` or `name='value'`.
  private static func attribute(_ line: Span<UInt8>, _ start: Int) -> (name: Range<Int>, value: Range<Int>, end: Int)? {
    var index = start
    while index < line.count, isNameByte(line[index]) { index += 1 }
    guard index > start, index + 1 < line.count, line[index] == UInt8(ascii: "=") else { return nil }
    let quote = line[index + 1]
    guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else { return nil }
    let first = index + 2
    let last = firstIndex(of: quote, in: line, from: first, to: line.count)
    // A value cannot hold the beginning of a tag (XML 1.0 §3.1): here a quote is missing.
    guard last >= 0, firstIndex(of: UInt8(ascii: "<"), in: line, from: first, to: last) < 0 else { return nil }
    return (start..<index, first..<last, last + 1)
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
      || byte == UInt8(ascii: ":") || byte == UInt8(ascii: ".")
  }

  private static func isText(_ text: String, _ line: Span<UInt8>, _ range: Range<Int>) -> Bool {
    guard text.utf8.count == range.count else { return false }
    var index = range.lowerBound
    for byte in text.utf8 {
      if line[index] != byte { return false }
      index += 1
    }
    return true
  }

  /// The index after spaces and tabs.
  static func skipSpace(_ line: Span<UInt8>, _ start: Int) -> Int {
    var index = start
    while index < line.count, line[index] == 0x20 || line[index] == 0x09 { index += 1 }
    return index
  }
}
