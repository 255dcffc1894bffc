import Foundation
import Glibc
import TestSupport
import Testing

/// How the program behaves between others: pipes, signals, terminals.
@Suite struct StreamTests {
  private let folder = TemporaryFolder()

  private func log(_ count: Int) -> String {
    (0..<count).map { number in
      "203.0.113.\(number % 250) - - [23/Nov/2026:09:00:00 +0000] \"GET /ad/impression?imp=i\(number) HTTP/1.1\" 200 43 "
        + "\"-\" \"Mozilla/5.0 (X11; Linux x86_64) Firefox/145.0\"\n"
    }.joined()
  }

  private func write(_ text: String, _ name: String) -> String { folder.write(Array(text.utf8), to: name) }

  @Test(arguments: ["audit a.log", "audit a.log --json", "detectors", "settings", "--help"])
  func `a reader that goes away is no error`(command: String) throws {
    _ = write(log(2_000), "a.log")
    let outcome = try Program.shell("$ASSAY \(command) | head -1; echo \"${PIPESTATUS[0]}\"", in: folder.path)
    #expect(outcome.messages.isEmpty && outcome.output.hasSuffix("\n0\n"), "\(outcome)")
    let closed = try Program.shell("$ASSAY \(command) >&-", in: folder.path)
    #expect(closed.code == 74 || closed.code == 0)
  }

  @Test func `standard input is an input, compressed or not`() throws {
    let path = write(log(300), "a.log")
    let plain = try Program.run(["audit", "-", "--json"], input: log(300))
    let packed = try Program.shell("gzip -c \(path) | $ASSAY audit - --json")
    #expect(plain.code == 0 && packed.code == 0, "\(plain.messages)\(packed.messages)")
    for output in [plain.output, packed.output] {
      #expect(output.contains("\"gross_impressions\": 300") && output.contains("\"path\": \"-\""))
    }
    let empty = try Program.run(["audit", "-"])
    #expect(empty.code == 66 && empty.messages.contains("empty"), "\(empty.messages)")
    let both = try Program.run(["audit", path, "-", "--json"], input: log(20))
    #expect(both.code == 0 && both.output.contains("\"gross_impressions\": 320"))
    let substituted = try Program.shell("$ASSAY audit <(cat \(path)) --json")
    #expect(substituted.code == 0 && substituted.output.contains("\"gross_impressions\": 300"), "\(substituted)")
  }

  @Test func `colours are for terminals, and whoever wants none gets none`() throws {
    let path = write(log(10), "a.log")
    func output(_ environment: [String: String]) throws -> String {
      try Program.run(["audit", path], environment: environment).output
    }
    #expect(try !output([:]).contains("\u{1b}"))
    #expect(try output(["CLICOLOR_FORCE": "1"]).contains("\u{1b}["))
    #expect(try !output(["CLICOLOR_FORCE": "1", "NO_COLOR": "1"]).contains("\u{1b}"))
    #expect(try output(["CLICOLOR_FORCE": "1", "NO_COLOR": ""]).contains("\u{1b}["), "empty counts as unset")
    let terminal = try Program.shell("script -qec '\(Program.path) audit \(path)' /dev/null < /dev/null")
    #expect(terminal.output.contains("\u{1b}["))
    let none = try Program.shell("NO_COLOR=1 script -qec '\(Program.path) audit \(path)' /dev/null < /dev/null")
    #expect(!none.output.contains("\u{1b}[3"))
  }

  @Test func `an interrupt ends the reading, and the report is about what was read`() throws {
    for (name, arguments) in [
      ("profile told by content", []), ("profile named", ["--profile", "generic", "--log-format", "combined"]),
      ("many workers", ["-j", "3", "--profile", "generic"]),
    ] as [(String, [String])] {
      let output = folder.path("out.json")
      let pipe = folder.path("pipe")
      // Safe because the path is alive during the call.
      #expect(unsafe mkfifo(pipe, 0o600) == 0)
      let outputs = ["csv", "db", "md", "txt"].flatMap { ["-o", folder.path("out.\($0)")] }
      let rows = ["--events", folder.path("rows.ndjson")]
      let running = try Program.start(["audit", pipe, "-o", output, "--json"] + outputs + rows + arguments)
      let writer = try #require(FileHandle(forWritingAtPath: pipe))
      writer.write(Data(log(40).utf8))
      // Given time to read; the pipe stays open, so that only the interrupt can end it.
      Thread.sleep(forTimeInterval: 0.5)
      #expect(running.process.isRunning)
      kill(running.process.processIdentifier, SIGINT)
      let outcome = running.finish()
      #expect(outcome.code == 130, "\(name): \(outcome.messages)")
      #expect(outcome.output.contains("\"gross_impressions\": 40"), "\(name): \(outcome.output.prefix(900))")
      #expect(outcome.messages.contains("stopping") && outcome.messages.contains("Interrupted"))
      #expect(
        folder.names == ["out.csv", "out.db", "out.json", "out.md", "out.txt", "pipe", "rows.ndjson"], "\(name)")
      let written = String(decoding: try Data(contentsOf: URL(filePath: folder.path("rows.ndjson"))), as: UTF8.self)
      #expect(written.split(separator: "\n").count == 40 && written.hasSuffix("}\n"), "\(name)")
      try writer.close()
      for file in folder.names { try FileManager.default.removeItem(atPath: folder.path(file)) }
    }
  }

  @Test func `an interrupt before anything has come leaves an empty report`() throws {
    let pipe = folder.path("pipe")
    // Safe because the path is alive during the call.
    #expect(unsafe mkfifo(pipe, 0o600) == 0)
    let running = try Program.start(["audit", pipe, "--json"])
    Thread.sleep(forTimeInterval: 0.5)
    kill(running.process.processIdentifier, SIGTERM)
    let outcome = running.finish()
    #expect(outcome.code == 130 && outcome.output.contains("\"lines\": 0"), "\(outcome.messages)")
  }
}
