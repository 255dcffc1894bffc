internal import AssayIngest
public import AssayModel
internal import AssayParsing

/// `assay detect-format`: what a file is, how sure, and where a line does not fit.
public enum FormatReport {
  /// The report about one file.
  ///
  /// - Throws: what opening it throws; `settings` for a wrong format name; `unreadable` where nothing fits.
  public static func text(about path: String, format: String?) throws(AssayError) -> String {
    guard let file = try InputFiles.find([path]).first else { return "" }
    var reader = try ChunkReader(file, source: 0, limits: ReadLimits(), hashing: false)
    var chunk = Chunk()
    guard try reader.next(into: &chunk) else {
      // A file may hold no whole line and still not be empty: cut short, or one line that is too long.
      guard let issue = reader.issues.sorted.first?.entry.samples.first else { return "\(path): empty\n" }
      throw AssayError(.unreadable, issue.message, at: .init(source: path), cause: issue.name)
    }
    let wanted: ResolvedFormat? = if let format { try FormatCatalog.format(named: format) } else { nil }
    let guesses =
      wanted.map { [FormatDetection.fit($0, chunk.bytes.span)] } ?? FormatDetection.detect(chunk.bytes.span)
    guard let best = guesses.first, best.score > 0 || wanted != nil else {
      if ChunkReader.looksBinary(chunk.bytes.span) {
        throw AssayError(
          .unreadable, "This is a binary file, or text in UTF-16 (iconv -f UTF-16 -t UTF-8 makes it readable).",
          at: .init(source: path))
      }
      throw AssayError(
        .unreadable,
        "No known log format fits\(nearest(guesses)). Give one with --log-format: a name of `assay formats`, or your "
          + "server's format string.",
        at: .init(source: path))
    }
    var text = "\(path): \(best.format.card.id) (\(best.format.card.title))"
    if reader.compression != .plain { text += ", \(reader.compression.rawValue)" }
    text += "\n  \(best.records) of \(best.records + best.malformed) lines fit"
    if best.ignored > 0 { text += ", \(best.ignored) are blank, comments or headers" }
    text += ".\n"
    let others = guesses.dropFirst().filter { $0.score > 0 }.prefix(3).map {
      "\($0.format.card.id) (\(Int(($0.score * 100).rounded())) %)"
    }
    if !others.isEmpty { text += "  Less likely: \(others.joined(separator: ", ")).\n" }
    if let failure = best.firstFailure {
      text += "  Line \(failure.line), column \(failure.column + 1): expected \(failure.expected).\n"
      text += caret(failure.text, failure.column)
    }
    return text
  }

  /// Which format understands most of the line that is the first to fit none, and where it stops. Loose formats come far
  /// in whatever it is, so the combined format, which nearly all logs have, is named where it comes three quarters as far.
  private static func nearest(_ guesses: [FormatGuess]) -> String {
    var (farthest, combined): (FormatGuess?, FormatGuess?) = (nil, nil)
    for guess in guesses {
      if guess.format.card.id == "combined" { combined = guess }
      if column(guess) > column(farthest) { farthest = guess }
    }
    let best = 4 * column(combined) >= 3 * column(farthest) ? combined : farthest
    guard let best, let failure = best.firstFailure, failure.column > 0 else { return "" }
    return "; \(best.format.card.id) understands line \(failure.line) as far as column \(failure.column + 1), where it "
      + "expects \(failure.expected):\n\(caret(failure.text, failure.column))   "
  }

  /// The column at which a format stops.
  private static func column(_ guess: FormatGuess?) -> Int { guess?.firstFailure?.column ?? 0 }

  /// The line, shortened around the column, with a caret under it.
  static func caret(_ line: [UInt8], _ column: Int) -> String {
    let start = max(0, min(column, line.count) - 60)
    let end = min(line.count, start + 100)
    let before = (start > 0 ? "…" : "") + printableText(line[start..<max(start, min(column, end))])
    let after = printableText(line[max(start, min(column, end))..<end]) + (end < line.count ? "…" : "")
    return "    \(before)\(after)\n    \(String(repeating: " ", count: before.count))^\n"
  }
}
