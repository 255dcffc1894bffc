import Assay
import AssayReports
import GRDB
import TestSupport
import Testing

/// Tables of the guides that repeat what stands in the program.
@Suite struct GuideTests {
  private func guide(_ name: String) -> String { ProjectTree.text("Sources/Assay/Assay.docc/\(name).md") }

  @Test func theGuideNamesEverySetting() {
    let text = guide("SettingsGuide")
    for setting in Setting.all { #expect(text.contains("`\(setting.key)`"), "\(setting.key)") }
  }

  @Test func theGuideNamesTheColumnsOfEventRowsInTheirOrder() {
    let columns = guide("EventRowsGuide").matches(of: /\n\| `([a-z_]+)` \|/).map { String($0.1) }
    #expect(columns == EventRows.columns)
  }

  @Test func theGuideNamesEveryTableAndViewOfAResultsFile() async throws {
    let names = try await Demo.withStore { path in
      try await DatabaseQueue(path: path).read {
        try String.fetchAll($0, sql: "SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")
      }
    }
    let text = guide("ResultsFile")
    for name in names { #expect(text.contains("`\(name)`"), "\(name)") }
  }

  @Test func theGuideNamesEveryPreset() {
    let text = guide("SimulatorAndEvaluation")
    for line in Simulation.presets.split(separator: "\n") {
      let name = line.trimmingPrefix("  ").prefix { $0 != ":" }
      #expect(text.contains("| `\(name)` |"), "\(name)")
    }
  }

  @Test func whatIsSaidOfTheNumberOfDetectorsHolds() {
    let lines = Listings.detectors().split(separator: "\n")
    #expect(ProjectTree.text("CHANGELOG.md").contains("- \(lines.count) detectors, "))
  }
}
