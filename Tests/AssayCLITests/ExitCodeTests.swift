import Foundation
import Glibc
import TestSupport
import Testing

/// A line of a combined log with an impression.
private func impression(_ number: Int, agent: String = "Mozilla/5.0 (X11; Linux x86_64) Firefox/145.0") -> String {
  "203.0.113.\(number % 250) - - [23/Nov/2026:09:00:00 +0000] \"GET /ad/impression?imp=i\(number)&cid=c HTTP/1.1\" "
    + "200 43 \"-\" \"\(agent)\"\n"
}

private func log(_ count: Int) -> String { (0..<count).map { impression($0) }.joined() }

/// Every row of the table of exit codes, with data on standard output and messages on standard error.
@Suite struct ExitCodeTests {
  private let folder = TemporaryFolder()

  private func write(_ text: String, _ name: String) -> String { folder.write(Array(text.utf8), to: name) }

  private func run(_ arguments: String..., input: String = "") throws -> Program.Outcome {
    try Program.run(arguments, input: input, in: folder.path)
  }

  @Test func `0: done, and the report stands on standard output alone`() throws {
    let path = write(log(50), "a.log")
    let outcome = try run("audit", path)
    #expect(outcome.code == 0 && outcome.messages.isEmpty, "\(outcome.messages)")
    #expect(outcome.output.contains("50"))
    let quiet = try run("audit", path, "--quiet", "-o", folder.path("a.json"), "-o", folder.path("a.db"))
    #expect(quiet.code == 0 && quiet.output.isEmpty && quiet.messages.isEmpty)
    #expect(folder.names == ["a.db", "a.json", "a.log"])
    let json = try run("audit", path, "--json")
    #expect(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) is [String: Any])
    #expect(json.output == String(decoding: try Data(contentsOf: URL(filePath: folder.path("a.json"))), as: UTF8.self))
  }

  @Test func `2: the share of invalid traffic is reached`() throws {
    let robot = impression(1, agent: "Googlebot/2.1 (+http://www.google.com/bot.html)")
    let path = write(log(9) + robot, "a.log")
    #expect(try run("audit", path, "--fail-on", "10%").code == 2)
    #expect(try run("audit", path, "--fail-on", "0.1").code == 2)
    let below = try run("audit", path, "--fail-on", "11%")
    #expect(below.code == 0)
    let reached = try run("audit", path, "--fail-on", "5%", "--json")
    #expect(reached.code == 2 && reached.output.hasPrefix("{"), "the report is written all the same")
  }

  @Test func `workers may stand right behind their letter`() throws {
    for form in [["-j1"], ["-j", "1"], ["-j=1"], ["--jobs=1"], ["--jobs", "1"]] {
      let outcome = try Program.run(["settings"] + form)
      #expect(outcome.code == 0 && outcome.output.contains("\njobs: 1 "), "\(form) \(outcome.messages)")
    }
    #expect(try Program.run(["settings", "-jmany"]).code == 78)
  }

  @Test func `3: nothing is stored about it`() throws {
    let robot = impression(1, agent: "Googlebot/2.1 (+http://www.google.com/bot.html)")
    let path = write(log(9) + robot, "a.log")
    #expect(try run("audit", path, "-q", "-o", folder.path("a.db")).code == 0)
    for id in ["192.0.2.1", "campaign=none", "none", "0:0", "0123456789abcdef"] {
      let outcome = try run("explain", folder.path("a.db"), id)
      #expect(outcome.code == 3 && outcome.output.isEmpty, "\(outcome)")
      #expect(outcome.messages.contains("Nothing is stored about \(id)"), "\(outcome.messages)")
    }
    let none = try run("explain", folder.path("a.db"), "203.0.113.1", "--limit", "0")
    #expect(none.code == 0 && !none.output.contains("Nothing"), "\(none)")
  }

  @Test func `a variable that sets nothing is told, and fails nothing`() throws {
    let path = write(log(3), "a.log")
    let outcome = try Program.run(["audit", path, "-q"], environment: ["ASSAY_JOBZ": "2"])
    #expect(outcome.code == 0 && outcome.messages.contains("Did you mean ASSAY_JOBS?"), "\(outcome)")
  }

  @Test(arguments: [
    [], ["audit"], ["audit", "--no-such-flag", "x"], ["no-such-command"], ["audit", "a.log", "--fail-on", "ten"],
    ["audit", "a.log", "-o", "report.xyz"], ["audit", "a.log", "--events", "rows.xml"],
    ["audit", "a.log", "--addresses", "none"], ["audit", "a.log", "--set", "jobs"],
    ["audit", "a.log", "-o", "a.db", "-o", "b.db"], ["simulate", "no-such-scenario", "-o", "x"],
    ["simulate", "tiny,evnts=3", "-o", "x"], ["detectors", "no-such-detector"], ["profiles", "show", "a", "b"],
    ["explain", "a.db"], ["evaluate", "a.db"], ["explain", "a.db", "x", "--limit", "many"],
  ])
  func `64: the command line is wrong`(arguments: [String]) throws {
    _ = write(log(1), "a.log")
    let outcome = try Program.run(arguments, in: folder.path)
    if arguments.isEmpty {
      // Alone, the program says what it can do.
      #expect(outcome.code == 0 && outcome.output.contains("audit"))
      return
    }
    #expect(outcome.code == 64, "\(outcome.messages)")
    #expect(outcome.output.isEmpty && !outcome.messages.isEmpty)
    #expect(folder.names == ["a.log"], "nothing is left over")
  }

  @Test func `65: too much of the input cannot be read, and the report says what could`() throws {
    let path = write(log(2) + "x\ny\nz\n", "a.log")
    let outcome = try run("audit", path, "--json")
    #expect(outcome.code == 65 && outcome.output.hasPrefix("{"))
    #expect(outcome.messages.contains("3 of 5 lines could not be read"), "\(outcome.messages)")
    #expect(try run("explain", path, "x").code == 65, "no results file")
  }

  @Test(arguments: [
    ["audit", "missing.log"], ["audit", "none-*.log"], ["audit", "bare"], ["audit", "empty.log"],
    ["audit", "a.log", "--settings", "missing.yaml"], ["audit", "a.log", "--lists", "missing"],
    ["report", "missing.db"],
    ["explain", "missing.db", "x"], ["evaluate", "missing.db", "--labels", "a.log"], ["detect-format", "missing.log"],
  ])
  func `66: something that is named is not there`(arguments: [String]) throws {
    _ = write(log(1), "a.log")
    _ = write("", "empty.log")
    folder.makeFolder("bare")
    let outcome = try Program.run(arguments, in: folder.path)
    #expect(outcome.code == 66, "\(outcome.code) \(outcome.messages)")
    #expect(outcome.output.isEmpty && outcome.messages.hasPrefix("assay: "))
    #expect(folder.names == ["a.log", "bare", "empty.log"], "nothing is left over")
  }

  @Test(arguments: ["nowhere/a.json", "nowhere/a.db"])
  func `74: there is no folder for what is to be written`(output: String) throws {
    _ = write(log(1), "a.log")
    let outcome = try Program.run(["audit", "a.log", "-o", output], in: folder.path)
    #expect(outcome.code == 74, "\(outcome.code) \(outcome.messages)")
    #expect(folder.names == ["a.log"], "nothing is left over")
  }

  @Test(arguments: ["json", "csv", "md", "txt"]) func `74: the disk is full, and no part of a report stays`(
    form: String
  )
    throws
  {
    // A link to the device that is always full is written as it comes.
    let path = write(log(3), "a.log")
    try FileManager.default.createSymbolicLink(atPath: folder.path("full.\(form)"), withDestinationPath: "/dev/full")
    let outcome = try run("audit", path, "--quiet", "-o", folder.path("full.\(form)"))
    #expect(outcome.code == 74, "\(outcome.messages)")
    #expect(outcome.messages.contains("No space left on device"), "\(outcome.messages)")
    #expect(folder.names == ["a.log", "full.\(form)"])
    let shown = try Program.shell("$ASSAY audit \(path) > /dev/full")
    #expect(shown.code == 74 && shown.messages.contains("standard output"), "\(shown.messages)")
  }

  @Test func `74: a file system that fills up leaves the old report, whole`() throws {
    // A limit on the size of files stands for a full disk: it needs no right to mount one.
    let path = write(log(3), "a.log")
    for (name, blocks) in [
      ("a.json", 2), ("a.csv", 0), ("a.md", 0), ("a.txt", 0), ("a.db", 8), ("rows.ndjson", 0), ("rows.csv", 0),
    ] {
      _ = write("old", name)
      let option = name.hasPrefix("rows") ? "--events" : "-o"
      let outcome = try Program.shell(
        "trap '' XFSZ; ulimit -f \(blocks); $ASSAY audit \(path) --quiet \(option) \(folder.path(name))")
      #expect(outcome.code == 74, "\(name): \(outcome.code) \(outcome.messages)")
      let left = String(decoding: try Data(contentsOf: URL(filePath: folder.path(name))), as: UTF8.self)
      #expect(left == "old", "\(name)")
      // The limit holds for messages too, so that only the larger ones leave room for one.
      if blocks > 0 {
        let names = outcome.messages.contains(folder.path(name)) && !outcome.messages.contains("unfinished")
        #expect(names, "\(outcome.messages)")
      }
    }
    #expect(
      folder.names == ["a.csv", "a.db", "a.json", "a.log", "a.md", "a.txt", "rows.csv", "rows.ndjson"],
      "nothing is left over")
  }

  @Test func `77: not allowed`() throws {
    let path = write(log(1), "a.log")
    // Safe because the path is alive during the call.
    #expect(unsafe chmod(path, 0) == 0)
    // Root may do everything, so the program is run as somebody else.
    let outcome =
      geteuid() == 0
      ? try Program.shell("chmod 755 \(folder.path); setpriv --reuid 65534 --clear-groups \(readable()) audit \(path)")
      : try run("audit", path)
    #expect(outcome.code == 77, "\(outcome.code) \(outcome.messages)")
    #expect(outcome.output.isEmpty && outcome.messages.contains(path))
  }

  /// A copy of the program that everybody may run.
  private func readable() throws -> String {
    let copy = folder.path("assay")
    try FileManager.default.copyItem(atPath: Program.path, toPath: copy)
    return copy
  }

  @Test(arguments: [
    ["--set", "jobz=2"], ["-j", "0"], ["--memory", "lots"], ["--tz", "Mars/Olympus"], ["--since", "yesterday"],
    ["--profile", "generik"], ["--log-format", "combned"], ["--settings", "bad.yaml"], ["--profile", "./bad.yaml"],
    ["--since", "2026-01-02", "--until", "2026-01-01"], ["--log-format", "nginx:$remote_addr $request $"],
  ])
  func `78: settings are wrong`(flags: [String]) throws {
    _ = write(log(1), "a.log")
    _ = write("jobs: [\n", "bad.yaml")
    let outcome = try Program.run(["audit", "a.log"] + flags, in: folder.path)
    #expect(outcome.code == 78, "\(outcome.code) \(outcome.messages)")
    #expect(outcome.output.isEmpty && outcome.messages.hasPrefix("assay: "))
    if flags.last?.hasSuffix("bad.yaml") == true { #expect(outcome.messages.contains("bad.yaml:")) }
  }
}
