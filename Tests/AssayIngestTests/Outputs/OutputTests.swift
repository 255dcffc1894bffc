import AssayModel
import Glibc
import TestSupport
import Testing

@testable import AssayIngest

@Suite struct OutputTests {
  let folder = TemporaryFolder()

  @Test func `a file appears when it is complete, and not before`() throws {
    let path = folder.path("report.json")
    var file = try AtomicFile(path: path)
    try file.write("one ")
    try file.write([UInt8](repeating: 0x2e, count: 600_000).span)
    #expect(!folder.names.contains("report.json") && folder.names.count == 1)
    try file.write(Array(" two".utf8).span)
    try file.commit()
    #expect(folder.names == ["report.json"])
    let content = try readWholeFile(path)
    #expect(
      content.count == 600_008 && content.starts(with: Array("one ..".utf8))
        && content.suffix(4) == [32, 116, 119, 111])
  }

  @Test func `an uncommitted file leaves nothing, and the old one as it was`() throws {
    let path = folder.write(Array("old".utf8), to: "report")
    do {
      var file = try AtomicFile(path: path)
      try file.write(String(repeating: "new", count: 200_000))
      #expect(folder.names.count == 2)
    }
    #expect(folder.names == ["report"])
    #expect(try readWholeFile(path) == Array("old".utf8))
  }

  @Test func `a replaced file keeps its permissions, and a link its target`() throws {
    let path = folder.write(Array("old".utf8), to: "real")
    // Safe because the paths are alive during the calls.
    #expect(unsafe chmod(path, 0o640) == 0 && symlink("real", folder.path("link")) == 0)
    var file = try AtomicFile(path: folder.path("link"))
    try file.write("new")
    try file.commit()
    #expect(folder.names == ["link", "real"])
    #expect(try readWholeFile(path) == Array("new".utf8))
    #expect(try Descriptor(reading: path).status(path: path).mode == 0o640)
  }

  @Test func `an interrupted run removes what is unfinished`() async {
    // In a process of its own: all unfinished files of the process go.
    await #expect(processExitsWith: .success) {
      let folder = TemporaryFolder()
      var file = try AtomicFile(path: folder.path("report"))
      try file.write("text")
      precondition(folder.names.count == 1)
      AtomicFile.removeUnfinished()
      precondition(folder.names == [])
    }
  }

  @Test func `a full disk is an error, and no file`() throws {
    let error = #expect(throws: AssayError.self) {
      var file = try AtomicFile(path: "/dev/full")
      try file.write("text")
      try file.commit()
    }
    #expect(error?.code == .inputOutput && error?.cause == systemText(ENOSPC))
  }

  @Test func `a folder that is not there, or is no place for a file, is an error`() throws {
    #expect(throws: AssayError(.inputOutput, "")) { _ = try AtomicFile(path: folder.path("none/report")).path }
    #expect(throws: AssayError(.noInput, "")) { _ = try AtomicFile(path: folder.path).path }
  }

  @Test func `a pipe is written directly`() throws {
    let path = folder.path("pipe")
    // Safe because the path is alive during the calls, and the array has room for what is read.
    #expect(unsafe mkfifo(path, 0o600) == 0)
    let reader = unsafe open(path, O_RDWR)
    var file = try AtomicFile(path: path)
    try file.write("through")
    try file.commit()
    var bytes = [UInt8](repeating: 0, count: 7)
    #expect(unsafe read(reader, &bytes, 7) == 7)
    #expect(bytes == Array("through".utf8) && folder.names == ["pipe"])
    close(reader)
  }

  @Test func `a closed pipe is told, and ends nothing`() throws {
    var ends: [Int32] = [0, 0]
    // Safe because the array has room for both ends.
    #expect(unsafe pipe(&ends) == 0)
    close(ends[0])
    #expect(try !writeToStream(Array("text".utf8).span, ends[1], name: "test"))
    close(ends[1])
    // Safe because the path is alive during the call.
    let full = unsafe open("/dev/full", O_WRONLY)
    #expect(throws: AssayError(.inputOutput, "")) { try writeToStream(Array("text".utf8).span, full, name: "test") }
    close(full)
  }

  @Test func `runs come back as they were, in any order and piece by piece`() throws {
    let spill = try SpillFile(directory: folder.path)
    #expect(folder.names == [])
    var random = SeededGenerator(seed: 61)
    var runs: [(extent: SpillExtent, values: [Address])] = []
    for count in [0, 1, 5, 1_000, 3] {
      let values = (0..<count).map { _ in Address(high: random.next(), low: random.next()) }
      runs.append((try spill.append(values.span), values))
    }
    let bytes = try spill.append([1, 2, 3].span as Span<UInt8>)
    #expect(spill.bytes == 1_009 * 16 + 3)
    for run in runs.reversed() {
      var values = [Address.none]
      try spill.read(run.extent, appendingTo: &values)
      #expect(values == [Address.none] + run.values)
    }
    var part: [Address] = []
    try spill.read(SpillExtent(offset: runs[3].extent.offset + 16 * 10, count: 5), appendingTo: &part)
    #expect(part == Array(runs[3].values[10..<15]))
    var small: [UInt8] = []
    try spill.read(bytes, appendingTo: &small)
    #expect(small == [1, 2, 3])
  }

  @Test func `many threads append and read at once`() async throws {
    let spill = try SpillFile(directory: folder.path)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for task in 0..<8 {
        group.addTask {
          for round in 0..<50 {
            let values = [Int](repeating: task * 1_000 + round, count: 100 + round)
            let extent = try spill.append(values.span)
            var back: [Int] = []
            try spill.read(extent, appendingTo: &back)
            #expect(back == values)
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(spill.bytes == 8 * (0..<50).reduce(0) { $0 + 8 * (100 + $1) })
  }

  @Test func `reading what was never written is an error, and leaves the array`() throws {
    let spill = try SpillFile(directory: folder.path)
    var values: [UInt64] = [7]
    #expect(throws: AssayError(.inputOutput, "")) {
      try spill.read(SpillExtent(offset: 0, count: 1), appendingTo: &values)
    }
    #expect(values == [7])
    #expect(throws: AssayError(.noInput, "")) { try SpillFile(directory: folder.path("none")) }
  }

  @Test func `what is no file is told without opening it`() {
    let pipe = folder.path("pipe")
    // Safe because the path is alive during the call.
    #expect(unsafe mkfifo(pipe, 0o600) == 0)
    #expect(AtomicFile.isDirect(pipe) && AtomicFile.isDirect("/dev/null") && AtomicFile.isDirect(folder.path))
    #expect(!AtomicFile.isDirect(folder.path("none")) && !AtomicFile.isDirect(folder.write([1], to: "file")))
  }

  // Vectors of FIPS 180-4 (NIST, "Examples with Intermediate Values").
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
  ])
  func `SHA-256 is that of the standard, whole and in pieces`(text: String, expected: String) {
    let bytes = Array(text.utf8)
    #expect(sha256(of: bytes.span) == expected)
    var hash = SHA256Hash()
    for byte in bytes { hash.update([byte].span) }
    let inPieces = hash.hexadecimal()
    #expect(inPieces == expected)
  }
}
