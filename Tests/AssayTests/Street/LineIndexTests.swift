import AssayModel
import TestSupport
import Testing

@testable import Assay

@Suite struct LineIndexTests {
  private func piece(_ offset: Int, _ lines: Int) -> LineIndex.Piece { .init(offset: offset, lines: lines) }

  @Test func `line numbers count on from chunk to chunk, in whatever order these were mapped`() {
    let index = LineIndex([[piece(100, 5), piece(0, 3), piece(300, 1)], [], [piece(3, 2)]])
    func line(_ source: Int, _ offset: Int, _ ordinal: UInt32) -> Int {
      index.line(at: SourcePosition(source: source, offset: offset), inChunk: ordinal)
    }
    #expect(line(0, 0, 0) == 1 && line(0, 50, 2) == 3)
    #expect(line(0, 100, 0) == 4 && line(0, 299, 4) == 8 && line(0, 300, 0) == 9)
    // A byte order mark is in no chunk's lines.
    #expect(line(2, 3, 0) == 1 && line(2, 40, 1) == 2)
    #expect(line(1, 0, 0) == 0 && line(2, 0, 0) == 0 && line(9, 0, 0) == 0, "unknown places have no line")
  }

  @Test(arguments: 0..<20) func `it agrees with counting newlines, lines that were left out included`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var (pieces, expected): ([LineIndex.Piece], [(offset: Int, ordinal: UInt32, line: Int)]) = ([], [])
    var (offset, line) = (0, 1)
    for _ in 0..<50 {
      let isLeftOut = random.below(5) == 0
      let lines = isLeftOut ? 1 : random.below(6) + 1
      pieces.append(piece(offset, lines))
      for ordinal in 0..<lines {
        expected.append((offset, UInt32(ordinal), line))
        offset += random.below(40) + 1
        line += 1
      }
    }
    let index = LineIndex([pieces.shuffled(using: &random)])
    for place in expected {
      let found = index.line(at: SourcePosition(source: 0, offset: place.offset), inChunk: place.ordinal)
      #expect(found == place.line)
    }
  }
}
