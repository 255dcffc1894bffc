internal import AssayIngest
internal import AssayModel
internal import AssayParsing
internal import Synchronization

/// One input on its way through the map step: its reader, which one worker at a time may use, and what became of it.
///
/// Reading and inflating happen under the lock, mapping outside it: while one worker maps a chunk, another reads the
/// next one. Where the format's lines cannot be understood alone (a header names the columns), the lane belongs to one
/// worker, which maps its chunks in order.
final class SourceLane: Sendable {
  /// What is known of an input when it has been read.
  struct Summary: Sendable {
    /// What the reader found odd.
    var issues = IssueLog()
    /// Offsets of lines that were left out because they are too long.
    var skippedLines: [Int] = []
    /// SHA-256 of the file as it lies there; empty where it was not read to its end, or is standard input.
    var sha256 = ""
    /// Bytes read of the file as it lies there.
    var rawBytes = 0
  }

  fileprivate struct State: ~Copyable {
    var reader: ChunkReader?
    /// The chunk that was read to tell the format.
    var first: Chunk?
    var summary = Summary()
    /// Bytes that have been reported to the run's progress.
    var reportedBytes = 0
  }

  /// Ordinal among all sources in byte order of their paths.
  let source: Int
  /// The input.
  let file: InputFile
  /// How its lines are read.
  let format: ResolvedFormat
  /// How it is compressed.
  let compression: Compression
  private let state: Mutex<State>

  /// Opens an input and reads its first chunk, from which `tell` says the format.
  init(
    source: Int, file: InputFile, limits: ReadLimits, hashing: Bool, progress: RunProgress,
    tell: (Span<UInt8>, Compression) throws(AssayError) -> ResolvedFormat
  ) throws(AssayError) {
    var reader = try ChunkReader(
      file, source: source, limits: limits, hashing: hashing, isStopped: { progress.isInterrupted })
    var chunk = Chunk()
    let isEmpty = try !reader.next(into: &chunk)
    self.source = source
    self.file = file
    let beginning = isEmpty ? [] : chunk.bytes
    compression = reader.compression
    format = try tell(beginning.span, compression)
    state = Mutex(State(reader: reader, first: isEmpty ? nil : chunk))
  }

  /// Whether several workers may map chunks of it at once.
  var isSplittable: Bool { format.card.splittable }

  /// The first chunk, before it is taken by `next`; empty for an empty input.
  var preview: [UInt8] { state.withLock { $0.first?.bytes ?? [] } }

  /// Reads the next chunk.
  ///
  /// - Returns: false at the end of the input.
  /// - Throws: `inputOutput` where the system refuses to go on.
  func next(into chunk: inout Chunk, _ progress: RunProgress) throws(AssayError) -> Bool {
    let result: Result<Bool, AssayError> = state.withLock { state in
      if let first = state.first.take() {
        chunk = first
        progress.add(bytes: state.newBytes())
        return .success(true)
      }
      do throws(AssayError) {
        guard try state.reader?.next(into: &chunk) == true else {
          progress.add(bytes: state.newBytes())
          state.finish()
          return .success(false)
        }
        progress.add(bytes: state.newBytes())
        return .success(true)
      } catch {
        state.finish()
        return .failure(error)
      }
    }
    return try result.get()
  }

  /// Reads no further: the run was interrupted.
  func stop() { state.withLock { $0.finish(isComplete: false) } }

  /// Whether all of it has been handed out.
  var isAtEnd: Bool { state.withLock { $0.reader == nil } }

  /// What became of it; complete when `next` has returned false.
  var summary: Summary { state.withLock { $0.summary } }
}

extension SourceLane.State {
  /// Bytes of the file as it lies there that were read since the last call.
  fileprivate mutating func newBytes() -> Int {
    let bytes = reader?.rawBytes ?? reportedBytes
    defer { reportedBytes = bytes }
    return bytes - reportedBytes
  }

  /// Keeps what the reader has to say and closes the file.
  fileprivate mutating func finish(isComplete: Bool = true) {
    guard let reader = reader.take() else { return }
    summary = SourceLane.Summary(
      issues: reader.issues, skippedLines: reader.skippedLines, sha256: isComplete ? reader.sha256 : "",
      rawBytes: reader.rawBytes)
    first = nil
  }
}
