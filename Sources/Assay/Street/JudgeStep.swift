internal import AssayDetectors
internal import AssayMeasurement
internal import AssayModel
internal import AssayParsing
internal import AssaySessions

/// The last step before the report: sessions and findings to verdicts, verdicts to the ledger. Buckets are judged on
/// all cores; whatever is written event by event leaves in the total order.
struct JudgeStep {
  /// What the step yields.
  struct Result: Sendable {
    var ledger: LedgerBuilder
    var detectors: DetectorCounts
    var visitors: Int64 = 0
    var sessions: Int64 = 0
    var sawBlankAgent = false
    var samples: SampleKeeper
    /// Visitors that were looked at through a window.
    var issues = IssueLog()
    /// What the networks did that detectors found.
    var networks = NetworkCounts()
    /// Invalid judged events of each address that has any.
    var invalidByAddress: [Address: Int64] = [:]
  }

  let store: EventStore
  let tables: RunTables
  let judge: Judge
  let sessions: SessionSettings
  let calendar: LocalCalendar
  let judgesPages: Bool
  let jobs: Int
  /// How many events of one visitor are looked at together.
  let windowEvents: Int
  /// Sessions of which no window shows all.
  let cutSessions: CutSessions
  /// Keeps the ledger's tables from being flooded.
  let tableSecret: UInt64
  /// Turns events into rows; nil where nobody wants rows.
  let rows: RowOutput?

  /// Judges all buckets.
  ///
  /// - Throws: what the store or an output throws.
  func run() async throws(AssayError) -> Result {
    let buckets = BucketCounter()
    do {
      return try await withThrowingTaskGroup(of: Result.self) { group in
        for _ in 0..<jobs {
          group.addTask {
            var worker = Worker(self)
            var walk = VisitorWalk(sessions)
            var courtesy = Courtesy()
            while let bucket = buckets.next() {
              try await rows?.wait(for: bucket, isLarge: store.isLarge(bucket))
              try worker.judge(bucket, &walk)
              await courtesy.turnIsOver()
            }
            worker.result.ledger.spread(over: tables.slots)
            return worker.result
          }
        }
        var total: Result?
        for try await part in group {
          if total == nil { total = part } else { total?.merge(part) }
        }
        return total ?? Worker(self).result
      }
    } catch {
      throw AssayError(wrapping: error)
    }
  }

  /// What the report says of a visitor that is looked at through a window, at its first event.
  private func issue(of first: Event) -> Issue {
    Issue(
      name: "visitor.many-events", position: first.position,
      message: "A visitor has so many events that no more than \(windowEvents) are compared with each other at a time; "
        + "the setting sessions.window allows more.", lineInChunk: first.lineInChunk)
  }

  /// Judges one bucket after the other, in ascending order, with what it reuses between them.
  private struct Worker {
    let step: JudgeStep
    var result: Result
    private var calendar: LocalCalendar
    private var viewability = VisitorViewability()
    private var sink = FindingSink(collectsEvidence: true)
    private var evidence = EvidenceIndex()
    private var verdicts: [EventVerdict] = []
    private var outcomes: [ViewabilityOutcomes] = []
    private var (content, sorter) = (EventBucket(), EventSorter())

    init(_ step: JudgeStep) {
      self.step = step
      calendar = step.calendar
      let detectors = DetectorCatalog.all.count
      result = Result(
        ledger: LedgerBuilder(
          standards: ViewabilityStandard.all.count, judgesPages: step.judgesPages, secret: step.tableSecret,
          slots: step.tables.slots.slots.count),
        detectors: DetectorCounts(), samples: SampleKeeper(detectors: detectors))
    }

    mutating func judge(_ bucket: Int, _ walk: inout VisitorWalk) throws(AssayError) {
      var content = EventBucket()
      // Taken out for the while, so that what walks through it may change the worker.
      swap(&content, &self.content)
      defer { swap(&content, &self.content) }
      content.removeAll()
      var reader = try BucketReader(bucket, of: step.store)
      var rows = step.rows?.begin(bucket)
      while let portion = try reader.next(&content, &sorter) {
        judge(content, portion, &walk, &rows)
        if step.store.isLarge(bucket) { try step.rows?.handOn(&rows) }
      }
      if let rows { try step.rows?.finish(rows) }
    }

    private mutating func judge(
      _ content: borrowing EventBucket, _ portion: BucketPortion, _ walk: inout VisitorWalk,
      _ rows: inout RowOutput.Bucket?
    ) {
      let samples = content.samples.span
      // What the loop reads of the step stands in constants: reached through it, each read would retain and release
      // all that the step holds.
      let (judge, slots, judgesPages) = (step.judge, step.tables.slots, step.judgesPages)
      let wantsAll = rows?.wantsAll ?? false
      walk.walk(content.events.span.extracting(portion.events), window: portion.window) { facts, events in
        let isDecided = judge.judge(facts, events, &sink, &verdicts)
        viewability.evaluate(facts, events, samples: samples, slots: slots, into: &outcomes)
        // Nothing fires on most visitors: there is nothing to look up or to count by detector then.
        let isFlagged = !sink.union.isEmpty
        if isFlagged || !evidence.isEmpty { evidence = EvidenceIndex(sink) }
        if isFlagged { result.detectors.add(facts, events, verdicts, judgesPages: judgesPages) }
        let counted = facts.counted.clamped(to: events.indices)
        if counted.lowerBound == 0 {
          result.visitors += facts.sessions.isEmpty ? 0 : 1
          if counted.upperBound < events.count { result.issues.add(step.issue(of: events[0]), losesLine: false) }
        }
        result.sessions += Int64(facts.sessionsBegun)
        // Invalid events of one address mostly follow each other; the table is asked once for all of them.
        var (invalid, address) = (Int64(0), Address.none)
        for ordinal in counted {
          // An event is large: most are none that is judged, and are not copied.
          if events[ordinal].agent == AgentID.blank { result.sawBlankAgent = true }
          let kind = events[ordinal].kind
          guard kind.isJudged || judgesPages && kind == .page else { continue }
          let event = events[ordinal]
          let verdict = isDecided ? verdicts[ordinal] : EventVerdict()
          if verdict.trafficClass.isInvalid {
            if event.address != address, invalid > 0 {
              result.invalidByAddress[address, default: 0] += invalid
              invalid = 0
            }
            address = event.address
            invalid += 1
          }
          result.ledger.add(event, day: calendar.day(of: event.time), verdict: verdict, outcomes: outcomes[ordinal])
          if !verdict.fired.isEmpty { result.networks.add(event, verdict, evidence.findings(at: event.position)) }
          if !verdict.fired.isEmpty || wantsAll { keep(event, verdict, ordinal, facts, &rows) }
        }
        if invalid > 0 { result.invalidByAddress[address, default: 0] += invalid }
      }
    }

    /// Keeps an event for the report's samples and for whoever wants rows.
    private mutating func keep(
      _ event: Event, _ verdict: EventVerdict, _ ordinal: Int, _ facts: VisitorFacts, _ rows: inout RowOutput.Bucket?
    ) {
      let isSample = result.samples.wants(verdict.fired)
      guard isSample || rows != nil else { return }
      let judged = Judged(
        event: event, verdict: verdict, outcomes: outcomes[ordinal],
        session: facts.session(of: ordinal).map { step.cutSessions.whole($0, of: facts.visitor) },
        findings: evidence.findings(at: event.position))
      if isSample { result.samples.add(judged) }
      rows?.add(judged)
    }
  }
}

/// One event with all that was decided about it.
struct Judged: Sendable {
  var event: Event
  var verdict: EventVerdict
  var outcomes: ViewabilityOutcomes
  var session: Session?
  var findings: [Finding]
}

extension JudgeStep.Result {
  /// Adds what another worker found.
  mutating func merge(_ other: Self) {
    ledger.merge(other.ledger)
    detectors.merge(other.detectors)
    visitors += other.visitors
    sessions += other.sessions
    sawBlankAgent = sawBlankAgent || other.sawBlankAgent
    samples.merge(other.samples)
    issues.merge(other.issues)
    networks.merge(other.networks)
    invalidByAddress.merge(other.invalidByAddress, uniquingKeysWith: +)
  }
}

/// The first flagged events of each detector in the total order: the evidence that every report shows.
struct SampleKeeper: Sendable {
  /// How many of each detector are kept.
  static let kept = 3

  private var byDetector: [[Judged]]
  /// Detectors that have their samples.
  private var served: DetectorSet = []

  init(detectors: Int) { byDetector = Array(repeating: [], count: detectors) }

  /// Whether an event on which these detectors fired would be kept.
  func wants(_ fired: DetectorSet) -> Bool { !fired.isSubset(of: served) }

  /// Offers an event; a worker offers its events in the total order, so that its first ones are enough.
  mutating func add(_ judged: Judged) {
    for detector in judged.verdict.fired.ordinals where byDetector[detector].count < SampleKeeper.kept {
      byDetector[detector].append(judged)
      if byDetector[detector].count == SampleKeeper.kept { served.formUnion(DetectorSet(ordinal: detector)) }
    }
  }

  /// Adds what another worker kept.
  mutating func merge(_ other: SampleKeeper) {
    for detector in byDetector.indices {
      byDetector[detector] += other.byDetector[detector]
      byDetector[detector].sort { Event.precedes($0.event, $1.event) }
      byDetector[detector].removeLast(max(0, byDetector[detector].count - SampleKeeper.kept))
      if byDetector[detector].count == SampleKeeper.kept { served.formUnion(DetectorSet(ordinal: detector)) }
    }
  }

  /// All of them, each once, in the total order.
  var all: [Judged] {
    var seen: Set<SourcePosition> = []
    return byDetector.joined().sorted { Event.precedes($0.event, $1.event) }.filter {
      seen.insert($0.event.position).inserted
    }
  }
}

/// The evidence about one visitor, to be looked up by event.
private struct EvidenceIndex {
  private var findings: [Finding] = []

  init() {}

  /// Whether nothing is known of any event.
  var isEmpty: Bool { findings.isEmpty }

  /// The evidence that a sink has collected.
  ///
  /// - Complexity: O(n log n) for n findings; nothing where no detector fired.
  init(_ sink: FindingSink) {
    if sink.union.isEmpty { return }
    findings = sink.evidence.sorted { ($0.position, $0.detector) < ($1.position, $1.detector) }
  }

  /// The findings about one event, in catalogue order.
  ///
  /// - Complexity: O(log n) for n findings about the visitor.
  func findings(at position: SourcePosition) -> [Finding] {
    var (low, high) = (0, findings.count)
    while low < high {
      let middle = (low + high) / 2
      if findings[middle].position < position { low = middle + 1 } else { high = middle }
    }
    return Array(findings[low...].prefix { $0.position == position })
  }
}

extension VisitorFacts {
  /// The session that an event belongs to, by its ordinal; nil where none was formed.
  ///
  /// - Complexity: O(log n) for n sessions.
  func session(of ordinal: Int) -> Session? {
    var (low, high) = (0, sessions.count)
    while low < high {
      let middle = (low + high) / 2
      if sessions[middle].events.upperBound <= ordinal { low = middle + 1 } else { high = middle }
    }
    return low < sessions.count ? sessions[low] : nil
  }
}
