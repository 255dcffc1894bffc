import TestSupport
import Testing

@testable import AssayIngest

/// ISA-L against zlib, fed in pieces of every size: ISA-L reads ahead and gives back.
@Suite struct GzipDecoderTests {
  private let log = randomLog(31, lines: 6)

  /// All that comes out, and how each member ends, when at most `piece` bytes go in and `room` bytes come out at once.
  private func decode(
    _ raw: [UInt8], _ decoder: consuming some Decoder & ~Copyable, piece: Int, room: Int
  ) -> (bytes: [UInt8], ends: [Int]) {
    var (bytes, ends): ([UInt8], [Int]) = ([], [])
    var output = [UInt8](repeating: 0, count: room)
    var (start, shown) = (0, 0)
    while true {
      if start == shown { shown = min(raw.count, shown + piece) }
      var span = output.mutableSpan
      let step = decoder.decode(Array(raw[..<shown]).span, from: start, into: &span, from: 0)
      start += step.consumed
      bytes += output[..<step.produced]
      switch step.outcome {
      case .unfinished:
        if step.consumed == 0 && step.produced == 0 && start == raw.count { return (bytes, ends) }
      case .memberEnded:
        ends.append(start)
        decoder.reset()
        if start == raw.count { return (bytes, ends) }
      case .wrongChecksum, .corrupt:
        return (bytes, ends + [-1])
      }
    }
  }

  @Test func `pieces of every size give the same members`() {
    let cuts = [3, log.count / 2]
    let raw = Compression.gzip.members(log, cutAt: cuts)
    let edges = zip([0] + cuts, cuts + [log.count]).map { Compression.gzip.member(Array(log[$0..<$1])).count }
    let ends = edges.indices.map { edges[...$0].reduce(0, +) }
    for piece in Array(1...24) + [100, raw.count] {
      for room in [1, 2, 3, 7, 8, 64, 1_000, 100_000] {
        let fast = decode(raw, IsalGzipDecoder(), piece: piece, room: room)
        #expect(fast.bytes == log && fast.ends == ends)
        let slow = decode(raw, ZlibGzipDecoder(), piece: piece, room: room)
        #expect(slow.bytes == log && slow.ends == ends)
      }
    }
  }

  @Test func `a piece may end anywhere in the trailer, with the output full`() {
    let text = Array("abcdefghijklmnop\n".utf8)
    let raw = Compression.gzip.members(text + text, cutAt: [text.count])
    for piece in 1...raw.count {
      for room in 1...text.count + 1 {
        let result = decode(raw, IsalGzipDecoder(), piece: piece, room: room)
        #expect(result.bytes == text + text && result.ends == [raw.count / 2, raw.count])
      }
    }
  }

  @Test func `a header with all optional fields is understood`() {
    // RFC 1952 §2.3.1: FEXTRA, FNAME and FCOMMENT before the same deflate data.
    let plain = Compression.gzip.member(log)
    let extra: [UInt8] = [4, 0, 0x41, 0x50, 0, 0]
    let raw = Array(plain[..<3]) + [0x1c] + plain[4..<10] + extra + Array("name\0comment\0".utf8) + plain[10...]
    for piece in [1, 2, 5, 100_000] {
      #expect(decode(raw, IsalGzipDecoder(), piece: piece, room: 50).bytes == log)
      #expect(decode(raw, ZlibGzipDecoder(), piece: piece, room: 50).bytes == log)
    }
  }
}
