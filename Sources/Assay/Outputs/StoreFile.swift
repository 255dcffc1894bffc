internal import AssayIngest
internal import AssayMeasurement
internal import AssayModel
internal import AssayReports
internal import Synchronization

/// A results file that is written while an audit runs and appears when it is complete.
final class StoreFile: RowConsumer {
  private struct State: ~Copyable {
    var file: AtomicFile?
    var writer: ResultStoreWriter?
  }

  let wantsAll = false
  private let state: Mutex<State>

  /// Begins the file beside its place.
  ///
  /// - Throws: `permission` or `inputOutput` where it cannot be made.
  init(path: String, privacy: AddressPrivacy) throws(AssayError) {
    let noFile = AssayError(.inputOutput, "A results file cannot be a device or a pipe.", at: .init(source: path))
    // Asked first: opening a pipe would wait for its reader.
    if AtomicFile.isDirect(path) { throw noFile }
    let file = try AtomicFile(path: path)
    guard let place = file.pathMeanwhile else { throw noFile }
    // SQLite takes an empty file for an empty database.
    let writer = try ResultStoreWriter(path: place, name: path, privacy: privacy)
    state = Mutex(State(file: file, writer: writer))
  }

  func take(_ rows: [JudgedRow]) throws(AssayError) {
    try change { (state: inout State) throws(AssayError) in
      guard let writer = state.writer else { return }
      var last: Session?
      for row in rows {
        try writer.add(row.event)
        if let session = row.session, session != last { try writer.add(session, of: row.event) }
        last = row.session
      }
    }
  }

  /// Completes the file.
  func close(_ result: AuditResult) throws(AssayError) {
    try change { (state: inout State) throws(AssayError) in
      try state.writer?.finish(result)
      state.writer = nil
      if let file = state.file.take() { try file.commit() }
    }
  }

  private func change(_ body: (inout State) throws(AssayError) -> Void) throws(AssayError) {
    let result: Result<Void, AssayError> = state.withLock { state in
      do throws(AssayError) { return .success(try body(&state)) } catch { return .failure(error) }
    }
    try result.get()
  }
}

extension ResultStoreWriter {
  fileprivate func add(_ session: Session, of event: JudgedEvent) throws(AssayError) {
    try addSession(
      id: event.session, visitor: event.event.visitor, start: session.start, end: session.end,
      events: session.events.count, closing: session.closing)
  }
}
