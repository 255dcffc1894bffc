import Assay
import Foundation
import GRDB
import TestSupport
import Testing

/// README and guides say only what holds. Their conventions:
///
/// - a `console` block is a command after `$ ` and what it prints; a line `…` stands for any number of lines;
/// - an `sh` block holds commands alone; each must have a subcommand and flags that exist;
/// - an `sql` block is a query that a results file of the example answers with at least one row.
///
/// `RECORD_SNAPSHOTS=1` writes `console` blocks that show all of an output anew.
@Suite(.serialized) struct PageTests {
  @Test(arguments: CodeBlock.all("console"))
  func aConsoleBlockShowsWhatTheProgramPrints(block: CodeBlock) async throws {
    let command = try #require(block.lines.first)
    #expect(command.hasPrefix("$ "))
    let output = try #require(
      try await Demo.output(of: String(command.dropFirst(2))), "no test runs this command: use a block of sh")
    let printed = output.trimmingCharacters(in: .newlines).components(separatedBy: "\n")
    let shown = Array(block.lines.dropFirst())
    if !shown.contains("…"), shown != printed, Snapshot.isRecording {
      try record(printed, for: block)
      Issue.record("\(block.page) was rewritten: look at it, and run again without RECORD_SNAPSHOTS.")
      return
    }
    var place = 0
    var mayHaveGap = false
    for line in shown {
      if line == "…" {
        mayHaveGap = true
        continue
      }
      let found = printed[place...].firstIndex(of: line)
      guard let found, mayHaveGap || found == place else {
        Issue.record("not printed here: \(line)\ninstead: \(place < printed.count ? printed[place] : "the end")")
        return
      }
      (place, mayHaveGap) = (found + 1, false)
    }
    #expect(mayHaveGap || place == printed.count, "more is printed than is shown; end with a line “…”")
  }

  @Test(arguments: CodeBlock.all("sql")) func aQueryHasAnAnswer(block: CodeBlock) async throws {
    try await Demo.withStore { path in
      let queue = try DatabaseQueue(path: path)
      let rows = try queue.read { try Row.fetchAll($0, sql: block.lines.joined(separator: "\n")) }
      #expect(!rows.isEmpty)
    }
  }

  @Test(arguments: Pages.all) func everyCommandExists(page: String) throws {
    let (commands, flags) = knownWords()
    let code = CodeBlock.blocks(of: page).flatMap(\.lines)
    let inline = ProjectTree.text(page).matches(of: /`(assay [^`\n]+)`/).map { String($0.1) }
    for line in code.filter({ $0.contains("assay ") }) + inline {
      for match in line.matches(of: /\bassay ([a-z][a-z-]+)/) where !line.contains("/assay \(match.1)") {
        #expect(commands.contains(String(match.1)), "\(line)")
      }
      guard line.contains(/\bassay [a-z]/) else { continue }
      for match in line.matches(of: #/ --([a-z-]+)/#) { #expect(flags.contains(String(match.1)), "\(line)") }
    }
  }

  @Test(arguments: Pages.all) func everyLinkLeadsSomewhere(page: String) throws {
    let text = ProjectTree.text(page)
    let folder = page.split(separator: "/").dropLast().joined(separator: "/")
    for match in text.matches(of: /\]\(([^)#\s]+)[^)]*\)/) where !match.1.hasPrefix("http") {
      #expect(ProjectTree.exists(folder.isEmpty ? String(match.1) : "\(folder)/\(match.1)"), "\(match.1)")
    }
    for match in text.matches(of: /<doc:([A-Za-z0-9-]+)>/) {
      let name = "\(match.1).md"
      #expect(
        ProjectTree.exists("Sources/Assay/Assay.docc/\(name)")
          || ProjectTree.exists("Sources/Assay/Assay.docc/Decisions/\(name)"), "\(name)")
    }
  }

  @Test func theReadmeFitsAFewScreens() throws {
    #expect(ProjectTree.text("README.md").components(separatedBy: "\n").count <= 150)
  }

  @Test func theReadmeSaysHowMuchOfTheExampleIsFound() async throws {
    let text = try await Demo.output(of: "assay evaluate audit.db --labels fixtures/demo/truth.csv") ?? ""
    let found = try #require(text.firstMatch(of: /recall .*\]  (\d+) of (\d+)/))
    let wrong = try #require(text.firstMatch(of: /false positive rate .*\]  (\d+) of (\d+)/))
    let readme = ProjectTree.text("README.md")
    #expect(readme.contains("it finds \(found.1) of the \(found.2) events"))
    #expect(readme.contains("calls \(wrong.1) of \(wrong.2) valid ones"))
    for family in ["trace-replay", "address-flood"] {
      #expect(text.firstMatch(of: try Regex("\(family) .*\\]  0 of ")) != nil, "README says that none is found")
    }
    #expect(readme.contains("\(Listings.formats().split(separator: "\n").count - 1) formats told by content"))
  }

  @Test func everyGuideIsOnTheLandingPage() throws {
    let landing = ProjectTree.text("Sources/Assay/Assay.docc/Assay.md")
    for guide in Pages.guides {
      let name = guide.split(separator: "/").last?.dropLast(3) ?? ""
      #expect(name == "Assay" || landing.contains("<doc:\(name)>"), "\(name)")
    }
  }

  /// Names of subcommands and long flags, read from the command line's sources.
  private func knownWords() -> (commands: Set<String>, flags: Set<String>) {
    let sources = Pages.names(in: "Sources/AssayCLI", suffix: ".swift").map(ProjectTree.text).joined()
    let commands = sources.matches(of: /commandName: "([a-z-]+)"/).map { String($0.1) }
    let custom = sources.matches(of: /customLong\("([a-z-]+)"\)/).map { String($0.1) }
    let plain = sources.matches(of: /\n  var ([a-zA-Z]+)/).map { match in
      match.1.map { $0.isUppercase ? "-\($0.lowercased())" : String($0) }.joined()
    }
    return (Set(commands + ["help"]), Set(custom + plain + ["help", "version", "generate-completion-script"]))
  }

  private func record(_ printed: [String], for block: CodeBlock) throws {
    let file = ProjectTree.root.appending(path: block.page)
    let text = ProjectTree.text(block.page)
    let (old, new) = (block.lines, block.lines.prefix(1) + printed)
    func fenced(_ lines: [String]) -> String { "```console\n\(lines.joined(separator: "\n"))\n```" }
    try text.replacing(fenced(old), with: fenced(Array(new))).write(to: file, atomically: true, encoding: .utf8)
  }
}
