internal import ArgumentParser
internal import Assay
internal import AssayModel

/// `assay formats`.
struct FormatsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "formats", abstract: "List the log formats, or show one of them.")

  @Argument(help: "The id or another name of a format.")
  var id: String?

  func run() throws { try Console.write(try id.map(Listings.format) ?? Listings.formats()) }
}

/// `assay detectors`.
struct DetectorsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "detectors", abstract: "List the detectors, or show the card of one of them.")

  @Argument(help: "The id of a detector.")
  var id: String?

  func run() throws { try Console.write(try id.map(Listings.detector) ?? Listings.detectors()) }
}

/// `assay profiles`.
struct ProfilesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "profiles", abstract: "List the profiles, or print one to start your own from.",
    discussion: """
      A profile of your own:

        assay profiles show generic > mine.yaml
        assay audit access.log --profile ./mine.yaml
      """)

  @Argument(help: "`show NAME`, or the name alone.")
  var words: [String] = []

  func run() throws {
    let names = words.first == "show" ? Array(words.dropFirst()) : words
    guard names.count < 2 else { throw ValidationError("Name one profile.") }
    try Console.write(try names.first.map(Listings.profile) ?? Listings.profiles())
  }
}

/// `assay reports`.
struct ReportsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "reports", abstract: "List the reports.")

  func run() throws { try Console.write(Listings.reports()) }
}

/// `assay settings`.
struct SettingsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "settings", abstract: "Print the effective settings and where each came from.",
    discussion: """
      The output is a settings file:

        assay settings > assay.yaml
        assay audit access.log --settings assay.yaml
      """)

  @OptionGroup var options: SettingOptions

  @Option(help: ArgumentHelp("Only check a settings file.", valueName: "file"))
  var check: String?

  func run() throws {
    if let check {
      var settings = Settings()
      try settings.read(file: check)
      try settings.validate()
      try Console.write("\(check) is in order.\n")
    } else {
      try Console.write(try options.settings().yaml)
    }
  }
}

/// `assay detect-format`.
struct DetectFormatCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "detect-format", abstract: "Say what a log file is, and show the first line that does not fit.")

  @Argument(help: ArgumentHelp("A log file, compressed or not, or -.", valueName: "file"))
  var files: [String]

  @Option(help: ArgumentHelp("Hold the file against this format instead.", valueName: "format"))
  var logFormat: String?

  func run() throws {
    var failure: AssayError?
    for file in files {
      do throws(AssayError) {
        try Console.write(try FormatReport.text(about: file, format: logFormat))
      } catch {
        if let failure { Console.error("assay: \(failure.description)") }
        failure = error
      }
    }
    if let failure { throw failure }
  }
}
