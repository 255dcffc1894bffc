internal import AssayModel

/// The version or date that a list gives itself.
public enum ListVersion {
  /// How many comment lines at the beginning are looked at; our own choice: headers are shorter.
  private static let linesRead = 40
  /// The longest version that is shown, in bytes; our own choice.
  private static let longest = 60

  /// The text that a list gives for its version: `creationTime`, `createDate`, `last_updated_timestamp` or
  /// `changeNumber` of the JSON of network operators; of a text the first comment at its head that gives a version, or
  /// else a date. Nil where there is none.
  public static func of(_ bytes: [UInt8]) -> String? {
    guard let first = bytes.first(where: { $0 > 0x20 && $0 < 0x80 }) else { return nil }
    let text = first == 0x7b || first == 0x5b ? json(bytes) : comment(bytes)
    return text.map { printableText($0.prefix(longest)) }
  }

  private static func json(_ bytes: [UInt8]) -> [UInt8]? {
    var found: [UInt8]?
    let keys = ["creationTime", "createDate", "last_updated_timestamp"].map { Array($0.utf8) }
    _ = JSONScanner.strings(in: bytes.span) { text in
      if found == nil, text.depth == 1, keys.contains(text.key) { found = text.value }
    }
    return found ?? changeNumber(bytes)
  }

  /// Microsoft's is a number, and no string.
  private static func changeNumber(_ bytes: [UInt8]) -> [UInt8]? {
    let key = Array("\"changeNumber\":".utf8)
    let head = bytes.prefix(256).filter { $0 > 0x20 }
    guard head.count > key.count else { return nil }
    for start in 0..<(head.count - key.count) where head[start...].starts(with: key) {
      let digits = head[(start + key.count)...].prefix { $0 &- 0x30 < 10 }
      return digits.isEmpty ? nil : Array(digits)
    }
    return nil
  }

  private static func comment(_ bytes: [UInt8]) -> [UInt8]? {
    var date: [UInt8]?
    var rest = bytes[...]
    for _ in 0..<linesRead {
      let line = rest.prefix { $0 != 0x0a }
      rest = rest.dropFirst(line.count + 1)
      let text = line.drop { $0 <= 0x20 }
      guard let sign = text.first, sign == 0x23 || sign == 0x3b else {
        if text.isEmpty && !rest.isEmpty { continue }
        break
      }
      let words = text.split { $0 == 0x20 || $0 == 0x09 || $0 == 0x0d || $0 == 0x23 || $0 == 0x3b }.filter {
        $0 != [0x3a]
      }
      let folded = words.map { $0.map(AgentPattern.folded).filter { $0 != 0x3a } }
      func value(after names: [String]) -> [UInt8]? {
        guard let place = folded.firstIndex(where: { names.contains(String(decoding: $0, as: UTF8.self)) }) else {
          return nil
        }
        let value = Array(words[(place + 1)...].joined(separator: [0x20]))
        return value.contains { $0 &- 0x30 < 10 } ? value : nil
      }
      if let version = value(after: ["version"]) { return version }
      date = date ?? value(after: ["date", "updated", "update", "generated", "last-modified", "modified", "created"])
    }
    return date
  }
}
