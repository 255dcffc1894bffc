internal import AssayModel

/// Reads Common and Combined Log Format, the bulk of all logs there are, as fast as memory allows.
///
/// Nearly every line has one shape: `ADDRESS - - [TIME] "METHOD TARGET HTTP/V" STATUS BYTES "REFERRER" "AGENT"`, with
/// single spaces and nothing escaped. That shape is read here, its long fields by `memchr`, its time taken over from the
/// line before where the text is the same. At the first surprise the line is handed to the pattern, which understands
/// everything and says what is wrong; so this is only ever an answer that the pattern would have given too, which a
/// differential test checks.
struct CombinedParser: LineParser {
  private let pattern: LinePattern
  private let hasAgent: Bool
  /// Whether the profile wants columns, which only the pattern gives.
  private let hasColumns: Bool
  private var minute = MinuteText()
  /// Where that minute begins.
  private var minuteStart: Int64 = 0

  /// A parser for a file.
  ///
  /// - Parameters:
  ///   - pattern: the same format, for all lines of another shape.
  ///   - hasAgent: whether referrer and user agent belong to the format.
  init(_ pattern: LinePattern, hasAgent: Bool, _ request: ParserRequest) {
    self.pattern = pattern.bound(to: request)
    self.hasAgent = hasAgent
    hasColumns = self.pattern.captures.contains { $0.column != nil }
  }

  mutating func parse(_ line: Span<UInt8>, into fields: inout LineFields) -> LineOutcome {
    if !hasColumns, parseUsual(line, into: &fields) { return .record }
    fields.reset()
    var understood = 0
    return pattern.match(line, into: &fields, understood: &understood)
  }

  /// Reads a line of the usual shape; false, with fields half set, for any other.
  @inline(__always)
  private mutating func parseUsual(_ line: Span<UInt8>, into fields: inout LineFields) -> Bool {
    let count = line.count
    guard count > 60, firstIndex(of: UInt8(ascii: "\\"), in: line, from: 0, to: count) < 0 else { return false }

    var space = 0
    if let client = leadingAddress(line) {
      (fields.client, space) = (Address(v4: client.v4), client.end)
    } else {
      while space < 48, line[space] > UInt8(ascii: "\"") { space += 1 }
    }
    guard space > 1, line[0] != UInt8(ascii: "#"), space + 6 + MinuteText.count < count,
      word(line, at: space) & 0xffff_ffff_ffff == CombinedParser.noUser
    else { return false }
    fields.set(.address, FieldRange(start: 0, count: space))
    fields.set(.user, FieldRange(start: space, count: 0))
    guard readTime(line, at: space + 6, into: &fields) else { return false }

    let request = space + 6 + MinuteText.count
    let requestEnd = firstIndex(of: UInt8(ascii: "\""), in: line, from: request, to: count)
    guard requestEnd >= 0, splitRequest(line, request, requestEnd, into: &fields) else { return false }

    let status = requestEnd + 2
    guard status + 5 < count, line[requestEnd + 1] == UInt8(ascii: " "), line[status] &- 48 < 10,
      line[status + 1] &- 48 < 10, line[status + 2] &- 48 < 10, line[status + 3] == UInt8(ascii: " ")
    else { return false }
    fields.set(.status, FieldRange(start: status, count: 3))

    let bytes = status + 4
    var bytesEnd = bytes
    while bytesEnd < count, line[bytesEnd] &- 48 < 10 { bytesEnd += 1 }
    if bytesEnd > bytes {
      fields.set(.bytes, FieldRange(start: bytes, count: bytesEnd - bytes))
    } else if line[bytes] == UInt8(ascii: "-") {
      fields.set(.bytes, FieldRange(start: bytes, count: 0))
      bytesEnd = bytes + 1
    } else {
      return false
    }
    if !hasAgent { return bytesEnd == count || line[bytesEnd] == UInt8(ascii: " ") }
    return readAgent(line, bytesEnd, into: &fields)
  }

  /// ` - - [` as a little-endian number.
  private static let noUser: UInt64 = 0x5b20_2d20_2d20

  /// The time and what follows up to the request. Within the minute of the line before, only the second is read.
  @inline(__always)
  private mutating func readTime(_ line: Span<UInt8>, at start: Int, into fields: inout LineFields) -> Bool {
    let text = MinuteText(line, at: start)
    let (tens, ones) = (line[start + 18] &- 48, line[start + 19] &- 48)
    guard tens < 6, ones < 10 else { return false }
    let second = Int64(tens &* 10 &+ ones) &* 1_000_000
    if text != minute {
      guard line[start + 2] == UInt8(ascii: "/"), let time = Times.commonLog(line, start, line.count),
        time.end == start + 26, !time.isSubsecond, text.endsLikeTime
      else { return false }
      (minute, minuteStart) = (text, time.microseconds - second)
    }
    fields.microseconds = minuteStart &+ second
    fields.hasTime = true
    return true
  }

  /// Method, target and protocol.
  @inline(__always)
  private func splitRequest(_ line: Span<UInt8>, _ start: Int, _ end: Int, into fields: inout LineFields) -> Bool {
    var methodEnd = start
    while methodEnd < end, line[methodEnd] &- UInt8(ascii: "A") < 26 { methodEnd += 1 }
    let (target, targetEnd) = (methodEnd + 1, end - 9)
    guard methodEnd > start, targetEnd > target, line[methodEnd] == UInt8(ascii: " "),
      line[target] > UInt8(ascii: "-"), line[targetEnd] == UInt8(ascii: " "), line[targetEnd - 1] != UInt8(ascii: " ")
    else { return false }
    let version = word(line, at: end - 8)
    guard version & 0xff_ffff_ffff == 0x2f_5054_5448, line[end - 3] &- 48 < 10, line[end - 2] == UInt8(ascii: "."),
      line[end - 1] &- 48 < 10
    else { return false }
    fields.set(.method, FieldRange(start: start, count: methodEnd - start))
    fields.set(.target, FieldRange(start: target, count: targetEnd - target))
    fields.set(.protocolVersion, FieldRange(start: end - 8, count: 8))
    return true
  }

  /// Referrer and user agent after the bytes.
  @inline(__always)
  private func readAgent(_ line: Span<UInt8>, _ bytesEnd: Int, into fields: inout LineFields) -> Bool {
    let count = line.count
    guard bytesEnd + 6 < count, line[bytesEnd] == UInt8(ascii: " "), line[bytesEnd + 1] == UInt8(ascii: "\"") else {
      return false
    }
    let referrer = bytesEnd + 2
    let referrerEnd = firstIndex(of: UInt8(ascii: "\""), in: line, from: referrer, to: count)
    guard referrerEnd >= 0, referrerEnd + 3 < count, line[referrerEnd + 1] == UInt8(ascii: " "),
      line[referrerEnd + 2] == UInt8(ascii: "\"")
    else { return false }
    let agent = referrerEnd + 3
    let agentEnd = firstIndex(of: UInt8(ascii: "\""), in: line, from: agent, to: count)
    guard agentEnd >= 0, agentEnd + 1 == count || line[agentEnd + 1] == UInt8(ascii: " ") else { return false }
    set(.referrer, line, referrer, referrerEnd, into: &fields)
    set(.userAgent, line, agent, agentEnd, into: &fields)
    return true
  }

  /// A text, or no bytes for `-`.
  @inline(__always)
  private func set(_ field: Field, _ line: Span<UInt8>, _ start: Int, _ end: Int, into fields: inout LineFields) {
    let isDash = end - start == 1 && line[start] == UInt8(ascii: "-")
    fields.set(field, FieldRange(start: start, count: isDash ? 0 : end - start))
  }
}

/// The 29 bytes of a time in brackets and of what stands between it and the request, without the second:
/// `23/Nov/2026:09:00:__ +0100] "`.
private struct MinuteText: Equatable {
  static let count = 29
  private var first: UInt64 = 0
  private var second: UInt64 = 0
  /// The last colon and the first bytes of the zone, around the second.
  private var third: UInt64 = 0
  /// The last eight; three of them are in `third` too.
  private var last: UInt64 = 0

  init() {}

  /// The text at an index; the caller has checked that it is inside.
  @inline(__always)
  init(_ line: Span<UInt8>, at start: Int) {
    first = word(line, at: start)
    second = word(line, at: start + 8)
    third = word(line, at: start + 16) & 0xffff_ffff_0000_ffff
    last = word(line, at: start + 21)
  }

  /// Whether `] "` stands at the end.
  var endsLikeTime: Bool { last >> 40 == 0x22_205d }
}
