internal import AssayModel

/// What a reader made of a list of user agents.
struct AgentListContent {
  /// The rows in their order.
  var rows: [AgentPattern] = []
  /// What was not understood.
  var issues = IssueLog()
}

extension AgentListContent {
  /// User agents of the browsers that most people have.
  private static let ordinary = [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 "
      + "Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
  ]

  /// Leaves out the rows that stand in the user agent of an ordinary browser: a stray line of a list of robots would
  /// make robots of everybody.
  mutating func leaveOutOrdinary() {
    let agents = AgentListContent.ordinary.map { $0.utf8.map(AgentPattern.folded) }
    let standsInOne = { (row: AgentPattern) in
      let text = row.anchor.bytes
      return agents.contains { agent in
        agent.count >= text.count
          && (0...(agent.count - text.count)).contains { agent[$0...].starts(with: text) }
      }
    }
    let left = rows.filter(standsInOne)
    rows.removeAll(where: standsInOne)
    for row in left {
      issues.add(
        ListIssue.at(
          0, "list.matches-browsers",
          "“\(row.source)” stands in the user agents of ordinary browsers, and says of nobody that it is a robot; it is "
            + "left out."),
        losesLine: true)
    }
  }
}

/// Reads lists of user agents from their bytes.
enum AgentListReaders {
  /// The robots file of the IAB/ABC International Spiders and Bots List: rows of
  /// `pattern|active|exceptions|redundant|impact|start|inactive date`, ISO-8859-1, `#` for comments. Exceptions cancel
  /// their own row only; a row that is not active counts for events before its inactive date, and without a date not
  /// at all (standards.md §3).
  static func robots(_ bytes: Span<UInt8>) -> AgentListContent {
    pipes(bytes) { fields in
      guard var pattern = row(fields, start: 5, date: 6) else { return nil }
      if fields.count > 2 {
        pattern.exceptions = split(fields[2], at: 0x2c).map { $0.map(AgentPattern.folded) }.filter { !$0.isEmpty }
      }
      return pattern
    }
  }

  /// The valid-browsers file of the same list: `pattern|active|start|inactive date`.
  static func browsers(_ bytes: Span<UInt8>) -> AgentListContent {
    pipes(bytes) { fields in row(fields, start: 2, date: 3) }
  }

  /// One text a line, matched anywhere without regard to case; `#` for comments; `User-agent:` before it is dropped and
  /// `Disallow` lines are skipped, so that a robots.txt serves as a list.
  static func tokens(_ bytes: Span<UInt8>) -> AgentListContent {
    var content = AgentListContent()
    TextLines.forEach(in: bytes) { line, _ in
      var text = line
      let folded = text.map(AgentPattern.folded)
      if folded.starts(with: "user-agent:".utf8) { text = Array(text.dropFirst(11).drop { $0 == 0x20 }) }
      if folded.starts(with: "disallow:".utf8) || folded.starts(with: "allow:".utf8) || text == [0x2a] { return }
      if !text.isEmpty { content.rows.append(AgentPattern(literal: text, source: printableText(text))) }
    }
    return content
  }

  /// JSON with objects that have a `pattern`: a regular expression that is looked for with regard to case.
  ///
  /// - Returns: nil where it is no JSON or has no pattern.
  static func crawlerJSON(_ bytes: Span<UInt8>) -> AgentListContent? {
    var content = AgentListContent()
    var seen = 0
    let broken = JSONScanner.strings(in: bytes) { text in
      guard text.depth == 2, text.key == Array("pattern".utf8) else { return }
      seen += 1
      let source = printableText(text.value)
      if let rows = CrawlerPatterns.rows(text.value, source: source) {
        content.rows += rows.map {
          var row = $0
          row.caseSensitive = true
          return row
        }
      } else {
        content.issues.add(
          ListIssue.at(
            text.offset, "list.pattern-not-understood",
            "The pattern “\(source)” uses more of regular expressions than is read here; it is left out."),
          losesLine: true)
      }
    }
    return broken == nil && seen > 0 ? content : nil
  }

  /// Pattern, activity, place and date of a row of either file; nil where the row says nothing that can be matched.
  private static func row(_ fields: [[UInt8]], start: Int, date: Int) -> AgentPattern? {
    guard let text = fields.first, !text.isEmpty, fields.count > 1 else { return nil }
    var pattern = AgentPattern(literal: text, source: latin1(text))
    if fields.count > start, fields[start] == [0x31] { pattern.placement = .textStart }
    switch fields[1] {
    case [0x31]: break
    case [0x30]:
      // Neither active nor given a date: in force never.
      pattern.countsBefore = fields.count > date ? moment(fields[date]) ?? .min : .min
    default: return nil
    }
    return pattern
  }

  private static func pipes(_ bytes: Span<UInt8>, _ read: ([[UInt8]]) -> AgentPattern?) -> AgentListContent {
    var content = AgentListContent()
    TextLines.forEach(in: bytes) { line, offset in
      if let row = read(split(line, at: 0x7c)) {
        content.rows.append(row)
      } else {
        content.issues.add(
          ListIssue.at(
            offset, "list.line-not-understood",
            "“\(latin1(line))” is no row of pattern and activity (1 or 0) with “|” between; it is left out."),
          losesLine: true)
      }
    }
    return content
  }

  /// Midnight UTC of a date written `MM/dd/yyyy`, in microseconds; nil where it is none.
  static func moment(_ text: [UInt8]) -> Int64? {
    let parts = split(text, at: 0x2f).map { Int(String(decoding: $0, as: UTF8.self)) }
    guard parts.count == 3, let month = parts[0], let day = parts[1], let year = parts[2], (1...12).contains(month),
      (1...31).contains(day), (1970...9999).contains(year)
    else { return nil }
    return Timestamp(year: year, month: month, day: day).microseconds
  }

  private static func split(_ text: [UInt8], at separator: UInt8) -> [[UInt8]] {
    text.split(separator: separator, omittingEmptySubsequences: false).map { part in
      Array(part.drop { $0 == 0x20 }.reversed().drop { $0 == 0x20 }.reversed())
    }
  }

  /// Text of ISO-8859-1 bytes.
  private static func latin1(_ bytes: [UInt8]) -> String {
    printableText(bytes.allSatisfy { $0 < 0x80 } ? bytes : bytes.flatMap { Array(String(Unicode.Scalar($0)).utf8) })
  }
}

/// Lines of a list file without blanks, comments and line ends.
enum TextLines {
  /// Hands out each line that says something, with the offset of its first byte.
  static func forEach(in bytes: Span<UInt8>, _ body: ([UInt8], Int) -> Void) {
    var start = 0
    if bytes.count >= 3, bytes[0] == 0xef, bytes[1] == 0xbb, bytes[2] == 0xbf { start = 3 }
    while start < bytes.count {
      var end = start
      while end < bytes.count, bytes[end] != 0x0a { end += 1 }
      let (from, to) = NetworkText.trimmed(bytes, from: start, to: end)
      if from < to, bytes[from] != 0x23 {
        var line: [UInt8] = []
        line.reserveCapacity(to - from)
        for index in from..<to { line.append(bytes[index]) }
        body(line, start)
      }
      start = end + 1
    }
  }
}

/// Issues of list files: their position is the byte in the file; a list has no source ordinal.
enum ListIssue {
  /// An issue at a byte of a list file.
  static func at(_ offset: Int, _ name: String, _ message: String) -> Issue {
    Issue(name: name, position: SourcePosition(source: 0, offset: offset), message: message)
  }
}
