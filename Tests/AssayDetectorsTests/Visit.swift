import AssayDetectors
import AssayModel

/// A visitor built by hand, with the facts worked out the slow and obvious way.
struct Visit {
  var events: [Event]
  var agents: [String]
  var slots: SlotTable

  init(events: [Event], agents: [String] = ["", ""], slots: SlotTable = SlotTable()) {
    self.events = events.sorted(by: Event.precedes)
    self.agents = agents
    self.slots = slots
  }

  /// Sessions by 30 minutes of inactivity, and for each event the first impression with its id that is not later.
  var facts: VisitorFacts {
    var sessions: [Session] = []
    var start = 0
    for index in events.indices where events[index].key != .none {
      let isLast = index + 1 == events.count
      if isLast || events[index + 1].time.microseconds - events[index].time.microseconds >= 1_800_000_000 {
        sessions.append(
          Session(
            events: start..<index + 1, start: events[start].time, end: events[index].time,
            closing: isLast ? .endOfInput : .inactivity))
        start = index + 1
      }
    }
    var firstWithID: [UInt64: Int32] = [:]
    let impressionOf = events.indices.map { index -> Int32 in
      let event = events[index]
      if event.kind == .impression, event.impression != 0, firstWithID[event.impression] == nil {
        firstWithID[event.impression] = Int32(index)
      }
      return firstWithID[event.impression] ?? -1
    }
    return VisitorFacts(visitor: events.first?.visitor ?? 0, sessions: sessions, impressionOf: impressionOf)
  }

  /// An ordinary event, to be changed by the test.
  static func event(
    _ kind: EventKind, at seconds: Double, id: UInt64 = 0, from address: String = "198.51.100.7", agent: UInt32 = 2,
    visitor: UInt64 = 77
  ) -> Event {
    var event = Event()
    event.kind = kind
    event.visitor = visitor
    event.time = Timestamp(microseconds: 1_750_000_000_000_000 + Int64((seconds * 1_000_000).rounded()))
    event.position = SourcePosition(source: 0, offset: Int((seconds * 1_000).rounded()) + Int(kind.rawValue))
    event.impression = id
    event.address = Address(address) ?? .none
    event.agent = agent
    event.key = .addressAndAgent
    return event
  }

  /// A user agent as a common browser sends it (invented version numbers).
  static let browser =
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36"
}

extension Judge {
  /// Verdicts on a visit, with the evidence.
  func verdicts(_ visit: Visit) -> (verdicts: [EventVerdict], evidence: [Finding]) {
    var sink = FindingSink(collectsEvidence: true)
    var verdicts: [EventVerdict] = []
    let isDecided = judge(visit.facts, visit.events.span, &sink, &verdicts)
    if !isDecided { verdicts = Array(repeating: EventVerdict(), count: visit.events.count) }
    return (verdicts, sink.evidence)
  }
}
