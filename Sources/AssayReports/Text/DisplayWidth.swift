import AssayModel

/// Text as a terminal shows it: safe, measured in columns, cut and wrapped by them.
package enum Display {
  /// Text of unknown origin without anything that could act on a terminal (`printableText`); ordinary text is
  /// returned as it is.
  static func safe(_ text: String) -> String {
    for byte in text.utf8 where byte < 0x20 || byte >= 0x7f { return printableText(text.utf8) }
    return text
  }

  /// Columns that a text takes: 0 for combining and invisible characters, 2 for wide ones (East Asian Width W and F,
  /// and emoji; Unicode Standard Annex 11), 1 for all others.
  ///
  /// - Complexity: O(n).
  package static func width(_ text: String) -> Int {
    var width = 0
    for scalar in text.unicodeScalars { width += columns(scalar) }
    return width
  }

  /// The text, cut with `…` where it is wider than so many columns. A letter is never parted from its accents,
  /// unless there are so many that they could only be an attack on the reader.
  static func cut(_ text: String, to limit: Int) -> String {
    if text.utf8.count <= limit || (width(text) <= limit && text.unicodeScalars.count <= 4 * limit) { return text }
    var (cut, used) = ("", 0)
    for character in text {
      let columns = character.unicodeScalars.reduce(0) { $0 + Display.columns($1) }
      if used + columns > limit - 1 || character.unicodeScalars.count > 16 { break }
      cut.append(character)
      used += columns
      if cut.unicodeScalars.count > 4 * limit { break }
    }
    return cut + "…"
  }

  /// Words on lines of at most so many columns; a word that is longer stands alone and is not cut.
  static func wrapped(_ text: String, width limit: Int) -> [String] {
    var (lines, line, used): ([String], String, Int) = ([], "", 0)
    for word in text.split(separator: " ") {
      let columns = width(String(word))
      if used > 0, used + 1 + columns > limit {
        lines.append(line)
        (line, used) = ("", 0)
      }
      if used > 0 {
        line += " "
        used += 1
      }
      line += word
      used += columns
    }
    return used > 0 ? lines + [line] : lines
  }

  private static func columns(_ scalar: Unicode.Scalar) -> Int {
    if scalar.value < 0x300 { return 1 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: break
    }
    if scalar.properties.isEmojiPresentation { return 2 }
    switch scalar.value {
    case 0x1100...0x115f, 0x2e80...0x303e, 0x3041...0xa4cf, 0xac00...0xd7a3, 0xf900...0xfaff, 0xfe30...0xfe6f,
      0xff01...0xff60, 0xffe0...0xffe6, 0x20000...0x3fffd:
      return 2
    default:
      return 1
    }
  }
}

extension String {
  /// The text without blanks before it, which indent rows where there is no markup.
  var trimmedStart: String { String(drop { $0 == " " }) }

  /// The text with its first letter in upper case.
  var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
