internal import AssayIngest
internal import AssayModel
internal import AssayParsing

/// Which log format an input is read as: the one that was asked for, or the one that its first lines fit best.
struct FormatChooser: Sendable {
  let wanted: ResolvedFormat?

  /// - Parameter name: id or pasted format string; nil tells it by content.
  init(named name: String?) throws(AssayError) {
    wanted = if let name { try FormatCatalog.format(named: name) } else { nil }
  }

  /// The format of an input whose first chunk this is. An input that fits nothing is still read, so that its lines
  /// are counted: each of them is an issue.
  func choose(_ chunk: Span<UInt8>) throws(AssayError) -> ResolvedFormat {
    if let wanted { return wanted }
    if ChunkReader.looksBinary(chunk) { return ResolvedFormat(BinaryFormat.self) }
    guard let best = FormatDetection.detect(chunk).first, best.score > 0 else {
      return ResolvedFormat(UnknownFormat.self)
    }
    return best.format
  }
}
