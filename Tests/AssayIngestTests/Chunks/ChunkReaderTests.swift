import AssayModel
import Glibc
import TestSupport
import Testing

@testable import AssayIngest

@Suite struct ChunkReaderTests {
  let folder = TemporaryFolder()

  @Test(arguments: Compression.allCases)
  func `lines are the same for every size of the chunks`(compression: Compression) throws {
    let log = randomLog(1, lines: 40) + Array("no newline at the end".utf8)
    let path = folder.write(compression.member(log), to: "log")
    let expected = slowLines(log)
    for size in Array(1...20) + [100, 255, 1_000, 4_096, log.count - 1, log.count, log.count + 1, 1 << 20] {
      let reading = try Reading(path, limits: ReadLimits(chunkSize: size))
      #expect(reading.lines == expected.map(\.bytes))
      #expect(reading.offsets == expected.map(\.offset))
      #expect(reading.issues == IssueLog() && reading.skipped == [])
    }
  }

  @Test(arguments: [
    "", "\n", "\n\n\n", "a", "a\n", "a\nb", "\na", "\r\n", "a\r\nb\r\n", "\u{FEFF}", "\u{FEFF}a\nb\n", "\u{FEFF}\n",
    "a\u{FEFF}\n", "\u{FEFF}\u{FEFF}a\n",
  ])
  func `small files give their lines and lose only a byte order mark`(text: String) throws {
    let bytes = Array(text.utf8)
    let mark = text.unicodeScalars.first == "\u{FEFF}" ? 3 : 0
    for compression in Compression.allCases {
      let path = folder.write(compression.member(bytes), to: "small")
      for size in [1, 2, 3, 4, 5, 1_000] {
        let reading = try Reading(path, limits: ReadLimits(chunkSize: size))
        #expect(reading.bytes == Array(bytes.dropFirst(mark)))
        #expect(reading.offsets == slowLines(Array(bytes.dropFirst(mark))).map { $0.offset + mark })
        #expect(reading.issues == IssueLog())
      }
    }
  }

  @Test func `a line over the limit is left out, and what is around it stays where it is`() throws {
    let long = [UInt8](repeating: 0x78, count: 21)
    let parts: [[UInt8]] = [
      Array("before\n".utf8), long + [10], Array("between\n".utf8), long + long + [10], long + [10],
      Array("twenty bytes exactly\n".utf8), Array("after\n".utf8),
    ]
    let log = parts.flatMap { $0 }
    for compression in Compression.allCases {
      let path = folder.write(compression.member(log), to: "long")
      for size in Array(1...50) + [1_000] {
        let reading = try Reading(path, limits: ReadLimits(chunkSize: size, longestLine: 20))
        #expect(reading.lines == [parts[0], parts[2], parts[5], parts[6]])
        #expect(reading.offsets == [0, 29, 102, 123])
        #expect(reading.skipped == [7, 37, 80])
        #expect(reading.names == ["line.too-long": 3] && reading.issues.lines == 3)
      }
    }
    let sample = try Reading(folder.path("long"), limits: ReadLimits(longestLine: 20)).issues.entries["line.too-long"]
    #expect(sample?.samples.map(\.position.offset) == [7, 37, 80])
    #expect(sample?.samples.map(\.position.source) == [7, 7, 7])
    #expect(sample?.samples[1].message.contains("42 bytes") == true)
  }

  @Test(arguments: [19, 20, 21, 22, 40, 41, 42, 100])
  func `a last line without newline obeys the limit too`(length: Int) throws {
    let last = [UInt8](repeating: 0x79, count: length)
    let path = folder.write(Array("one\n".utf8) + last, to: "last")
    for size in [1, 5, 21, 1_000] {
      let reading = try Reading(path, limits: ReadLimits(chunkSize: size, longestLine: 20))
      #expect(reading.lines == [Array("one\n".utf8)] + (length > 20 ? [] : [last]))
      #expect(reading.skipped == (length > 20 ? [4] : []))
    }
  }

  @Test(arguments: [11, 12, 13, 14] as [UInt64])
  func `with long lines at random the twin agrees`(seed: UInt64) throws {
    let log = randomLog(seed, lines: 200)
    let path = folder.write(log, to: "random")
    let (short, long) = (
      slowLines(log).filter { lineLength($0.bytes) <= 40 }, slowLines(log).filter { lineLength($0.bytes) > 40 }
    )
    #expect(!long.isEmpty)
    for size in [1, 10, 41, 64, 5_000] {
      let reading = try Reading(path, limits: ReadLimits(chunkSize: size, longestLine: 40))
      #expect(reading.lines == short.map(\.bytes) && reading.offsets == short.map(\.offset))
      #expect(reading.skipped == long.map(\.offset))
    }
  }

  private func lineLength(_ line: [UInt8]) -> Int { line.last == 10 ? line.count - 1 : line.count }

  @Test func `a line over the limit is never in memory as a whole`() throws {
    let path = folder.write([UInt8](repeating: 0x7a, count: 3 << 20) + Array("\nend\n".utf8), to: "huge")
    var reader = try ChunkReader(InputFile(path: path), source: 0)
    var chunk = Chunk()
    #expect(try reader.next(into: &chunk))
    #expect(chunk.bytes == Array("end\n".utf8) && chunk.offset == 3 << 20 + 1)
    #expect(chunk.bytes.capacity <= 3 << 20)
    #expect(reader.skippedLines == [0])
  }

  @Test func `the storage of a chunk is used again`() throws {
    let path = folder.write(randomLog(3, lines: 4_000), to: "steady")
    var reader = try ChunkReader(InputFile(path: path), source: 0, limits: ReadLimits(chunkSize: 4_096))
    var chunk = Chunk()
    #expect(try reader.next(into: &chunk))
    // Safe because the addresses are only compared.
    let first = unsafe chunk.bytes.withUnsafeBufferPointer { UInt(bitPattern: $0.baseAddress) }
    while try reader.next(into: &chunk) {
      let again = unsafe chunk.bytes.withUnsafeBufferPointer { UInt(bitPattern: $0.baseAddress) }
      #expect(again == first)
    }
  }

  @Test func `hash and counts are of the file as it lies there`() throws {
    let log = randomLog(5, lines: 100)
    for compression in Compression.allCases {
      let raw = compression.member(log)
      let path = folder.write(raw, to: "hashed")
      let reading = try Reading(path)
      #expect(reading.sha256 == sha256(of: raw.span))
      #expect(reading.rawBytes == raw.count)
      #expect(try Reading(path, hashing: false).sha256 == "")
      let reader = try ChunkReader(InputFile(path: path), source: 0)
      #expect(reader.totalBytes == raw.count && reader.compression == compression && reader.sha256 == "")
    }
  }

  @Test func `the hash is of the whole file also where decoding stops early`() throws {
    let raw = Compression.gzip.member(randomLog(6, lines: 10)) + [UInt8](repeating: 0x41, count: 1 << 20)
    let reading = try Reading(folder.write(raw, to: "garbage"))
    #expect(reading.sha256 == sha256(of: raw.span) && reading.rawBytes == raw.count)
  }

  @Test func `a file that expands too much is stopped, and counted as far as it was read`() throws {
    let bomb = Array(repeatElement(Array("the same line again and again\n".utf8), count: 4_000).joined())
    for compression in Compression.compressing {
      let path = folder.write(compression.member(bomb), to: "bomb")
      let limits = ReadLimits(chunkSize: 1_000, largestExpansion: 50, expansionGrace: 10_000)
      let reading = try Reading(path, limits: limits)
      #expect(reading.names.filter { $0.key != "line.cut-off" } == ["input.too-much-expansion": 1])
      #expect(reading.bytes.count > 10_000 && reading.bytes.count < bomb.count)
      for free in [ReadLimits(largestExpansion: 0, expansionGrace: 0), ReadLimits(largestExpansion: 50)] {
        #expect(try Reading(path, limits: free).bytes == bomb)
      }
    }
  }

  @Test func `a bomb as dense as deflate can make it is stopped behind its first GiB`() throws {
    // Members of 16 MiB of blank lines, 1,028 times their size, about as much as deflate can: 1.25 GiB in 1.3 MB.
    let member = Compression.gzip.member([UInt8](repeating: 10, count: 16 << 20))
    let path = folder.write(Array(repeatElement(member, count: 80).joined()), to: "bomb.gz")
    #expect((16 << 20) / member.count > ReadLimits.standardExpansion)
    var reader = try ChunkReader(InputFile(path: path), source: 0)
    var chunk = Chunk()
    var count = 0
    while try reader.next(into: &chunk) { count += chunk.bytes.count }
    #expect(reader.issues.entries["input.too-much-expansion"]?.count == 1)
    #expect(count > 1 << 30 && count < 1 << 30 + 1 << 20)
  }

  @Test func `a source over the largest size is cut there`() throws {
    let log = randomLog(8, lines: 100)
    for compression in Compression.allCases {
      let path = folder.write(compression.member(log), to: "large")
      for size in [10, 1_000, 100_000] {
        let reading = try Reading(path, limits: ReadLimits(chunkSize: size, largestSource: 777))
        let whole = log[..<777].lastIndex(of: 10).map { $0 + 1 } ?? 0
        #expect(reading.bytes == Array(log[..<whole]) && whole < 777)
        #expect(reading.names == ["input.too-large": 1, "line.cut-off": 1])
        #expect(try Reading(path, limits: ReadLimits(chunkSize: size, largestSource: log.count)).issues == IssueLog())
      }
    }
  }

  @Test func `a file that grows while it is read is an issue`() throws {
    let path = folder.write(randomLog(9, lines: 10), to: "growing")
    var reader = try ChunkReader(InputFile(path: path), source: 0)
    folder.write(randomLog(9, lines: 20), to: "growing")
    var chunk = Chunk()
    while try reader.next(into: &chunk) {}
    #expect(reader.issues.entries["input.changed-while-read"]?.count == 1)
  }

  @Test func `bytes with a NUL are not text`() {
    func looksBinary(_ bytes: [UInt8]) -> Bool { ChunkReader.looksBinary(bytes.span) }
    #expect(!looksBinary([]))
    #expect(!looksBinary(Array("GET / \u{1}\u{7f}é\n".utf8)))
    #expect(looksBinary([0x47, 0x00, 0x45, 0x00]))
  }

  @Test func `what cannot be read says so with the right code`() throws {
    #expect(throws: AssayError(.noInput, "")) { try Reading(folder.path("missing")) }
    #expect(throws: AssayError(.noInput, "")) { try Reading(folder.path) }
    // Reading memory from address 0 is the one read that Linux always refuses.
    let error = #expect(throws: AssayError.self) { try Reading("/proc/self/mem") }
    #expect(error?.code == .inputOutput && error?.location?.source == "/proc/self/mem")
  }

  @Test func `a pipe is read to its end, without hash and size`() throws {
    let path = folder.path("pipe")
    // Safe because the path is alive during the call.
    #expect(unsafe mkfifo(path, 0o600) == 0)
    // A pipe opened for both does not wait for the other side.
    let writer = unsafe open(path, O_RDWR)
    let log = Compression.gzip.member(Array("one\ntwo\n".utf8))
    #expect(unsafe write(writer, log, log.count) == log.count)
    var reader = try ChunkReader(InputFile(path: path), source: 0)
    close(writer)
    var chunk = Chunk()
    #expect(try reader.next(into: &chunk))
    #expect(chunk.bytes == Array("one\ntwo\n".utf8))
    #expect(try !reader.next(into: &chunk))
    #expect(reader.totalBytes == nil && reader.sha256 == "" && reader.rawBytes == log.count)
  }
}
