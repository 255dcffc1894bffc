import AssayModel
import TestSupport

@testable import AssayIngest

/// What a whole reading gave.
struct Reading: Equatable {
  var bytes: [UInt8] = []
  var lines: [[UInt8]] = []
  /// Where each line starts.
  var offsets: [Int] = []
  var chunks = 0
  var skipped: [Int] = []
  var issues = IssueLog()
  var sha256 = ""
  var rawBytes = 0

  /// Names of the issues with their counts.
  var names: [String: Int] { issues.entries.mapValues(\.count) }

  /// Reads a source to its end, and holds every chunk to what is promised of it.
  init(
    _ path: String, limits: ReadLimits = ReadLimits(chunkSize: 4_096), hashing: Bool = true,
    gzip engine: GzipEngine = .isal
  ) throws {
    var reader = try ChunkReader(InputFile(path: path), source: 7, limits: limits, hashing: hashing, gzip: engine)
    var chunk = Chunk()
    var expectedOffset = 0
    var ended = false
    while try reader.next(into: &chunk) {
      precondition(!ended, "only the last chunk lacks a newline")
      precondition(chunk.source == 7 && chunk.sequence == chunks && chunk.offset >= expectedOffset)
      precondition(!chunk.bytes.isEmpty, "a chunk has at least one line")
      ended = chunk.bytes.last != 10
      expectedOffset = chunk.offset + chunk.bytes.count
      let found = slowLines(chunk.bytes)
      for line in found {
        offsets.append(chunk.offset + line.offset)
        lines.append(line.bytes)
      }
      bytes += chunk.bytes
      chunks += 1
    }
    let more = try reader.next(into: &chunk)
    precondition(!more && chunk.bytes.isEmpty, "the end is the end")
    (skipped, issues, sha256, rawBytes) = (reader.skippedLines, reader.issues, reader.sha256, reader.rawBytes)
  }
}

/// The slow twin: lines with their newlines, and where each starts.
func slowLines(_ bytes: [UInt8]) -> [(bytes: [UInt8], offset: Int)] {
  var lines: [(bytes: [UInt8], offset: Int)] = []
  var line: [UInt8] = []
  for (index, byte) in bytes.enumerated() {
    line.append(byte)
    if byte == 10 || index == bytes.count - 1 {
      lines.append((line, index + 1 - line.count))
      line = []
    }
  }
  return lines
}

/// Lines of many lengths: empty, one byte, hundreds of bytes, some with a carriage return, some not UTF-8.
func randomLog(_ seed: UInt64, lines: Int) -> [UInt8] {
  var random = SeededGenerator(seed: seed)
  var bytes: [UInt8] = []
  for _ in 0..<lines {
    let length = [0, 1, 7, 40, 200][Int.random(in: 0..<5, using: &random)]
    for _ in 0..<length { bytes.append(UInt8.random(in: 32...255, using: &random)) }
    bytes += Bool.random(using: &random) ? [10] : [13, 10]
  }
  return bytes
}
