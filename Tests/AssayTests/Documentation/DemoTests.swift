import Assay
import AssayReports
import Foundation
import TestSupport
import Testing

/// The example that everybody sees first.
@Suite struct DemoTests {
  @Test func theCommandOnItsPageWritesItAgain() throws {
    let page = ProjectTree.text("fixtures/demo/README.md")
    let command = try #require(page.firstMatch(of: /assay simulate (\S+) -o fixtures\/demo --force\n/))
    let folder = TemporaryFolder()
    _ = try Simulation(String(command.1)).write(to: folder.path)
    for name in ["access-1.log", "access-2.log", "truth.csv", "lists/data-centres.txt"] {
      let written = try Data(contentsOf: URL(filePath: folder.path(name)))
      let kept = try Data(contentsOf: ProjectTree.root.appending(path: "fixtures/demo/\(name)"))
      #expect(written == kept, "fixtures/demo/\(name) is not what the simulator writes; run the command on its page")
    }
  }

  @Test func itsLogsInterleaveAndAreSmall() throws {
    var spans: [ClosedRange<Date>] = []
    var bytes = 0
    for path in Demo.logs {
      let text = ProjectTree.text(path)
      bytes += text.utf8.count
      let times = text.matches(of: /\[(\d\d)\/Mar\/2026:(\d\d):(\d\d):(\d\d) \+0000\]/).compactMap { match in
        try? Date("2026-03-\(match.1)T\(match.2):\(match.3):\(match.4)Z", strategy: .iso8601)
      }
      let (first, last) = (try #require(times.min()), try #require(times.max()))
      spans.append(first...last)
    }
    #expect(spans[0].overlaps(spans[1]))
    #expect(bytes < 400_000)
  }

  @Test func workersAndOrderOfFilesDoNotChangeTheLedger() async throws {
    var rows: Set<String> = []
    for (jobs, logs) in [(1, Demo.logs), (2, Demo.logs), (2, Demo.logs.reversed())] {
      rows.insert(CSVReport.text(of: try await Demo.audit(jobs: jobs, logs: logs).result))
    }
    #expect(rows.count == 1)
  }
}
