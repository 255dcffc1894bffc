/// Cells of CSV (RFC 4180).
enum CSVText {
  /// Appends a cell of text: without characters that act on a terminal, quoted where it must be, and with an
  /// apostrophe before it where a spreadsheet would take it for a formula (OWASP, “CSV Injection”: a cell that begins
  /// with `=`, `+`, `-` or `@`; tab and carriage return, which it names too, are escaped anyway).
  ///
  /// - Complexity: O(n).
  static func append(_ text: String, to bytes: inout [UInt8]) {
    let text = Display.safe(text)
    let span = text.utf8.span
    if span.isEmpty { return }
    let first = span[0]
    // 0xef begins the full-width forms (＝ ＋ － ＠), which some spreadsheets fold to the ASCII ones.
    let isFormula =
      first == 0x3d || first == 0x2b || first == 0x2d || first == 0x40 || first == 0xef && isFullWidthFormula(text)
    var needsQuotes = false
    for index in span.indices {
      let byte = span[index]
      if byte == 0x22 || byte == 0x2c {
        needsQuotes = true
        break
      }
    }
    if needsQuotes { bytes.append(0x22) }
    if isFormula { bytes.append(0x27) }
    if needsQuotes {
      for index in span.indices {
        if span[index] == 0x22 { bytes.append(0x22) }
        bytes.append(span[index])
      }
      bytes.append(0x22)
    } else {
      bytes.append(contentsOf: text.utf8)
    }
  }

  private static func isFullWidthFormula(_ text: String) -> Bool {
    ["\u{ff1d}", "\u{ff0b}", "\u{ff0d}", "\u{ff20}"].contains { text.hasPrefix($0) }
  }
}
