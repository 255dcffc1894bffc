internal import AssayIngest
internal import AssayModel

/// Reads lines again, for whoever wants to see them.
struct EvidenceReader: Sendable {
  private let files: [InputFile]
  /// Whether the lines of each are read again.
  private let isRead: [Bool]

  /// A reader of all files but standard input.
  init(files: [InputFile]) {
    self.files = files
    isRead = files.map { !$0.isStandardInput }
  }

  /// A reader of those files whose lines can be read wherever they stand: what is compressed has to be read from its
  /// start, which is too much for many lines here and there.
  init(files: [InputFile], compressions: [Compression]) {
    self.files = files
    isRead = zip(files, compressions).map { !$0.isStandardInput && $1 == .plain }
  }

  /// The bytes of the lines at some positions. A line of a file that is not read, is gone or may not be read is missing.
  ///
  /// - Complexity: one seek a line in plain files; one pass over each compressed file that holds a line.
  /// - Throws: `inputOutput` where a file is there and cannot be read.
  func lines(at positions: [SourcePosition]) throws(AssayError) -> [SourcePosition: [UInt8]] {
    var found: [SourcePosition: [UInt8]] = [:]
    let sorted = positions.sorted()
    var index = 0
    while index < sorted.count {
      let source = sorted[index].source
      var end = index
      while end < sorted.count, sorted[end].source == source { end += 1 }
      let wanted = sorted[index..<end]
      index = end
      guard source < files.count, isRead[source] else { continue }
      do throws(AssayError) {
        let lines = try LineFinder.lines(of: files[source], at: wanted.map(\.offset))
        for (position, line) in zip(wanted, lines) { found[position] = line }
      } catch {
        // What is known without the line is told all the same.
        guard error.code == .noInput || error.code == .permission else { throw error }
      }
    }
    return found
  }
}
