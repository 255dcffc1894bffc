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

  /// Decodes the bytes of `scratch` from `start` on, in place. What is no code stays as it is.
  ///
  /// - Complexity: O(n).
  func decode(_ scratch: inout [UInt8], from start: Int) {
    switch self {
    case .plain: break
    case .plusForSpace: ValueDecoding.replacePlus(&scratch, from: start)
    case .percent: ValueDecoding.replaceCodes(&scratch, from: start, mark: UInt8(ascii: "%"))
    case .percentTwice:
      ValueDecoding.replaceCodes(&scratch, from: start, mark: UInt8(ascii: "%"))
      ValueDecoding.replaceCodes(&scratch, from: start, mark: UInt8(ascii: "%"))
    case .percentOfPercent: ValueDecoding.replacePercentOfPercent(&scratch, from: start)
    case .backslash: ValueDecoding.replaceCodes(&scratch, from: start, mark: UInt8(ascii: "\\"))
    }
  }

  private static func replacePlus(_ scratch: inout [UInt8], from start: Int) {
    var isAfterSpace = false
    for index in start..<scratch.count {
      if scratch[index] == UInt8(ascii: "+"), !isAfterSpace {
        scratch[index] = UInt8(ascii: " ")
        isAfterSpace = true
      } else {
        isAfterSpace = false
      }
    }
  }

  /// `%NN`; or, after a backslash, `\xNN` and a doubled backslash.
  private static func replaceCodes(_ scratch: inout [UInt8], from start: Int, mark: UInt8) {
    let isBackslash = mark == UInt8(ascii: "\\")
    var (read, write) = (start, start)
    while read < scratch.count {
      let byte = scratch[read]
      let digits = isBackslash ? 2 : 1
      if byte == mark, isBackslash, read + 1 < scratch.count, scratch[read + 1] == mark {
        read += 1
      } else if byte == mark, !isBackslash || read + 1 < scratch.count && scratch[read + 1] == UInt8(ascii: "x"),
        let code = hexadecimal(scratch, read + digits)
      {
        scratch[write] = code
        (read, write) = (read + digits + 2, write + 1)
        continue
      }
      scratch[write] = byte
      (read, write) = (read + 1, write + 1)
    }
    scratch.removeLast(read - write)
  }

  private static func replacePercentOfPercent(_ scratch: inout [UInt8], from start: Int) {
    var (read, write) = (start, start)
    while read < scratch.count {
      let byte = scratch[read]
      scratch[write] = byte
      write += 1
      let isDoubled =
        byte == UInt8(ascii: "%") && hexadecimal(scratch, read + 1) == UInt8(ascii: "%")
        && hexadecimal(scratch, read + 3) != nil
      read += isDoubled ? 3 : 1
    }
    scratch.removeLast(read - write)
  }

  /// The byte of two hexadecimal digits, or nil.
  private static func hexadecimal(_ bytes: borrowing [UInt8], _ index: Int) -> UInt8? {
    guard index + 1 < bytes.count, let high = digit(bytes[index]), let low = digit(bytes[index + 1]) else { return nil }
    return high << 4 | low
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    if byte &- 0x30 < 10 { return byte &- 0x30 }
    let letter = (byte | 0x20) &- 0x61
    return letter < 6 ? letter + 10 : nil
  }
}
