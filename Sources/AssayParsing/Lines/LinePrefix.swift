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
    /// `docker compose logs`: `name  | `.
    case compose
    /// A string in a JSON object: Docker's json-file driver, log shippers (`JSONEnvelope`).
    case json

    /// Behind or inside what a line stands, in words.
    var title: String {
      switch self {
      case .syslog: "behind a syslog prefix"
      case .cri: "in a Kubernetes container log"
      case .compose: "behind Docker Compose's names"
      case .json: "inside JSON"
      }
    }
  }

  /// Whether a line has what the transport writes.
  static func stands(_ kind: Kind, _ line: Span<UInt8>) -> Bool {
    switch kind {
    case .json: if case .text = JSONEnvelope.open(line) { true } else { false }
    default: find(kind, line) != nil
    }
  }

  /// Finds the prefix of a line, or nil where there is none (as with JSON, which stands around a line). `isPartial` is true where Kubernetes cut the line in
  /// pieces (`P`).
  ///
  /// - Complexity: O(prefix).
  static func find(_ kind: Kind, _ line: Span<UInt8>) -> (prefix: LinePrefix, isPartial: Bool)? {
    switch kind {
    case .syslog: syslog(line).map { ($0, false) }
    case .cri: cri(line)
    case .compose: compose(line).map { ($0, false) }
    case .json: nil
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

  /// The name of a service (docs.docker.com/reference/compose-file/services: letters, digits, `.`, `_`, `-`), padded to
  /// the longest, and a bar.
  private static func compose(_ line: Span<UInt8>) -> LinePrefix? {
    var index = 0
    while index < line.count, isNameByte(line[index]) { index += 1 }
    let name = 0..<index
    while index < line.count, line[index] == UInt8(ascii: " ") { index += 1 }
    guard !name.isEmpty, index > name.upperBound, line.count - index >= 2, line[index] == UInt8(ascii: "|"),
      line[index + 1] == UInt8(ascii: " ")
    else { return nil }
    return LinePrefix(end: index + 2, time: nil, program: name)
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_")
      || byte == UInt8(ascii: "-")
  }

  /// Where the message begins that `program: ` or `host program: ` stands before without a time, as shippers leave it
  /// that take the time off; `start` where nothing of that kind is there.
  static func tagEnd(_ line: Span<UInt8>, from start: Int) -> Int {
    guard let program = program(line, from: start) else { return start }
    for index in start..<program.upperBound {
      let byte = line[index]
      let isPlain = isNameByte(byte) || byte == UInt8(ascii: "/") || byte == UInt8(ascii: " ")
      guard isPlain || byte == UInt8(ascii: "[") || byte == UInt8(ascii: "]") else { return start }
    }
    return program.upperBound + 2
  }

  /// The program in `host program: `, or `program: ` alone.
  private static func program(_ line: Span<UInt8>, from start: Int) -> Range<Int>? {
    var word = start
    for _ in 0..<2 {
      var end = word
      while end < line.count, line[end] != UInt8(ascii: " ") { end += 1 }
      guard end < line.count, end > word else { return nil }
      if line[end - 1] == UInt8(ascii: ":") { return word..<end - 1 }
      word = end + 1
    }
    return nil
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
    guard let program = program(line, from: time.end + 1) else { return nil }
    return LinePrefix(end: program.upperBound + 2, time: time, program: program)
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
