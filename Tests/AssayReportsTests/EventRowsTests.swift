import AssayMeasurement
import AssayModel
import Foundation
import TestSupport
import Testing

@testable import AssayReports

@Suite struct EventRowsTests {
  private func rows(_ form: EventRows.Form, _ events: [JudgedEvent], _ privacy: AddressPrivacy = .full) -> String {
    var (rows, buffer) = (EventRows(form, cards: SampleCards.all, privacy: privacy), TextBuffer())
    for event in events { rows.write(event, to: &buffer) }
    rows.finish(to: &buffer)
    return String(decoding: buffer.bytes, as: UTF8.self)
  }

  private static let events =
    [
      Samples.event(.impression, offset: 18_234, line: 97, detectors: [0]),
      Samples.event(.click, offset: 20_511, line: 109, detectors: [1, 2]),
    ]
    + Samples.odd.samples.map(\.event)

  @Test(arguments: EventRows.Form.allCases)
  func `rows look as they did when somebody was content`(form: EventRows.Form) throws {
    try Snapshot.check(rows(form, EventRowsTests.events), "reports/event-rows/\(form.rawValue).golden")
  }

  @Test func `every row of JSON has the columns in their order and the values of the event`() throws {
    let lines = rows(.ndjson, EventRowsTests.events).split(separator: "\n")
    #expect(lines.count == EventRowsTests.events.count)
    for (line, event) in zip(lines, EventRowsTests.events) {
      guard case .object(let members) = try JSONValue(parsing: Array(line.utf8)) else {
        Testing.Issue.record("no object")
        continue
      }
      #expect(members.map(\.key) == EventRows.columns)
      let fields = try JSONFields(JSONValue(parsing: Array(line.utf8)))
      #expect(try fields.text("id") == event.id)
      #expect(try fields.text("time") == TimeText.text(event.event.time))
      #expect(try fields.address("address") == event.event.address)
      #expect(try fields.hex("session") == event.session)
      #expect(try fields.textOrNull("user_agent") == event.userAgent)
      #expect(try fields.decimal("price", places: 6) == event.event.value.millionths)
      #expect(try fields.decimal("score", places: 2) == Int64(event.score))
      #expect(try fields.texts("detectors") == event.detectors)
      #expect(try fields.textOrNull("impression_id") == event.impressionID)
      let evidence = try fields.objects("evidence")
      #expect(evidence.count == event.evidence.count)
      for (fields, one) in zip(evidence, event.evidence) {
        let (card, measure) = (SampleCards.all.card(of: one.finding), SampleCards.all.measure(of: one.finding))
        #expect(try fields.text("detector") == card?.id ?? "")
        #expect(try fields.text("measure") == measure?.name ?? "")
        #expect(try fields.text("unit") == measure?.unit ?? "")
        #expect(try fields.decimal("observed", places: 6) == one.finding.observed)
        #expect(try fields.decimal("threshold", places: 6) == one.finding.threshold)
        #expect(try fields.textOrNull("reason") == one.reason)
        #expect(try fields.textOrNull("network") == one.network)
      }
      #expect(try fields.text("viewable") == (event.event.kind == .impression ? event.viewability.name : ""))
    }
  }

  @Test func `no rows are a header in CSV and nothing in JSON`() {
    #expect(rows(.ndjson, []) == "")
    #expect(rows(.csv, []) == EventRows.columns.joined(separator: ",") + "\r\n")
  }

  @Test func `numbers, ids and times are written like their slow twins`() {
    var generator = SeededGenerator(seed: 7)
    func written(_ body: (inout [UInt8]) -> Void) -> String {
      var bytes: [UInt8] = []
      body(&bytes)
      return String(decoding: bytes, as: UTF8.self)
    }
    var numbers: [Int64] = [0, 1, -1, 9, 10, 999_999, 1_000_000, -1_000_001, .max, .min]
    for _ in 0..<2_000 { numbers.append(Int64(bitPattern: generator.next()) >> Int64(generator.next() % 64)) }
    for number in numbers {
      #expect(written { RowText.append(Int(number), to: &$0) } == String(number))
      #expect(written { RowText.append(millionths: number, to: &$0) } == Numbers.fixed(number))
      #expect(written { RowText.append(hundredths: Int(number), to: &$0) } == Numbers.hundredths(Int(number)))
      #expect(
        written { RowText.append(hex: UInt64(bitPattern: number), to: &$0) } == Numbers.hex(UInt64(bitPattern: number)))
      let time = Timestamp(microseconds: number)
      #expect(written { RowText.append(time, to: &$0) } == TimeText.text(time))
      let address = Address(v4: UInt32(truncatingIfNeeded: number))
      #expect(written { RowText.append(address, to: &$0) } == address.description)
    }
  }

  @Test func `privacy holds in rows too`() {
    let truncated = rows(.csv, EventRowsTests.events, .truncated)
    #expect(truncated.contains(",198.51.100.0,") && !truncated.contains("198.51.100.7") && !truncated.contains("feed0"))
    let hashed = rows(.ndjson, EventRowsTests.events, .hashed { StableHash.of($0.high, $0.low, 3) })
    #expect(hashed.contains("\"100::") && !hashed.contains("198.51.100.7") && !hashed.contains("1122334455667788"))
  }

  @Test(
    .enabled(if: ProcessInfo.processInfo.environment["MEASURE"] == "1"), arguments: EventRows.Form.allCases)
  func `rows are written fast enough to keep up with the audit`(form: EventRows.Form) {
    let events = (0..<64).map {
      Samples.event($0 % 8 == 0 ? .click : .impression, offset: $0 * 311, line: $0, detectors: $0 % 4 == 0 ? [0] : [])
    }
    var best = Double.infinity
    for _ in 0..<5 {
      var (rows, bytes) = (EventRows(form, cards: SampleCards.all), 0)
      var buffer = TextBuffer { (part) throws(AssayError) in bytes += part.count }
      let start = ContinuousClock.now
      for round in 0..<8_000 {
        for var event in events {
          event.event.time.microseconds += Int64(round)
          rows.write(event, to: &buffer)
        }
      }
      rows.finish(to: &buffer)
      try? buffer.finish()
      let elapsed = start.duration(to: .now)
      best = min(best, Double(elapsed.components.attoseconds) / 1e18 + Double(elapsed.components.seconds))
      print("\(form): \(bytes) bytes")
    }
    print("\(form): \(Int(512_000 / best)) rows/s")
    #expect(512_000 / best > 500_000)
  }
}
