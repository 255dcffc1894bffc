import Foundation
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

  @Test func `examples stand on lines of their own, in the help and in the manual`() throws {
    for command in [[]] + HelpTests.commands.map({ [$0] }) {
      let help = try Program.run(command + ["--help"], environment: ["COLUMNS": "80"]).output
      let overview = help.prefix(upTo: try #require(help.range(of: "USAGE:")).lowerBound)
      for line in overview.split(separator: "\n") where line.contains(/\bassay [a-z]/) {
        #expect(line.hasPrefix("  ") && line.count <= 80, "\(line)")
      }
    }
    // The generator of the manual takes the indent from an example that begins a discussion.
    for file in ["AssayCommand", "AuditCommand", "ListingCommands", "ResultCommands"] {
      let source = ProjectTree.text("Sources/AssayCLI/\(file).swift")
      #expect(!source.contains(#/discussion: "{3}\n +assay /#), "\(file)")
    }
    let page = """
      .Sh DESCRIPTION
      One thing. Another (a.log). The end of it.

        assay audit 'a. B'
        zcat a.gz | assay audit -

      More.
      .Bl -tag -width 6n
      .It Fl x . Y
      """
    let folder = TemporaryFolder()
    folder.write(Array((page + "\n").utf8), to: "a.1")
    let tidy = try Program.shell("awk -f '\(ProjectTree.root.path)/Manual/tidy.awk' a.1", in: folder.path)
    #expect(
      tidy.output == """
        .Sh DESCRIPTION
        One thing.
        Another (a.log).
        The end of it.
        .Bd -literal -offset indent
        assay audit 'a. B'
        zcat a.gz | assay audit -
        .Ed
        .Pp
        More.
        .Bl -tag -width 6n
        .It Fl x . Y

        """, "\(tidy)")
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
