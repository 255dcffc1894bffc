public import AssayModel

/// What steers the map step beyond the profile.
public struct MapOptions: Sendable {
  /// Events before this are counted and not kept.
  public var since: Timestamp?
  /// Events at or after this are counted and not kept.
  public var until: Timestamp?
  /// Keeps the tables of names from being flooded by chosen keys; take it from the system's random source. No result
  /// depends on it.
  public var tableSecret: UInt64 = 0

  /// Everything is kept.
  public init() {}
}

/// Makes events of log lines: one value a worker.
///
/// Every line ends up in exactly one of three counts: `lines = events + ignored + unreadable`. Nothing is allocated for
/// a line in the steady state; what is kept is the events, the samples and the different names.
public struct LineMapper: Sendable {
  /// Everything mapped so far; may be read, taken from and set back.
  public var batch: EventBatch

  let profile: CompiledProfile
  let since: Int64
  let until: Int64
  var fields = LineFields()
  var located: Request
  /// What was counted of the chunk at hand.
  var tally = EventTally()
  /// Ordinal of the line in its chunk.
  var ordinal = 0
  /// Where the bytes of `fields.scratch` begin in the bytes at work.
  var scratchStart = 0
  /// Decoded bytes of one value.
  var scratch: [UInt8] = []
  /// Exposure samples of one line.
  var samples: [ExposureSample] = []
  /// A line and its unescaped fields in one row, where the parser had to unescape.
  private var joined: [UInt8] = []

  /// A mapper for one worker.
  ///
  /// - Throws: `settings` where the profile asks for more than a line can hold.
  public init(profile: Profile, options: MapOptions) throws(AssayError) {
    self.profile = try CompiledProfile(profile)
    located = Request(self.profile.conditions)
    since = options.since?.microseconds ?? .min
    until = options.until?.microseconds ?? .max
    batch = EventBatch(secret: options.tableSecret)
  }

  /// What the profile needs of a parser.
  public var request: ParserRequest { ParserRequest(columns: profile.wanted.columns.map(\.name)) }

  /// Maps all lines of a chunk: whole lines that end with `\n` or `\r\n`, which the last may lack.
  ///
  /// - Parameters:
  ///   - source: ordinal of the source among all sources of the run.
  ///   - offset: where the chunk begins in the (decompressed) source.
  /// - Returns: how many lines it held.
  /// - Complexity: O(bytes).
  public mutating func map(_ bytes: Span<UInt8>, source: Int, offset: Int, parser: inout any LineParser) -> Int {
    mapLines(bytes, source: source, offset: offset, parser: &parser)
  }

  /// The same for a parser whose type is known.
  public mutating func map<Parser: LineParser>(
    _ bytes: Span<UInt8>, source: Int, offset: Int, parser: inout Parser
  ) -> Int {
    mapLines(bytes, source: source, offset: offset, parser: &parser)
  }

  @inline(__always)
  private mutating func mapLines<Parser: LineParser>(
    _ bytes: Span<UInt8>, source: Int, offset: Int, parser: inout Parser
  ) -> Int {
    // Lent to what every line calls: reached through the mapper, it would be retained and released for each of them.
    let profile = self.profile
    var (start, lines) = (0, 0)
    while start < bytes.count {
      let found = firstIndex(of: UInt8(ascii: "\n"), in: bytes, from: start, to: bytes.count)
      let next = found < 0 ? bytes.count : found &+ 1
      var end = found < 0 ? bytes.count : found
      if end > start, bytes[end &- 1] == UInt8(ascii: "\r") { end &-= 1 }
      let line = bytes.extracting(start..<end)
      fields.reset()
      let isTooLong = line.count > Piece.longestLine
      let outcome = isTooLong ? LineMapper.tooLong : parser.parse(line, into: &fields)
      take(outcome, line, SourcePosition(source: source, offset: offset &+ start), ordinal: lines, profile)
      lines &+= 1
      start = next
    }
    batch.counts.lines += Int64(lines)
    batch.counts.add(&tally)
    return lines
  }

  private static let tooLong = LineOutcome.malformed(
    column: Piece.longestLine, name: "line.too-long", expected: "the end of the line within a gibibyte")

  /// Puts one line into its count.
  private mutating func take(
    _ outcome: LineOutcome, _ line: Span<UInt8>, _ position: SourcePosition, ordinal: Int, _ profile: CompiledProfile
  ) {
    self.ordinal = ordinal
    switch outcome {
    case .record:
      if fields.isCutShort { note(.cutShort, at: position) }
      if fields.scratch.isEmpty {
        scratchStart = 0
        makeEvent(line, position, ordinal: ordinal, profile)
      } else {
        // The buffer leaves the mapper while the mapper works on it, and comes back with its capacity.
        var bytes: [UInt8] = []
        swap(&bytes, &joined)
        bytes.removeAll(keepingCapacity: true)
        bytes.append(line, from: 0, to: line.count)
        bytes.append(contentsOf: fields.scratch)
        scratchStart = line.count
        makeEvent(bytes.span, position, ordinal: ordinal, profile)
        swap(&bytes, &joined)
      }
    case .ignored:
      batch.counts.ignored += 1
    case .malformed(let column, let name, let expected):
      batch.counts.unreadable += 1
      batch.issues.add(
        Issue(
          name: name, position: position, column: column, message: "expected \(expected)",
          lineInChunk: UInt32(truncatingIfNeeded: ordinal)), losesLine: true)
    }
  }
}
