internal import ArgumentParser
internal import Assay
internal import AssayModel
internal import AssayReports

/// `assay explain`.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Say why an event, session, address or campaign was judged so, with the log lines.",
    discussion: """
      ID is an event (3:18273 or access.log:812), a session (16 hexadecimal digits), an address or network \
      (203.0.113.7, 203.0.113.0/24), a detector, or the name of a campaign, placement, creative, publisher or seller.

      The log lines are shown as they are, with whole addresses, whatever --addresses the audit was made with; only \
      --addresses of this command leaves them out. Ends with code 3 where nothing is stored about ID.
      """)

  @Argument(help: ArgumentHelp("A results file that `assay audit -o audit.db` wrote.", valueName: "results"))
  var results: String

  @Argument(help: ArgumentHelp("What to explain.", valueName: "id"))
  var id: String

  @Option(help: "How many events to show at most.")
  var limit = 20

  @Option(help: ArgumentHelp("How addresses are shown: full, truncated, or hashed:KEY.", valueName: "how"))
  var addresses = "full"

  func run() throws {
    try Console.write(
      try Explainer(results: results).explanation(
        of: id, limit: limit, options: Console.options(privacy: try AddressPrivacy(parsing: addresses))))
  }
}

/// `assay report`.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Write the results of an audit again, in any form.")

  @Argument(help: ArgumentHelp("A results file that `assay audit -o audit.db` wrote.", valueName: "results"))
  var results: String

  @Option(
    name: [.customShort("o"), .long],
    help: ArgumentHelp("Write a report; the extension chooses. Without it the report is shown.", valueName: "file"))
  var output: [String] = []

  @Option(help: ArgumentHelp("How addresses are shown: full, truncated, or hashed:KEY.", valueName: "how"))
  var addresses = "full"

  func run() throws {
    let interrupt = InterruptHandler(nil)
    defer { interrupt.stop() }
    let privacy = try AddressPrivacy(parsing: addresses)
    let result = try StoredResult.read(results)
    if output.isEmpty {
      try Console.write(TerminalReport.text(of: result, options: Console.options(privacy: privacy)))
    } else {
      try ReportFiles(paths: output, of: result, storedIn: results).write(
        result, options: ReportOptions(privacy: privacy))
    }
  }
}

/// `assay evaluate`.
struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Hold the results of an audit against the truth: precision and recall per family.",
    discussion: """
      Simulated traffic has its truth beside it:

        assay simulate mixed -o demo
        assay audit demo/*.log --lists demo/lists -o demo/audit.db
        assay evaluate demo/audit.db --labels demo/truth.csv
      """)

  @Argument(help: ArgumentHelp("A results file that `assay audit -o audit.db` wrote.", valueName: "results"))
  var results: String

  @Option(help: ArgumentHelp("The truth, as `assay simulate` writes it.", valueName: "file"))
  var labels: String

  @Flag(help: "Write JSON.")
  var json = false

  func run() throws {
    try Console.write(try EvaluationReport.text(results: results, labels: labels, json: json))
  }
}

/// `assay simulate`.
struct SimulateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate", abstract: "Write seeded ad traffic with its truth.",
    discussion: "SCENARIO is a preset, with values changed after commas: mixed,events=1000000,seed=7.\n\n"
      + Simulation.presets)

  @Argument(help: ArgumentHelp("Preset and changes.", valueName: "scenario"))
  var scenario: String

  @Option(name: [.customShort("o"), .long], help: ArgumentHelp("Folder, made where missing.", valueName: "folder"))
  var output: String

  @Flag(help: "Replace files that are there.")
  var force = false

  func run() throws {
    let interrupt = InterruptHandler(nil)
    defer { interrupt.stop() }
    try Console.write(try Simulation(scenario).write(to: output, replacing: force))
  }
}
