import AssayMeasurement
import AssayModel
import TestSupport
import Testing

@testable import AssayReports

/// Networks in the reports.
@Suite struct NetworkReportTests {
  private var result: AuditResult {
    let day = Timestamp(year: 2026, month: 3, day: 2, hour: 0)
    var result = Samples.small
    result.networks = [
      AuditResult.NetworkResult(
        detector: "co-visitation", publishers: (1...10).map { "site\($0).example" }, visitors: 4_321, addresses: 24,
        events: 16_000, invalid: 15_990, money: Money(millionths: 12_500_000), first: day,
        last: Timestamp(microseconds: day.microseconds + 86_400_000_000)),
      AuditResult.NetworkResult(
        detector: "lockstep", publishers: [], visitors: 50, addresses: 10, events: 400, invalid: 400, money: .zero,
        first: day, last: Timestamp(microseconds: day.microseconds + 60_000_000)),
    ]
    return result
  }

  @Test func `come back from JSON that fits the schema`() throws {
    let text = JSONReport.text(of: result)
    #expect(try JSONSchema(JSONReport.schema).faults(in: text) == [])
    #expect(try AuditResult(json: Array(text.utf8)).networks == result.networks)
  }

  @Test func `are named with their publishers, visitors and cost in every report for people`() {
    for text in [TerminalReport.text(of: result), MarkdownReport.text(of: result)] {
      for part in ["Networks", "site1.example", "and 2 more", "4,321", "16,000", "375.00"] {
        #expect(text.contains(part), "\(part)")
      }
    }
  }

  @Test func `cost nothing in a month where an hour was not seen`() {
    #expect(result.networks[0].moneyPerMonth == Money(millionths: 375_000_000))
    #expect(result.networks[1].moneyPerMonth == nil)
  }

  @Test func `are not there where none was found`() {
    #expect(!JSONReport.text(of: Samples.small).contains("networks\""))
    #expect(!TerminalReport.text(of: Samples.small).contains("Networks"))
  }
}
