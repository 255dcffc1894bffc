public import AssayMeasurement
public import AssayModel
internal import GRDB

/// Writes a results file: one SQLite database, one transaction, every row in the order in which it was added, so that
/// the same audit gives the same bytes.
///
/// Write to a temporary path and rename the file after `finish`: there is no journal, so a file that was not finished
/// is worth nothing.
public final class ResultStoreWriter {
  /// How many events are kept before they are inserted in one go.
  private static let batch = 512

  private let name: String
  private let privacy: AddressPrivacy
  private let queue: DatabaseQueue
  private var pending: [JudgedEvent] = []
  private var pendingSessions: [StatementArguments] = []
  private var events: Int64 = 0
  private var agents = TextNumbers(table: "user_agent")
  private var reasons = TextNumbers(table: "reason")
  /// Sessions with stored events that `addSession` has not described yet.
  private var openSessions: Set<UInt64> = []

  /// Creates the file.
  ///
  /// - Parameter path: the temporary file; nothing may be in it.
  /// - Parameter name: where it will be: what errors call it.
  /// - Parameter privacy: what becomes of addresses; what is not written here, no later report can show.
  /// - Throws: `noInput` where the folder does not exist, `permission`, `inputOutput`, or `failed` where the file
  ///   already holds something.
  public convenience init(path: String, name: String? = nil, privacy: AddressPrivacy = .full) throws(AssayError) {
    try self.init(path: path, name: name, privacy: privacy, largest: nil)
  }

  /// With a largest size in pages of 4 KiB, as if the disk were full then.
  init(path: String, name: String? = nil, privacy: AddressPrivacy, largest: Int?) throws(AssayError) {
    let name = name ?? path
    self.name = name
    self.privacy = privacy
    queue = try StoreFailure.translated(name) {
      var configuration = Configuration()
      configuration.foreignKeysEnabled = false
      // The transaction stays open between calls.
      configuration.allowsUnsafeTransactions = true
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      try queue.inDatabase { database in
        guard try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_schema") == 0 else {
          throw AssayError(
            .failed, "The temporary results file already holds something; remove it.", at: .init(source: name))
        }
        try database.execute(sql: "PRAGMA journal_mode = OFF")
        try database.execute(sql: "PRAGMA application_id = \(StoreSchema.applicationID)")
        try database.execute(sql: "PRAGMA user_version = \(StoreSchema.version)")
        // 64 MiB: enough that rows of one batch stay together in memory, whatever the size of the file.
        try database.execute(sql: "PRAGMA cache_size = -65536")
        if let largest { try database.execute(sql: "PRAGMA max_page_count = \(largest)") }
        try database.execute(sql: "BEGIN IMMEDIATE")
        for table in StoreSchema.tables { try database.execute(sql: table) }
      }
      return queue
    }
  }

  /// Adds a judged event. One that is plainly valid (no detector fired) is only counted in the result and leaves no
  /// row.
  ///
  /// - Throws: `inputOutput` where the disk is full.
  public func add(_ event: JudgedEvent) throws(AssayError) {
    if event.trafficClass == .valid, event.detectors.isEmpty { return }
    if event.session != 0 { openSessions.insert(event.session) }
    pending.append(privacy.event(event))
    if pending.count >= ResultStoreWriter.batch { try insertPending() }
  }

  /// Describes a session, after its events; one without stored events leaves no row.
  public func addSession(
    id: UInt64, visitor: UInt64, start: Timestamp, end: Timestamp, events: Int, closing: Session.Closing
  ) throws(AssayError) {
    guard openSessions.remove(id) != nil else { return }
    // Without ids that may be written there is nothing to find a session by.
    let shown = privacy.identifier(id)
    if shown == 0 { return }
    pendingSessions.append([
      Int64(bitPattern: shown), Int64(bitPattern: privacy.identifier(visitor)), start.microseconds, end.microseconds,
      events, closing.name,
    ])
    if pendingSessions.count >= ResultStoreWriter.batch { try insertPending() }
  }

  /// Adds the result, makes indices and views, and closes the file.
  public func finish(_ result: AuditResult) throws(AssayError) {
    try insertPending()
    let shown = privacy.result(result)
    try StoreFailure.translated(name) {
      try queue.inDatabase { database in
        try ResultRows(database).insert(shown)
        for statement in StoreSchema.indicesAndViews { try database.execute(sql: statement) }
        try database.execute(sql: "COMMIT")
      }
      try queue.close()
    }
  }

  private func insertPending() throws(AssayError) {
    try StoreFailure.translated(name) {
      try queue.inDatabase { database in
        let session = try database.cachedStatement(sql: "INSERT OR IGNORE INTO session VALUES (?, ?, ?, ?, ?, ?)")
        for values in pendingSessions { try session.run(values) }
        let event = try database.cachedStatement(
          sql: "INSERT INTO event VALUES (\(Array(repeating: "?", count: 29).joined(separator: ", ")))")
        let finding = try database.cachedStatement(sql: "INSERT INTO finding VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")
        for judged in pending {
          let agent = try agents.number(of: judged.userAgent, database)
          events += 1
          try event.run(StoredEvent.row(judged, number: events, agent: agent))
          for one in judged.evidence {
            let reason = try reasons.number(of: one.reason, database)
            try finding.run([
              events, Int(one.finding.detector), Int(one.finding.measure), one.finding.observed,
              one.finding.threshold, reason, one.network, one.finding.position.source, one.finding.position.offset,
            ])
          }
        }
      }
    }
    pending.removeAll(keepingCapacity: true)
    pendingSessions.removeAll(keepingCapacity: true)
  }
}

/// Texts that many rows share, each written once, in the order in which they come.
private struct TextNumbers {
  private let table: String
  private var numbers: [String: Int64] = [:]

  init(table: String) { self.table = table }

  /// The number of a text, which is written where it is new; nil for none.
  mutating func number(of text: String?, _ database: Database) throws -> Int64? {
    guard let text else { return nil }
    if let known = numbers[text] { return known }
    let number = Int64(numbers.count + 1)
    numbers[text] = number
    try database.cachedStatement(sql: "INSERT INTO \(table) VALUES (?, ?)").run([number, Display.safe(text)])
    return number
  }
}

extension Statement {
  /// Runs a statement of ours with as many values as it has question marks, so that nothing is left to validate.
  func run(_ values: StatementArguments) throws {
    setUncheckedArguments(values)
    try execute()
  }
}

extension Session.Closing {
  /// The name in outputs.
  var name: String {
    switch self {
    case .inactivity: "inactivity"
    case .length: "length"
    case .endOfInput: "end-of-input"
    }
  }
}
