public import AssayMeasurement
public import AssayModel
internal import GRDB

/// A results file, read only.
public struct ResultStore: Sendable {
  private let path: String
  private let queue: DatabaseQueue

  /// Opens a file.
  ///
  /// - Throws: `noInput` where there is none; `unreadable` where it is no results file, or one of a newer program.
  public init(path: String) throws(AssayError) {
    self.path = path
    queue = try StoreFailure.translated(path) {
      var configuration = Configuration()
      configuration.readonly = true
      // The file may come from anybody: nothing in its schema may do more than hold rows.
      configuration.prepareDatabase { try $0.execute(sql: "PRAGMA trusted_schema = OFF") }
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      let (id, version) = try queue.read { database in
        (
          try Int32.fetchOne(database, sql: "PRAGMA application_id"),
          try Int32.fetchOne(database, sql: "PRAGMA user_version")
        )
      }
      guard id == StoreSchema.applicationID else {
        throw StoreFailure.notOurs(path, "it is a SQLite database of another program")
      }
      guard version == StoreSchema.version else {
        throw StoreFailure.notOurs(
          path, "its tables have version \(version ?? 0), and this program reads version \(StoreSchema.version)")
      }
      return queue
    }
  }

  /// The result, from which every report can be written again.
  public func result() throws(AssayError) -> AuditResult {
    let document = try rows("SELECT document FROM result LIMIT 1") { row throws(AssayError) in try row.text(0) }.first
    guard let document else { throw StoreFailure.notOurs(path, "the result is missing") }
    return try AuditResult(json: Array(document.utf8))
  }

  /// The sources by their ordinals, ascending.
  public func sources() throws(AssayError) -> [(ordinal: Int, path: String)] {
    try rows("SELECT source, path FROM input ORDER BY source") { row throws(AssayError) in
      (Int(try row.integer(0)), try row.text(1))
    }
  }

  /// Stored events in the order of judging, with their evidence.
  ///
  /// - Complexity: by event, session, address and campaign through an index; by anything else O(stored events).
  public func events(matching query: EventQuery) throws(AssayError) -> [StoredEvent] {
    let (condition, values) = ResultStore.condition(query.subject)
    var numbers: [Int64] = []
    var events = try rows(
      """
      SELECT \(StoredEvent.columns) FROM event LEFT JOIN user_agent ON user_agent.number = event.user_agent
      WHERE \(condition) ORDER BY event.number LIMIT \(max(0, query.limit))
      """, values
    ) { row throws(AssayError) in
      numbers.append(try row.integer(0))
      return try StoredEvent(row)
    }
    for (index, number) in numbers.enumerated() {
      events[index].event.evidence = try evidence(ofEvent: number)
    }
    return events
  }

  private func evidence(ofEvent number: Int64) throws(AssayError) -> [Evidence] {
    try rows(
      """
      SELECT source, "offset", detector, measure, observed, threshold, reason.text, network
      FROM finding LEFT JOIN reason ON reason.number = finding.reason WHERE event = ? ORDER BY finding.rowid
      """, [number.databaseValue]
    ) { row throws(AssayError) in
      Evidence(
        Finding(
          position: SourcePosition(source: Int(try row.integer(0)), offset: Int(try row.integer(1))),
          detector: Int(try row.integer(2)), measure: Int(try row.integer(3)), observed: try row.integer(4),
          threshold: try row.integer(5)),
        reason: try row.textOrNull(6), network: try row.textOrNull(7))
    }
  }

  /// How many stored events match, whatever the limit.
  public func count(matching query: EventQuery) throws(AssayError) -> Int64 {
    let (condition, values) = ResultStore.condition(query.subject)
    return try rows("SELECT count(*) FROM event WHERE \(condition)", values) { row throws(AssayError) in
      try row.integer(0)
    }.first ?? 0
  }

  /// A session with stored events.
  public func session(_ id: UInt64) throws(AssayError) -> StoredSession? {
    try rows(
      "SELECT id, visitor, start_time, end_time, events, closing FROM session WHERE id = ?",
      [Int64(bitPattern: id).databaseValue]
    ) { row throws(AssayError) in
      StoredSession(
        id: UInt64(bitPattern: try row.integer(0)), visitor: UInt64(bitPattern: try row.integer(1)),
        start: Timestamp(microseconds: try row.integer(2)), end: Timestamp(microseconds: try row.integer(3)),
        events: try row.integer(4), closing: try row.text(5))
    }.first
  }

  /// Every stored event's place and verdict, by source and offset.
  public func flaggedPositions() throws(AssayError) -> [FlaggedPosition] {
    try rows("SELECT path, \"offset\", class, viewable FROM event ORDER BY source, \"offset\", number") {
      row throws(AssayError) in
      FlaggedPosition(
        path: try row.text(0), offset: Int(try row.integer(1)),
        trafficClass: try row.choice(2, TrafficClass.allCases, \.name),
        viewability: try row.choice(3, Viewability.allCases, \.name))
    }
  }

  private static func condition(_ subject: EventQuery.Subject) -> (sql: String, values: [DatabaseValue]) {
    switch subject {
    case .event(let position):
      ("source = ? AND \"offset\" = ?", [position.source.databaseValue, position.offset.databaseValue])
    case .line(let path, let number):
      (
        "line = ? AND (path = ? OR substr(path, -length(?) - 1) = '/' || ?)",
        [number.databaseValue] + repeatElement(Display.safe(path).databaseValue, count: 3)
      )
    case .session(let id): ("session = ?", [Int64(bitPattern: id).databaseValue])
    case .network(let address, let bits):
      (
        "address_bytes BETWEEN ? AND ?",
        [address.prefix(bits).bytes.databaseValue, address.last(bits).bytes.databaseValue]
      )
    case .named(let dimension, let name): ("\(dimension.name) = ?", [Display.safe(name).databaseValue])
    case .detector(let id):
      (
        "event.number IN (SELECT event FROM finding WHERE detector IN (SELECT number FROM detector WHERE id = ?))",
        [id.databaseValue]
      )
    case .all: ("TRUE", [])
    }
  }

  private func rows<Value>(
    _ sql: String, _ values: [DatabaseValue] = [], _ value: (StoredRow) throws(AssayError) -> Value
  ) throws(AssayError) -> [Value] {
    try StoreFailure.translated(path) {
      try queue.read { database in
        var found: [Value] = []
        let cursor = try Row.fetchCursor(database, sql: sql, arguments: StatementArguments(values))
        while let row = try cursor.next() { found.append(try value(StoredRow(row: row, path: path))) }
        return found
      }
    }
  }
}
