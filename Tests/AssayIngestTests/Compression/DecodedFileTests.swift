import AssayModel
import TestSupport
import Testing

@testable import AssayIngest

@Suite struct DecodedFileTests {
  let folder = TemporaryFolder()
  private let log = randomLog(21, lines: 7)

  @Test(arguments: Compression.allCases)
  func `compression is told by content`(compression: Compression) throws {
    let path = folder.write(compression.member(log), to: "wrong-name.png")
    #expect(try ChunkReader(InputFile(path: path), source: 0).compression == compression)
  }

  @Test func `a text that begins like bzip2 is a text`() throws {
    let path = folder.write(Array("BZh9 is a line of a log\n".utf8), to: "text")
    #expect(try ChunkReader(InputFile(path: path), source: 0).compression == .plain)
  }

  @Test(arguments: Compression.compressing)
  func `several members are one stream`(compression: Compression) throws {
    let raw = compression.members(log, cutAt: [0, 0, 5, 6, log.count / 2])
    for engine in GzipEngine.allCases {
      let reading = try Reading(folder.write(raw, to: "members"), gzip: engine)
      #expect(reading.bytes == log && reading.issues == IssueLog())
    }
  }

  @Test func `skippable frames give nothing, wherever they are`() throws {
    let raw =
      skippableFrame([1, 2, 3]) + Compression.zstd.member(Array(log[..<50])) + skippableFrame([])
      + Compression.zstd.member(Array(log[50...])) + skippableFrame([9])
    let reading = try Reading(folder.write(raw, to: "frames"))
    #expect(reading.bytes == log && reading.issues == IssueLog())
  }

  @Test(arguments: Compression.compressing)
  func `a file that is cut anywhere gives the start of the log and says so`(compression: Compression) throws {
    let raw = compression.members(log, cutAt: [log.count / 3])
    let first = compression.member(Array(log[..<(log.count / 3)])).count
    for cut in Compression.bytesToTell..<raw.count {
      let path = folder.write(Array(raw[..<cut]), to: "cut")
      for engine in compression == .gzip ? GzipEngine.allCases : [.isal] {
        let reading = try Reading(path, gzip: engine)
        #expect(log.starts(with: reading.bytes))
        // Nothing is missing where one member ends and the next has not begun.
        if cut == first {
          #expect(reading.bytes.count == log.count / 3 && reading.names == [:])
          continue
        }
        let broken = reading.issues.entries["\(compression.rawValue).truncated"]
        #expect(broken?.count == 1 && broken?.samples.first?.message.contains("byte \(cut),") == true)
        // The rest of what could be decoded is a part of a line, and an issue of its own.
        let decoded = try #require(broken?.samples.first?.position.offset)
        #expect(reading.bytes.isEmpty || reading.bytes.last == 10)
        #expect(!log[reading.bytes.count..<decoded].contains(10))
        let part = reading.bytes.count == decoded ? [] : [reading.bytes.count]
        #expect(reading.skipped == part && reading.names["line.cut-off"] == (part.isEmpty ? nil : 1))
        if cut > first { #expect(decoded >= log.count / 3) }
      }
    }
  }

  @Test func `a cut gzip file gives all that zlib can decode`() throws {
    let log = randomLog(22, lines: 3_000)
    let raw = Compression.gzip.member(log)
    for cut in stride(from: 100, to: raw.count, by: 9_973) {
      let path = folder.write(Array(raw[..<cut]), to: "cut")
      let (fast, slow) = (try Reading(path), try Reading(path, gzip: .zlib))
      #expect(fast == slow)
    }
  }

  @Test(arguments: Compression.compressing)
  func `garbage after the end is an issue, and nothing before it is lost`(compression: Compression) throws {
    let member = compression.member(log)
    for garbage in [[0x41], Array("trailing".utf8), [0, 0, 0x41], [UInt8](repeating: 0x41, count: 511)] {
      let reading = try Reading(folder.write(member + garbage, to: "garbage"))
      #expect(reading.bytes == log)
      #expect(reading.names["\(compression.rawValue).trailing-garbage"] == 1)
    }
  }

  @Test(arguments: Compression.compressing)
  func `lines behind the end, and whatever is as long as a block, are data that is missing`(compression: Compression)
    throws
  {
    let member = compression.member(log)
    let line = Array("203.0.113.7 - -\n".utf8)
    for rest in [log, line, [UInt8](repeating: 0x41, count: 512)] {
      let reading = try Reading(folder.write(member + rest, to: "appended"))
      #expect(reading.bytes == log)
      #expect(reading.names == ["\(compression.rawValue).trailing-data": 1])
    }
    let padded = try Reading(folder.write(member + [0, 0, 0, 0] + line, to: "appended"))
    #expect(padded.names["\(compression.rawValue).trailing-data"] == 1)
  }

  @Test(arguments: Compression.compressing, Compression.compressing)
  func `data of another compression behind the end is named`(first: Compression, second: Compression) throws {
    let raw = first.member(log) + second.member(log)
    let reading = try Reading(folder.write(raw, to: "two"))
    let issue = reading.issues.entries["\(first.rawValue).trailing-data"]?.samples.first
    #expect((issue == nil) == (first == second))
    #expect(reading.bytes == (first == second ? log + log : log))
    if let issue { #expect(issue.message.contains("is \(second.rawValue) data; it was not read")) }
  }

  @Test(arguments: Compression.compressing)
  func `zeros after the end are passed over`(compression: Compression) throws {
    let member = compression.member(log)
    for count in [1, 3, 4, 511, 600_000] {
      let zeros = [UInt8](repeating: 0, count: count)
      let path = folder.write(member + zeros, to: "zeros")
      let allowed = compression == .xz && count % 4 == 0
      let expected = allowed ? [:] : ["\(compression.rawValue).trailing-padding": 1]
      #expect(try Reading(path).bytes == log)
      #expect(try Reading(path).names == expected)
      folder.write(member + zeros + member, to: "zeros")
      #expect(try Reading(path).bytes == log + log)
      #expect(try Reading(path).names == expected)
    }
  }

  @Test(arguments: GzipEngine.allCases)
  func `a wrong checksum or length is an issue, and the next member is read`(engine: GzipEngine) throws {
    let member = Compression.gzip.member(log)
    for index in 1...8 {
      var damaged = member
      damaged[damaged.count - index] ^= 0x10
      let reading = try Reading(folder.write(damaged + member, to: "checksum"), gzip: engine)
      #expect(reading.bytes == log + log)
      #expect(reading.names == ["gzip.checksum": 1])
      let sample = reading.issues.entries["gzip.checksum"]?.samples.first
      #expect(sample?.position.offset == 0 && sample?.message.contains("All \(log.count) bytes") == true)
      // In the second member it is from there on.
      let other = try Reading(folder.write(member + damaged, to: "checksum"), gzip: engine)
      #expect(other.issues.entries["gzip.checksum"]?.samples.first?.position.offset == log.count)
    }
  }

  @Test(arguments: Compression.compressing)
  func `no damaged byte crashes, hangs or goes unnoticed`(compression: Compression) throws {
    let raw = compression.member(log)
    var random = SeededGenerator(seed: 23)
    for index in Compression.bytesToTell..<raw.count {
      var damaged = raw
      damaged[index] ^= UInt8.random(in: 1...255, using: &random)
      let path = folder.write(damaged, to: "damaged")
      for engine in compression == .gzip ? GzipEngine.allCases : [.isal] {
        let reading = try Reading(path, gzip: engine)
        // zstd's one-call compressor writes no checksum, so that some damage looks like another text.
        if compression != .zstd { #expect(reading.bytes == log || !reading.names.isEmpty) }
      }
    }
  }

  @Test func `up to the damage, ISA-L gives what zlib gives, whatever the size of the chunks`() throws {
    let log = randomLog(24, lines: 2_500)
    // Two sound blocks and one of the reserved type (RFC 1951 §3.2.3).
    let stored = storedBlock(Array(log[..<60_000])) + storedBlock(Array(log[60_000..<89_995])) + [0xff]
    let raw = Array(Compression.gzip.member([])[..<10]) + stored
    let path = folder.write(raw, to: "damaged")
    for engine in GzipEngine.allCases {
      for size in [500, 4_096, 50_000, 1 << 20] {
        let reading = try Reading(path, limits: ReadLimits(chunkSize: size), gzip: engine)
        #expect(reading.names == ["gzip.corrupt": 1, "line.cut-off": 1])
        let whole = log[..<89_995].lastIndex(of: 10).map { $0 + 1 }
        #expect(reading.bytes.count == whole && log.starts(with: reading.bytes))
        let sample = reading.issues.entries["gzip.corrupt"]?.samples.first
        #expect(sample?.position == SourcePosition(source: 7, offset: 89_995))
      }
    }
  }

  /// Deflate's block without compression, not the last (RFC 1951 §3.2.4).
  private func storedBlock(_ bytes: [UInt8]) -> [UInt8] {
    let (low, high) = (UInt8(bytes.count & 255), UInt8(bytes.count >> 8))
    return [0, low, high, ~low, ~high] + bytes
  }
}
