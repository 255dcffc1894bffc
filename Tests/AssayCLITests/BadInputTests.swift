import Foundation
import Glibc
import TestSupport
import Testing

/// What is no log, or not the one that was meant: a clear sentence, the documented exit code, and of each output file all
/// or nothing.
@Suite struct BadInputTests {
  private let folder = TemporaryFolder()

  /// Every form of output.
  private static let outputs = ["a.csv", "a.db", "a.json", "a.md", "a.txt", "rows.csv", "rows.ndjson"]
  private static let reports = outputs.filter { $0.hasPrefix("a") }

  private static let log: String = (0..<200).map { number in
    "203.0.113.\(number % 250) - - [23/Nov/2026:09:00:00 +0000] \"GET /ad/impression?imp=i\(number)&cid=c HTTP/1.1\" 200 "
      + "43 \"-\" \"Mozilla/5.0 (X11; Linux x86_64) Firefox/145.0\"\n"
  }.joined()

  /// Audits quietly into every form of output; rows have one form a run.
  private func audit(_ input: String, _ flags: [String] = [], rows: String = "rows.ndjson") throws -> Program.Outcome {
    let reports = Self.reports.flatMap { ["-o", $0] }
    return try Program.run(["audit", input, "--quiet"] + reports + ["--events", rows] + flags, in: folder.path)
  }

  /// Which outputs there are; what is there must be whole.
  private func written() throws -> [String] {
    #expect(!folder.names.contains { $0.hasPrefix(".") }, "nothing unfinished is left: \(folder.names)")
    for name in folder.names where Self.outputs.contains(name) {
      let data = try Data(contentsOf: URL(filePath: folder.path(name)))
      switch name {
      case "a.json": #expect(try JSONSerialization.jsonObject(with: data) is [String: Any])
      case "a.db":
        let whole = try Program.run(["report", name, "-o", "again.json"], in: folder.path)
        #expect(whole.code == 0, "\(whole.messages)")
        #expect(try Data(contentsOf: URL(filePath: folder.path("again.json"))).starts(with: Data("{".utf8)))
        try FileManager.default.removeItem(atPath: folder.path("again.json"))
      case "rows.ndjson": #expect(data.isEmpty || data.suffix(2) == Data("}\n".utf8))
      default: #expect(data.suffix(1) == Data("\n".utf8), "\(name)")
      }
    }
    return folder.names.filter(Self.outputs.contains)
  }

  private static let all = ["a.csv", "a.db", "a.json", "a.md", "a.txt", "rows.ndjson"]

  /// An input, and what becomes of it.
  struct Case: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var bytes: [UInt8]
    var flags: [String] = []
    var code: Int32
    var sentence: String
    var isWritten: Bool
  }

  private static let packed = gzipped(Array(log.utf8))

  static let cases: [Case] = {
    var random = SeededGenerator(seed: 3)
    return [
      Case(testDescription: "empty", bytes: [], code: 66, sentence: "is empty", isWritten: false),
      Case(
        testDescription: "empty once it is decompressed", bytes: gzipped([]), code: 66, sentence: "is empty",
        isWritten: false),
      Case(
        testDescription: "blank lines", bytes: Array("\n\n\n".utf8), code: 0, sentence: "Nothing to judge",
        isWritten: true),
      Case(
        testDescription: "binary", bytes: (0..<50_000).map { _ in UInt8(truncatingIfNeeded: random.next()) }, code: 65,
        sentence: "lines could not be read", isWritten: true),
      Case(
        testDescription: "zero bytes", bytes: [UInt8](repeating: 0, count: 10_000), code: 65,
        sentence: "1 of 1 lines could not be read", isWritten: true),
      Case(
        testDescription: "gzip data in gzip data", bytes: gzipped(packed), code: 65, sentence: "could not be read",
        isWritten: true),
      Case(
        testDescription: "lines that end with a carriage return", bytes: Array(log.replacing("\n", with: "\r").utf8),
        code: 65, sentence: "1 of 1 lines could not be read", isWritten: true),
      Case(
        testDescription: "such lines beyond the longest line",
        bytes: Array(String(repeating: log.replacing("\n", with: "\r"), count: 60).utf8), code: 65,
        sentence: "1 of 1 lines could not be read", isWritten: true),
      Case(
        testDescription: "plain, cut in the middle of a line", bytes: Array(log.utf8.prefix(3_000)), code: 0,
        sentence: "", isWritten: true),
      Case(
        testDescription: "gzip, cut in the middle", bytes: Array(packed.prefix(packed.count / 2)), code: 0,
        sentence: "input: The file ends at byte \(packed.count / 2), in the middle of the gzip data", isWritten: true),
      Case(
        testDescription: "gzip, a wrong checksum",
        bytes: packed.prefix(packed.count - 8) + [0, 0, 0, 0] + packed.suffix(4), code: 0,
        sentence: "(gzip.checksum)", isWritten: true),
      Case(
        testDescription: "gzip, with lines appended that are not compressed", bytes: packed + Array(log.utf8), code: 0,
        sentence: "(gzip.trailing-data)", isWritten: true),
      Case(
        testDescription: "gzip, cut in its first bytes", bytes: Array(packed.prefix(12)), code: 65,
        sentence: "The file ends at byte 12, in the middle of the gzip data", isWritten: false),
      Case(
        testDescription: "the profile of another ad server", bytes: Array(log.utf8), flags: ["--profile", "cm360"],
        code: 0, sentence: "another profile is needed", isWritten: true),
      Case(
        testDescription: "nothing that --fail-on can be held against", bytes: Array(log.utf8),
        flags: ["--profile", "cm360", "--fail-on", "10%"], code: 65, sentence: "--fail-on has nothing", isWritten: true),
      Case(
        testDescription: "the format of another server", bytes: Array(log.utf8), flags: ["--log-format", "caddy"],
        code: 65, sentence: "200 of 200 lines could not be read", isWritten: true),
      Case(
        testDescription: "a profile that is none", bytes: Array(log.utf8), flags: ["--profile", "generik"], code: 78,
        sentence: "generic", isWritten: false),
    ]
  }()

  @Test(arguments: cases) func `a sentence, a code, and whole files or none`(input: Case) throws {
    folder.write(input.bytes, to: "input")
    let outcome = try audit("input", input.flags)
    #expect(outcome.code == input.code, "\(outcome.messages)")
    #expect(outcome.output.isEmpty)
    if input.sentence.isEmpty {
      #expect(outcome.messages.isEmpty, "\(outcome.messages)")
    } else {
      #expect(outcome.messages.hasPrefix("assay: ") && outcome.messages.contains(input.sentence), "\(outcome.messages)")
      let lines = input.flags.contains("--fail-on") ? 2 : 1
      #expect(outcome.messages.split(separator: "\n").count == lines, "\(outcome.messages)")
    }
    #expect(try written() == (input.isWritten ? Self.all : []))
  }

  @Test func `an archive is no log, though its lines would fit`() throws {
    folder.write(Array(Self.log.utf8), to: "access.log")
    for (name, command) in [("a.tar", "tar -cf"), ("a.tar.gz", "tar -czf")] {
      #expect(try Program.shell("\(command) \(name) access.log", in: folder.path).code == 0)
      for flags in [[], ["--log-format", "combined"]] {
        let outcome = try Program.run(["audit", name, "--json"] + flags, in: folder.path)
        #expect(outcome.code == 65 && outcome.output.contains("\"input.archive\""), "\(outcome.messages)")
        #expect(outcome.output.contains("tar -xOf FILE | assay audit -") && !outcome.output.contains("\"combined\""))
      }
      let told = try Program.run(["detect-format", name], in: folder.path)
      #expect(told.code == 65 && told.messages.contains("This is a tar archive"), "\(told)")
      let piped = try Program.shell("tar -xOf \(name) | $ASSAY audit - --quiet --json", in: folder.path)
      #expect(piped.code == 0 && piped.output.contains("\"combined\""), "\(piped.messages)")
    }
  }

  @Test func `a folder's file by several names, and standard input, are counted once`() throws {
    folder.write(Array(Self.log.utf8), to: "access.log")
    func lines(_ command: String) throws -> (lines: Int?, issue: Bool) {
      let outcome = try Program.shell("\(command) --quiet --json", in: folder.path)
      #expect(outcome.code == 0, "\(outcome.messages)")
      let object = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
      return ((object?["totals"] as? [String: Any])?["lines"] as? Int, outcome.output.contains("\"input.same-file\""))
    }
    #expect(try lines("$ASSAY audit access.log") == (200, false))
    #expect(try lines("$ASSAY audit access.log ./access.log") == (200, true))
    #expect(try lines("ln access.log b.log; ln -s access.log c.log; $ASSAY audit .") == (200, true))
    #expect(try lines("rm b.log c.log; $ASSAY audit - access.log < access.log") == (200, true))
    #expect(try lines("cat access.log | $ASSAY audit - -") == (200, false))
    #expect(try lines("$ASSAY audit access.log access.log") == (200, false))
    #expect(try lines("cat access.log | $ASSAY audit - /dev/stdin") == (200, true))
    #expect(try lines("$ASSAY audit /dev/stdin < access.log") == (200, false))
    #expect(try lines("mkfifo pipe; cat access.log > pipe & $ASSAY audit pipe") == (200, false))
  }

  @Test func `a link to nothing and a pipe that lies in a folder are left out by name`() throws {
    folder.write(Array(Self.log.utf8), to: "logs/access.log")
    folder.write(Array(Self.log.utf8), to: "logs/.dot.log")
    let outcome = try Program.shell(
      "cd logs && ln -s gone b.log && mkfifo pipe && cd .. && $ASSAY audit logs 'logs/b*' -q --json", in: folder.path)
    #expect(outcome.code == 0, "\(outcome.messages)")
    let lines = outcome.messages.split(separator: "\n")
    #expect(lines.count == 2 && lines.allSatisfy { $0.contains(": left out. It is a ") }, "\(outcome.messages)")
    #expect(lines.first?.contains("logs/b.log") == true && lines.last?.contains("logs/pipe") == true)
    let object = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
    let leftOut = object?["inputs_left_out"] as? [[String: Any]]
    #expect(leftOut?.map { $0["name"] as? String } == ["input.dangling-link", "input.no-file"])
    #expect((object?["totals"] as? [String: Any])?["lines"] as? Int == 200)
  }

  @Test func `a name that is not UTF-8 is told by its folder, and nothing is read`() throws {
    folder.write(Array(Self.log.utf8), to: "logs/access.log")
    let outcome = try Program.shell("cp logs/access.log $'logs/\\xff.log'; $ASSAY audit logs", in: folder.path)
    #expect(outcome.code == 66 && outcome.output.isEmpty && outcome.messages.contains("not UTF-8"), "\(outcome)")
  }

  @Test func `what was cut gives its whole lines, and says where it broke`() throws {
    folder.write(Array(Self.packed.prefix(Self.packed.count / 2)), to: "input")
    let outcome = try Program.run(["audit", "input", "--json"], in: folder.path)
    #expect(outcome.code == 0 && outcome.output.contains("\"gzip.truncated\""), "\(outcome.messages)")
    #expect(outcome.messages.contains("(gzip.truncated)"))
    let readable = try Program.run(["audit", "input"], in: folder.path)
    #expect(readable.output.contains("gzip.truncated"), "the report to read says it too")
  }

  @Test func `files in a folder that may not be read are all named, and nothing is written`() throws {
    folder.write(Array(Self.log.utf8), to: "open.log")
    let secret = folder.write(Array(Self.log.utf8), to: "secret.log")
    let hidden = folder.write(Array(Self.log.utf8), to: "sub/hidden.log")
    folder.write(Array(Self.log.utf8), to: "closed/a.log")
    // Safe because the paths are alive during the calls.
    #expect(unsafe chmod(secret, 0) == 0 && chmod(hidden, 0) == 0 && chmod(folder.path, 0o777) == 0)
    #expect(unsafe chmod(folder.path("closed"), 0) == 0)
    // Safe as above; so that the folder can be removed.
    defer { _ = unsafe chmod(folder.path("closed"), 0o755) }
    // Root may do everything, so the program is run as somebody else, from where everybody may run it.
    var program = "$ASSAY"
    if geteuid() == 0 {
      let copies = TemporaryFolder()
      try FileManager.default.copyItem(atPath: Program.path, toPath: copies.path("assay"))
      #expect(unsafe chmod(copies.path, 0o755) == 0)
      program = "setpriv --reuid 65534 --clear-groups \(copies.path("assay"))"
      let outcome = try Program.shell("\(program) audit . --quiet \(everyOutput)", in: folder.path)
      try expectRefused(outcome)
    } else {
      try expectRefused(Program.shell("\(program) audit . --quiet \(everyOutput)", in: folder.path))
    }
  }

  private var everyOutput: String { Self.reports.map { "-o \($0) " }.joined() + "--events rows.ndjson" }

  private func expectRefused(_ outcome: Program.Outcome) throws {
    #expect(outcome.code == 77 && outcome.messages.contains("3 inputs cannot be read"), "\(outcome)")
    for name in ["./closed ", "./secret.log ", "./sub/hidden.log "] { #expect(outcome.messages.contains(name)) }
    #expect(try written() == [])
  }

  @Test(arguments: outputs.filter { $0 != "a.db" })
  func `a pipe whose reader has gone is said to be so, and no other file appears`(name: String) throws {
    folder.write(Array(Self.log.utf8), to: "input")
    let option = name.hasPrefix("rows") ? "--events" : "-o"
    let outcome = try Program.shell(
      "mkfifo \(name); (: < \(name)) & $ASSAY audit input --quiet \(option) \(name) -o other.db", in: folder.path)
    #expect(outcome.code == 74, "\(outcome.code) \(outcome.messages)")
    #expect(outcome.messages.contains(name) && outcome.messages.contains("Broken pipe"), "\(outcome.messages)")
    #expect(!folder.names.contains { $0.hasPrefix(".") })
    if option == "--events" { #expect(!folder.names.contains("other.db")) }
  }

  @Test func `a results file cannot be a pipe`() throws {
    folder.write(Array(Self.log.utf8), to: "input")
    let outcome = try Program.shell("mkfifo a.db; $ASSAY audit input --quiet -o a.db -o a.json", in: folder.path)
    #expect(outcome.code == 74 && outcome.messages.contains("cannot be a device or a pipe"), "\(outcome)")
    #expect(folder.names == ["a.db", "input"])
  }

  @Test func `a full disk under rows leaves no other file either`() throws {
    folder.write(Array(Self.log.utf8), to: "input")
    try FileManager.default.createSymbolicLink(
      atPath: folder.path("rows.ndjson"), withDestinationPath: "/dev/full")
    let outcome = try audit("input")
    #expect(outcome.code == 74 && outcome.messages.contains("No space left on device"), "\(outcome.messages)")
    #expect(folder.names == ["input", "rows.ndjson"])
  }

  @Test func `a second interrupt ends at once, and what is there is whole`() throws {
    let pipe = folder.path("input")
    // Safe because the path is alive during the call.
    #expect(unsafe mkfifo(pipe, 0o600) == 0)
    let reports = Self.reports.flatMap { ["-o", $0] }
    let running = try Program.start(
      ["audit", "input", "--quiet"] + reports + ["--events", "rows.ndjson"], in: folder.path)
    let writer = try #require(FileHandle(forWritingAtPath: pipe))
    writer.write(Data(Self.log.utf8))
    Thread.sleep(forTimeInterval: 0.5)
    #expect(running.process.isRunning)
    for _ in 0..<3 { kill(running.process.processIdentifier, SIGINT) }
    let outcome = running.finish()
    try writer.close()
    #expect(outcome.code == 130, "\(outcome.messages)")
    _ = try written()
  }
}
