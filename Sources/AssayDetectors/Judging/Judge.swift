public import AssayModel

/// Gives a verdict on each event of a visitor: asks the detectors, then scores what they found. Made once for a run and
/// used by all threads; a class, so that handing it to each visitor copies none of its tables.
public final class Judge: Sendable {
  /// Why a detector can say nothing in this run, by its ordinal in the catalogue; nil where it works or is disabled.
  public let notMeasurable: [String?]

  private let judgesPages: Bool
  private let working: [Working]
  /// The triggers of each working detector, beside them so that looking at them touches nothing else; and of all.
  private let triggersOf: [VisitorTraits]
  private let triggers: VisitorTraits
  private let scoring: Scoring
  private let chain: InvalidImpression?
  private let chainOrdinal: Int
  private let chainApplies: Bool
  private let look: VisitorLook

  /// A detector at work.
  private struct Working: Sendable {
    var ordinal: Int
    var detector: any Detector
  }

  /// A judge for a run.
  ///
  /// - Parameters:
  ///   - settings: thresholds and which detectors work.
  ///   - context: user agents, slots, lists and population of the run.
  ///   - coverage: of how many events each requirement was carried; a detector whose need no event carried is not
  ///     measurable. A requirement that is not named counts as met.
  ///   - judgesPages: whether page views are judged and counted.
  /// - Throws: `settings` for a detector or threshold that does not exist, or a value out of range.
  public convenience init(
    _ settings: JudgeSettings, context: DetectorContext, coverage: [Requirement: (carried: Int64, of: Int64)],
    judgesPages: Bool
  ) throws(AssayError) {
    let plan = try JudgePlan(settings, coverage)
    try self.init(plan, plan.detectors.map { $0.make(context) }, context, judgesPages: judgesPages)
  }

  /// The same, with each detector made in a task of its own: some look through all that was learned of the run.
  ///
  /// - Parameters: as of `init`.
  public static func prepared(
    _ settings: JudgeSettings, context: DetectorContext, coverage: [Requirement: (carried: Int64, of: Int64)],
    judgesPages: Bool
  ) async throws(AssayError) -> Judge {
    let plan = try JudgePlan(settings, coverage)
    let made = await withTaskGroup(of: (Int, any Detector).self) { group in
      for (place, detector) in plan.detectors.enumerated() { group.addTask { (place, detector.make(context)) } }
      var made = [(any Detector)?](repeating: nil, count: plan.detectors.count)
      for await (place, detector) in group { made[place] = detector }
      return made.compactMap { $0 }
    }
    return try Judge(plan, made, context, judgesPages: judgesPages)
  }

  private init(
    _ plan: JudgePlan, _ made: [any Detector], _ context: DetectorContext, judgesPages: Bool
  ) throws(AssayError) {
    var (working, reasons, chain): ([Working], [String?], InvalidImpression?) = ([], plan.unmet, nil)
    for (planned, detector) in zip(plan.detectors, made) {
      reasons[planned.ordinal] = detector.notMeasurable
      if let follower = detector as? InvalidImpression {
        chain = follower
      } else if detector.notMeasurable == nil {
        working.append(Working(ordinal: planned.ordinal, detector: detector))
      }
    }
    self.judgesPages = judgesPages
    self.working = working
    notMeasurable = reasons
    triggersOf = working.map(\.detector.triggers)
    triggers = triggersOf.reduce([]) { $0.union($1) }
    scoring = Scoring(DetectorCatalog.cards, shadow: plan.shadow)
    chainOrdinal = try DetectorCatalog.ordinal(of: InvalidImpression.card.id)
    chainApplies = !plan.shadow.contains(DetectorSet(ordinal: chainOrdinal))
    self.chain = chain
    look = VisitorLook(
      context, watching: working.flatMap(\.detector.watchedAddresses), working.flatMap(\.detector.watchedVisitors))
  }

  /// What the detectors that work need to know of all visitors together, each kind once, in catalogue order.
  ///
  /// - Parameters: as of `init`.
  public static func learners(
    _ settings: JudgeSettings, coverage: [Requirement: (carried: Int64, of: Int64)]
  ) throws(AssayError) -> [any Learner.Type] {
    var (seen, types): (Set<ObjectIdentifier>, [any Learner.Type]) = ([], [])
    for planned in try JudgePlan(settings, coverage).detectors {
      for type in planned.type.learners where seen.insert(ObjectIdentifier(type)).inserted { types.append(type) }
    }
    return types
  }

  /// Verdicts on all events of one visitor, by their ordinals; only those that are judged
  /// (`EventKind.isJudged`, and pages where `judgesPages`) are meant to be counted.
  ///
  /// - Parameters:
  ///   - facts: what was worked out about the visitor.
  ///   - events: its events in total order.
  ///   - sink: is begun anew; holds what fired and the evidence afterwards.
  ///   - verdicts: are replaced, where anything was decided.
  /// - Returns: false where every event is valid and nothing is undecided, as with most visitors: `verdicts` is then not
  ///   touched, and stands for what it held before.
  /// - Complexity: O(n) for a visitor with nothing odd; O(n log n) else.
  public func judge(
    _ facts: VisitorFacts, _ events: Span<Event>, _ sink: inout FindingSink, _ verdicts: inout [EventVerdict]
  ) -> Bool {
    sink.begin(events: events.count)
    let seen = look.at(facts, events)
    if !seen.traits.isDisjoint(with: triggers) {
      for index in working.indices where !triggersOf[index].isDisjoint(with: seen.traits) {
        sink.detector = working[index].ordinal
        working[index].detector.inspect(facts, events, &sink)
      }
    }
    if sink.union.isEmpty && !seen.lacksSomething { return false }
    verdicts.refill(events.count, with: EventVerdict())
    if !sink.union.isEmpty { score(facts, events, &sink, &verdicts) }
    if seen.lacksSomething { markUndecided(events, &verdicts) }
    return true
  }

  private func score(
    _ facts: VisitorFacts, _ events: Span<Event>, _ sink: inout FindingSink, _ verdicts: inout [EventVerdict]
  ) {
    var isInvalid = false
    for ordinal in verdicts.indices where !sink.fired[ordinal].isEmpty {
      verdicts[ordinal].fired = sink.fired[ordinal]
      scoring.judge(&verdicts[ordinal])
      if verdicts[ordinal].trafficClass >= .sivt { isInvalid = true }
    }
    guard let chain, isInvalid else { return }
    sink.detector = chainOrdinal
    chain.follow(facts, events, &verdicts) { ordinal, cause, verdict in
      sink.flagMatch(ordinal, events[ordinal])
      verdict.fired = sink.fired[ordinal]
      guard chainApplies, cause > verdict.trafficClass else { return }
      verdict.trafficClass = cause
      verdict.score = Scoring.decisive
      verdict.primary = UInt8(chainOrdinal)
    }
  }

  /// Too little is known for general invalid traffic where no such rule fired and either test of identity, that of the
  /// user agent or that of the address, was impossible; and for sophisticated, where nothing was found and either the
  /// visitor or the time is unknown, without which no behaviour can be looked at (standards.md §2.4, §2.5, §2.7).
  private func markUndecided(_ events: Span<Event>, _ verdicts: inout [EventVerdict]) {
    for ordinal in verdicts.indices {
      let event = events[ordinal]
      let trafficClass = verdicts[ordinal].trafficClass
      verdicts[ordinal].undecidedGIVT =
        trafficClass < .givt && look.lacksIdentity(event.agent, event.address, event.flags)
      verdicts[ordinal].undecidedSIVT = trafficClass < .sivt && VisitorLook.lacksBehaviour(event.key, event.time)
    }
  }
}
