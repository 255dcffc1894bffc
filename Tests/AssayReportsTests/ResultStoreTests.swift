import AssayMeasurement
import AssayModel
import Foundation
import GRDB
import TestSupport
import Testing

@testable import AssayReports

@Suite struct ResultStoreTests {
  private let folder: TemporaryFolder

  init() { folder = TemporaryFolder() }

  /// Five events, of which one is plainly valid and one valid with a detector in shadow.
  private static let events: [JudgedEvent] = {
    var valid = Samples.event(.impression, offset: 10, line: 1, detectors: [])
    valid.viewability = .notViewable
    var shadow = Samples.event(.impression, offset: 20, line: 2, detectors: [])
    shadow.detectors = ["sample-shadow"]
    shadow.evidence = [
      Evidence(Finding(position: shadow.event.position, detector: 4, measure: 3, observed: 1, threshold: -1))
    ]
    shadow.session = 0xffff_ffff_ffff_fff0
    shadow.event.address = Address(high: 0xffff_0000_0000_0001, low: 0x8000_0000_0000_0000)
    shadow.userAgent = nil
    let robot = Samples.event(.impression, offset: 30, line: 3, detectors: [0])
    var click = Samples.event(.click, offset: 40, line: 4, detectors: [1, 2])
    click.names[0] = "other; DROP TABLE event --"
    click.event.address = .none
    var excluded = Samples.event(.form, source: 1, offset: 50, line: 5, detectors: [])
    excluded.trafficClass = .excluded
    excluded.userAgent = ""
    return [valid, shadow, robot, click, excluded]
  }()

  private func write(_ name: String, _ result: AuditResult = Samples.small, privacy: AddressPrivacy = .full) throws
    -> String
  {
    let path = folder.path(name)
    let writer = try ResultStoreWriter(path: path, privacy: privacy)
    for event in ResultStoreTests.events { try writer.add(event) }
    for id: UInt64 in [0xfeed_0000_0000_0001, 0xffff_ffff_ffff_fff0, 0x1234] {
      try writer.addSession(
        id: id, visitor: 7, start: Timestamp(seconds: 100), end: Timestamp(seconds: 200), events: 9,
        closing: .inactivity)
    }
    try writer.finish(result)
    return path
  }

  @Test(arguments: Samples.all.map { $0.name })
  func `the result comes back from the store as it went in`(name: String) throws {
    let result = try #require(Samples.all.first { $0.name == name }).result
    let store = try ResultStore(path: try write("a.db", result))
    #expect(JSONReport.text(of: try store.result()) == JSONReport.text(of: result))
    #expect(try store.sources().map(\.path) == result.inputs.map { Display.safe($0.path) })
  }

  @Test func `the same events and result give the same bytes`() throws {
    let first = try Data(contentsOf: URL(filePath: write("a.db")))
    let second = try Data(contentsOf: URL(filePath: write("b.db")))
    #expect(first == second)
  }

  @Test func `everything but plainly valid events is kept and comes back whole`() throws {
    let store = try ResultStore(path: write("a.db"))
    let stored = try store.events(matching: EventQuery(.all))
    #expect(stored.map(\.id) == ["0:20", "0:30", "0:40", "1:50"])
    for (stored, var original) in zip(stored, ResultStoreTests.events.dropFirst()) {
      // The id is read again from the line, not stored.
      original.impressionID = nil
      #expect("\(stored.event)" == "\(original)")
    }
    #expect(
      try store.flaggedPositions().map(\.trafficClass) == [.valid, .givt, .givt, .excluded])
    #expect(try store.session(0xffff_ffff_ffff_fff0)?.events == 9)
    #expect(try store.session(0xfeed_0000_0000_0001)?.closing == "inactivity")
    #expect(try store.session(0x1234) == nil)
  }

  @Test(arguments: [
    ("0:30", ["0:30"]), ("0:31", []), ("feed000000000001", ["0:30", "0:40", "1:50"]),
    ("fffffffffffffff0", ["0:20"]), ("198.51.100.7", ["0:30", "1:50"]), ("198.51.100.0/24", ["0:30", "1:50"]),
    ("198.51.100.8/31", []), ("198.51.100.6/31", ["0:30", "1:50"]), ("0.0.0.0/0", ["0:30", "1:50"]),
    ("::/0", ["0:20", "0:30", "1:50"]), ("ffff::1:8000:0:0:0", ["0:20"]), ("ffff::/16", ["0:20"]),
    ("ffff::1:8000:0:0:0/128", ["0:20"]), ("spring-sale", ["0:20", "0:30", "1:50"]),
    ("campaign=other; DROP TABLE event --", ["0:40"]),
    ("publisher=free-games.example", ["0:20", "0:30", "0:40", "1:50"]),
    ("seller=", ["0:20", "0:30", "0:40", "1:50"]), ("detector=sample-steady", ["0:40"]), ("detector=", []),
    ("", []), ("campaign", []), ("1.2.3.4/99", []), ("99999999999999999999:1", []),
  ])
  func `events are found by id, session, network, name and detector`(text: String, ids: [String]) throws {
    let store = try ResultStore(path: write("a.db"))
    let query = EventQuery(parsing: text)
    #expect(try store.events(matching: query).map(\.id) == ids)
    #expect(try store.count(matching: query) == Int64(ids.count))
    #expect(try store.events(matching: EventQuery(parsing: text, limit: 1)).map(\.id) == Array(ids.prefix(1)))
  }

  @Test func `the views say what the ledger and the events say`() throws {
    let queue = try DatabaseQueue(path: write("a.db"))
    try queue.read { database in
      let worst = try Row.fetchAll(database, sql: "SELECT * FROM invalid_by_campaign")
      #expect(worst.first?["campaign"] == "spring-sale")
      #expect(worst.first?["invalid"] == 1_012)
      let evidence = try Row.fetchAll(database, sql: "SELECT * FROM evidence WHERE id = '0:40'")
      #expect(evidence.map { $0["detector"] } == ["sample-fast-click", "sample-steady"])
      #expect(evidence.map { $0["observed"] } == [420.0, 31.0])
      #expect(evidence.map { $0["measure"] } == ["least", "events"])
      #expect(evidence.map { $0["unit"] } == ["ms", "events"])
      let robot = try Row.fetchOne(database, sql: "SELECT * FROM evidence WHERE id = '0:30'")
      #expect(robot?["matched"] == "matches “fetcher” of robots.txt; the address is verified by crawlers.json")
      #expect(robot?["network"] == "198.51.100.7")
      #expect(evidence.first?["time"] == "2026-11-01T02:26:52Z")
      let address = try Row.fetchOne(database, sql: "SELECT * FROM worst_address")
      #expect(address?["address"] == "198.51.100.7")
      #expect(address?["invalid"] == 1)
      #expect(try String.fetchOne(database, sql: "PRAGMA integrity_check") == "ok")
      #expect(try Int.fetchOne(database, sql: "SELECT count(*) FROM pragma_foreign_key_check") == 0)
      let broken = try Int.fetchOne(
        database,
        sql:
          "SELECT count(*) FROM ledger WHERE gross <> valid + suspicious + givt + sivt OR total_net <> gross - givt - sivt"
      )
      #expect(broken == 0)
      // The comments are part of the schema: whoever opens the file finds them.
      for table in ["result", "ledger", "event", "finding", "session"] {
        let sql = try String.fetchOne(database, sql: "SELECT sql FROM sqlite_schema WHERE name = ?", arguments: [table])
        #expect(sql?.contains("--") == true)
      }
    }
  }

  @Test func `no address and no id made of one is stored where privacy forbids it`() throws {
    let truncated = try ResultStore(path: write("a.db", privacy: .truncated))
    #expect(try truncated.events(matching: EventQuery(parsing: "198.51.100.0")).count == 2)
    #expect(
      try truncated.events(matching: EventQuery(.all)).allSatisfy {
        $0.event.session == 0 && $0.event.event.visitor == 0
      })
    let hashed = try ResultStore(path: write("b.db", privacy: .hashed { StableHash.of($0.high, $0.low, 99) }))
    let events = try hashed.events(matching: EventQuery(parsing: "100::/64"))
    #expect(events.count == 3)
    #expect(try hashed.session(events[1].event.session)?.visitor != 7)
    for name in ["a.db", "b.db"] {
      let text = String(decoding: try Data(contentsOf: URL(filePath: folder.path(name))), as: UTF8.self)
      #expect(!text.contains("198.51.100.7"))
      #expect(!text.contains("feed000000000001"))
    }
  }

  @Test func `a full disk is an error with a sentence, wherever it fills up`() throws {
    for (index, pages) in [30, 60, 90].enumerated() {
      let error = #expect(throws: AssayError.self) {
        let writer = try ResultStoreWriter(path: folder.path("\(index).db"), privacy: .full, largest: pages)
        for offset in 0..<2_000 {
          try writer.add(Samples.event(.click, offset: offset, line: offset, detectors: [0]))
        }
        try writer.finish(Samples.small)
      }
      #expect(error?.code == .inputOutput)
      #expect(error?.message.contains("disk is full") == true)
    }
  }

  @Test func `what is no results file is refused with a sentence`() throws {
    let text = folder.path("text.db")
    try Data("not a database, but a text that is long enough to be taken for one".utf8).write(to: URL(filePath: text))
    let empty = folder.path("empty.db")
    try Data().write(to: URL(filePath: empty))
    let foreign = folder.path("foreign.db")
    try DatabaseQueue(path: foreign).write { try $0.execute(sql: "CREATE TABLE event (x)") }
    let newer = try write("newer.db")
    try DatabaseQueue(path: newer).write { try $0.execute(sql: "PRAGMA user_version = 9") }
    for path in [text, empty, foreign, newer] {
      let error = #expect(throws: AssayError(.unreadable, "")) { try ResultStore(path: path) }
      #expect(error?.message.contains("no results file of assay") == true)
    }
    #expect(throws: AssayError(.noInput, "")) { try ResultStore(path: folder.path("missing.db")) }
    #expect(throws: AssayError(.noInput, "")) { try ResultStoreWriter(path: folder.path("missing/a.db")) }
    #expect(throws: AssayError(.failed, "")) { try ResultStoreWriter(path: foreign) }
  }

  @Test func `a results file that somebody tampered with is refused, never a crash`() throws {
    for (index, change) in [
      "UPDATE event SET kind = 'dream'", "UPDATE event SET address_bytes = x'00'", "DELETE FROM result",
      "UPDATE result SET document = '{}'", "ALTER TABLE event RENAME TO gone", "UPDATE event SET viewable = 'perhaps'",
    ].enumerated() {
      let path = try write("\(index).db")
      try DatabaseQueue(path: path).write { try $0.execute(sql: change) }
      let store = try ResultStore(path: path)
      #expect(throws: AssayError(.unreadable, "")) {
        _ = try store.result()
        _ = try store.events(matching: EventQuery(.all))
        _ = try store.flaggedPositions()
      }
    }
  }

  @Test(.enabled(if: ProcessInfo.processInfo.environment["MEASURE"] == "1"))
  func `events are stored, and many names read back, in bearable time`() throws {
    let path = folder.path("many.db")
    let writer = try ResultStoreWriter(path: path)
    var event = Samples.event(.click, offset: 0, line: 1, detectors: [1, 2])
    var result = Samples.small
    result.byDimension[0] = (0..<20_000).map { Samples.named("campaign-\($0)", Samples.small.totals) }
    let start = ContinuousClock.now
    for number in 0..<200_000 {
      event.event.position = SourcePosition(source: 0, offset: number * 311)
      event.session = UInt64(number / 10 + 1)
      try writer.add(event)
      if number % 10 == 9 {
        try writer.addSession(
          id: event.session, visitor: 1, start: event.event.time, end: event.event.time, events: 10, closing: .length)
      }
    }
    let added = ContinuousClock.now
    try writer.finish(result)
    let finished = ContinuousClock.now
    let again = try ResultStore(path: path).result()
    print(
      "200,000 events \(start.duration(to: added)), finish \(added.duration(to: finished)), read \(finished.duration(to: .now))"
    )
    #expect(again.byDimension[0].count == 20_000)
  }
}
