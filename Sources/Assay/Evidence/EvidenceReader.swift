internal import AssayIngest
internal import AssayModel

/// Reads lines again, for whoever wants to see them.
struct EvidenceReader {
  let files: [InputFile]

  /// The bytes of the lines at some positions. A line of standard input, or of a file that is gone or may not be read, is missing.
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
      guard source < files.count, !files[source].isStandardInput else { continue }
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
