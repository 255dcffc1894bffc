import AssayMeasurement
import AssayModel
import Foundation
import TestSupport
import Testing

@testable import AssayReports

@Suite struct JSONReportTests {
  @Test(arguments: Samples.all.map { $0.name })
  func `a result read back from its JSON gives the same JSON, and every other report the same too`(name: String) throws
  {
    let result = try #require(Samples.all.first { $0.name == name }).result
    let text = JSONReport.text(of: result)
    let again = try AuditResult(json: Array(text.utf8))
    #expect(JSONReport.text(of: again) == text)
    for report in ReportCatalog.all { #expect(report.text(of: again) == report.text(of: result), "\(report.card.id)") }
  }

  @Test func `the JSON Schema beside the fixtures is the one that the program prints`() throws {
    try Snapshot.check(JSONReport.schema, "reports/audit.schema.json")
  }

  @Test(arguments: Samples.all.map { $0.name })
  func `a report validates against the schema, and a wrong one does not`(name: String) throws {
    let schema = try JSONSchema(JSONReport.schema)
    let result = try #require(Samples.all.first { $0.name == name }).result
    let text = JSONReport.text(of: result)
    #expect(try schema.faults(in: text) == [])
    for (right, wrong) in [
      ("\"viewable\": ", "\"viewable\": \"many\", \"gone\": "), ("\"schema\": \"assay", "\"schema\": \"essay"),
      ("\"tool\": {", "\"tool\": {\"extra\": 1, "), ("\"totals\": ", "\"sums\": "),
    ] {
      let broken = text.replacing(right, with: wrong, maxReplacements: 1)
      #expect(broken != text)
      #expect(try !schema.faults(in: broken).isEmpty, "\(wrong)")
    }
  }

  @Test func `every key that evidence must have is in each piece of it`() throws {
    let document = try JSONFields(JSONValue(parsing: Array(JSONReport.text(of: Samples.small).utf8)))
    for verdict in try document.objects("verdicts") {
      for evidence in try verdict.objects("evidence") {
        for key in ["detector", "observed", "threshold", "unit", "source", "offset", "line_sha256"] {
          #expect(throws: Never.self) { try evidence.value(key) }
        }
        #expect(try !evidence.text("unit").isEmpty)
      }
    }
  }

  @Test(arguments: [
    "", "{", "[1,]", "{\"a\" 1}", "{\"a\":1,}", "\"\\ud800\"", "\"\\u12\"", "01", "1.", "-", "\"a", "nul", "[1 2]",
    "1 2",
    "\"\u{1}\"", String(repeating: "[", count: 100_000),
  ])
  func `what is no JSON is refused with a sentence`(text: String) {
    #expect(throws: AssayError(.unreadable, "")) { try JSONValue(parsing: Array(text.utf8)) }
  }

  @Test func `JSON values come back as they are`() throws {
    let text = " {\"a\" : [ 1.50 , -2e+3, true,false , null ], \"\\u00e4\\ud83d\\ude00\\n\\\"\": \"\\/\"} "
    #expect(
      try JSONValue(parsing: Array(text.utf8))
        == .object([
          .init(key: "a", value: .array([.number("1.50"), .number("-2e+3"), .flag(true), .flag(false), .null])),
          .init(key: "ä😀\n\"", value: .text("/")),
        ]))
  }

  @Test func `a document that is cut or has lost a key is refused, never a crash`() throws {
    let text = JSONReport.text(of: Samples.small)
    let bytes = Array(text.utf8)
    for length in stride(from: 0, to: bytes.count - 2, by: 4_999) {
      #expect(throws: AssayError(.unreadable, "")) { try AuditResult(json: Array(bytes[..<length])) }
    }
    // Without a key: either it is needed, or it is derived and nobody reads it; in no case a crash.
    let keys = Set(text.split(separator: "\n").compactMap { $0.split(separator: "\"", maxSplits: 2).dropFirst().first })
    for key in keys.sorted() {
      _ = try? AuditResult(json: Array(text.replacingOccurrences(of: "\"\(key)\": ", with: "\"gone\": ").utf8))
    }
    let other = text.replacing("assay/audit/1", with: "assay/audit/9", maxReplacements: 1)
    #expect(throws: AssayError(.unreadable, "")) { try AuditResult(json: Array(other.utf8)) }
    for count in ["-1", "9007199254740993", "1.5", "\"1\"", "null"] {
      let wrong = text.replacing("\"valid_impressions\": 8688", with: "\"valid_impressions\": \(count)")
      #expect(throws: AssayError(.unreadable, "")) { try AuditResult(json: Array(wrong.utf8)) }
    }
  }

  @Test func `times of all ages are read back`() {
    for microseconds: Int64 in [
      .min, -62_167_219_200_000_001, -62_167_219_200_000_000, -1, 0, 1, 999, 1_000, 1_793_500_012_250_000,
      253_402_300_799_999_999, 253_402_300_800_000_000, .max,
    ] {
      let time = Timestamp(microseconds: microseconds)
      #expect(TimeText.time(TimeText.text(time)) == time)
    }
    for text in ["", "@", "@x", "2026-11-23", "2026-11-23T09:00:00", "2026-1x-23T09:00:00Z", "2026-11-23T09:00:00.1Z"] {
      #expect(TimeText.time(text) == nil)
    }
  }
}
