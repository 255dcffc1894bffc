internal import AssayModel

/// One row of a list of user agents: what to look for, where, and until when it counts.
///
/// Patterns look at a *folded* user agent (`AgentPattern.folded`): ASCII letters in lower case and `+` as a space,
/// since logs of the W3C extended format write a space as `+`, and so do the lists made for them.
struct AgentPattern: Sendable, Equatable {
  /// One step of a pattern.
  enum Element: Sendable, Equatable {
    /// Exactly this byte.
    case byte(UInt8)
    /// One of these bytes.
    case oneOf([UInt8])
    /// Any byte.
    case any
    /// Any run of bytes, empty ones included.
    case run
  }

  /// Where a pattern must stand.
  struct Placement: OptionSet, Sendable, Equatable {
    /// The bits.
    let rawValue: UInt8
    /// At the start of the user agent.
    static let textStart = Placement(rawValue: 1)
    /// At its end.
    static let textEnd = Placement(rawValue: 2)
    /// Not behind a letter or digit.
    static let wordStart = Placement(rawValue: 4)
    /// Not before a letter.
    static let wordEnd = Placement(rawValue: 8)
  }

  /// The steps, in order; not empty.
  var elements: [Element]
  /// Where it must stand.
  var placement: Placement = []
  /// Whether letters must have the case of the pattern: it then looks at the user agent as logged.
  var caseSensitive = false
  /// Folded texts each of which cancels this row, and only this row, where the user agent has it.
  var exceptions: [[UInt8]] = []
  /// The row counts for events before this moment, in microseconds since the epoch; `.max` for a row in force.
  var countsBefore: Int64 = .max
  /// As it stands in its list.
  var source: String
  /// The ordinal of its list.
  var list = 0

  /// A pattern that is some literal text.
  init(literal text: [UInt8], source: String, placement: Placement = []) {
    elements = text.map(Element.byte)
    self.source = source
    self.placement = placement
  }

  /// A pattern from its steps.
  init(elements: [Element], source: String, placement: Placement) {
    self.elements = elements
    self.source = source
    self.placement = placement
  }

  /// Lower case for ASCII letters, a space for `+`; everything else stays, so offsets agree with the original.
  static func folded(_ byte: UInt8) -> UInt8 {
    if byte &- 0x41 < 26 { return byte | 0x20 }
    return byte == 0x2b ? 0x20 : byte
  }

  /// The longest stretch of plain bytes, folded, and how many steps stand before it; nil behind a `run`, where the
  /// distance from the start of a match is not known.
  var anchor: (bytes: [UInt8], offset: Int?) {
    var (best, bestOffset, current, start, fixed): ([UInt8], Int?, [UInt8], Int, Bool) = ([], nil, [], 0, true)
    for (index, element) in elements.enumerated() {
      if case .byte(let byte) = element {
        if current.isEmpty { start = index }
        current.append(AgentPattern.folded(byte))
        if current.count > best.count { (best, bestOffset) = (current, fixed ? start : nil) }
      } else {
        current = []
        if element == .run { fixed = false }
      }
    }
    return (best, bestOffset)
  }

  /// Whether the pattern matches at exactly this place of a user agent, given as logged and folded.
  func matches(_ logged: Span<UInt8>, _ folded: Span<UInt8>, at start: Int) -> Bool {
    if start < 0 { return false }
    if placement.contains(.textStart), start > 0 { return false }
    if placement.contains(.wordStart), start > 0, AgentPattern.isWord(folded[start - 1]) { return false }
    // The usual way with wildcards: on a mismatch go back to the last run and let it take one byte more. Each run
    // but the last is settled at its first match, so the cost is at most pattern × text.
    var (text, step) = (start, 0)
    var (runStep, runText) = (-1, 0)
    while true {
      if step == elements.count {
        if endsWell(folded, at: text) { return true }
      } else if elements[step] == .run {
        (runStep, runText) = (step, text)
        step += 1
        continue
      } else if text < folded.count, accepts(elements[step], logged[text], folded[text]) {
        text += 1
        step += 1
        continue
      }
      guard runStep >= 0, runText < folded.count else { return false }
      runText += 1
      (text, step) = (runText, runStep + 1)
    }
  }

  /// Whether one of the exceptions stands anywhere in the folded user agent.
  func isExcepted(_ folded: Span<UInt8>) -> Bool {
    for exception in exceptions where contains(folded, exception) { return true }
    return false
  }

  private func endsWell(_ folded: Span<UInt8>, at end: Int) -> Bool {
    if placement.contains(.textEnd), end < folded.count { return false }
    if placement.contains(.wordEnd), end < folded.count, folded[end] &- 0x61 < 26 { return false }
    return true
  }

  private func accepts(_ element: Element, _ logged: UInt8, _ folded: UInt8) -> Bool {
    switch element {
    case .byte(let byte): caseSensitive ? byte == logged : AgentPattern.folded(byte) == folded
    case .oneOf(let bytes):
      caseSensitive ? bytes.contains(logged) : bytes.contains { AgentPattern.folded($0) == folded }
    case .any: true
    case .run: false
    }
  }

  private static func isWord(_ folded: UInt8) -> Bool { folded &- 0x61 < 26 || folded &- 0x30 < 10 }

  private func contains(_ text: Span<UInt8>, _ part: [UInt8]) -> Bool {
    guard !part.isEmpty, part.count <= text.count else { return false }
    for start in 0...(text.count - part.count) where text[start] == part[0] {
      var length = 1
      while length < part.count, text[start + length] == part[length] { length += 1 }
      if length == part.count { return true }
    }
    return false
  }
}
