internal import AssayIngest
internal import AssayMeasurement
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
  /// - Throws: `unknown` where nothing is stored about it; `inputOutput` where a log is there and cannot be read.
  public func explanation(of id: String, limit: Int, options: ReportOptions) throws(AssayError) -> String {
    guard !id.isEmpty else {
      throw AssayError(.usage, "Say what is to be explained: an event, session, address or name.")
    }
    let query = try query(id, limit: limit)
    let total = try store.count(matching: query)
    if total == 0 { throw AssayError(.unknown, nothingStored(about: id)) }
    let events = try store.events(matching: query)
    var session: StoredSession?
    if case .session(let number) = query.subject { session = try store.session(number) }
    let result = try store.result()
    let reading = try read(events, result.inputs)
    let text = AssayReports.explanation(
      of: reading.events, lines: reading.lines, cards: result.detectors.map(\.card), subject: id,
      total: total, session: session, options: options)
    return text + reading.remarks.map { "\n\($0)\n" }.joined()
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

  /// Some events with the impression ids that their lines, read again, tell; the lines; and what keeps them from being
  /// the lines that were judged.
  private func read(
    _ events: [StoredEvent], _ inputs: [AuditResult.Input]
  ) throws(AssayError) -> (events: [StoredEvent], lines: [String?], remarks: [String]) {
    var found: [SourcePosition: [UInt8]] = [:]
    var remarks: [String] = []
    for source in Set(events.map { $0.event.event.position.source }).sorted() where source < inputs.count {
      let input = inputs[source]
      let path = printableText(input.path.utf8)
      if input.path == "-" {
        remarks.append("The lines came from standard input and cannot be shown again.")
        continue
      }
      let wanted = events.map { $0.event.event.position }.filter { $0.source == source }
      do throws(AssayError) {
        let file = InputFile(path: input.path)
        let lines = try LineFinder.lines(of: file, at: wanted.sorted().map(\.offset))
        for (position, line) in zip(wanted.sorted(), lines) { found[position] = line }
        if try hasChanged(file, since: input) {
          remarks.append(
            "\(path) has changed since the audit: the lines shown from it may not be the ones that were judged.")
        }
      } catch {
        remarks.append("The lines of \(path) cannot be shown: \(error.message)")
      }
    }
    let lines = events.map { found[$0.event.event.position] }
    var events = events
    for (index, line) in lines.enumerated() {
      guard let line else { continue }
      events[index].event.impressionID = ImpressionFinder.id(in: line, hash: events[index].event.event.impression)
    }
    return (events, lines.map { $0.map { printableText($0) } }, remarks)
  }

  /// Whether a file is not the one that was audited: another size, or, where its hash was kept, another hash.
  private func hasChanged(_ file: InputFile, since input: AuditResult.Input) throws(AssayError) -> Bool {
    if Int64(file.size) != input.bytes { return true }
    if input.sha256.isEmpty { return false }
    var reader = try ChunkReader(file, source: 0)
    var chunk = Chunk()
    while try reader.next(into: &chunk) {}
    return reader.sha256 != input.sha256
  }
}
