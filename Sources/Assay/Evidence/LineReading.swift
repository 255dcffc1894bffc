internal import AssayModel
internal import AssayParsing

/// What a line says if it is read as formats and URLs write their values. Which of the readings is right only the format
/// and the profile know; whoever looks for a text by its hash tries them all.
enum LineReading {
  /// The line as it is and all readings that differ from it, each once: with escapes behind a backslash resolved (JSON,
  /// nginx, Apache), with doubled quotes made one (CSV), and each of these with percent-encoding resolved, `+` as it is
  /// or, in a query, as a space (WHATWG URL, application/x-www-form-urlencoded).
  ///
  /// - Complexity: O(n).
  static func all(of line: [UInt8]) -> [[UInt8]] {
    var readings = [line]
    func add(_ reading: [UInt8]) { if !readings.contains(reading) { readings.append(reading) } }
    if line.contains(backslash) { add(unescaped(line)) }
    if line.contains(quote) { add(withSingleQuotes(line)) }
    for reading in readings {
      if reading.contains(percent) { add(decoded(reading, plusIsSpace: false)) }
      if reading.contains(plus) { add(decoded(reading, plusIsSpace: true)) }
    }
    return readings
  }

  private static let backslash = UInt8(ascii: "\\")
  private static let quote = UInt8(ascii: "\"")
  private static let percent = UInt8(ascii: "%")
  private static let plus = UInt8(ascii: "+")

  private static func decoded(_ bytes: [UInt8], plusIsSpace: Bool) -> [UInt8] {
    var (output, index) = ([UInt8](), 0)
    while index < bytes.count {
      if bytes[index] == percent, index + 2 < bytes.count, let high = hexDigit(bytes[index + 1]),
        let low = hexDigit(bytes[index + 2])
      {
        output.append(high << 4 | low)
        index += 3
      } else {
        output.append(bytes[index] == plus && plusIsSpace ? UInt8(ascii: " ") : bytes[index])
        index += 1
      }
    }
    return output
  }

  private static func withSingleQuotes(_ bytes: [UInt8]) -> [UInt8] {
    var (output, index) = ([UInt8](), 0)
    while index < bytes.count {
      output.append(bytes[index])
      index += bytes[index] == quote && index + 1 < bytes.count && bytes[index + 1] == quote ? 2 : 1
    }
    return output
  }

  private static func unescaped(_ bytes: [UInt8]) -> [UInt8] {
    var output: [UInt8] = []
    JSONEscape.unescape(bytes.span, 0, bytes.count, into: &output)
    return output
  }
}
