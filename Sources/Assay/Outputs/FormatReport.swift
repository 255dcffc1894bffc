internal import AssayIngest
public import AssayModel
internal import AssayParsing
internal import AssayReports

/// `assay detect-format`: what a file is, how sure, and where a line does not fit.
public enum FormatReport {
  /// The report about one file; of a folder, about the first in it.
  ///
  /// - Throws: what opening it throws; `settings` for a wrong format name; `unreadable` where nothing fits.
  public static func text(about path: String, format: String?) throws(AssayError) -> String {
    let wanted: ResolvedFormat? = if let format { try FormatCatalog.format(named: format) } else { nil }
    guard let file = try InputFiles.find([path]).first else { return "" }
    let path = file.path
    var reader = try ChunkReader(file, source: 0, limits: ReadLimits(), hashing: false)
    var chunk = Chunk()
    let title = printableText(path.utf8)
    guard try reader.next(into: &chunk) else {
      // A file may hold no whole line and still not be empty: cut short, or one line that is too long.
      guard let issue = reader.issues.sorted.first?.entry.samples.first else { return "\(title): empty\n" }
      throw AssayError(.unreadable, issue.message, at: .init(source: path), cause: issue.name)
    }
    if wanted == nil, let kind = OwnOutput.kind(Array(chunk.bytes.prefix(OwnOutput.bytesToTell))) {
      return "\(title): \(kind) that assay wrote, and no log; an audit leaves it out\n"
    }
    if let foreign = ForeignContent.tell(chunk.bytes.span, in: reader.compression) {
      throw AssayError(
        .unreadable, "This is \(foreign.title): \(foreign.advice).", at: .init(source: path), cause: foreign.issue)
    }
    let guesses =
      wanted.map { [FormatDetection.fit($0, chunk.bytes.span)] } ?? FormatDetection.detect(chunk.bytes.span)
    guard let best = guesses.first, best.score > 0 || wanted != nil || best.isOnlyHeader else {
      let complaint = complaint(about: path, chunk.bytes.span, guesses)
      if try isBlank(&chunk, &reader) { return "\(title): blank lines, and nothing else\n" }
      throw complaint
    }
    var text = "\(title): \(best.format.card.id) (\(best.format.card.title))"
    if reader.compression != .plain { text += ", \(reader.compression.rawValue)" }
    text += "\n" + counts(best)
    let others = guesses.dropFirst().filter { $0.score > 0 }.prefix(3).map {
      "\($0.format.card.id) (\(Int(($0.score * 100).rounded(.down))) %)"
    }
    if !others.isEmpty { text += "  Less likely: \(others.joined(separator: ", ")).\n" }
    for (_, entry) in reader.issues.sorted {
      if let issue = entry.samples.first { text += "  \(printableText(issue.message.utf8))\n" }
    }
    if let failure = best.firstFailure {
      text += "  Line \(failure.line), column \(failure.column + 1): expected \(failure.expected).\n"
      text += caret(failure.text, failure.column)
    }
    return text
  }

  /// How many lines fit.
  private static func counts(_ guess: FormatGuess) -> String {
    let ignored = "blank, comments or headers"
    if guess.records + guess.malformed == 0 { return "  No record: all lines (\(guess.ignored)) are \(ignored).\n" }
    let text = "  \(guess.records) of \(guess.records + guess.malformed) lines fit"
    return text + (guess.ignored > 0 ? ", \(guess.ignored) more are \(ignored).\n" : ".\n") + withoutTime(guess)
  }

  /// What is to be said of lines that fit and are no events all the same.
  private static func withoutTime(_ guess: FormatGuess) -> String {
    let untimed = guess.records - guess.timed
    if untimed == 0 { return "" }
    let subject =
      untimed == guess.records
      ? "None of them carries a time" : "\(untimed) of them \(untimed == 1 ? "carries" : "carry") no time"
    return "  \(subject) that can be read: without one a line gives no event, and an audit counts it as "
      + "event.no-time.\n"
  }

  // MARK: - Where nothing fits

  /// Whether there are only spaces and line ends from a chunk to the end of its file. The chunk is used up.
  private static func isBlank(_ chunk: inout Chunk, _ reader: inout ChunkReader) throws(AssayError) -> Bool {
    var isMore = true
    while isMore {
      guard chunk.bytes.allSatisfy({ [9, 10, 13, 32].contains($0) }) else { return false }
      isMore = try reader.next(into: &chunk)
    }
    return reader.issues.sorted.isEmpty
  }

  /// What a file is that is no log we know, and what to do.
  private static func complaint(about path: String, _ bytes: Span<UInt8>, _ guesses: [FormatGuess]) -> AssayError {
    let place = AssayError.Location(source: path)
    if ChunkReader.looksBinary(bytes) {
      return AssayError(
        .unreadable, "This is a binary file, or text in UTF-16 (iconv -f UTF-16 -t UTF-8 makes it readable).", at: place
      )
    }
    if let line = guesses.lazy.compactMap(\.firstFailure).first(where: { ErrorLogLine.stands($0.text.span) })?.line {
      return AssayError(
        .unreadable, "This is no access log: the line is of nginx's or Apache's error log, which tells of no requests.",
        at: .init(source: path, line: line))
    }
    return AssayError(
      .unreadable,
      "No known log format fits. Give one with --log-format: a name of `assay formats`, or your server's format string."
        + nearest(guesses), at: place)
  }

  /// Which format understands most of the line that is the first to fit none, and where it stops. Only formats are
  /// looked at that have found a time in it, as every line of a log has one: a loose format comes far in any text. And
  /// the combined format, which nearly all logs have, is named where it comes three quarters as far as another.
  private static func nearest(_ guesses: [FormatGuess]) -> String {
    var (farthest, combined): (FormatGuess?, FormatGuess?) = (nil, nil)
    for guess in guesses {
      guard let failure = guess.firstFailure, hasTime(failure.text.span, before: failure.column) else { continue }
      if guess.format.card.id == "combined" { combined = guess }
      if column(guess) > column(farthest) { farthest = guess }
    }
    let best = 4 * column(combined) >= 3 * column(farthest) ? combined : farthest
    guard let best, let failure = best.firstFailure else { return "" }
    return "\n  The nearest is \(best.format.card.id). Line \(failure.line), column \(failure.column + 1): expected "
      + "\(failure.expected).\n" + caret(failure.text, failure.column).dropLast()
  }

  /// The column at which a format stops.
  private static func column(_ guess: FormatGuess?) -> Int { guess?.firstFailure?.column ?? 0 }

  /// Whether a date with a time of day stands in the beginning of a line; where it is very long, in its first part.
  private static func hasTime(_ line: Span<UInt8>, before column: Int) -> Bool {
    let end = min(column, line.count, 1_024)
    for start in 0..<end
    where Times.commonLog(line, start, end) != nil || Times.iso8601(line, start, end) != nil { return true }
    return false
  }

  // MARK: - The place

  /// The line, shortened around the column, with a caret under it.
  static func caret(_ line: [UInt8], _ column: Int) -> String {
    let start = max(0, min(column, line.count) - 60)
    let end = min(line.count, start + 100)
    let before = (start > 0 ? "…" : "") + printableText(line[start..<max(start, min(column, end))])
    let after = printableText(line[max(start, min(column, end))..<end]) + (end < line.count ? "…" : "")
    return "    \(before)\(after)\n    \(String(repeating: " ", count: Display.width(before)))^\n"
  }
}
