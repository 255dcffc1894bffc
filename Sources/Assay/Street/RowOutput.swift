internal import AssayDetectors
internal import AssayModel
internal import AssayParsing
internal import Synchronization

/// Somebody who wants judged events one by one, in the total order.
protocol RowConsumer: Sendable {
  /// Whether all judged events are wanted, or only those on which a detector fired.
  var wantsAll: Bool { get }
  /// Takes the rows of one bucket. Called for one bucket after the other, never from two workers at once.
  func take(_ rows: [JudgedRow]) throws(AssayError)
}

/// A judged event and its session.
struct JudgedRow: Sendable {
  var event: JudgedEvent
  var session: Session?
}

/// Brings the rows that workers make, bucket by bucket and out of turn, into the total order.
///
/// A worker is at most a few buckets ahead of the slowest one, so that few buckets of rows wait in memory; a bucket that
/// is judged portion by portion waits for its turn, and its rows wait for nobody.
final class RowOutput: Sendable {
  /// The rows of one bucket while they are being collected.
  struct Bucket {
    let ordinal: Int
    let wantsAll: Bool
    fileprivate var events: [Judged] = []

    /// Adds an event, in the total order.
    mutating func add(_ judged: Judged) { events.append(judged) }
  }

  private struct State {
    var next = 0
    var waiting: [Int: [JudgedRow]] = [:]
  }

  private let consumers: [any RowConsumer]
  private let wantsAll: Bool
  private let resolver: RowResolver
  /// Reads lines again for their impression ids; nil where nobody wants them.
  private let reader: EvidenceReader?
  private let state = Mutex(State())

  /// Rows for which lines are read again together: so many lines are in memory at a time.
  private static let rowsAtOnce = 4_096
  /// How many buckets a worker may be ahead of the one whose turn it is.
  private static let mostAhead = 64

  /// An output to some consumers.
  init(_ consumers: [any RowConsumer], resolver: RowResolver, reader: EvidenceReader?) {
    self.consumers = consumers
    self.resolver = resolver
    self.reader = reader
    wantsAll = consumers.contains { $0.wantsAll }
  }

  /// Begins a bucket.
  func begin(_ bucket: Int) -> Bucket { Bucket(ordinal: bucket, wantsAll: wantsAll) }

  /// Waits until a bucket may be judged: until it is its turn where it is large, else until that is near. Buckets are
  /// given out in ascending order, so the one whose turn it is never waits.
  ///
  /// - Throws: `CancellationError` where another worker has failed.
  func wait(for bucket: Int, isLarge: Bool) async throws {
    let ahead = isLarge ? 0 : RowOutput.mostAhead
    while state.withLock({ $0.next + ahead < bucket }) { try await Task.sleep(for: .milliseconds(1)) }
  }

  /// Hands on what has been collected of the bucket whose turn it is, and empties it.
  func handOn(_ bucket: inout Bucket?) throws(AssayError) {
    guard let events = bucket?.events else { return }
    bucket?.events = []
    for start in stride(from: 0, to: events.count, by: RowOutput.rowsAtOnce) {
      let rows = try rows(Array(events[start..<min(events.count, start + RowOutput.rowsAtOnce)]))
      for consumer in consumers { try consumer.take(rows) }
    }
  }

  /// Ends a bucket, and hands on whatever is complete.
  func finish(_ bucket: Bucket) throws(AssayError) {
    let rows = try rows(bucket.events)
    let result: Result<Void, AssayError> = state.withLock { state in
      state.waiting[bucket.ordinal] = rows
      do throws(AssayError) {
        while let rows = state.waiting.removeValue(forKey: state.next) {
          state.next += 1
          if rows.isEmpty { continue }
          for consumer in consumers { try consumer.take(rows) }
        }
        return .success(())
      } catch {
        return .failure(error)
      }
    }
    try result.get()
  }

  private func rows(_ events: [Judged]) throws(AssayError) -> [JudgedRow] {
    guard let reader else { return events.map { resolver.row($0) } }
    var rows: [JudgedRow] = []
    rows.reserveCapacity(events.count)
    for start in stride(from: 0, to: events.count, by: RowOutput.rowsAtOnce) {
      let some = events[start..<min(events.count, start + RowOutput.rowsAtOnce)]
      let lines = try reader.lines(at: some.compactMap { $0.event.impression == 0 ? nil : $0.event.position })
      for judged in some { rows.append(resolver.row(judged, line: lines[judged.event.position])) }
    }
    return rows
  }
}

/// Puts names to the ordinals of an event: the border from numbers to texts.
struct RowResolver: Sendable {
  let tables: RunTables
  let lines: LineIndex
  let paths: [String]
  let reasons: FindingReasons
  private let categories: [Category] = DetectorCatalog.all.map { $0.card.category }
  private let ids: [String] = DetectorCatalog.all.map { $0.card.id }

  init(tables: RunTables, lines: LineIndex, paths: [String], reasons: FindingReasons) {
    self.tables = tables
    self.lines = lines
    self.paths = paths
    self.reasons = reasons
  }

  /// The row of an event, with its impression id where the log line is given.
  func row(_ judged: Judged, line: [UInt8]? = nil) -> JudgedRow {
    let (event, verdict) = (judged.event, judged.verdict)
    let session = judged.session.map { Session.id(visitor: event.visitor, start: $0.start) }
    let row = JudgedEvent(
      event: event, line: lines.line(at: event.position, inChunk: event.lineInChunk), session: session ?? 0,
      source: paths[event.position.source],
      userAgent: event.agent == AgentID.notLogged ? nil : tables.agents[Int(event.agent)],
      names: Dimension.allCases.map { tables.slots.name($0, of: event.slot) }, trafficClass: verdict.trafficClass,
      undecidedGIVT: verdict.undecidedGIVT, undecidedSIVT: verdict.undecidedSIVT,
      category: verdict.primary == EventVerdict.noDetector ? nil : categories[Int(verdict.primary)],
      score: Int(verdict.score), detectors: verdict.fired.ordinals.map { ids[$0] },
      evidence: judged.findings.map { reasons.evidence($0, event) }, viewability: judged.outcomes[0],
      impressionID: line.flatMap { ImpressionFinder.id(in: $0, hash: event.impression) })
    return JudgedRow(event: row, session: judged.session)
  }
}
