/// Reads the subset of regular expressions that lists of crawlers are written in: plain text, `\` before a sign, `^` and
/// `$` at the ends, `.` and `.*`, `[abc]` with ranges, `\d`, and `?` behind one character. Everything else (groups,
/// alternatives, other repetitions) is refused, so that the list's reader can name it.
enum CrawlerPatterns {
  /// How many `?` one pattern may have: each doubles the rows made of it.
  private static let optionalsAllowed = 3

  /// The rows for one expression (several where it has a `?`), or nil where it is not in the subset.
  static func rows(_ expression: [UInt8], source: String) -> [AgentPattern]? {
    var variants: [[AgentPattern.Element]] = [[]]
    var placement: AgentPattern.Placement = []
    var (index, optionals) = (0, 0)
    if expression.first == 0x5e {
      placement.insert(.textStart)
      index = 1
    }
    while index < expression.count {
      if expression[index] == 0x24, index == expression.count - 1 {
        placement.insert(.textEnd)
        break
      }
      guard var element = element(expression, &index) else { return nil }
      if element == .any, index < expression.count, expression[index] == 0x2a {
        element = .run
        index += 1
      }
      if index < expression.count, expression[index] == 0x3f, element != .run {
        index += 1
        optionals += 1
        guard optionals <= optionalsAllowed else { return nil }
        variants += variants.map { $0 + [element] }
      } else {
        for variant in variants.indices { variants[variant].append(element) }
      }
    }
    let rows = variants.map { elements in
      // What may begin anywhere and has a run is looked for from the start, as if it began with a run: one walk.
      let floats = !placement.contains(.textStart) && elements.contains(.run)
      return AgentPattern(elements: (floats ? [.run] : []) + elements, source: source, placement: placement)
    }
    // A pattern without a single plain byte would match everything.
    return rows.allSatisfy { !$0.anchor.bytes.isEmpty } ? rows : nil
  }

  private static func element(_ text: [UInt8], _ index: inout Int) -> AgentPattern.Element? {
    let byte = text[index]
    index += 1
    switch byte {
    case 0x5c: return escaped(text, &index)
    case 0x5b: return set(text, &index)
    case 0x2e: return .any
    case 0x28, 0x29, 0x7c, 0x2a, 0x2b, 0x3f, 0x7b, 0x7d, 0x5e, 0x24, 0x5d: return nil
    default: return .byte(byte)
    }
  }

  private static func escaped(_ text: [UInt8], _ index: inout Int) -> AgentPattern.Element? {
    guard index < text.count else { return nil }
    let byte = text[index]
    index += 1
    if byte == 0x64 { return .oneOf(Array(0x30...0x39)) }
    // A letter or digit behind a backslash is a class or a reference; any other sign stands for itself.
    let isAlphanumeric = byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26
    return isAlphanumeric ? nil : .byte(byte)
  }

  private static func set(_ text: [UInt8], _ index: inout Int) -> AgentPattern.Element? {
    var bytes: [UInt8] = []
    while index < text.count, text[index] != 0x5d {
      let byte = text[index]
      index += 1
      if byte == 0x5e && bytes.isEmpty { return nil }
      if byte == 0x5c {
        guard case .byte(let literal) = escaped(text, &index) else { return nil }
        bytes.append(literal)
      } else if byte == 0x2d, let low = bytes.last, index < text.count, text[index] != 0x5d, text[index] > low {
        bytes += Array(low + 1...text[index])
        index += 1
      } else {
        bytes.append(byte)
      }
    }
    guard index < text.count, !bytes.isEmpty else { return nil }
    index += 1
    return .oneOf(bytes)
  }
}
