import AssayMeasurement
import AssayModel
import Foundation
import TestSupport
import Testing

@testable import Assay

@Suite struct TimeZonesTests {
  private func moment(_ text: String, _ zone: String = "UTC") throws -> String {
    try TimeZones.moment(text, zone: zone, key: "since").iso8601
  }

  @Test func `moments as a person writes them`() throws {
    #expect(try moment("2026-11-01") == "2026-11-01T00:00:00Z")
    #expect(try moment("2026-11-01T08:05") == "2026-11-01T08:05:00Z")
    #expect(try moment("2026-11-01 08:05:06") == "2026-11-01T08:05:06Z")
    #expect(try moment("2026-11-01T08:05:06.25Z") == "2026-11-01T08:05:06.250Z")
    #expect(try moment("2026-11-01T08:05:06.000007Z") == "2026-11-01T08:05:06.000007Z")
    #expect(try moment("2026-11-01T08:05+01:30", "Asia/Tokyo") == "2026-11-01T06:35:00Z")
    #expect(try moment("2026-11-01T08:05:00-0800") == "2026-11-01T16:05:00Z")
    #expect(try moment("2026-11-01Z", "Asia/Tokyo") == "2026-11-01T00:00:00Z")
    #expect(try moment("2024-02-29") == "2024-02-29T00:00:00Z")
  }

  @Test func `moments across the change of clocks`() throws {
    #expect(try moment("2026-03-29", "Europe/Berlin") == "2026-03-28T23:00:00Z")
    #expect(try moment("2026-03-29T01:59", "Europe/Berlin") == "2026-03-29T00:59:00Z")
    #expect(try moment("2026-03-29T03:00", "Europe/Berlin") == "2026-03-29T01:00:00Z")
    #expect(try moment("2026-03-30", "Europe/Berlin") == "2026-03-29T22:00:00Z")
    #expect(try moment("2026-10-25", "Europe/Berlin") == "2026-10-24T22:00:00Z")
    #expect(try moment("2026-10-25T03:00", "Europe/Berlin") == "2026-10-25T02:00:00Z")
    #expect(try moment("2026-10-26", "Europe/Berlin") == "2026-10-25T23:00:00Z")
    #expect(try moment("2026-11-01", "America/New_York") == "2026-11-01T04:00:00Z")
    #expect(try moment("2026-11-02", "America/New_York") == "2026-11-02T05:00:00Z")
  }

  @Test(arguments: [
    "", "2026", "2026-1-1", "2026-11-31", "2025-02-29", "2026-00-01", "2026-11-00", "2026-11-01T", "2026-11-01T8:00",
    "2026-11-01T25:00", "2026-11-01T08:60", "2026-11-01T08:00:61", "2026-11-01T08:00:00.1234567", "01.11.2026",
    "2026-11-01T08:00 CET", "2026-11-01T08:00:00+1", "２026-11-01",
  ])
  func `what is no moment is told`(text: String) {
    #expect(throws: AssayError(.settings, "")) { try moment(text) }
  }

  @Test(arguments: [
    ("2026-03-29T02:00", "Europe/Berlin"), ("2026-03-29T02:30", "Europe/Berlin"),
    ("2026-03-29 02:59:59.999999", "Europe/Berlin"), ("2026-03-08T02:30", "America/New_York"),
    ("2026-10-04T02:15", "Australia/Lord_Howe"), ("2018-11-04T00:30", "America/Sao_Paulo"),
  ])
  func `a time that clocks pass over is told`(text: String, zone: String) {
    let error = #expect(throws: AssayError.self) { try moment(text, zone) }
    #expect(error?.code == .settings && error?.message.contains("no such time in \(zone)") == true)
  }

  @Test func `a day whose midnight is missing begins where clocks were put forward`() throws {
    #expect(try moment("2018-11-04", "America/Sao_Paulo") == "2018-11-04T03:00:00Z")
    #expect(try moment("2018-11-05", "America/Sao_Paulo") == "2018-11-05T02:00:00Z")
  }

  /// The slow twin: Foundation's own calendar, asked for each moment.
  @Test(arguments: ["Europe/Berlin", "America/Sao_Paulo", "Asia/Kolkata", "Australia/Lord_Howe", "Africa/Casablanca"])
  func `days are those of Foundation's calendar`(name: String) throws {
    var foundation = Calendar(identifier: .gregorian)
    foundation.timeZone = try #require(TimeZone(identifier: name))
    let (first, last) = (Timestamp(year: 2018, month: 1, day: 1), Timestamp(year: 2027, month: 1, day: 1))
    var calendar = try TimeZones.calendar(name, from: first, to: last)
    let epoch = Timestamp(year: 1970, month: 1, day: 1)
    var random = SeededGenerator(seed: StableHash.of(text: name))
    for _ in 0..<2_000 {
      let seconds =
        (first.microseconds + Int64(random.next() % UInt64(last.microseconds - first.microseconds))) / 1_000_000
      let date = Date(timeIntervalSince1970: Double(seconds))
      let parts = foundation.dateComponents([.year, .month, .day], from: date)
      let midnight = Timestamp(year: parts.year!, month: parts.month!, day: parts.day!)
      let expected = (midnight.microseconds - epoch.microseconds) / 86_400_000_000
      #expect(Int64(calendar.day(of: Timestamp(microseconds: seconds * 1_000_000))) == expected, "\(date)")
    }
  }
}
