import TestSupport
import Testing

/// What the help says: golden files, so that a change of a flag is seen by whoever reviews it.
@Suite struct HelpTests {
  static let commands = [
    "audit", "explain", "report", "evaluate", "simulate", "detect-format", "formats", "detectors", "profiles",
    "reports", "settings",
  ]

  @Test func `the program's own help`() throws {
    let outcome = try Program.run(["--help"], environment: ["COLUMNS": "80"])
    #expect(outcome.code == 0 && outcome.messages.isEmpty)
    try Snapshot.check(outcome.output, "cli/assay.golden")
    for command in HelpTests.commands { #expect(outcome.output.contains("\n  \(command) "), "\(command)") }
  }

  @Test(arguments: commands) func `the help of each command`(command: String) throws {
    let outcome = try Program.run([command, "--help"], environment: ["COLUMNS": "80"])
    #expect(outcome.code == 0 && outcome.messages.isEmpty)
    try Snapshot.check(outcome.output, "cli/\(command).golden")
  }

  @Test func `the version`() throws {
    let outcome = try Program.run(["--version"])
    #expect(outcome.code == 0 && outcome.output.split(separator: ".").count == 3)
  }

  @Test(arguments: ["bash", "zsh", "fish"]) func `completions for each shell`(shell: String) throws {
    let outcome = try Program.run(["--generate-completion-script", shell])
    #expect(outcome.code == 0 && outcome.output.contains("detect-format"))
  }
}
