internal import AssayModel

extension LinePattern {
  /// What one capture came to.
  private enum Step {
    /// It ends here, and what follows its fixed text begins at `next`.
    case matched(next: Int)
    /// The byte at `column` is not what should stand there.
    case failed(column: Int, Failure)
  }

  /// What can be wrong with a field; the last part of the issue's name.
  private enum Failure: String {
    case time = "bad-time"
    case client = "no-client"
    case missing = "missing-value"
    case number = "not-a-number"
    case text = "unexpected-text"
    case quote = "no-closing-quote"
    case lineEnds = "line-ends"
  }

  /// Where a capture was found: its last byte is before `end`, its fixed text ends before `next`.
  private struct Found {
    var end: Int
    var next: Int
  }

  /// Reads one line. Where it does not fit, `understood` is where the field begins that could not be read: the pattern
  /// that got farthest is the one worth telling about.
  ///
  /// - Complexity: O(n): every search either ends a field or the line, and runs of spaces and backslashes are passed
  ///   over once.
  package func match(_ line: Span<UInt8>, into fields: inout LineFields, understood: inout Int)
    -> LineOutcome
  {
    var position = 0
    while position < line.count, isSpace(line[position]) { position += 1 }
    if position == line.count || line[position] == UInt8(ascii: "#") { return .ignored }
    guard let start = end(of: lead, line, at: position) else {
      understood = position
      return malformed(position, .text, quoted(lead))
    }
    position = start
    var time = TimeParts()
    for index in captures.indices {
      if index == optionalFrom {
        guard let next = end(of: optionalLead, line, at: position) else { break }
        position = next
      }
      switch read(captures[index], isLast: isLastOfLine(index), line, position, &time, into: &fields) {
      case .matched(let next):
        position = next
      case .failed(let column, let failure):
        if index >= optionalFrom { return finish(time, into: &fields) }
        understood = position
        return malformed(column, failure, expectation(failure, index))
      }
    }
    if position < line.count, position > 0, !isSpace(line[position]), !isSpace(line[position - 1]),
      optionalFrom == Int.max
    {
      understood = position
      return malformed(position, .text, "the end of the line, or a space")
    }
    return finish(time, into: &fields)
  }

  /// Whether the line may end after a capture.
  private func isLastOfLine(_ index: Int) -> Bool { index + 1 == captures.count || index + 1 == optionalFrom }

  /// Takes the time over where it was gathered from parts.
  private func finish(_ time: TimeParts, into fields: inout LineFields) -> LineOutcome {
    if !fields.hasTime, let microseconds = time.microseconds {
      fields.microseconds = microseconds
      fields.hasTime = true
      fields.isSubsecond = time.isSubsecond
    }
    return !fields.hasTime && hasTime ? malformed(0, .time, "a complete time") : .record
  }

  private func malformed(_ column: Int, _ failure: Failure, _ expected: String) -> LineOutcome {
    .malformed(column: column, name: id + "." + failure.rawValue, expected: expected)
  }

  /// What should have stood where a capture failed.
  private func expectation(_ failure: Failure, _ index: Int) -> String {
    let (capture, title) = (captures[index], labels[index].title)
    switch (failure, capture.kind) {
    case (.time, .time(let notation)): return expectation(notation)
    case (.time, .anyDate): return "a date like 17/May/2015 or 2015-05-17"
    case (.time, .anyClock): return "a time of day like 10:05:03"
    case (.time, _): return "a time as the format writes it"
    case (.client, .head(requiresHost: true)): return "a virtual host, a client and a time in brackets"
    case (.client, _): return "a client and a time in brackets"
    case (.missing, _): return title
    case (.number, _): return title + " as a number"
    case (.text, _): return quoted(capture.stop) + " after " + title
    case (.quote, _): return "a closing quote after " + title
    case (.lineEnds, _): return title + " and " + quoted(capture.stop) + " after it"
    }
  }

  private func quoted(_ text: Text) -> String {
    "“" + printableText(texts[text.start..<text.start + text.count]) + "”"
  }

  /// Reads one capture and the fixed text after it.
  private func read(
    _ capture: Capture, isLast: Bool, _ line: Span<UInt8>, _ start: Int, _ time: inout TimeParts,
    into fields: inout LineFields
  ) -> Step {
    switch capture.kind {
    case .time(let notation):
      guard let reading = read(notation, line, start) else { return .failed(column: start, .time) }
      fields.microseconds = reading.microseconds
      fields.hasTime = true
      fields.isSubsecond = reading.isSubsecond
      return stop(capture, line, at: reading.end)
    case .timePattern(let ordinal):
      guard let end = timePatterns[ordinal].read(line, start, line.count, into: &time) else {
        return .failed(column: start, .time)
      }
      return stop(capture, line, at: end)
    case .anyDate:
      guard let end = readDate(line, start, into: &time) else { return .failed(column: start, .time) }
      return stop(capture, line, at: end)
    case .anyClock:
      guard let reading = Times.timeOfDay(line, start, line.count) else { return .failed(column: start, .time) }
      time.hasClock = true
      time.second = Int(reading.microseconds / 1_000_000)
      time.microsecond = Int(reading.microseconds % 1_000_000)
      time.isSubsecond = reading.isSubsecond
      return stop(capture, line, at: reading.end)
    case .head(let requiresHost):
      guard let end = readHead(line, start, requiresHost: requiresHost, into: &fields) else {
        return .failed(column: start, .client)
      }
      return stop(capture, line, at: end)
    case .query where start == line.count || line[start] != UInt8(ascii: "?"):
      if let field = capture.field { fields.set(field, FieldRange(start: start, count: 0)) }
      return .matched(next: end(of: capture.stop, line, at: start) ?? start)
    default:
      guard let found = find(capture, isLast, line, start) else {
        // A server that cuts long lines cuts the user agent, the last and longest field: all the rest is there.
        guard capture.isQuoted, capture.field == .userAgent, isLast, start < line.count else {
          return missingStop(capture, line, start)
        }
        fields.isCutShort = true
        return take(capture, line, start, Found(end: line.count, next: line.count), &time, into: &fields)
      }
      return take(capture, line, start, found, &time, into: &fields)
    }
  }

  /// Does with a capture's text what its kind says.
  private func take(
    _ capture: Capture, _ line: Span<UInt8>, _ start: Int, _ found: Found, _ time: inout TimeParts,
    into fields: inout LineFields
  ) -> Step {
    if start == found.end, !capture.isQuoted, capture.field == .address || capture.kind == .number {
      return .failed(column: start, .missing)
    }
    switch capture.kind {
    case .number where !isNumber(line, start, found.end):
      return .failed(column: start, .number)
    case .request:
      setRequest(line, start, found.end, escaping, into: &fields)
    case .capturedHeaders:
      setCapturedHeaders(line, start, found.end, into: &fields)
    case .forwarded:
      var first = start
      while first < found.end, !isDelimiter(line[first]) { first += 1 }
      fields.set(.address, plain: line, start, first)
    case .afterClock:
      let fraction = Times.fraction(line, start, found.end)
      if fraction.end > start {
        time.microsecond = fraction.microseconds
        time.isSubsecond = true
      }
      if let zone = Times.zone(line, fraction.end, found.end), zone.end == found.end { time.zone = zone.seconds }
    default: break
    }
    if let field = capture.field {
      let begin = capture.kind == .query ? start + 1 : start
      fields.set(index: field.rawValue, text: line, begin, found.end, escaping)
    }
    if let column = capture.column {
      fields.set(index: Field.allCases.count + column, text: line, start, found.end, escaping)
    }
    return .matched(next: found.next)
  }

  // MARK: - Fixed text

  /// The index after fixed text that stands at `start`, or nil. A space in the text is one or more in the line.
  private func end(of text: Text, _ line: Span<UInt8>, at start: Int) -> Int? {
    var index = start
    for place in text.start..<text.start + text.count {
      let byte = texts[place]
      guard index < line.count, line[index] == byte else { return nil }
      index += 1
      if byte == UInt8(ascii: " ") {
        while index < line.count, line[index] == UInt8(ascii: " ") { index += 1 }
      }
    }
    return index
  }

  /// The fixed text after a capture that ends itself.
  private func stop(_ capture: Capture, _ line: Span<UInt8>, at position: Int) -> Step {
    guard let next = end(of: capture.stop, line, at: position) else {
      return .failed(column: position, .text)
    }
    return .matched(next: next)
  }

  /// Where a capture ends that is delimited by the fixed text after it.
  private func find(_ capture: Capture, _ isLast: Bool, _ line: Span<UInt8>, _ start: Int) -> Found? {
    if capture.stop.count == 0 {
      if capture.reachesLineEnd { return Found(end: line.count, next: line.count) }
      let space = firstIndex(of: UInt8(ascii: " "), in: line, from: start, to: line.count)
      let end = space < 0 ? line.count : space
      return Found(end: end, next: end)
    }
    let mark = texts[capture.stop.start]
    if capture.isGreedy { return findLast(capture.stop, line, start) }
    var from = start
    if capture.kind == .request, !capture.isQuoted { from = protocolStart(line, start) }
    while true {
      let candidate = firstIndex(of: mark, in: line, from: from, to: line.count)
      guard candidate >= 0 else { return nil }
      if let next = end(of: capture.stop, line, at: candidate), !isInside(capture, isLast, line, start, candidate, next)
      {
        return Found(end: candidate, next: next)
      }
      from = candidate + 1
      if mark == UInt8(ascii: " ") {
        while from < line.count, line[from] == mark { from += 1 }
      }
    }
  }

  /// Whether what looks like the fixed text after a capture is a part of its text: an escaped quotation mark, a mark in
  /// the middle of a word, the space between two values of a list.
  private func isInside(
    _ capture: Capture, _ isLast: Bool, _ line: Span<UInt8>, _ start: Int, _ candidate: Int, _ next: Int
  ) -> Bool {
    if capture.isQuoted {
      if escaping == .backslash {
        var slashes = 0
        while candidate - slashes > start, line[candidate - slashes - 1] == UInt8(ascii: "\\") { slashes += 1 }
        if slashes % 2 == 1 { return true }
      }
      return isLast && capture.stop.count == 1 && next < line.count && !isSpace(line[next])
    }
    guard capture.kind == .list || capture.kind == .forwarded, texts[capture.stop.start] == UInt8(ascii: " ") else {
      return false
    }
    if candidate > start, line[candidate - 1] == UInt8(ascii: ",") || line[candidate - 1] == UInt8(ascii: ":") {
      return true
    }
    return next + 1 < line.count && line[next] == UInt8(ascii: ":") && line[next + 1] == UInt8(ascii: " ")
  }

  /// The last occurrence of fixed text.
  private func findLast(_ text: Text, _ line: Span<UInt8>, _ start: Int) -> Found? {
    var candidate = line.count - 1
    while candidate >= start {
      if line[candidate] == texts[text.start], let next = end(of: text, line, at: candidate) {
        return Found(end: candidate, next: next)
      }
      candidate -= 1
    }
    return nil
  }

  /// Where the protocol of a request begins that stands without quotation marks, or the request itself.
  private func protocolStart(_ line: Span<UInt8>, _ start: Int) -> Int {
    var from = start
    while true {
      let slash = firstIndex(of: UInt8(ascii: "/"), in: line, from: from, to: line.count)
      guard slash >= 0 else { return start }
      // “ HTTP/”: the eight bytes around it are loaded at once.
      if slash - start >= 5, slash + 3 <= line.count,
        word(line, at: slash - 5) & 0xffff_ffff_ffff == 0x2f_5054_5448_20
      {
        return slash - 4
      }
      from = slash + 1
    }
  }

  /// Says what is missing where the fixed text after a capture was not found.
  private func missingStop(_ capture: Capture, _ line: Span<UInt8>, _ start: Int) -> Step {
    guard capture.isQuoted else { return .failed(column: line.count, .lineEnds) }
    var mark = capture
    mark.stop.count = 1
    guard let close = find(mark, false, line, start) else { return .failed(column: line.count, .quote) }
    return .failed(column: close.next, close.next == line.count ? .lineEnds : .text)
  }

  // MARK: - Values

  private func read(_ notation: TimeNotation, _ line: Span<UInt8>, _ start: Int) -> TimeReading? {
    switch notation {
    case .commonLog: return Times.commonLog(line, start, line.count)
    case .iso8601: return Times.iso8601(line, start, line.count)
    case .epoch: return Times.epoch(line, start, line.count)
    case .any:
      if line.count - start > 4, line[start + 2] == UInt8(ascii: "/") {
        return Times.commonLog(line, start, line.count)
      }
      return Times.iso8601(line, start, line.count)
    }
  }

  private func expectation(_ notation: TimeNotation) -> String {
    switch notation {
    case .any, .commonLog: "a time like 17/May/2015:10:05:03 +0000"
    case .iso8601: "a time like 2015-05-17T10:05:03Z"
    case .epoch: "a time in seconds since 1970, like 1431857103.123"
    }
  }

  private func readDate(_ line: Span<UInt8>, _ start: Int, into time: inout TimeParts) -> Int? {
    if let days = Times.date(line, start, line.count) {
      (time.year, time.month, time.day) = { ($0.year, $0.month, $0.day) }(Timestamp.date(day: days))
    } else if line.count - start >= 11, line[start + 2] == UInt8(ascii: "/"), line[start + 6] == UInt8(ascii: "/"),
      let day = Times.digits(line, start, 2), let month = Times.month(line, start + 3),
      let year = Times.digits(line, start + 7, 4)
    {
      (time.year, time.month, time.day) = (year, month, day)
      time.hasDay = true
      return start + 11
    } else {
      return nil
    }
    time.hasDay = true
    return start + 10
  }

  private func isNumber(_ line: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    var index = start
    if index < end, line[index] == UInt8(ascii: "-") {
      index += 1
      if index == end { return true }
    } else if index < end, line[index] == UInt8(ascii: "+") {
      index += 1  // HAProxy: more came after the line was written
    }
    guard index < end else { return false }
    for index in index..<end where line[index] &- 48 > 9 && line[index] != UInt8(ascii: ".") { return false }
    return true
  }

  private func isDelimiter(_ byte: UInt8) -> Bool { isSpace(byte) || byte == UInt8(ascii: ",") }
}

/// A space or a tab.
@inline(__always)
func isSpace(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 }
