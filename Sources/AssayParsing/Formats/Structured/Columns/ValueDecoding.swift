internal import AssayModel

/// How the values of a column are written, beyond their quotes.
enum ValueDecoding: UInt8, Sendable, BitwiseCopyable {
  /// As they are.
  case plain
  /// With `+` for each space (IIS): the second of two is a plus of the text, as in `+http://` of crawlers.
  case plusForSpace
  /// Percent-encoded once.
  case percent
  /// Percent-encoded twice: CloudFront encodes the percent sign of what it has encoded.
  case percentTwice
  /// A part of a URL whose percent signs were encoded once more (`%2520` for `%20`): only that is undone, since what
  /// is encoded in a URL must stay so.
  case percentOfPercent
  /// With `\xNN` and `\\` (Zeek).
  case backslash

  /// The byte without which nothing has to be done.
  var trigger: UInt8 {
    switch self {
    case .plain: 0
    case .plusForSpace: UInt8(ascii: "+")
    case .percent, .percentTwice, .percentOfPercent: UInt8(ascii: "%")
    case .backslash: UInt8(ascii: "\\")
    }
  }

  /// Decodes `bytes[start..<end]` in place, where it never becomes longer; what is no code stays as it is.
  ///
  /// - Returns: the new end.
  /// - Complexity: O(n).
  func decode(_ bytes: inout MutableSpan<UInt8>, from start: Int, to end: Int) -> Int {
    switch self {
    case .plain: return end
    case .plusForSpace:
      ValueDecoding.replacePlus(&bytes, start, end)
      return end
    case .percent: return ValueDecoding.replacePercent(&bytes, start, end)
    case .percentTwice:
      return ValueDecoding.replacePercent(&bytes, start, ValueDecoding.replacePercent(&bytes, start, end))
    case .percentOfPercent: return ValueDecoding.replacePercentOfPercent(&bytes, start, end)
    case .backslash: return ValueDecoding.replaceBackslash(&bytes, start, end)
    }
  }

  private static func replacePlus(_ bytes: inout MutableSpan<UInt8>, _ start: Int, _ end: Int) {
    var isAfterSpace = false
    for index in start..<end {
      if bytes[index] == UInt8(ascii: "+"), !isAfterSpace {
        bytes[index] = UInt8(ascii: " ")
        isAfterSpace = true
      } else {
        isAfterSpace = false
      }
    }
  }

  private static func replacePercent(_ bytes: inout MutableSpan<UInt8>, _ start: Int, _ end: Int) -> Int {
    var (read, write) = (start, start)
    while read < end {
      if bytes[read] == UInt8(ascii: "%"), let code = hexadecimal(bytes, read + 1, end) {
        bytes[write] = code
        read += 3
      } else {
        bytes[write] = bytes[read]
        read += 1
      }
      write += 1
    }
    return write
  }

  private static func replacePercentOfPercent(_ bytes: inout MutableSpan<UInt8>, _ start: Int, _ end: Int) -> Int {
    var (read, write) = (start, start)
    while read < end {
      let isDoubled =
        bytes[read] == UInt8(ascii: "%") && hexadecimal(bytes, read + 1, end) == UInt8(ascii: "%")
        && hexadecimal(bytes, read + 3, end) != nil
      bytes[write] = bytes[read]
      read += isDoubled ? 3 : 1
      write += 1
    }
    return write
  }

  private static func replaceBackslash(_ bytes: inout MutableSpan<UInt8>, _ start: Int, _ end: Int) -> Int {
    let backslash = UInt8(ascii: "\\")
    var (read, write) = (start, start)
    while read < end {
      let next = bytes[read] == backslash && read + 1 < end ? bytes[read + 1] : 0
      if next == UInt8(ascii: "x"), let code = hexadecimal(bytes, read + 2, end) {
        bytes[write] = code
        read += 4
      } else {
        bytes[write] = bytes[read]
        read += next == backslash ? 2 : 1
      }
      write += 1
    }
    return write
  }

  /// The byte of the two hexadecimal digits at an index, or nil.
  private static func hexadecimal(_ bytes: borrowing MutableSpan<UInt8>, _ index: Int, _ end: Int) -> UInt8? {
    guard index + 1 < end, let high = hexDigit(bytes[index]), let low = hexDigit(bytes[index + 1]) else { return nil }
    return high << 4 | low
  }
}
