internal import AssayModel

/// A line that nginx or Apache wrote into its error log. In a container both logs end in one stream, and a folder of
/// logs holds both: such a line is no broken request, and is counted under a name of its own.
///
/// nginx: `2026/11/23 09:00:00 [error] 31#31: *46 …` (`ngx_log_error_core`); Apache 2.4:
/// `[Mon Nov 23 09:00:00.880562 2026] [core:error] [pid 10] …`; 2.2 without fraction and module
/// (httpd.apache.org/docs/2.4/logs.html#errorlog).
package enum ErrorLogLine {
  /// The dotted name of the issue.
  package static let issue = "line.error-log"
  /// What should have stood there.
  package static let expected = "a line of an access log; this one is of nginx's or Apache's error log"

  /// Whether it is such a line.
  ///
  /// - Complexity: O(1).
  package static func stands(_ line: Span<UInt8>) -> Bool {
    guard line.count >= 20 else { return false }
    return line[0] == UInt8(ascii: "[") ? isApache(line) : isNginx(line)
  }

  private static func isNginx(_ line: Span<UInt8>) -> Bool {
    guard line[4] == UInt8(ascii: "/"), Times.date(line, 0, line.count) != nil, line[10] == UInt8(ascii: " "),
      let clock = Times.timeOfDay(line, 11, line.count), let level = bracketed(line, clock.end)
    else { return false }
    return isLevel(line, level.lowerBound, level.upperBound)
  }

  /// The weekday is not looked at: the month's place is enough.
  private static func isApache(_ line: Span<UInt8>) -> Bool {
    guard line[4] == UInt8(ascii: " "), let stamp = Times.syslog(line, 5, line.count), stamp.end + 6 <= line.count,
      line[stamp.end] == UInt8(ascii: " "), Times.digits(line, stamp.end + 1, 4) != nil,
      line[stamp.end + 5] == UInt8(ascii: "]"), let level = bracketed(line, stamp.end + 6)
    else { return false }
    let colon = firstIndex(of: UInt8(ascii: ":"), in: line, from: level.lowerBound, to: level.upperBound)
    return isLevel(line, colon < 0 ? level.lowerBound : colon + 1, level.upperBound)
  }

  /// What stands in the brackets of ` […]`.
  private static func bracketed(_ line: Span<UInt8>, _ start: Int) -> Range<Int>? {
    guard start + 2 < line.count, line[start] == UInt8(ascii: " "), line[start + 1] == UInt8(ascii: "[") else {
      return nil
    }
    let end = firstIndex(of: UInt8(ascii: "]"), in: line, from: start + 2, to: min(line.count, start + 2 + longest))
    return end < 0 ? nil : start + 2..<end
  }

  /// How long a module's name with a level may be: far more than any has.
  private static let longest = 64

  /// The levels of both servers; Apache adds a digit to `trace`.
  private static let levels = ["emerg", "alert", "crit", "error", "warn", "notice", "info", "debug"].map {
    Array($0.utf8)
  }
  private static let trace = Array("trace".utf8)

  private static func isLevel(_ line: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    levels.contains { $0.isSame(line, from: start, to: end) }
      || end - start == trace.count + 1 && trace.isSame(line, from: start, to: end - 1)
  }
}

extension LineOutcome {
  /// The same, or, where a line was not understood that belongs to an error log, that it does.
  package func named(for line: Span<UInt8>) -> LineOutcome {
    guard case .malformed = self, ErrorLogLine.stands(line) else { return self }
    return .malformed(column: 0, name: ErrorLogLine.issue, expected: ErrorLogLine.expected)
  }
}
