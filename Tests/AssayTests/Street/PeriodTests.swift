import Assay
import AssayMeasurement
import AssayModel
import AssayReports
import Testing

/// Days, time zones and the period that is judged.
@Suite struct PeriodTests {
  private let bench = Workbench()

  private func audit(_ times: [String], _ settings: [String: String]) async throws -> Audit.Outcome {
    let text = times.enumerated().map { combined("/ad/impression?imp=i\($0)&vid=v\($0)", at: $1) }.joined()
    return try await bench.audit([bench.write(text, to: "a.log")], settings)
  }

  private func days(_ outcome: Audit.Outcome) -> [String: Int64] {
    Dictionary(uniqueKeysWithValues: outcome.result.byDay.map { ($0.name, $0.row.impressions.gross) })
  }

  @Test func `the day the clocks go forward has 23 hours in Berlin`() async throws {
    // 2026-03-29 there lasts from 28 March 23:00 to 29 March 22:00 UTC.
    let times = [
      "28/Mar/2026:22:59:59 +0000", "28/Mar/2026:23:00:00 +0000", "29/Mar/2026:00:59:59 +0000",
      "29/Mar/2026:01:00:00 +0000", "29/Mar/2026:21:59:59 +0000", "29/Mar/2026:22:00:00 +0000",
    ]
    let berlin = try await audit(times, ["time-zone": "Europe/Berlin"])
    #expect(days(berlin) == ["2026-03-28": 1, "2026-03-29": 4, "2026-03-30": 1])
    #expect(days(try await audit(times, [:])) == ["2026-03-28": 2, "2026-03-29": 4])
  }

  @Test func `the day the clocks go back has 25 hours in Berlin`() async throws {
    // 2026-10-25 there lasts from 24 October 22:00 to 25 October 23:00 UTC.
    let times = [
      "24/Oct/2026:21:59:59 +0000", "24/Oct/2026:22:00:00 +0000", "25/Oct/2026:00:30:00 +0000",
      "25/Oct/2026:01:30:00 +0000", "25/Oct/2026:22:59:59 +0000", "25/Oct/2026:23:00:00 +0000",
    ]
    let berlin = try await audit(times, ["time-zone": "Europe/Berlin"])
    #expect(days(berlin) == ["2026-10-24": 1, "2026-10-25": 4, "2026-10-26": 1])
  }

  @Test func `only the period is judged, and what lies outside is counted`() async throws {
    let times = (0..<24).map { "01/Nov/2026:\($0 < 10 ? "0" : "")\($0):00:00 +0000" }
    let noon = try await audit(times, ["since": "2026-11-01T08:00:00Z", "until": "2026-11-01T12:00:00Z"])
    #expect(noon.result.totals.impressions.gross == 4)
    #expect(noon.result.accounting.outsidePeriod == 20 && noon.result.accounting.events == 24)
    #expect(noon.result.accounting.balances)
    let local = try await audit(times, ["since": "2026-11-01T08:00", "time-zone": "Asia/Tokyo"])
    #expect(local.result.totals.impressions.gross == 24, "08:00 in Tokyo is 23:00 UTC of the day before")
    let day = try await audit(times, ["since": "2026-11-01", "until": "2026-11-02"])
    #expect(day.result.accounting.outsidePeriod == 0)
    let offset = try await audit(times, ["until": "2026-11-01 03:00:00.5+02:00"])
    #expect(offset.result.totals.impressions.gross == 2, "01:00:00.5 UTC is after the second")
  }

  @Test func `nothing in the period is a result without events, not a failure`() async throws {
    let outcome = try await audit(["01/Nov/2026:00:00:00 +0000"], ["since": "2027-01-01"])
    #expect(
      outcome.result.nothingJudged
        == "Nothing to judge: the only event lies outside the period that was asked for; the log runs from "
        + "2026-11-01T00:00:00Z to 2026-11-01T00:00:00Z.")
    #expect(outcome.result.totals.impressions.gross == 0 && outcome.result.accounting.outsidePeriod == 1)
  }

  @Test(arguments: [
    ["since": "yesterday"], ["since": "2026-13-01"], ["since": "2026-02-30"], ["until": "2026-11-01T24:00"],
    ["since": "2026-11-02", "until": "2026-11-01"], ["since": "2026-11-01", "until": "2026-11-01"],
    ["time-zone": "Europe/Bärlin"], ["since": "2026-11-01", "time-zone": "Mars/Olympus"],
  ])
  func `a time that is none, an empty period and an unknown zone are settings errors`(_ settings: [String: String])
    async throws
  {
    await #expect(throws: AssayError(.settings, "")) { try await audit(["01/Nov/2026:00:00:00 +0000"], settings) }
  }
}
