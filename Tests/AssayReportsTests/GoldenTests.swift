import AssayMeasurement
import AssayModel
import AssayReports
import TestSupport
import Testing

@Suite struct GoldenTests {
  @Test(arguments: ReportCatalog.all.map { $0.card.id }, Samples.all.map { $0.name })
  func `every report looks as it did when somebody was content`(id: String, name: String) throws {
    let report = try #require(ReportCatalog.report(id: id))
    let sample = try #require(Samples.all.first { $0.name == name })
    try Snapshot.check(report.text(of: sample.result), "reports/\(id)/\(name).golden")
  }

  @Test func `every line of the CSV has as many cells as its header, and lists have version and hash`() {
    let lines = CSVReport.text(of: Samples.small).split(separator: "\r\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    #expect(Set(lines.map(\.count)).count == 1)
    let lists = Samples.small.tool.lists
    #expect(!lists.isEmpty)
    #expect(
      lines.filter { $0[0] == "list" }.map { [$0[1], $0[$0.count - 2], $0[$0.count - 1]] }
        == lists.map { [$0.name, $0.version ?? "", $0.sha256] })
    #expect(lines[0].suffix(2) == ["version", "sha256"])
  }

  @Test func `the terminal report keeps to its width and uses colours only where asked`() throws {
    for (name, result) in Samples.all {
      for width in [80, 100, 120] {
        let plain = TerminalReport.text(of: result, options: ReportOptions(width: width))
        #expect(!plain.contains("\u{1b}"), "\(name)")
      }
    }
    try Snapshot.check(
      TerminalReport.text(of: Samples.small, options: ReportOptions(width: 80, color: true)),
      "reports/terminal/small-80-color.golden")
  }
}
