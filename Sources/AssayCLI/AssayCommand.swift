internal import ArgumentParser
internal import Assay
internal import AssayModel
internal import Dispatch
internal import Glibc

/// `assay`: its subcommands, and how errors leave the process.
@main
struct AssayCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "assay",
    abstract: "Tells how much of your ad traffic is real, from the logs that you already have.",
    discussion: """
      The three that answer most questions:

        assay audit access.log              what is invalid, why, what was viewable
        assay explain audit.db 203.0.113.7  why, with the log lines
        assay detect-format access.log      what a file is, and what does not fit

      Exit codes: 0 done · 1 failed · 2 --fail-on reached · 3 nothing to explain · 64 usage · 65 too much of the input \
      unreadable · 66 no input · 74 input/output · 77 no permission · 78 bad settings · 130 interrupted.
      """,
    version: assayVersion,
    subcommands: [
      AuditCommand.self, ExplainCommand.self, ReportCommand.self, EvaluateCommand.self, SimulateCommand.self,
      DetectFormatCommand.self, FormatsCommand.self, DetectorsCommand.self, ProfilesCommand.self,
      ReportsCommand.self, SettingsCommand.self,
    ])

  static func main() {
    // A reader that goes away is told by the write that fails, not by a signal that ends the process.
    _ = signal(SIGPIPE, SIG_IGN)
    Task.detached { Glibc.exit(await run()) }
    // The main thread only waits. (Left to the concurrency runtime it would wait in a way that callgrind, by which the
    // instruction budgets are counted, cannot follow.)
    DispatchSemaphore(value: 0).wait()
  }

  /// Runs what the command line says.
  ///
  /// - Returns: the exit code of the process.
  private static func run() async -> Int32 {
    do {
      var command = try parseAsRoot()
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
      return 0
    } catch let error as AssayError {
      Console.error("assay: \(error.description)")
      return error.code.exitCode
    } catch {
      let code = exitCode(for: error)
      let text = printableLines(fullMessage(for: error))
      if !text.isEmpty {
        if code.isSuccess { _ = try? Streams.writeOutput(text + "\n") } else { Console.error(text) }
      }
      return code.rawValue
    }
  }
}
