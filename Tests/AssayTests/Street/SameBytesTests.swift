import Assay
import AssayIngest
import AssayMeasurement
import AssayModel
import AssayReports
import Foundation
import TestSupport
import Testing

/// Promise 1 of the house: the same inputs, lists and settings give the same bytes, however the work is shared out.
@Suite struct SameBytesTests {
  static let scenario = "mixed,events=3000"

  @Test func `any number of workers, any order of the files and any memory give the same report`() async throws {
    let bench = Workbench()
    let logs = try bench.simulate(SameBytesTests.scenario)
    let lists = ["lists": bench.path("lists")]
    let whole = try await bench.json(logs, lists)
    for (name, inputs, settings) in [
      ("again", logs, [:]), ("two workers", logs, ["jobs": "2"]), ("four workers", logs, ["jobs": "4"]),
      ("files turned round", logs.reversed(), ["jobs": "3"]), ("a file named twice", logs + [logs[0]], [:]),
      ("a pattern", [bench.path("access-*.log")], ["jobs": "2"]),
    ] as [(String, [String], [String: String])] {
      let other = try await bench.json(inputs, settings.merging(lists) { own, _ in own })
      let difference = firstDifference(other, whole)
      #expect(difference == nil, "\(name)")
    }
  }

  @Test func `what is spilled comes back, also where several workers spill`() async throws {
    let bench = Workbench()
    // 40,000 events are about 3 MiB: with the least budget of 1 MiB, one worker spills, and so do two of one file.
    let logs = try bench.simulate("mixed,events=40000,servers=1")
    let whole = try await bench.json(logs)
    let spilled = try await bench.json(logs, ["memory": "1MiB"])
    let difference = firstDifference(spilled, whole)
    #expect(difference == nil)
    let shared = firstDifference(try await bench.json(logs, ["memory": "1MiB", "jobs": "2"]), whole)
    #expect(shared == nil)
    #expect(bench.folder.names == ["access-1.log", "lists", "truth.csv"], "nothing is left over")
  }

  @Test(arguments: [2, 3, 7]) func `files cut at line ends give the same but for the places`(parts: Int) async throws {
    let bench = Workbench()
    let logs = try bench.simulate(SameBytesTests.scenario)
    let whole = try withoutPlaces(try await bench.json(logs))
    for log in logs {
      let bytes = try bench.bytes(log)
      var start = 0
      for part in 1...parts {
        var end = part == parts ? bytes.count : bytes.count * part / parts
        while end < bytes.count, bytes[end - 1] != UInt8(ascii: "\n") { end += 1 }
        bench.folder.write(Array(bytes[start..<end]), to: "cut/\(log.split(separator: "/").last!)-\(part)")
        start = end
      }
    }
    let cut = try withoutPlaces(try await bench.json([bench.path("cut")], ["jobs": "2"]))
    let difference = firstDifference(cut, whole)
    #expect(difference == nil)
  }

  @Test(arguments: Compression.compressing) func `compressed copies give the same numbers`(_ form: Compression)
    async throws
  {
    let bench = Workbench()
    let logs = try bench.simulate("tiny")
    for log in logs {
      bench.folder.write(form.member(try bench.bytes(log)), to: "packed/\(log.split(separator: "/").last!)")
    }
    let plain = try await bench.audit(logs).result
    let packed = try await bench.audit([bench.path("packed")]).result
    #expect(packed.inputs.map(\.compression) == [form.rawValue, form.rawValue])
    #expect(packed.totals == plain.totals && packed.byDimension == plain.byDimension && packed.byDay == plain.byDay)
    #expect(packed.accounting == plain.accounting)
    let difference = firstDifference(
      try withoutPlaces(JSONReport.text(of: packed)), try withoutPlaces(JSONReport.text(of: plain)))
    #expect(difference == nil)
  }

  @Test(arguments: ["events.ndjson", "events.csv"]) func `rows of events come in the total order whoever made them`(
    name: String
  ) async throws {
    let bench = Workbench()
    let logs = try bench.simulate("mixed,events=5000")
    var texts: [String] = []
    for settings in [["jobs": "1"], ["jobs": "5"], ["jobs": "3", "memory": "1MiB"]] {
      var rows = RowFiles()
      rows.events = bench.path(name)
      let outcome = try await bench.audit(logs, settings, rows: rows)
      texts.append(try bench.text(bench.path(name)))
      let totals = outcome.result.totals
      let judged = [totals.impressions, totals.clicks, totals.conversions, totals.forms].reduce(0) {
        $0 + $1.gross + $1.excluded
      }
      let header = name.hasSuffix("csv") ? 1 : 0
      #expect(Int(judged) == texts.last!.utf8.count { $0 == UInt8(ascii: "\n") } - header)
    }
    #expect(firstDifference(texts[1], texts[0]) == nil)
    #expect(firstDifference(texts[2], texts[0]) == nil)
  }

  @Test func `only flagged rows are the rows of all on which a detector fired`() async throws {
    let bench = Workbench()
    let logs = try bench.simulate("tiny")
    var rows = RowFiles()
    rows.events = bench.path("all.ndjson")
    _ = try await bench.audit(logs, rows: rows)
    rows.events = bench.path("flagged.ndjson")
    rows.onlyFlagged = true
    _ = try await bench.audit(logs, ["jobs": "3"], rows: rows)
    let all = try bench.text(bench.path("all.ndjson")).split(separator: "\n")
    let flagged = try bench.text(bench.path("flagged.ndjson")).split(separator: "\n")
    #expect(all.filter { !$0.contains("\"detectors\":[]") } == flagged)
    #expect(!flagged.isEmpty && flagged.count < all.count)
  }
}
