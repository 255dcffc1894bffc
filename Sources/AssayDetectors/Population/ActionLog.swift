internal import AssayModel

/// What each visitor did, in few words: which object in which second. What comparisons between visitors of *what was
/// done when* are made of; 8 bytes an action, and no more than `most` of one visitor.
///
/// An object is a campaign's ad on a placement (which page it stood on beacons do not say, and creatives take turns) that
/// was shown or clicked on, or a page of a page log.
///
/// - Complexity: O(1) an event.
struct ActionLog: Learner {
  /// One thing done.
  struct Action: Sendable, BitwiseCopyable {
    /// What it was done with.
    var object: UInt32
    /// Since the epoch: the finest that most logs have.
    var second: UInt32
    /// Whether it was a page, not an ad.
    var isOfPage: Bool { object >> 31 != 0 }
  }

  /// Somebody with enough actions to be compared.
  struct Actor: Sendable, BitwiseCopyable {
    /// `VisitorFacts.visitor`.
    var visitor: UInt64
    /// Where it was first.
    var address: Address
    /// Of its first action.
    var start: Int
    /// Actions, in order of time.
    var count: Int
  }

  /// Fewer actions are no course of action (a replayed trace has four steps, `SequenceReplay`).
  static let least = 4
  /// More of one visitor are not kept: 500 tokens a visitor (detection.md §2.5) are enough to know it by.
  static let most = 512

  /// Once settled by visitor.
  private(set) var actors: [Actor] = []
  private var actions: [Action] = []

  /// By slot, what an ad in it is as an object, 0 where the slot says nothing; the lowest bit is free.
  private let objects: [UInt32]

  init(_ run: LearningContext) { objects = run.slots.map(ActionLog.object(of:)) }

  mutating func add(_ facts: VisitorFacts, _ events: Span<Event>) {
    guard events.count >= ActionLog.least, events[0].key != .none else { return }
    let start = actions.count
    for index in events.indices {
      guard let object = object(events[index].kind, slot: events[index].slot, page: events[index].page) else {
        continue
      }
      let second = UInt32(clamping: events[index].time.microseconds / 1_000_000)
      actions.append(Action(object: object, second: second))
      if actions.count - start == ActionLog.most { break }
    }
    guard actions.count - start >= ActionLog.least else {
      actions.removeLast(actions.count - start)
      return
    }
    let address = events[0].flags.contains(.inexactAddress) ? .none : events[0].address
    actors.append(Actor(visitor: facts.visitor, address: address, start: start, count: actions.count - start))
  }

  mutating func merge(_ other: ActionLog) {
    let shift = actions.count
    actions += other.actions
    actors += other.actors.map { actor in
      var actor = actor
      actor.start += shift
      return actor
    }
  }

  mutating func settle() { actors.sort { $0.visitor < $1.visitor } }

  /// The actions of an actor, in order of time.
  func actions(of actor: Actor) -> ArraySlice<Action> { actions[actor.start..<actor.start + actor.count] }

  /// What an event was done with; nil where it is no action, or says not with what.
  private func object(_ kind: EventKind, slot: UInt32, page: UInt32) -> UInt32? {
    switch kind {
    case .page: return page == 0 ? nil : page | 1 << 31
    case .impression, .click:
      let object = Int(slot) < objects.count ? objects[Int(slot)] : 0
      return object == 0 ? nil : object | (kind == .click ? 1 : 0)
    default: return nil
    }
  }

  /// A number for campaign and placement of a slot, by what else it names where it names neither.
  private static func object(of slot: AdSlot) -> UInt32 {
    let names = slot.names
    let ad = UInt64(names[.campaign]) << 32 | UInt64(names[.placement])
    let rest = ad != 0 ? 0 : UInt64(names[.publisher]) << 32 | UInt64(names[.creative])
    return ad | rest == 0 ? 0 : UInt32(truncatingIfNeeded: StableHash.of(ad, rest)) & 0x7fff_fffe | 2
  }
}

/// Counts of very many things by their hashes, each at least what it is: a table in which things may meet.
///
/// - Complexity: O(1) each.
struct RoughCounts {
  /// What stands for so many and more.
  static let most = UInt16.max

  private var counts: [UInt16]
  private let mask: Int

  /// A table in which so many different things meet seldom.
  init(things: Int) {
    var size = 1 << 12
    while size < 2 * things { size *= 2 }
    counts = Array(repeating: 0, count: size)
    mask = size - 1
  }

  /// Counts one more of a thing; `most` stands for more.
  mutating func add(_ thing: UInt64) {
    let place = place(of: thing)
    if counts[place] < RoughCounts.most { counts[place] += 1 }
  }

  /// At least how often a thing was counted.
  subscript(_ thing: UInt64) -> UInt16 { counts[place(of: thing)] }

  private func place(of thing: UInt64) -> Int {
    Int(truncatingIfNeeded: StableHash.fold(thing ^ StableHash.first, StableHash.second)) & mask
  }
}
