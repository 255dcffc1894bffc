internal import Assay
internal import AssayModel
internal import AssayReports
internal import Foundation

/// Standard output and error, as every command uses them: data to the one, messages to the other.
enum Console {
  /// Writes to standard output. Nobody who reads any more is no error.
  static func write(_ text: String) throws(AssayError) {
    try Streams.writeOutput(text)
  }

  /// Writes a line to standard error.
  static func error(_ text: String) {
    Streams.writeError(text + "\n")
  }

  /// Replaces the line of standard error that shows progress.
  static func progress(_ text: String) { Streams.writeError("\r\u{1b}[K" + text) }

  /// How the report to read is shown here: as wide as the terminal, in colour where it has any and nobody minds
  /// (NO_COLOR, no-color.org; CLICOLOR_FORCE).
  static func options(privacy: AddressPrivacy) -> ReportOptions {
    let environment = ProcessInfo.processInfo.environment
    func isSet(_ name: String) -> Bool { environment[name].map { !$0.isEmpty } ?? false }
    var options = ReportOptions(privacy: privacy)
    options.color =
      !isSet("NO_COLOR") && (isSet("CLICOLOR_FORCE") || Streams.outputIsTerminal && environment["TERM"] != "dumb")
    if let columns = environment["COLUMNS"].flatMap({ Int($0) }), columns > 0 {
      options.width = min(200, max(60, columns))
    } else if let columns = Streams.columns {
      options.width = min(200, max(60, columns))
    }
    return options
  }
}
