public import AssayModel
internal import GRDB

/// A judged event out of a results file.
public struct StoredEvent: Sendable {
  /// The event, its names, its verdict and its evidence. Interned ordinals and flags were not stored and are zero.
  public var event: JudgedEvent

  /// A stored event.
  public init(event: JudgedEvent) { self.event = event }

  /// `SOURCE_ORDINAL:OFFSET`.
  public var id: String { event.id }
}

/// A session out of a results file.
public struct StoredSession: Sendable, Equatable {
  /// Its id.
  public var id: UInt64
  /// Whose it is.
  public var visitor: UInt64
  /// Time of its first event.
  public var start: Timestamp
  /// Time of its last event.
  public var end: Timestamp
  /// How many events it has, judged or not.
  public var events: Int64
  /// Why it ended: `inactivity`, `length` or `end-of-input`.
  public var closing: String
}

/// Where a judged event stands that was not plainly valid, and what was decided: what an evaluation compares with
/// labels.
public struct FlaggedPosition: Sendable, Equatable {
  /// Path of the source.
  public var path: String
  /// Offset of the line's first byte.
  public var offset: Int
  /// The verdict's class.
  public var trafficClass: TrafficClass
  /// Outcome under the headline standard.
  public var viewability: Viewability
}

extension StoredEvent {
  /// The row of table `event`, in the order of its columns. A literal, since GRDB takes values of any other sequence
  /// through a key path, which doubles the time of an insert (sampled with perf).
  static func row(_ judged: JudgedEvent, number: Int64, agent: Int64?) -> StatementArguments {
    let event = judged.event
    let hasAddress = !event.address.isNone
    return [
      number, event.position.source, event.position.offset, judged.line, Display.safe(judged.source),
      event.time.microseconds, event.kind.name, Int64(bitPattern: event.impression), Int64(bitPattern: event.visitor),
      event.key.name, Int64(bitPattern: judged.session), hasAddress ? event.address.description : "",
      hasAddress ? event.address.bytes : nil, agent, Display.safe(judged.name(.campaign)),
      Display.safe(judged.name(.placement)), Display.safe(judged.name(.creative)),
      Display.safe(judged.name(.publisher)), Display.safe(judged.name(.seller)), event.value.millionths,
      Int(event.status), judged.trafficClass.name, judged.undecided, judged.category?.code, judged.category?.mrc,
      judged.category?.title, judged.score, judged.detectors.joined(separator: " "), judged.viewability.name,
    ]
  }

  /// The columns that `init(_:)` reads, in its order.
  static let columns = """
    event.number, source, "offset", line, path, time, kind, impression, visitor, visitor_key, session, \
    address_bytes, user_agent.text, campaign, placement, creative, publisher, seller, value, status, class, \
    undecided, category, mrc, reason, score, detectors, viewable
    """

  /// An event from a row of `columns`, without its findings.
  init(_ row: StoredRow) throws(AssayError) {
    var event = Event()
    event.position = SourcePosition(source: Int(try row.integer(1)), offset: Int(try row.integer(2)))
    event.time = Timestamp(microseconds: try row.integer(5))
    event.kind = try row.choice(6, EventKind.allCases, \.name)
    event.impression = UInt64(bitPattern: try row.integer(7))
    event.visitor = UInt64(bitPattern: try row.integer(8))
    event.key = try row.choice(9, VisitorKeyKind.inOrder, \.name)
    event.address = try row.address(11)
    event.value = Money(millionths: try row.integer(18))
    event.status = UInt16(clamping: try row.integer(19))
    let undecided = try row.text(21)
    let category = try row.textOrNull(22)
    self.event = JudgedEvent(
      event: event, line: Int(try row.integer(3)), session: UInt64(bitPattern: try row.integer(10)),
      source: try row.text(4), userAgent: try row.textOrNull(12),
      names: [try row.text(13), try row.text(14), try row.text(15), try row.text(16), try row.text(17)],
      trafficClass: try row.choice(20, TrafficClass.allCases, \.name), undecidedGIVT: undecided.contains("givt"),
      undecidedSIVT: undecided.contains("sivt"),
      category: try category.map { code throws(AssayError) in
        Category(code: code, mrc: try row.textOrNull(23) ?? "-", title: try row.textOrNull(24) ?? "")
      },
      score: Int(try row.integer(25)), detectors: try row.text(26).split(separator: " ").map(String.init),
      evidence: [], viewability: try row.choice(27, Viewability.allCases, \.name))
  }
}

/// A row of a file that anybody may have made: every value is checked, none is trusted.
struct StoredRow {
  let row: Row
  let path: String

  func integer(_ column: Int) throws(AssayError) -> Int64 {
    guard case .int64(let number) = value(column).storage else { throw failure(column) }
    return number
  }

  func text(_ column: Int) throws(AssayError) -> String {
    guard case .string(let text) = value(column).storage else { throw failure(column) }
    return text
  }

  func textOrNull(_ column: Int) throws(AssayError) -> String? {
    value(column).isNull ? nil : try text(column)
  }

  func choice<Choice>(_ column: Int, _ choices: some Sequence<Choice>, _ name: (Choice) -> String)
    throws(AssayError) -> Choice
  {
    let text = try text(column)
    guard let choice = choices.first(where: { name($0) == text }) else { throw failure(column) }
    return choice
  }

  func address(_ column: Int) throws(AssayError) -> Address {
    if value(column).isNull { return .none }
    guard case .blob(let data) = value(column).storage, data.count == 16 else { throw failure(column) }
    return Address(
      high: data.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }, low: data.suffix(8).reduce(0) { $0 << 8 | UInt64($1) })
  }

  private func value(_ column: Int) -> DatabaseValue { column < row.count ? row[column] : .null }

  private func failure(_ column: Int) -> AssayError {
    StoreFailure.notOurs(path, "column \(column) of a row holds what it should not")
  }
}
