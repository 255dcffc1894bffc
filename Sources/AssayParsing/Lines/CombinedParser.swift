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
    return pattern.match(line, into: &fields, understood: &understood).named(for: line)
  }

  /// Reads a line of the usual shape; false, with fields half set, for any other.
  @inline(__always)
  private mutating func parseUsual(_ line: Span<UInt8>, into fields: inout LineFields) -> Bool {
    guard let usual = UsualLine(line, hasAgent: hasAgent), readTime(line, at: usual.time, into: &fields) else {
      return false
    }
    fields.client = usual.client
    fields.set(.address, FieldRange(start: 0, count: usual.addressEnd))
    fields.set(.user, FieldRange(start: usual.addressEnd, count: 0))
    fields.set(.method, usual.request, usual.methodEnd)
    fields.set(.target, usual.methodEnd &+ 1, usual.requestEnd &- 9)
    fields.set(.protocolVersion, usual.requestEnd &- 8, usual.requestEnd)
    fields.set(.status, usual.requestEnd &+ 2, usual.requestEnd &+ 5)
    fields.set(.bytes, orNothing: line, usual.requestEnd &+ 6, usual.bytesEnd)
    if hasAgent {
      fields.set(.referrer, orNothing: line, usual.bytesEnd &+ 2, usual.referrerEnd)
      fields.set(.userAgent, orNothing: line, usual.referrerEnd &+ 3, usual.agentEnd)
    }
    return true
  }

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
}

extension LineFields {
  /// Says where a field stands.
  @inline(__always)
  fileprivate mutating func set(_ field: Field, _ start: Int, _ end: Int) {
    set(index: field.rawValue, FieldRange(start: start, count: end &- start))
  }

  /// Says where a text stands, of no bytes for `-`.
  @inline(__always)
  fileprivate mutating func set(_ field: Field, orNothing line: Span<UInt8>, _ start: Int, _ end: Int) {
    let isDash = end &- start == 1 && line[start] == UInt8(ascii: "-")
    set(index: field.rawValue, FieldRange(start: start, count: isDash ? 0 : end &- start))
  }
}

/// The 29 bytes of a time in brackets and of what stands between it and the request, without the second:
/// `23/Nov/2026:09:00:__ +0100] "`.
private struct MinuteText: Equatable {
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
