/// A way of writing a macro that an ad server should have replaced before the URL was called. One that is still there
/// says that nobody did: a misconfigured tag, or a program that calls URLs it has read somewhere.
public enum MacroStyle: String, CaseIterable, Sendable {
  /// `[CACHEBUSTING]`: VAST (IAB VAST 4.x §6). Capitals, digits and `_`, at least two, so that `a[0]` is none.
  case square
  /// `${AUCTION_PRICE}`: OpenRTB 2.x §4.4.
  case dollar
  /// `%%CACHEBUSTER%%`: Google Ad Manager.
  case percent
  /// `{clickurl}`: Revive and many others.
  case brace
}

/// Finds unexpanded macros of some styles.
struct MacroFinder: Sendable {
  private let square: Bool
  private let dollar: Bool
  private let percent: Bool
  private let brace: Bool
  /// Whether there is anything to look for.
  let isActive: Bool

  init(_ styles: [MacroStyle]) {
    square = styles.contains(.square)
    dollar = styles.contains(.dollar)
    percent = styles.contains(.percent)
    brace = styles.contains(.brace)
    isActive = !styles.isEmpty
  }

  /// Whether a macro stands anywhere in some decoded text.
  ///
  /// - Complexity: O(n).
  func occurs(in text: Span<UInt8>, from start: Int, to end: Int) -> Bool {
    var index = start
    while index < end {
      switch text[index] {
      case UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: "%"), UInt8(ascii: "$"):
        if length(of: text, from: index, to: end) > 0 { return true }
      default: break
      }
      index += 1
    }
    return false
  }

  /// Whether the whole of some decoded text is one macro.
  func isWhole(_ text: Span<UInt8>, from start: Int, to end: Int) -> Bool {
    isActive && end - start >= 3 && length(of: text, from: start, to: end) == end - start
  }

  /// The length of the macro that begins at an index, or 0.
  private func length(of text: Span<UInt8>, from start: Int, to end: Int) -> Int {
    let next = start + 1 < end ? text[start + 1] : 0
    switch text[start] {
    case UInt8(ascii: "[") where square:
      return closed(text, from: start + 1, to: end, by: [UInt8(ascii: "]")], capitals: true, opening: 1)
    case UInt8(ascii: "$") where dollar && next == UInt8(ascii: "{"):
      return closed(text, from: start + 2, to: end, by: [UInt8(ascii: "}")], capitals: false, opening: 2)
    case UInt8(ascii: "%") where percent && next == UInt8(ascii: "%"):
      let closing = [UInt8(ascii: "%"), UInt8(ascii: "%")]
      return closed(text, from: start + 2, to: end, by: closing, capitals: false, opening: 2)
    case UInt8(ascii: "{") where brace:
      return closed(text, from: start + 1, to: end, by: [UInt8(ascii: "}")], capitals: false, opening: 1)
    default: return 0
    }
  }

  /// The length of a macro whose name begins at `start` and ends before `closing`, or 0. A name begins with a letter
  /// and has 2 to 64 letters, digits and `_`, and, but for capitals only, `.`, `:` and `-` (`${AUCTION_PRICE:B64}`).
  private func closed(
    _ text: Span<UInt8>, from start: Int, to end: Int, by closing: [UInt8], capitals: Bool, opening: Int
  ) -> Int {
    var index = start
    while index < end, index - start <= 64 {
      let byte = text[index]
      let isLetter = byte &- 65 < 26 || !capitals && byte &- 97 < 26
      let isInside = byte &- 48 < 10 || byte == 95 || !capitals && (byte == 46 || byte == 58 || byte == 45)
      if !isLetter && (index == start || !isInside) { break }
      index += 1
    }
    let length = index - start
    guard length >= 2, length <= 64, end - index >= closing.count else { return 0 }
    for (offset, byte) in closing.enumerated() where text[index + offset] != byte { return 0 }
    return opening + length + closing.count
  }
}
