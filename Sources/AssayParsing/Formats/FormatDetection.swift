/// How well a format fits a sample.
public struct FormatGuess: Sendable {
  /// The format.
  public var format: ResolvedFormat
  /// Lines that gave a record.
  public var records: Int
  /// Lines that the format passes over by rule, blank ones among them.
  public var ignored: Int
  /// Lines that do not fit.
  public var malformed: Int
  /// Share of the lines that fit among those that the format does not pass over by rule: 0 to 1.
  public var score: Double
  /// The first line that does not fit, counted from 1, with its text, the column (from 0) of the first byte that could
  /// not be understood, and what should have stood there.
  public var firstFailure: (line: Int, text: [UInt8], column: Int, expected: String)?
}

/// Finds out what a log is by trying every format on its beginning: no format is guessed from names or magic bytes, so
/// what is detected is what will be read.
public enum FormatDetection {
  /// How much of a log is looked at: about 800 lines of an ordinary access log.
  public static let sampleSize = 256 * 1_024
  /// How many lines tell whether a transport's prefix stands before them.
  private static let prefixLines = 200

  /// The formats from the best to the worst: by the share of lines that fit, then by specificity (how much a fitting
  /// line says), then by id. Nothing fits where the first has score 0.
  ///
  /// - Parameters:
  ///   - sample: the beginning of a log; of more than `sampleSize` bytes the whole lines of the first are taken.
  ///   - formats: what it may be. Where most lines carry the prefix of syslog or Kubernetes, each is also tried
  ///     behind it.
  /// - Complexity: O(formats × sample).
  public static func detect(_ sample: Span<UInt8>, formats: [any LogFormat.Type] = FormatCatalog.all)
    -> [FormatGuess]
  {
    let lines = lines(of: sample)
    var candidates = formats.map { ResolvedFormat($0) }
    for prefix in LinePrefix.Kind.allCases where mostHave(prefix, sample, lines) {
      let behind = formats.filter { prefix != .syslog || !$0.card.includesSyslog }
      candidates += behind.map { ResolvedFormat($0).prefixed(by: prefix) }
    }
    let guesses = candidates.compactMap { guess($0, sample, lines) }
    return guesses.sorted { left, right in
      if left.score != right.score { return left.score > right.score }
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
    guess(format, sample, lines(of: sample))
      ?? FormatGuess(format: format, records: 0, ignored: 0, malformed: 0, score: 0, firstFailure: nil)
  }

  private static func guess(_ format: ResolvedFormat, _ sample: Span<UInt8>, _ lines: [Range<Int>]) -> FormatGuess? {
    guard var parser = try? format.makeParser(FormatDetection.request) else { return nil }
    var guess = FormatGuess(format: format, records: 0, ignored: 0, malformed: 0, score: 0, firstFailure: nil)
    var fields = LineFields()
    for (index, line) in lines.enumerated() {
      fields.reset()
      let bytes = sample.extracting(line)
      switch parser.parse(bytes, into: &fields) {
      case .record: guess.records += 1
      case .ignored: guess.ignored += 1
      case .malformed(let column, _, let expected):
        guess.malformed += 1
        if guess.firstFailure == nil {
          guess.firstFailure = (index + 1, bytes.indices.map { bytes[$0] }, column, expected)
        }
      }
    }
    if guess.records > 0 { guess.score = Double(guess.records) / Double(guess.records + guess.malformed) }
    return guess
  }

  /// Whether at least half of the first lines begin with a prefix.
  private static func mostHave(_ prefix: LinePrefix.Kind, _ sample: Span<UInt8>, _ lines: [Range<Int>]) -> Bool {
    let first = lines.lazy.filter { !$0.isEmpty }.prefix(prefixLines)
    let count = first.count { LinePrefix.find(prefix, sample.extracting($0)) != nil }
    return count > 0 && count * 2 >= first.count
  }

  /// The whole lines of a sample, without their ends.
  private static func lines(of sample: Span<UInt8>) -> [Range<Int>] {
    var lines: [Range<Int>] = []
    var start = 0
    let limit = min(sample.count, sampleSize)
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
