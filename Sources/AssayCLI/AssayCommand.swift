internal import ArgumentParser
internal import Assay
internal import AssayModel
internal import Glibc

/// `assay`: its subcommands, and how errors leave the process.
@main
struct AssayCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "assay",
    abstract: "Tells how much of your ad traffic is real, from the logs that you already have.",
    discussion: """
      assay audit access.log                 what was billed, what of it is invalid and why, what was viewable
      assay explain audit.db 203.0.113.7     why, with the log lines
      assay detect-format access.log         what a file is, and which of its lines do not fit

      Exit codes: 0 done · 1 failed · 2 --fail-on reached · 64 usage · 65 too much of the input unreadable · \
      66 no input · 74 input/output · 77 no permission · 78 bad settings · 130 interrupted.
      """,
    version: assayVersion,
    subcommands: [
      AuditCommand.self, ExplainCommand.self, ReportCommand.self, EvaluateCommand.self, SimulateCommand.self,
      DetectFormatCommand.self, FormatsCommand.self, DetectorsCommand.self, ProfilesCommand.self,
      ReportsCommand.self, SettingsCommand.self,
    ])

  static func main() async {
    // A reader that goes away is told by the write that fails, not by a signal that ends the process.
    _ = signal(SIGPIPE, SIG_IGN)
    do {
      var command = try parseAsRoot()
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    } catch let error as AssayError {
      Console.error("assay: \(error.description)")
      Glibc.exit(error.code.exitCode)
    } catch {
      exit(withError: error)
    }
  }
}
