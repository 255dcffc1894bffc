/// Makes text from bytes of unknown origin, losslessly and harmlessly.
///
/// Valid UTF-8 stays, save control characters (C0, DEL, C1) and the bidirectional overrides (U+202A–U+202E,
/// U+2066–U+2069), which could act on a terminal; these, and every byte that is not UTF-8, become `\xNN` byte by
/// byte. A backslash stays as it is, so ordinary text is never changed.
///
/// - Complexity: O(n).
@inlinable
public func printableText(_ bytes: some Sequence<UInt8>) -> String { printableText(of: Array(bytes)) }

/// The same for a text of several lines, whose line ends stay: a message for people.
///
/// - Complexity: O(n).
public func printableLines(_ text: String) -> String {
  text.utf8.split(separator: 10, omittingEmptySubsequences: false).map { printableText($0) }.joined(separator: "\n")
}

@usableFromInline
func printableText(of all: [UInt8]) -> String {
  // Nearly every text of a log is plain ASCII.
  if all.allSatisfy({ $0 >= 0x20 && $0 < 0x7f }) { return String(decoding: all, as: UTF8.self) }
  var text = ""
  var decoder = UTF8()
  var pending: [UInt8] = []
  func escape(_ bytes: [UInt8]) {
    for byte in bytes { text += "\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16) }
  }
  var index = 0
  while index < all.count {
    pending.removeAll(keepingCapacity: true)
    let length = utf8Length(all, at: index)
    if length == 0 {
      escape([all[index]])
      index += 1
      continue
    }
    pending = Array(all[index..<index + length])
    var iterator = pending.makeIterator()
    if case .scalarValue(let scalar) = decoder.decode(&iterator), !isActive(scalar) {
      text.unicodeScalars.append(scalar)
    } else {
      escape(pending)
    }
    decoder = UTF8()
    index += length
  }
  return text
}

/// Whether a character could act on a terminal rather than be shown.
private func isActive(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0..<0x20, 0x7f..<0xa0, 0x202a...0x202e, 0x2066...0x2069, 0x2028, 0x2029: true
  default: false
  }
}

/// The length of the well-formed UTF-8 sequence at an index (Unicode 15, table 3-7), or 0.
private func utf8Length(_ bytes: [UInt8], at index: Int) -> Int {
  func continues(_ offset: Int, _ range: ClosedRange<UInt8> = 0x80...0xbf) -> Bool {
    index + offset < bytes.count && range.contains(bytes[index + offset])
  }
  switch bytes[index] {
  case 0..<0x80: return 1
  case 0xc2...0xdf: return continues(1) ? 2 : 0
  case 0xe0: return continues(1, 0xa0...0xbf) && continues(2) ? 3 : 0
  case 0xed: return continues(1, 0x80...0x9f) && continues(2) ? 3 : 0
  case 0xe1...0xef: return continues(1) && continues(2) ? 3 : 0
  case 0xf0: return continues(1, 0x90...0xbf) && continues(2) && continues(3) ? 4 : 0
  case 0xf4: return continues(1, 0x80...0x8f) && continues(2) && continues(3) ? 4 : 0
  case 0xf1...0xf3: return continues(1) && continues(2) && continues(3) ? 4 : 0
  default: return 0
  }
}
