public import AssayModel

/// What a detector learns of all visitors together before any of them is judged: counts and short records that can be
/// added in any order and any tree.
///
/// Each worker has a learner of its own and shows it its visitors, each whole and once; then the learners of all workers
/// are merged, and settled once. A detector names the learners that it needs (`Detector.learners`) and asks for them at
/// its making (`Population.learned(_:)`); several detectors may share one.
///
/// What is merged is integers, or sorted before anybody reads it: the same visitors give the same answers, whoever saw
/// them and in which order (design.md §3.1).
public protocol Learner: Sendable {
  /// Nothing learned.
  init(_ run: LearningContext)

  /// Adds a visitor: what was worked out about it, and its events in total order, of a very large one those of its first
  /// window. `VisitorFacts.impressionOf` may be looked at where there is a click only. Nothing in here may allocate in
  /// the ordinary case.
  mutating func add(_ facts: VisitorFacts, _ events: Span<Event>)

  /// Adds what another learner saw of other visitors.
  mutating func merge(_ other: Self)

  /// Everything has been added: the place to sort and to sum up.
  mutating func settle()
}

extension Learner {
  /// Nothing is left to do.
  public mutating func settle() {}

  /// `merge`, where only the one who calls knows that both are of one type.
  fileprivate mutating func mergeSame(_ other: any Learner) {
    if let other = other as? Self { merge(other) }
  }
}

/// What is known of a run before its visitors are looked at.
public struct LearningContext: Sendable {
  /// The ad slots of the run, by `Event.slot`.
  public let slots: [AdSlot]
  /// What the user agents of the run say, by `Event.agent`.
  public let agents: AgentTable
  /// Whether page views are judged.
  public let judgesPages: Bool

  /// A context from its parts.
  public init(slots: SlotTable = SlotTable(), agents: AgentTable = AgentTable([]), judgesPages: Bool = false) {
    self.slots = slots.slots
    self.agents = agents
    self.judgesPages = judgesPages
  }

  /// The slot of an event; one that says nothing where its ordinal has none.
  func slot(of ordinal: UInt32) -> AdSlot { Int(ordinal) < slots.count ? slots[Int(ordinal)] : AdSlot() }
}

/// The learners of one worker, each of another type.
struct Learners: Sendable {
  private var all: [any Learner] = []

  /// Learners of some types, for a run.
  init(_ types: [any Learner.Type], _ run: LearningContext) { all = types.map { $0.init(run) } }

  /// Shows a visitor to all of them.
  mutating func add(_ facts: VisitorFacts, _ events: Span<Event>) {
    for index in all.indices { all[index].add(facts, events) }
  }

  /// Adds what the learners of another worker saw, which are of the same types.
  mutating func merge(_ other: Learners) {
    for index in all.indices { all[index].mergeSame(other.all[index]) }
  }

  /// Settles all of them.
  mutating func settle() {
    for index in all.indices { all[index].settle() }
  }

  /// The learner of a type, nil where there is none.
  subscript<L: Learner>(_ type: L.Type) -> L? {
    for case let learner as L in all { return learner }
    return nil
  }
}
