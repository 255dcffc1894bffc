internal import AssayDetectors
internal import AssayIngest
public import AssayModel
public import AssayReports

/// `assay explain`: why events were judged so, with their lines read again from the logs.
public struct Explainer: Sendable {
  private let store: ResultStore

  /// An explainer of a results file.
  ///
  /// - Throws: `noInput` where there is no such file; `unreadable` where it is not a results file.
  public init(results: String) throws(AssayError) { store = try ResultStore(path: results) }

  /// The explanation of what an id names (`EventQuery.init(parsing:)`; `FILE:LINE` too).
  ///
  /// - Throws: `inputOutput` where a log is there and cannot be read.
  public func explanation(of id: String, limit: Int, options: ReportOptions) throws(AssayError) -> String {
    let query = try query(id, limit: limit)
    let events = try store.events(matching: query)
    var session: StoredSession?
    if case .session(let number) = query.subject { session = try store.session(number) }
    let lines = try lines(of: events)
    let text = AssayReports.explanation(
      of: events, lines: lines, cards: DetectorCatalog.all.map { $0.card }, subject: id,
      total: try store.count(matching: query), session: session, options: options)
    let missing = lines.count { $0 == nil }
    return missing == 0
      ? text : text + "\n\(missing) of the lines could not be read again: their file is gone, or was standard input.\n"
  }

  private func query(_ id: String, limit: Int) throws(AssayError) -> EventQuery {
    let parsed = EventQuery(parsing: id, limit: limit)
    switch parsed.subject {
    case .line, .named: break
    default: return parsed
    }
    if id.contains("=") { return parsed }
    // A bare word may be any of these, and a name may look like a line of a file; the first that has events is meant.
    let subjects = [parsed.subject] + Dimension.allCases.map { .named($0, id) } + [.detector(id)]
    for candidate in subjects.map({ EventQuery($0, limit: limit) }) where try store.count(matching: candidate) > 0 {
      return candidate
    }
    return parsed
  }

  private func lines(of events: [StoredEvent]) throws(AssayError) -> [String?] {
    var files: [InputFile] = []
    for (ordinal, path) in try store.sources() {
      while files.count <= ordinal { files.append(InputFile(path: "", isStandardInput: true)) }
      files[ordinal] = InputFile(path: path, isStandardInput: path == "-")
    }
    let found = try EvidenceReader(files: files).lines(at: events.map { $0.event.event.position })
    return events.map { stored in found[stored.event.event.position].map { printableText($0) } }
  }
}
