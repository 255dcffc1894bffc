import Foundation
import Glibc
import TestSupport
import Testing

/// What a run writes never replaces what it reads, nor itself, and is no input of the next run.
@Suite struct OutputFileTests {
  private let folder = TemporaryFolder()

  private static let log: String = (0..<60).map { number in
    "203.0.113.\(number % 250) - - [23/Nov/2026:09:00:00 +0000] \"GET /ad/impression?imp=i\(number)&cid=c HTTP/1.1\" 200 "
      + "43 \"-\" \"\(number % 6 == 0 ? "Googlebot/2.1" : "Mozilla/5.0 (X11; Linux x86_64) Firefox/145.0")\"\n"
  }.joined()

  private func write(_ name: String) { folder.write(Array(Self.log.utf8), to: name) }

  private func write(_ text: String, _ name: String) { folder.write(Array(text.utf8), to: name) }

  private func text(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(filePath: folder.path(name))), as: UTF8.self)
  }

  private func link(_ name: String, to other: String) throws {
    try FileManager.default.createSymbolicLink(atPath: folder.path(name), withDestinationPath: other)
  }

  private func run(_ arguments: [String], input: String = "") throws -> Program.Outcome {
    try Program.run(arguments, input: input, in: folder.path)
  }

  @Test(arguments: [
    ["v.csv", "-o", "v.csv"], ["v.csv", "--events", "v.csv"], [".", "-o", "v.csv"], ["*.csv", "--events", "v.csv"],
    ["v.csv", "-o", "soft.csv"], ["v.csv", "-o", "hard.csv"], ["soft.csv", "-o", "./v.csv"],
    ["hard.csv", "--events", "v.csv"], ["v.csv", "-o", "elsewhere/v.csv"], ["v.csv", "-o", "soft.db"],
    ["v.csv", "-o", "fine.json", "-o", "soft.csv"],
  ])
  func `an input is never replaced`(arguments: [String]) throws {
    write("v.csv")
    try link("soft.csv", to: "v.csv")
    try link("soft.db", to: "v.csv")
    try link("elsewhere", to: ".")
    try FileManager.default.linkItem(atPath: folder.path("v.csv"), toPath: folder.path("hard.csv"))
    let before = folder.names
    let outcome = try run(["audit"] + arguments)
    #expect(outcome.code == 64 && outcome.messages.contains("would replace this input"), "\(outcome)")
    #expect(try text("v.csv") == Self.log && folder.names == before, "\(folder.names)")
  }

  @Test func `standard input is an input too`() throws {
    write("v.csv")
    let outcome = try Program.shell("$ASSAY audit - -o v.csv < v.csv", in: folder.path)
    #expect(outcome.code == 64, "\(outcome)")
    #expect(try text("v.csv") == Self.log)
  }

  @Test(arguments: [
    ["--lists", "lists", "-o", "lists/tor-exits.txt"], ["--lists", "tor-exits=lists/tor-exits.txt", "-o", "list.txt"],
    ["--settings", "settings.json", "-o", "settings.json"], ["--profile", "./profile.md", "-o", "profile.md"],
  ])
  func `what steers a run is never replaced`(flags: [String]) throws {
    let profile = try Program.run(["profiles", "show", "generic"]).output
    folder.makeFolder("lists")
    for (text, name) in [
      (Self.log, "a.log"), ("203.0.113.5\n", "lists/tor-exits.txt"), ("{\"jobs\": 1}\n", "settings.json"),
      (profile, "profile.md"),
    ] { write(text, name) }
    try link("list.txt", to: "lists/tor-exits.txt")
    let outcome = try run(["audit", "a.log"] + flags)
    #expect(outcome.code == 64 && outcome.messages.contains("would replace this file"), "\(outcome)")
    #expect(try text("lists/tor-exits.txt") == "203.0.113.5\n" && text("profile.md") == profile)
  }

  @Test(arguments: [
    ["-o", "a.json", "-o", "a.json"], ["-o", "a.csv", "--events", "a.csv"], ["-o", "a.md", "-o", "./a.md"],
    ["-o", "a.csv", "--events", "here/a.csv"], ["-o", "old.csv", "--events", "soft.csv"], ["-o", "a.db", "-o", "a.db"],
  ])
  func `two outputs never go to one file`(outputs: [String]) throws {
    write("a.log")
    write("old", "old.csv")
    try link("here", to: ".")
    try link("soft.csv", to: "old.csv")
    let outcome = try run(["audit", "a.log"] + outputs)
    #expect(outcome.code == 64, "\(outcome)")
    #expect(try text("old.csv") == "old" && folder.names == ["a.log", "here", "old.csv", "soft.csv"])
  }

  @Test func `a results file is not replaced by a report of it`() throws {
    write("a.log")
    #expect(try run(["audit", "a.log", "-o", "a.db"]).code == 0)
    try link("a.json", to: "a.db")
    #expect(try run(["report", "a.db", "-o", "a.json"]).code == 64)
    #expect(try run(["report", "a.db", "-o", "b.json", "-o", "./b.json"]).code == 64)
    #expect(try run(["report", "a.db", "-o", "b.json"]).code == 0)
  }

  @Test func `a report of stored results never replaces the log that they are about, and is no results file`() throws {
    write("v.csv")
    try link("soft.csv", to: "v.csv")
    #expect(try run(["audit", "v.csv", "-q", "-o", "r.db"]).code == 0)
    for (output, word) in [("v.csv", "would replace"), ("soft.csv", "would replace"), ("new.db", "by an audit alone")] {
      let outcome = try run(["report", "r.db", "-o", output])
      #expect(outcome.code == 64 && outcome.messages.contains(word), "\(outcome)")
    }
    #expect(try text("v.csv") == Self.log && !folder.names.contains("new.db"))
  }

  @Test func `rows are .ndjson or .csv, and nothing else`() throws {
    write("a.log")
    for name in ["z.json", "z", "z.txt"] {
      let outcome = try run(["audit", "a.log", "--events", name])
      #expect(outcome.code == 64 && outcome.messages.contains(".ndjson (.jsonl) or .csv"), "\(outcome)")
    }
    #expect(try run(["audit", "a.log", "--events", "z.jsonl"]).code == 0)
  }

  private static let everything =
    ["json", "csv", "md", "txt", "db"].flatMap { ["-o", "logs/r.\($0)"] } + ["--events", "logs/rows.ndjson"]
  private static let written = ["r.csv", "r.db", "r.json", "r.md", "r.txt", "rows.ndjson"]

  @Test func `a second run over a folder leaves out what the first one wrote there, and finds the same`() throws {
    folder.makeFolder("logs")
    write("logs/a.log")
    #expect(try run(["audit", "logs", "--quiet"] + Self.everything).code == 0)
    let rows = try text("logs/rows.ndjson")
    #expect(try run(["audit", "logs", "--quiet", "--events", "logs/rows.csv"]).code == 0)
    let ledger = try text("logs/r.csv")
    for _ in 0..<2 {
      let outcome = try run(["audit", "logs", "--quiet"] + Self.everything)
      #expect(outcome.code == 0, "\(outcome)")
      for name in Self.written + ["rows.csv"] {
        #expect(outcome.messages.contains("logs/\(name): left out."), "\(name)")
      }
      #expect(try text("logs/r.csv") == ledger && text("logs/rows.ndjson") == rows)
      let json = try #require(
        JSONSerialization.jsonObject(with: Data(contentsOf: URL(filePath: folder.path("logs/r.json"))))
          as? [String: Any])
      let inputs = try #require(json["inputs"] as? [[String: Any]])
      #expect(inputs.map { $0["path"] as? String } == ["logs/a.log"])
      let leftOut = try #require(json["inputs_left_out"] as? [[String: Any]])
      #expect(leftOut.map { $0["path"] as? String } == (Self.written + ["rows.csv"]).sorted().map { "logs/\($0)" })
      #expect(leftOut.allSatisfy { $0["name"] as? String == "input.own-report" })
      #expect(try text("logs/r.md").contains("Left out: logs/r.db"))
    }
  }

  @Test func `a report is told where formats are told`() throws {
    write("a.log")
    #expect(try run(["audit", "a.log", "-q", "-o", "a.json", "-o", "a.db"]).code == 0)
    for name in ["a.json", "a.db"] {
      let outcome = try run(["detect-format", name])
      #expect(outcome.code == 0 && outcome.output.contains("that assay wrote, and no log"), "\(outcome)")
    }
  }

  @Test func `what is compressed, coloured or minified is still told`() throws {
    folder.makeFolder("logs")
    write("logs/a.log")
    let outcome = try Program.shell(
      """
      $ASSAY audit logs/a.log --quiet -o x.json -o x.db --events x.csv
      CLICOLOR_FORCE=1 $ASSAY audit logs/a.log > logs/color.txt
      gzip -c x.db > logs/db.gz; xz -c x.csv > logs/csv.xz; bzip2 -c x.json > logs/json.bz2
      tr -d '\\n ' < x.json > logs/small.json
      $ASSAY audit logs --quiet
      """, in: folder.path)
    #expect(outcome.code == 0, "\(outcome)")
    #expect(outcome.messages.split(separator: "\n").count == 5, "\(outcome.messages)")
    #expect(outcome.messages.split(separator: "\n").allSatisfy { $0.contains("left out") })
  }

  @Test func `what a run writes to standard output or error is no input of it`() throws {
    folder.makeFolder("logs")
    write("logs/a.log")
    for _ in 0..<2 {
      let outcome = try Program.shell(
        "$ASSAY audit logs --json > logs/out.json 2>> logs/messages.txt", in: folder.path)
      #expect(outcome.code == 0, "\(outcome)")
      #expect(try text("logs/out.json").contains("\"gross_impressions\": 60"))
      let messages = try text("logs/messages.txt")
      #expect(messages.contains("logs/out.json: left out. This run writes to it."), "\(messages)")
    }
    let itself = try Program.shell("$ASSAY audit logs/a.log >> logs/a.log", in: folder.path)
    #expect(itself.code == 66 && itself.messages.contains("is left out. This run writes to it."), "\(itself)")
    #expect(try text("logs/a.log") == Self.log)
  }

  @Test func `a folder of reports alone is no input`() throws {
    write("a.log")
    folder.makeFolder("reports")
    #expect(try run(["audit", "a.log", "-o", "reports/a.json", "-o", "reports/a.md"]).code == 0)
    let outcome = try run(["audit", "reports"])
    #expect(outcome.code == 66 && outcome.messages.contains("every input is left out"), "\(outcome)")
  }

  @Test func `a log that only looks a little like a report is read`() throws {
    folder.makeFolder("logs")
    write("logs/a.log")
    write(
      "{\"id\":\"0:12\",\"source\":\"a\",\"time\":\"2026-11-23T09:00:00Z\",\"ip\":\"203.0.113.9\"}\n", "logs/b.json")
    write("dimension,name,time,ip\nx,y,2026-11-23T09:00:00Z,203.0.113.9\n", "logs/c.csv")
    let outcome = try run(["audit", "logs", "--json"])
    #expect(outcome.code == 0 && outcome.messages.isEmpty, "\(outcome.messages)")
    #expect(outcome.output.contains("\"inputs_left_out\": []"))
  }

  @Test(arguments: [SIGHUP, SIGTERM, SIGINT])
  func `a signal leaves no unfinished file`(number: Int32) throws {
    let pipe = folder.path("input")
    // Safe because the path is alive during the call.
    #expect(unsafe mkfifo(pipe, 0o600) == 0)
    let running = try Program.start(["audit", "input", "--quiet", "-o", "a.json", "-o", "a.db"], in: folder.path)
    let writer = try #require(FileHandle(forWritingAtPath: pipe))
    writer.write(Data(Self.log.utf8))
    Thread.sleep(forTimeInterval: 0.5)
    #expect(running.process.isRunning && folder.names.contains { $0.contains("unfinished") })
    kill(running.process.processIdentifier, number)
    let outcome = running.finish()
    try writer.close()
    #expect(outcome.code == 130, "\(outcome)")
    #expect(folder.names == ["a.db", "a.json", "input"], "the report is about what was read")
  }

  @Test func `a simulation that is stopped leaves no unfinished file`() throws {
    let running = try Program.start(["simulate", "benchmark,events=20000000", "-o", "sim"], in: folder.path)
    Thread.sleep(forTimeInterval: 0.7)
    #expect(running.process.isRunning)
    kill(running.process.processIdentifier, SIGHUP)
    #expect(running.finish().code == 130)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path("sim"))
    #expect(!names.contains { $0.contains("unfinished") }, "\(names)")
  }

  @Test func `a simulation replaces files only where it is told to`() throws {
    #expect(try run(["simulate", "tiny,events=50", "-o", "sim"]).code == 0)
    let before = try text("sim/access-1.log")
    let outcome = try run(["simulate", "tiny,events=50,seed=9", "-o", "sim"])
    #expect(outcome.code == 64 && outcome.messages.contains("--force"), "\(outcome)")
    #expect(
      outcome.messages.contains("sim/access-1.log: This file is there already, and so are"), "\(outcome.messages)")
    #expect(try text("sim/access-1.log") == before)
    try FileManager.default.removeItem(atPath: folder.path("sim/access-1.log"))
    #expect(try run(["simulate", "tiny,events=50,seed=9", "-o", "sim"]).code == 64)
    #expect(!FileManager.default.fileExists(atPath: folder.path("sim/access-1.log")), "nothing is written")
    #expect(try run(["simulate", "tiny,events=50,seed=9", "-o", "sim", "--force"]).code == 0)
    #expect(try text("sim/access-1.log") != before)
  }

  @Test func `nohup holds a run to its end`() throws {
    let pipe = folder.path("input")
    // Safe because the path is alive during the call.
    #expect(unsafe mkfifo(pipe, 0o600) == 0)
    let outcome = try Program.shell(
      """
      trap '' HUP; $ASSAY audit input --quiet -o a.json & exec 3> input; echo '\(Self.log.prefix { $0 != "\n" })' >&3
      sleep 0.5; kill -HUP $!; sleep 0.2; exec 3>&-; wait $!
      """, in: folder.path)
    #expect(outcome.code == 0, "\(outcome)")
    #expect(try text("a.json").contains("\"gross_impressions\": 1"))
  }
}
