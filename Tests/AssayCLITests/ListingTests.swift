import Foundation
import TestSupport
import Testing

/// The commands that say what there is.
@Suite struct ListingTests {
  @Test(arguments: ["formats", "detectors", "profiles"]) func `whatever is listed has a page of its own`(what: String)
    throws
  {
    let list = try Program.run([what])
    #expect(list.code == 0 && list.messages.isEmpty)
    let ids = list.output.split(separator: "\n\n")[0].split(separator: "\n").map { $0.split(separator: " ")[0] }
    #expect(ids.count > 3)
    for id in ids {
      let page = try Program.run([what, String(id)])
      #expect(page.code == 0 && page.output.count > 100, "\(id)")
    }
    let unknown = try Program.run([what, "\(ids[0].dropLast())"])
    #expect(unknown.code == 64 || unknown.code == 78)
    #expect(unknown.output.isEmpty && unknown.messages.contains("\(ids[0])"), "\(unknown.messages)")
  }

  @Test func `a printed profile and printed settings are read back`() throws {
    let folder = TemporaryFolder()
    let outcome = try Program.shell(
      """
      set -e
      $ASSAY profiles show vast > mine.yaml
      $ASSAY settings > assay.yaml
      $ASSAY settings --check assay.yaml
      printf '203.0.113.7 - - [23/Nov/2026:09:00:00 +0000] "GET /vast/impression?imp=1 HTTP/1.1" 200 1 "-" "x"\\n' |
        $ASSAY audit - --profile ./mine.yaml --settings assay.yaml --json
      """, in: folder.path)
    #expect(outcome.code == 0, "\(outcome.messages)")
    #expect(outcome.output.contains("\"gross_impressions\": 1"), "\(outcome.output.prefix(2_000))")
  }

  @Test func `where each setting came from is said`() throws {
    let outcome = try Program.run(
      ["settings", "--tz", "Asia/Tokyo", "--set", "sessions.inactivity=60"],
      environment: ["ASSAY_MEMORY": "64MiB", "TMPDIR": "/var/tmp"])
    #expect(outcome.code == 0)
    for line in [
      "time-zone: Asia/Tokyo  # --tz", "sessions.inactivity: 60  # --set", "memory: 67108864  # ASSAY_MEMORY",
      "temporary-directory: /var/tmp  # TMPDIR", "sessions.longest: 43200  # standard",
    ] { #expect(outcome.output.contains(line), "\(line)\n\(outcome.output)") }
  }

  @Test func `detect-format says what a file is, and where a line does not fit`() throws {
    let folder = TemporaryFolder()
    let line = #"203.0.113.7 - - [23/Nov/2026:09:00:00 +0000] "GET / HTTP/1.1" 200 1 "-" "x""# + "\n"
    folder.write(Array((line + line + "203.0.113.7 - - [23/Nov/2026:09:00:00 +0000] oops\n").utf8), to: "a.log")
    let outcome = try Program.run(["detect-format", folder.path("a.log")])
    #expect(outcome.code == 0 && outcome.output.contains("combined") && outcome.output.contains("2 of 3 lines fit"))
    #expect(outcome.output.contains("Line 3, column 44"), "\(outcome.output)")
    let stdin = try Program.run(["detect-format", "-"], input: line)
    #expect(stdin.code == 0 && stdin.output.contains("combined"))
    folder.write(Array("Dear diary\n".utf8), to: "diary.txt")
    #expect(try Program.run(["detect-format", folder.path("diary.txt")]).code == 65)
    folder.write([0, 1, 2, 10], to: "binary")
    #expect(try Program.run(["detect-format", folder.path("binary")]).code == 65)
  }
}
