internal import AssayModel

/// What a transport wrote before each line of a log.
package struct LinePrefix: Equatable, Sendable {
  /// Where the line itself begins.
  package var end: Int
  /// The transport's own time; nil where it has none.
  package var time: TimeReading?
  /// Program that wrote the line: `nginx`, `haproxy[7]`; empty where the transport does not say.
  package var program: Range<Int>

  /// Who wrote it.
  package enum Kind: String, Sendable, CaseIterable {
    /// RFC 3164 (BSD syslog, as rsyslog and nginx write it, with or without priority, host and year) or RFC 5424.
    case syslog
    /// The log files of Kubernetes nodes: `2026-11-23T09:00:00.000000000Z stdout F `
    /// (kubernetes/design-proposals-archive, node/kubelet-cri-logging.md).
    case cri
  }

  /// Finds the prefix of a line, or nil where there is none. `isPartial` is true where Kubernetes cut the line in
  /// pieces (`P`).
  ///
  /// - Complexity: O(prefix).
  static func find(_ kind: Kind, _ line: Span<UInt8>) -> (prefix: LinePrefix, isPartial: Bool)? {
    switch kind {
    case .syslog: syslog(line).map { ($0, false) }
    case .cri: cri(line)
    }
  }

  private static func cri(_ line: Span<UInt8>) -> (prefix: LinePrefix, isPartial: Bool)? {
    guard let time = Times.iso8601(line, 0, line.count), line.count - time.end >= 10,
      isStream(word(line, at: time.end)), line[time.end + 9] == UInt8(ascii: " "),
      line[time.end + 8] == UInt8(ascii: "F") || line[time.end + 8] == UInt8(ascii: "P")
    else { return nil }
    let prefix = LinePrefix(end: time.end + 10, time: time, program: 0..<0)
    return (prefix, line[time.end + 8] == UInt8(ascii: "P"))
  }

  /// Whether eight bytes, the first lowest, are ` stdout ` or ` stderr `.
  private static func isStream(_ word: UInt64) -> Bool {
    word == 0x2074_756f_6474_7320 || word == 0x2072_7265_6474_7320
  }

  private static func syslog(_ line: Span<UInt8>) -> LinePrefix? {
    var start = 0
    if line.count > 0, line[0] == UInt8(ascii: "<") {
      var index = 1
      while index < line.count, index <= 3, line[index] &- 48 < 10 { index += 1 }
      guard index > 1, index < line.count, line[index] == UInt8(ascii: ">") else { return nil }
      start = index + 1
      if line.count - start >= 2, line[start] == UInt8(ascii: "1"), line[start + 1] == UInt8(ascii: " ") {
        return version1(line, start + 2)
      }
    }
    guard let time = Times.syslog(line, start, line.count) ?? Times.iso8601(line, start, line.count),
      time.end < line.count, line[time.end] == UInt8(ascii: " ")
    else { return nil }
    // Then comes `host tag:`, or the tag alone.
    var word = time.end + 1
    for _ in 0..<2 {
      var end = word
      while end < line.count, line[end] != UInt8(ascii: " ") { end += 1 }
      guard end < line.count, end > word else { return nil }
      if line[end - 1] == UInt8(ascii: ":") {
        return LinePrefix(end: end + 1, time: time, program: word..<end - 1)
      }
      word = end + 1
    }
    return nil
  }

  /// RFC 5424 after `<priority>1 `: time, host, program, process, message id, structured data, message.
  private static func version1(_ line: Span<UInt8>, _ start: Int) -> LinePrefix? {
    let time = Times.iso8601(line, start, line.count)
    guard time != nil || start < line.count && line[start] == UInt8(ascii: "-") else { return nil }
    var index = time?.end ?? start + 1
    var program = 0..<0
    for word in 0..<4 {
      guard index < line.count, line[index] == UInt8(ascii: " ") else { return nil }
      let begin = index + 1
      index = begin
      while index < line.count, line[index] != UInt8(ascii: " ") { index += 1 }
      if word == 1 { program = begin..<index }
    }
    index += 1
    guard index < line.count else { return nil }
    if line[index] == UInt8(ascii: "-") {
      index += 1
    } else {
      guard let end = structuredData(line, index) else { return nil }
      index = end
    }
    guard index < line.count, line[index] == UInt8(ascii: " ") else { return nil }
    index += 1
    // A message in UTF-8 may begin with the byte order mark (§6.4).
    if line.count - index >= 3, line[index] == 0xef, line[index + 1] == 0xbb, line[index + 2] == 0xbf { index += 3 }
    return LinePrefix(end: index, time: time, program: program)
  }

  /// The end of `[id name="value" …][…]` (RFC 5424 §6.3), where `\"` and `\]` are escapes inside values.
  private static func structuredData(_ line: Span<UInt8>, _ start: Int) -> Int? {
    var index = start
    while index < line.count, line[index] == UInt8(ascii: "[") {
      var isQuoted = false
      index += 1
      while index < line.count, isQuoted || line[index] != UInt8(ascii: "]") {
        if isQuoted, line[index] == UInt8(ascii: "\\") {
          index += 1
        } else if line[index] == UInt8(ascii: "\"") {
          isQuoted.toggle()
        }
        index += 1
      }
      guard index < line.count else { return nil }
      index += 1
    }
    return index > start ? index : nil
  }
}
