internal import AssayModel

/// How people of this run go through pages: how long they stay on one, how often they go back, and how much the pages of
/// one visit are alike in that. The reference is the audited traffic itself, since such habits differ from site to site
/// (detection.md §0.3).
///
/// Robots must not move it, of which whole networks never go back and wait as no person does. So each visitor has one
/// voice, its first visit of three pages or more; of that only the first few steps count, since robots' visits are long;
/// and only visits count that go back at least once. The share of returns is worked out from these alone
/// (`ZeroTruncatedBinomial`).
///
/// - Complexity: O(1) an event; 16 bytes a visitor with a visit of three pages.
struct VisitShapes: Learner {
  /// What one visitor did in all its sessions.
  struct Steps: Sendable, BitwiseCopyable {
    var visitor: UInt64
    var back: UInt16 = 0
    var on: UInt16 = 0
    var reloads: UInt16 = 0
  }

  /// Of a visit only so many stays and steps are counted: our choice, twice the mean visit of a news site.
  static let counted = 6
  /// Of these, turns that tell how often somebody goes back: our choice, few enough that many visits have them.
  static let turns = 4
  /// With fewer visits that go back nothing is usual: our choice.
  static let leastVisits: Int64 = 100

  /// Visits that go back and were counted.
  private(set) var visits: Int64 = 0
  /// Their stays by the class of their length.
  private var dwells = [Int64](repeating: 0, count: DwellClass.count)
  private var dwellClusters = ClusterSums(largest: counted)
  /// Their steps, and those of them that are reloads.
  private var taken: Int64 = 0
  private var reloads: Int64 = 0
  /// Visits with at least `turns` turns, by how many of the first of these go back.
  private var returns = [Int64](repeating: 0, count: turns + 1)
  /// All visitors known by an id of the site's own who took any step; once settled by visitor.
  private var steps: [Steps] = []
  private let run: LearningContext
  private var trail = PageTrail()

  init(_ run: LearningContext) { self.run = run }

  mutating func add(_ facts: VisitorFacts, _ events: Span<Event>) {
    guard events.count >= PageTrail.leastPages else { return }
    var mine = Steps(visitor: facts.visitor)
    var hasVoice = false
    for session in facts.sessions where session.events.count >= PageTrail.leastPages {
      trail.read(session, events, run)
      if !hasVoice, trail.dwells.count + 1 >= PageTrail.leastPages {
        hasVoice = true
        countVisit()
      }
      mine.back = mine.back.addingSaturating(UInt16(clamping: trail.back))
      mine.on = mine.on.addingSaturating(UInt16(clamping: trail.on))
      mine.reloads = mine.reloads.addingSaturating(UInt16(clamping: trail.steps.count - trail.back - trail.on))
    }
    if mine.back | mine.on | mine.reloads != 0, events[0].key == .firstParty { steps.append(mine) }
  }

  /// Counts the visit that was read last.
  private mutating func countVisit() {
    var (turned, returned) = (0, 0)
    for step in trail.steps where step != .reload && turned < VisitShapes.turns {
      turned += 1
      if step == .back { returned += 1 }
    }
    if turned == VisitShapes.turns { returns[returned] += 1 }
    guard returned > 0 else { return }
    visits += 1
    for step in trail.steps.prefix(VisitShapes.counted) {
      taken += 1
      if step == .reload { reloads += 1 }
    }
    var (size, sum, squares) = (0, Int64(0), Int64(0))
    for dwell in trail.dwells where size < VisitShapes.counted && DwellClass.isStay(dwell) {
      let dwellClass = DwellClass.of(dwell)
      dwells[dwellClass] += 1
      size += 1
      sum += Int64(dwellClass)
      squares += Int64(dwellClass * dwellClass)
    }
    dwellClusters.add(size: size, sum: sum, squares: squares)
  }

  mutating func merge(_ other: VisitShapes) {
    visits += other.visits
    for index in dwells.indices { dwells[index] += other.dwells[index] }
    dwellClusters.merge(other.dwellClusters)
    taken += other.taken
    reloads += other.reloads
    for index in returns.indices { returns[index] += other.returns[index] }
    steps += other.steps
  }

  mutating func settle() { steps.sort { $0.visitor < $1.visitor } }

  /// What was learned; nil where it was too little.
  var reference: VisitReference? {
    guard visits >= VisitShapes.leastVisits, let returning = ZeroTruncatedBinomial(returns) else { return nil }
    // One more of each kind, so that nothing that was never seen is impossible.
    let all = Double(dwells.reduce(0, +) + Int64(DwellClass.count))
    return VisitReference(
      dwellShares: dwells.map { Double($0 + 1) / all }, dwellCorrelation: dwellClusters.correlation,
      backShare: returning.chance, backCorrelation: returning.correlation,
      reloadShare: Double(reloads + 1) / Double(taken + 2))
  }

  /// Why a detector that needs the reference can say nothing; nil where it can.
  static func notMeasurable(_ population: Population) -> String? {
    guard let shapes = population.learned(VisitShapes.self), shapes.reference == nil else { return nil }
    return "fewer than \(leastVisits) visits go from page to page and back, as far as the log tells the pages of ads"
  }

  /// The steps of a visitor; nil where it took none.
  ///
  /// - Complexity: O(log n).
  func steps(of visitor: UInt64) -> Steps? {
    var (low, high) = (0, steps.count)
    while low < high {
      let middle = (low + high) / 2
      if steps[middle].visitor < visitor { low = middle + 1 } else { high = middle }
    }
    return low < steps.count && steps[low].visitor == visitor ? steps[low] : nil
  }
}
