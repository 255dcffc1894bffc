internal import AssayDetectors
internal import AssayIngest
internal import AssayMeasurement
internal import AssayModel
public import AssayReports
internal import Synchronization

/// What is written event by event while an audit runs.
public struct RowFiles: Sendable {
  /// A file of judged events: its path, whose extension chooses the form.
  public var events: String?
  /// Whether only events on which a detector fired are written there.
  public var onlyFlagged = false
  /// A results file (`.db`).
  public var store: String?
  /// What of addresses is shown.
  public var privacy = AddressPrivacy.full

  /// Nothing is written.
  public init() {}

  /// Where they are.
  var paths: [String] { [events, store].compactMap { $0 } }

  /// Says before the run what is wrong with the paths.
  ///
  /// - Throws: `usage` for rows of a form that there is not.
  func check() throws(AssayError) {
    if let events { _ = try EventFile.form(of: events) }
  }

  /// Begins the files. They appear when they are closed, and not at all where the run fails.
  func open() throws(AssayError) -> Opened {
    var opened = Opened()
    if let events {
      opened.events = try EventFile(path: events, onlyFlagged: onlyFlagged, privacy: privacy)
    }
    if let store { opened.store = try StoreFile(path: store, privacy: privacy) }
    return opened
  }

  /// The files of a run.
  struct Opened: Sendable {
    var events: EventFile?
    var store: StoreFile?

    var consumers: [any RowConsumer] { [events as (any RowConsumer)?, store].compactMap { $0 } }

    /// Completes the files.
    func close(_ result: AuditResult) throws(AssayError) {
      try events?.close()
      try store?.close(result)
    }
  }
}

/// A file with a row for each judged event.
final class EventFile: RowConsumer {
  private struct State: ~Copyable {
    var file: AtomicFile?
    var rows: EventRows
    var buffer = TextBuffer()

    /// Writes what has been rendered.
    mutating func flush() throws(AssayError) {
      let bytes = buffer.bytes
      buffer = TextBuffer()
      try file?.write(bytes.span)
    }
  }

  let wantsAll: Bool
  private let state: Mutex<State>

  /// Begins the file; its extension chooses the form.
  ///
  /// - Throws: `usage` for an extension that is neither .ndjson (.jsonl) nor .csv; what making a file throws.
  init(path: String, onlyFlagged: Bool, privacy: AddressPrivacy) throws(AssayError) {
    wantsAll = !onlyFlagged
    let rows = EventRows(try EventFile.form(of: path), cards: DetectorCatalog.cards, privacy: privacy)
    state = Mutex(State(file: try AtomicFile(path: path), rows: rows))
  }

  /// The form that the extension of a path chooses. Rows are many JSON values, so that `.json` would promise what no
  /// reader of JSON finds.
  ///
  /// - Throws: `usage` for another extension.
  static func form(of path: String) throws(AssayError) -> EventRows.Form {
    switch path.split(separator: ".").last?.lowercased() {
    case "ndjson", "jsonl": return .ndjson
    case "csv": return .csv
    default: throw AssayError(.usage, "--events writes rows as .ndjson (.jsonl) or .csv; “\(path)” is neither.")
    }
  }

  func take(_ rows: [JudgedRow]) throws(AssayError) {
    let result: Result<Void, AssayError> = state.withLock { state in
      for row in rows where wantsAll || !row.event.detectors.isEmpty {
        state.rows.write(row.event, to: &state.buffer)
      }
      do throws(AssayError) { return .success(try state.flush()) } catch { return .failure(error) }
    }
    try result.get()
  }

  /// Makes the file appear.
  func close() throws(AssayError) {
    let result: Result<Void, AssayError> = state.withLock { state in
      state.rows.finish(to: &state.buffer)
      do throws(AssayError) {
        try state.flush()
        if let file = state.file.take() { try file.commit() }
        return .success(())
      } catch {
        return .failure(error)
      }
    }
    try result.get()
  }
}
