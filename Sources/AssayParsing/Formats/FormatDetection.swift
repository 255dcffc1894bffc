/// How well a format fits a sample.
public struct FormatGuess: Sendable {
  /// The format.
  public var format: ResolvedFormat
  /// Lines that gave a record.
  public var records: Int
  /// Records that have a time: without one, nothing can be said of a visitor.
  public var timed: Int
  /// Records in a shorter form than the format's own (`LineFields.isAbridged`).
  public var abridged: Int
  /// Lines that the format passes over by rule, blank ones among them.
  public var ignored: Int
  /// Of these, lines that are not blank: comments, headers, directives.
  public var headers: Int
  /// Lines that do not fit.
  public var malformed: Int
  /// Share of the lines that fit among those that the format does not pass over by rule: 0 to 1.
  public var score: Double
  /// The first line that does not fit, counted from 1, with its text, the column (from 0) of the first byte that could
  /// not be understood, and what should have stood there.
  public var firstFailure: (line: Int, text: [UInt8], column: Int, expected: String)?

  /// Nothing yet.
  init(_ format: ResolvedFormat) {
    self.format = format
    (records, timed, abridged, ignored, headers, malformed, score) = (0, 0, 0, 0, 0, 0, 0)
  }

  /// Whether there is no record yet, but a header or comments, which fit: an export of an hour in which nothing happened.
  public var isOnlyHeader: Bool { records == 0 && malformed == 0 && headers > 0 }

  /// How sure it is that the format is the right one, to be compared with others: the share of the lines that fit and
  /// have a time, less `handicap` for a format that takes anything.
  fileprivate var weight: Double {
    guard timed > 0 else { return 0 }
    return Double(timed) / Double(records + malformed) * (format.card.takesAnything ? 1 - FormatGuess.handicap : 1)
  }

  /// Whether it could weigh as much as another in the end, if all further lines fitted and had a time.
  fileprivate func couldWeigh(_ other: Double, lines: Int) -> Bool {
    Double(lines - malformed) / Double(max(1, lines)) >= other
  }

  /// How many more lines must fit a format that takes anything than one that says what they are: one in twenty. Our
  /// own choice: broken and foreign lines of a sound log are fewer, and to read all of it without what its format knows
  /// costs more than an issue for each of them.
  private static let handicap = 0.05
}

/// Finds out what a log is by trying every format on its beginning: no format is guessed from names or magic bytes, so
/// what is detected is what will be read.
public enum FormatDetection {
  /// How much of a log is looked at: about 800 lines of an ordinary access log.
  public static let sampleSize = 256 * 1_024
  /// Which share of the lines must have a transport's prefix for the formats to be tried behind it: one in so many.
  /// Lines without it are read all the same, so the number only saves time.
  private static let prefixedLines = 10

  /// The formats from the best to the worst: by the share of lines that fit and have a time (a format that takes
  /// anything must fit clearly more of them), then by the share that fits, then those of which a whole record was seen
  /// before those of which there were only shorter forms, then by specificity (how much a fitting line says), then by
  /// id. Where the first has score 0 nothing fits, or there is only a header (`FormatGuess.isOnlyHeader`).
  ///
  /// - Parameters:
  ///   - sample: the beginning of a log; of more than `sampleSize` bytes the whole lines of the first are taken.
  ///   - formats: what it may be. Where lines carry what a transport writes (syslog, Kubernetes, Docker), each is also
  ///     tried behind it.
  /// - Complexity: O(formats × sample).
  public static func detect(_ sample: Span<UInt8>, formats: [any LogFormat.Type] = FormatCatalog.all)
    -> [FormatGuess]
  {
    let lines = lines(of: sample)
    return ranked(candidates(formats, sample, lines).compactMap { guess($0, sample, lines) })
  }

  /// The first of `detect(_:formats:)`; nil where there are no formats.
  ///
  /// It is found sooner: formats are tried in the order in which they fit the first few lines, and one is given up as
  /// soon as more of its lines do not fit than the best so far has in all.
  ///
  /// - Complexity: O(formats + sample) for a log that one format fits, O(formats × sample) at worst.
  public static func best(_ sample: Span<UInt8>, formats: [any LogFormat.Type] = FormatCatalog.all) -> FormatGuess? {
    let lines = lines(of: sample)
    let first = Array(lines.prefix(firstLines))
    let looks = candidates(formats, sample, lines).compactMap { guess($0, sample, first, isSample: false) }
      .enumerated()
    let order = looks.sorted { left, right in
      left.element.weight != right.element.weight
        ? left.element.weight > right.element.weight : left.offset < right.offset
    }
    var (guesses, best) = ([FormatGuess](), 0.0)
    for look in order.map(\.element) where look.couldWeigh(best, lines: lines.count) {
      guard let guess = guess(look.format, sample, lines, atLeast: best) else { continue }
      guesses.append(guess)
      best = max(best, guess.weight)
    }
    return ranked(guesses).first
  }

  /// How many lines decide the order in which `best` tries the formats. It changes no result.
  private static let firstLines = 4

  /// What a sample may be.
  private static func candidates(
    _ formats: [any LogFormat.Type], _ sample: Span<UInt8>, _ lines: [Range<Int>]
  ) -> [ResolvedFormat] {
    var candidates = formats.map { ResolvedFormat($0) }
    for prefix in LinePrefix.Kind.allCases where isFrequent(prefix, sample, lines) {
      let behind = formats.filter { prefix != .syslog || !$0.card.includesSyslog }
      candidates += behind.map { ResolvedFormat($0).prefixed(by: prefix) }
    }
    return candidates
  }

  private static func ranked(_ guesses: [FormatGuess]) -> [FormatGuess] {
    guesses.sorted { left, right in
      if left.weight != right.weight { return left.weight > right.weight }
      if left.score != right.score { return left.score > right.score }
      if left.isOnlyHeader != right.isOnlyHeader { return left.isOnlyHeader }
      if left.isOnlyHeader {
        // A format that lives by its header goes before one that only passes comments over; it need say no more.
        let (one, two) = (left.format.card, right.format.card)
        if one.splittable != two.splittable { return two.splittable }
        if one.specificity != two.specificity { return one.specificity < two.specificity }
      }
      let (isWhole, isOtherWhole) = (left.records > left.abridged, right.records > right.abridged)
      if isWhole != isOtherWhole { return isWhole }
      let (one, two) = (left.format.card, right.format.card)
      if one.specificity != two.specificity { return one.specificity > two.specificity }
      return one.id.utf8.lexicographicallyPrecedes(two.id.utf8)
    }
  }

  /// The columns that the built-in profiles ask for: a header may hold hardly a name that a format itself knows.
  private static let request: ParserRequest = {
    let columns = ProfileCatalog.all.flatMap { profile in
      (try? LineMapper(profile: profile, options: MapOptions()))?.request.columns ?? []
    }
    return ParserRequest(columns: Array(Set(columns).sorted().prefix(LineFields.maximumColumns)))
  }()

  /// How well one format fits a sample.
  public static func fit(_ format: ResolvedFormat, _ sample: Span<UInt8>) -> FormatGuess {
    guess(format, sample, lines(of: sample), isSample: false) ?? FormatGuess(format)
  }

  /// How well a format fits; nil where it cannot be used, or must weigh less than something else does, or is to be read
  /// behind a prefix and no line that fits has it: then it is the format without the prefix.
  ///
  /// - Parameter isSample: whether these are all lines of a sample whose format is sought.
  private static func guess(
    _ format: ResolvedFormat, _ sample: Span<UInt8>, _ lines: [Range<Int>], atLeast floor: Double = 0,
    isSample: Bool = true
  ) -> FormatGuess? {
    guard var parser = try? format.makeParser(FormatDetection.request) else { return nil }
    var guess = FormatGuess(format)
    var fields = LineFields()
    var hasPrefix = format.prefix == nil || !isSample
    for (index, line) in lines.enumerated() {
      fields.reset()
      let bytes = sample.extracting(line)
      switch parser.parse(bytes, into: &fields) {
      case .record:
        guess.records += 1
        if !hasPrefix, let prefix = format.prefix { hasPrefix = LinePrefix.stands(prefix, bytes) }
        if fields.hasTime { guess.timed += 1 }
        if fields.isAbridged { guess.abridged += 1 }
      case .ignored:
        guess.ignored += 1
        if !LineStart.isBlank(bytes) { guess.headers += 1 }
      case .malformed(let column, _, let expected):
        guess.malformed += 1
        if !guess.couldWeigh(floor, lines: lines.count) { return nil }
        if guess.firstFailure == nil {
          guess.firstFailure = (index + 1, bytes.indices.map { bytes[$0] }, column, expected)
        }
      }
    }
    if !hasPrefix { return nil }
    if guess.records > 0 { guess.score = Double(guess.records) / Double(guess.records + guess.malformed) }
    return guess
  }

  /// Whether enough lines begin with a prefix, comments and blank lines apart.
  private static func isFrequent(_ prefix: LinePrefix.Kind, _ sample: Span<UInt8>, _ lines: [Range<Int>]) -> Bool {
    var (count, found) = (0, 0)
    for line in lines where !line.isEmpty && sample[line.lowerBound] != UInt8(ascii: "#") {
      count += 1
      if LinePrefix.stands(prefix, sample.extracting(line)) { found += 1 }
    }
    return found > 0 && found * prefixedLines >= count
  }

  /// The whole lines of a sample, without their ends.
  private static func lines(of sample: Span<UInt8>) -> [Range<Int>] {
    var lines: [Range<Int>] = []
    var start = 0
    // A first line that is longer than all that is looked at says nothing: what a crash left (zero bytes), or what
    // `read.longest-line` leaves out. What comes after it does.
    if sample.count > sampleSize, firstIndex(of: 10, in: sample, from: 0, to: sampleSize) < 0 {
      let end = firstIndex(of: 10, in: sample, from: sampleSize, to: sample.count)
      if end >= 0, end + 1 < sample.count { start = end + 1 }
    }
    let limit = min(sample.count, start + sampleSize)
    while start < limit {
      let newline = firstIndex(of: 10, in: sample, from: start, to: limit)
      if newline < 0, sample.count > limit, !lines.isEmpty { break }
      let end = newline < 0 ? limit : newline
      lines.append(start..<(end > start && sample[end - 1] == 13 ? end - 1 : end))
      start = end + 1
    }
    return lines
  }
}
