public import AssayModel

/// Reads a source in chunks of whole lines, whatever compresses it.
///
/// The lines do not depend on the size of the chunks: joined, the chunks are the decompressed source, but for a UTF-8
/// byte order mark at its start and lines that are longer than the limit. In the steady state nothing is allocated:
/// bytes go from the file (or the decoder) straight to where the caller gets them, and only the piece of a line that
/// a chunk's end cuts off is copied.
///
/// - Complexity: O(bytes); memory of one chunk, one line and the decoder's own window.
public struct ChunkReader: ~Copyable {
  /// Offsets of lines that were left out as too long, ascending: each is one line of the accounting.
  public private(set) var skippedLines: [Int] = []

  private var file: DecodedFile
  private let source: Int
  private let chunkSize: Int
  private let longestLine: Int
  /// Read, but not given out: the start of a line, or what follows a line that was left out.
  private var carry: [UInt8] = []
  /// Offset of the first byte that was neither given out nor left out.
  private var offset = 0
  private var sequence = 0
  /// Where a line began that is too long, while its end is searched.
  private var longLineStart: Int?
  /// Whether it holds carriage returns: then it may be many lines that have no newline.
  private var longLineHasReturns = false
  private var lineIssues = IssueLog()
  private var isAtEnd = false
  private var isFinished = false

  /// Opens a source.
  ///
  /// - Parameters:
  ///   - file: Which.
  ///   - source: Its ordinal in the run, for chunks and issues.
  ///   - limits: How much at once, and at most.
  ///   - hashing: Whether `sha256` is wanted; plain files are read several times faster without.
  ///   - isStopped: Whether standard input or a pipe is to be taken as ended, as when a person interrupts: asked while
  ///     there is nothing to read, ten times a second.
  /// - Throws: `.noInput`, `.permission`, `.inputOutput`.
  public init(
    _ file: InputFile, source: Int, limits: ReadLimits = ReadLimits(), hashing: Bool = true,
    isStopped: @escaping @Sendable () -> Bool = { false }
  ) throws(AssayError) {
    try self.init(file, source: source, limits: limits, hashing: hashing, gzip: .isal, isStopped: isStopped)
  }

  init(
    _ file: InputFile, source: Int, limits: ReadLimits, hashing: Bool, gzip engine: GzipEngine,
    isStopped: @escaping @Sendable () -> Bool = { false }
  ) throws(AssayError) {
    self.source = source
    // One byte more than the longest line is the largest buffer: a line that does not end in it is too long, and no
    // line that does is.
    longestLine = max(16, limits.longestLine)
    chunkSize = min(max(1, limits.chunkSize), longestLine + 1)
    self.file = try DecodedFile(
      file, source: source, limits: limits, hashing: hashing, gzip: engine, isStopped: isStopped)
  }

  /// How the source is compressed.
  public var compression: Compression { file.compression }

  /// What was odd so far: `gzip.truncated`, `line.too-long`, `input.changed-while-read` and their like.
  public var issues: IssueLog {
    var all = file.issues
    all.merge(lineIssues)
    return all
  }

  /// SHA-256 of the file as it lies there, in lower-case hexadecimal digits. Complete after the end; empty before, for
  /// standard input and pipes, and without hashing.
  public var sha256: String { file.raw.sha256 }

  /// Bytes read so far of the file as it lies there.
  public var rawBytes: Int { file.raw.count }

  /// Size of the file as it lies there; nil for a pipe.
  public var totalBytes: Int? { file.raw.size }

  /// Whether bytes, some from the start of a source, are not text: they hold a NUL, as UTF-16 and most binary files
  /// do and no log line does.
  ///
  /// - Complexity: O(n).
  public static func looksBinary(_ bytes: Span<UInt8>) -> Bool {
    for index in bytes.indices where bytes[index] == 0 { return true }
    return false
  }

  /// Reads the next chunk, in the storage of the last.
  ///
  /// - Returns: Whether there was one; false at the end, and from then on.
  /// - Throws: `.inputOutput` where the system cannot read on.
  public mutating func next(into chunk: inout Chunk) throws(AssayError) -> Bool {
    while !isFinished {
      let count = try fill(&chunk.bytes)
      if longLineStart != nil {
        try passOver(chunk.bytes.span, count: count)
        continue
      }
      let lastNewline = ChunkReader.lastNewline(chunk.bytes.span, count: count)
      if lastNewline < 0 && count > longestLine {
        longLineStart = offset
        longLineHasReturns = chunk.bytes[..<count].contains(ChunkReader.carriageReturn)
        offset += count
        continue
      }
      let end = isAtEnd && !file.isCutOff ? count : lastNewline + 1
      carry.append(contentsOf: chunk.bytes[end..<count])
      if end > 0 {
        chunk.bytes.removeLast(chunk.bytes.count - end)
        (chunk.source, chunk.offset, chunk.sequence) = (source, offset, sequence)
        offset += end
        sequence += 1
        return true
      }
      if isAtEnd {
        leaveOutPart()
        try finish()
      }
    }
    chunk.bytes.removeAll(keepingCapacity: true)
    return false
  }

  /// Fills a buffer with what was carried over and what comes next; afterwards nothing is carried. Its size is that of
  /// a chunk, or more where a line has not ended in the buffer before.
  private mutating func fill(_ bytes: inout [UInt8]) throws(AssayError) -> Int {
    var size = min(max(chunkSize, 2 * carry.count), longestLine + 1)
    // Enough to see a byte order mark.
    if offset == 0 { size = max(size, 3) }
    if bytes.isEmpty {
      bytes = [UInt8](repeating: 0, count: size)
    } else if bytes.count < size {
      bytes.append(contentsOf: repeatElement(0, count: size - bytes.count))
    } else {
      bytes.removeLast(bytes.count - size)
    }
    var count = carry.count
    bytes.replaceSubrange(0..<count, with: carry)
    carry.removeAll(keepingCapacity: true)
    var span = bytes.mutableSpan
    let isStart = file.count == 0
    while count < size && !isAtEnd {
      let read = try file.read(into: &span, from: count)
      isAtEnd = read == 0
      count += read
    }
    if isStart && count >= 3 && span[0] == 0xef && span[1] == 0xbb && span[2] == 0xbf {
      bytes.removeFirst(3)
      offset = 3
      count -= 3
    }
    return count
  }

  /// Looks for the end of a line that is too long; what follows it is carried over.
  private mutating func passOver(_ bytes: Span<UInt8>, count: Int) throws(AssayError) {
    var end = 0
    while end < count && bytes[end] != ChunkReader.newline { end += 1 }
    if end == count && !isAtEnd {
      offset += count
      return
    }
    leaveOut(until: offset + end)
    let next = min(end + 1, count)
    for index in next..<count { carry.append(bytes[index]) }
    offset += next
    if isAtEnd && carry.isEmpty { try finish() }
  }

  private mutating func leaveOut(until end: Int) {
    guard let start = longLineStart else { return }
    longLineStart = nil
    skippedLines.append(start)
    let advice =
      longLineHasReturns
      ? "It holds carriage returns: if the file's lines end with them alone, as on the classic Mac, make them newlines "
        + "(tr '\\r' '\\n' < FILE | assay audit -)."
      : "If it is a line of the log, raise the limit; else the file may not be a log."
    let message =
      "The line at byte \(start) has \(end - start) bytes, more than \(longestLine), and was left out. \(advice)"
    lineIssues.add(
      Issue(name: "line.too-long", position: SourcePosition(source: source, offset: start), message: message),
      losesLine: true)
  }

  /// Leaves out what is there of a line where the source broke off: its end is missing, and a record that lacks its
  /// user agent is not the event that was logged.
  private mutating func leaveOutPart() {
    if carry.isEmpty { return }
    skippedLines.append(offset)
    let message =
      "The line at byte \(offset) is cut off after \(carry.count) bytes, and was left out. Another issue of the same file "
      + "says why it was read no further."
    lineIssues.add(
      Issue(name: "line.cut-off", position: SourcePosition(source: source, offset: offset), message: message),
      losesLine: true)
    carry.removeAll()
  }

  private mutating func finish() throws(AssayError) {
    isFinished = true
    try file.finish()
  }

  private static let newline: UInt8 = 0x0a
  private static let carriageReturn: UInt8 = 0x0d

  /// The index of the last newline, or -1: found after half a line on average.
  private static func lastNewline(_ bytes: Span<UInt8>, count: Int) -> Int {
    var index = count - 1
    while index >= 0 && bytes[index] != newline { index -= 1 }
    return index
  }
}
