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
  func choose(_ chunk: Span<UInt8>, in compression: Compression) throws(AssayError) -> ResolvedFormat {
    // Text stands in an archive as it is, so that its lines would fit, but not all and not only they.
    if let foreign = ForeignContent.tell(chunk, in: compression) { return ResolvedFormat(refusing: foreign) }
    if let wanted { return wanted }
    // A log in which a crash left zero bytes is still a log: what fits decides before the look of the bytes does.
    let best = FormatDetection.best(chunk)
    let isBinary = ChunkReader.looksBinary(chunk)
    if let best, best.score >= (isBinary ? 0.5 : Double.leastNonzeroMagnitude) { return best.format }
    if let best, best.isOnlyHeader, !isBinary { return best.format }
    return isBinary ? ResolvedFormat(BinaryFormat.self) : ResolvedFormat(UnknownFormat.self)
  }
}
