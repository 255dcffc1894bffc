/// Cuts a line into columns, one at a time.
///
/// A column that begins with a quote ends at the next one that is not doubled (RFC 4180 §2.7); `""` inside stands for
/// one quote. A quote elsewhere is a quote. Only the line is seen, so a quoted line break is a missing quote.
struct ColumnScanner {
  /// What stands between columns.
  enum Separator: Sendable, Equatable {
    /// One byte.
    case byte(UInt8)
    /// Any number of spaces and tabs, also before the first column and after the last.
    case space
  }

  /// A column, or why there is none.
  struct Column {
    /// First byte of the value, inside its quotes; where it is wrong, the column to report.
    var start: Int
    /// First byte after the value.
    var end: Int
    /// Whether it stood in quotes.
    var isQuoted = false
    /// Whether quotes are doubled in it.
    var isDoubled = false
    /// What is wrong.
    var problem: Problem?
  }

  /// What can be wrong with a column; the raw value is the second part of the name.
  enum Problem: String {
    /// The closing quote is missing.
    case noClosingQuote = "no-closing-quote"
    /// Something follows the closing quote.
    case afterQuote = "text-after-quote"

    /// What should have stood there.
    var expected: String {
      switch self {
      case .noClosingQuote: "a closing quote (a line break inside quotes is not read)"
      case .afterQuote: "a separator or the end of the line"
      }
    }
  }

  private let separator: Separator
  private let isQuoting: Bool
  /// Where the next column begins; beyond the line's end after the last.
  private(set) var index: Int

  /// A scanner at the beginning of a line or of a part of it.
  @inline(__always)
  init(_ separator: Separator, quoting: Bool, _ line: Span<UInt8>, from start: Int = 0) {
    self.separator = separator
    isQuoting = quoting
    index = start
    if separator == .space { index = ColumnScanner.skipSpace(line, start) }
  }

  /// The next column, or nil after the last. A line with nothing in it has one empty column, but none between spaces.
  @inline(__always)
  mutating func next(_ line: Span<UInt8>) -> Column? {
    let start = index
    if isQuoting, start < line.count, line[start] == UInt8(ascii: "\"") { return quoted(line) }
    switch separator {
    case .byte(let byte):
      if start > line.count { return nil }
      var end = start
      while end < line.count, line[end] != byte { end &+= 1 }
      index = end &+ 1
      return Column(start: start, end: end)
    case .space:
      if start >= line.count { return nil }
      var end = start
      while end < line.count, line[end] != 0x20, line[end] != 0x09 { end &+= 1 }
      index = ColumnScanner.skipSpace(line, end)
      return Column(start: start, end: end)
    }
  }

  private mutating func quoted(_ line: Span<UInt8>) -> Column {
    let quote = UInt8(ascii: "\"")
    let start = index &+ 1
    var (end, isDoubled) = (start, false)
    while true {
      while end < line.count, line[end] != quote { end &+= 1 }
      if end >= line.count {
        return Column(start: end, end: end, problem: .noClosingQuote)
      }
      guard end &+ 1 < line.count, line[end &+ 1] == quote else { break }
      isDoubled = true
      end &+= 2
    }
    let after = end &+ 1
    switch separator {
    case .byte(let byte):
      if after < line.count, line[after] != byte { return Column(start: after, end: after, problem: .afterQuote) }
      index = after &+ 1
    case .space:
      index = ColumnScanner.skipSpace(line, after)
      if index == after, after < line.count { return Column(start: after, end: after, problem: .afterQuote) }
    }
    return Column(start: start, end: end, isQuoted: true, isDoubled: isDoubled)
  }

  private static func skipSpace(_ line: Span<UInt8>, _ start: Int) -> Int {
    var index = start
    while index < line.count, line[index] == 0x20 || line[index] == 0x09 { index &+= 1 }
    return index
  }
}
