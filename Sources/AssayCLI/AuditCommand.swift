internal import ArgumentParser
internal import Assay
internal import AssayModel
internal import AssayReports

/// `assay audit`.
struct AuditCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: "Audit log files: what was billed, what of it is invalid and why, what was viewable.",
    discussion: """
      INPUT is a file, a folder, a glob, or - for standard input; plain or compressed with gzip, zstd, bzip2 or xz, \
      told by content. Format and profile are told by content too.

        assay audit logs/
        assay audit 'logs/access.log*' --lists lists/ -o audit.db -o audit.json
        zcat access.log.gz | assay audit - --json
      """)

  @Argument(help: ArgumentHelp("Files, folders, globs, or -.", valueName: "input"))
  var inputs: [String]

  @OptionGroup var options: SettingOptions

  @Option(
    name: [.customShort("o"), .long],
    help: ArgumentHelp(
      "Write a report; the extension chooses: .json, .csv, .md, .txt, or .db for a results file. Repeatable.",
      valueName: "file"))
  var output: [String] = []

  @Option(help: ArgumentHelp("Write a row for each judged event: .ndjson or .csv.", valueName: "file"))
  var events: String?

  @Flag(help: "Only the events on which a detector fired go to --events.")
  var flagged = false

  @Option(help: ArgumentHelp("How addresses are shown: full, truncated, or hashed:KEY.", valueName: "how"))
  var addresses = "full"

  @Option(
    help: ArgumentHelp(
      "Exit with code 2 where the invalid share reaches this: 10% or 0.1; with 65 where there is no share.",
      valueName: "rate"))
  var failOn: String?

  @Flag(help: "Write the JSON report to standard output instead of the one to read.")
  var json = false

  @Flag(name: .shortAndLong, help: "Write no report to standard output, and no progress; warnings stay.")
  var quiet = false

  mutating func run() async throws {
    if flagged && events == nil {
      throw AssayError(.usage, "--flagged says what goes to --events; name that file too.")
    }
    let settings = try options.settings()
    let failure = try failOn.map { rate throws(AssayError) in try FailureRate(rate) }
    let privacy = try AddressPrivacy(parsing: addresses)
    let reports = try ReportFiles(paths: output.filter { !ReportFiles.isStore($0) })

    let progress = RunProgress()
    var audit = Audit(inputs: inputs, settings: settings, progress: progress)
    audit.showsHashes = json || !output.isEmpty
    audit.rows.events = events
    audit.rows.onlyFlagged = flagged
    audit.rows.privacy = privacy
    let stores = output.filter(ReportFiles.isStore)
    guard stores.count < 2 else {
      throw AssayError(.usage, "One results file is enough: \(stores.joined(separator: ", ")).")
    }
    audit.rows.store = stores.first
    audit.reports = output.filter { !ReportFiles.isStore($0) }

    let interrupt = InterruptHandler(progress)
    let bar = quiet ? nil : ProgressBar(progress)
    let outcome: Audit.Outcome
    do {
      outcome = try await audit.run()
    } catch {
      await bar?.finish()
      throw error
    }
    await bar?.finish()
    interrupt.stop()
    for remark in outcome.remarks + outcome.result.damage { Console.error("assay: \(remark)") }

    try reports.write(outcome.result, options: ReportOptions(privacy: privacy))
    if json {
      try Console.write(JSONReport.text(of: outcome.result, options: ReportOptions(privacy: privacy)))
    } else if !quiet {
      try Console.write(TerminalReport.text(of: outcome.result, options: Console.options(privacy: privacy)))
    }
    if let complaint = outcome.unreadable { throw complaint }
    // The report to read says it too; whoever reads none has to be told.
    if quiet || json, !outcome.wasInterrupted, let nothing = outcome.result.nothingJudged {
      Console.error("assay: \(nothing)")
    }
    if outcome.wasInterrupted {
      throw AssayError(.interrupted, "Interrupted: the report is about what was read until then.")
    }
    switch failure?.outcome(of: outcome.result) {
    case .reached?: throw ExitCode(2)
    case .undefined?:
      throw AssayError(
        .unreadable, "--fail-on has nothing to be held against: no event was judged, or none could be decided on.")
    case .below?, nil: break
    }
  }
}
