import AssayIngest
import AssayModel
import TestSupport
import Testing

@Suite struct LineFinderTests {
  let folder = TemporaryFolder()

  @Test(arguments: Compression.allCases)
  func `every line is found again where the reader saw it`(compression: Compression) throws {
    let log = randomLog(41, lines: 100) + Array("last".utf8)
    let file = InputFile(path: folder.write(compression.member(log), to: "log"))
    let lines = slowLines(log)
    let found = try LineFinder.lines(of: file, at: lines.map(\.offset))
    #expect(found == lines.map { Array($0.bytes.last == 10 ? $0.bytes.dropLast() : $0.bytes[...]) })
  }

  @Test(arguments: Compression.allCases)
  func `where no line starts there is nil`(compression: Compression) throws {
    let log = Array("one\n\ntwo\r\nthree".utf8)
    let file = InputFile(path: folder.write(compression.member(log), to: "log"))
    let found = try LineFinder.lines(of: file, at: [0, 0, 1, 3, 4, 5, 6, 10, 14, 15, 99])
    let texts = found.map { $0.map { String(decoding: $0, as: UTF8.self) } }
    #expect(texts == ["one", "one", nil, nil, "", "two\r", nil, "three", nil, nil, nil])
  }

  @Test(arguments: Compression.allCases)
  func `after a byte order mark the first line starts at 3`(compression: Compression) throws {
    let file = InputFile(path: folder.write(compression.member(Array("\u{FEFF}one\ntwo\n".utf8)), to: "log"))
    let found = try LineFinder.lines(of: file, at: [0, 3, 7])
    #expect(found == [nil, Array("one".utf8), Array("two".utf8)])
  }

  @Test(arguments: Compression.allCases)
  func `a long line is cut off`(compression: Compression) throws {
    let long = [UInt8](repeating: 0x61, count: 10_000)
    let file = InputFile(path: folder.write(compression.member(Array("x\n".utf8) + long + [10]), to: "log"))
    #expect(try LineFinder.lines(of: file, at: [0, 2]) == [[0x78], long])
    for longest in [1, 5, 1_023, 1_024, 1_025, 9_999] {
      #expect(try LineFinder.lines(of: file, at: [0, 2], longest: longest) == [[0x78], Array(long[..<longest])])
    }
  }

  @Test func `what cannot be read again gives nil, what is not there an error`() throws {
    #expect(try LineFinder.lines(of: .standardInput, at: [0, 1]) == [nil, nil])
    #expect(throws: AssayError(.noInput, "")) {
      try LineFinder.lines(of: InputFile(path: folder.path("none")), at: [0])
    }
  }
}
