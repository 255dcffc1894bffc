import Assay
import AssayModel
import AssayReports
import Foundation
import TestSupport

/// The example in `fixtures/demo`, audited as `make demo` does.
enum Demo {
  /// Its logs and lists, as a person names them who stands at the top of the project.
  static let logs = ["fixtures/demo/access-1.log", "fixtures/demo/access-2.log"]
  static let lists = "fixtures/demo/lists"

  /// The result, and a results file beside it where one is wanted.
  static func audit(store: String? = nil, jobs: Int = 1, logs: [String] = logs) async throws -> Audit.Outcome {
    _ = atTheTop
    var settings = Settings()
    try settings.set("lists", lists, from: "test")
    settings.jobs = jobs
    var audit = Audit(inputs: logs, settings: settings)
    audit.rows.store = store
    return try await audit.run()
  }

  /// What a body makes of a results file of the example.
  static func withStore<Value>(_ body: (String) async throws -> Value) async throws -> Value {
    let folder = TemporaryFolder()
    _ = try await audit(store: folder.path("audit.db"))
    return try await body(folder.path("audit.db"))
  }

  /// What the program prints for a command that stands on a page, at the width of a terminal of 100 columns; nil for a
  /// command that cannot be shown with its output.
  static func output(of command: String) async throws -> String? {
    let words = command.split(separator: " ").map(String.init)
    let options = ReportOptions(width: 100)
    switch words.first == "assay" ? Array(words.dropFirst()) : words {
    case ["make", "demo"], ["audit"] + logs + ["--lists", lists]:
      return try await TerminalReport.text(of: audit().result, options: options)
    case ["evaluate", "audit.db", "--labels", "fixtures/demo/truth.csv"]:
      return try await withStore { store in
        try EvaluationReport.text(results: store, labels: "fixtures/demo/truth.csv", json: false)
      }
    case let words where words.starts(with: ["explain", "audit.db"]) && words.count == 3:
      return try await withStore { store in
        try Explainer(results: store).explanation(of: words[2], limit: 20, options: options)
      }
    case let words where words.starts(with: ["detect-format"]) && words.count == 2:
      _ = atTheTop
      return try FormatReport.text(about: words[1], format: nil)
    case ["formats"]: return Listings.formats()
    case ["detectors"]: return Listings.detectors()
    case ["profiles"]: return Listings.profiles()
    case ["reports"]: return Listings.reports()
    case let words where words.first == "detectors" && words.count == 2: return try Listings.detector(words[1])
    default: return nil
    }
  }

  private static let atTheTop = FileManager.default.changeCurrentDirectoryPath(ProjectTree.root.path)
}
