internal import AssayModel

/// Which line number a position has: events carry only their line's place in its chunk, and chunks are cut
/// differently from run to run, so that the numbers are added up once, when all chunks of a source are known.
struct LineIndex: Sendable {
  /// Where a chunk began and how many lines it held; a line that was left out is a chunk of its own.
  struct Piece: Sendable {
    var offset: Int
    var lines: Int
  }

  private var offsets: [[Int]] = []
  private var firstLines: [[Int]] = []

  /// An index of the pieces of each source, in any order.
  ///
  /// - Complexity: O(n log n) for n pieces (one for every 256 KiB of input).
  init(_ pieces: [[Piece]]) {
    for source in pieces {
      var line = 1
      var numbers: [Int] = []
      let sorted = source.sorted { $0.offset < $1.offset }
      for piece in sorted {
        numbers.append(line)
        line += piece.lines
      }
      offsets.append(sorted.map(\.offset))
      firstLines.append(numbers)
    }
  }

  /// The line number, from 1, of what was read at a position as the so many-th line of its chunk; 0 where the source
  /// is unknown.
  ///
  /// - Complexity: O(log n) for n chunks of the source.
  func line(at position: SourcePosition, inChunk ordinal: UInt32) -> Int {
    guard let piece = piece(at: position) else { return 0 }
    return firstLines[position.source][piece] + Int(ordinal)
  }

  private func piece(at position: SourcePosition) -> Int? {
    guard position.source < offsets.count else { return nil }
    let starts = offsets[position.source]
    var (low, high) = (0, starts.count)
    while low < high {
      let middle = (low + high) / 2
      if starts[middle] <= position.offset { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? nil : low - 1
  }
}
