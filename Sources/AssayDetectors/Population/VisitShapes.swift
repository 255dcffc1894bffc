internal import AssayModel

/// How people of this run go through pages: how long they stay on one, how often they go back, and how much the pages of
/// one visit are alike in that. The reference is the audited traffic itself, since such habits differ from site to site
/// (detection.md §0.3).
///
/// Each visitor has one voice, its first visit of three pages or more, and of that the first few steps count: robots
/// are seldom among visits and often among long ones.
///
/// - Complexity: O(1) an event; 16 bytes a visitor with a visit of three pages.
struct VisitShapes: Learner {
  /// What one visitor did in all its sessions.
  struct Steps: Sendable, BitwiseCopyable {
    var visitor: UInt64
    var back: UInt16
    var on: UInt16
    var reloads: UInt16
  }

  /// Of a visit only so many stays and steps are counted: our choice, twice the mean visit of a news site.
  static let counted = 6
  /// With fewer visits nothing is usual.
  static let leastVisits: Int64 = 100

  /// Visits that were counted.
  private(set) var visits: Int64 = 0
  /// Stays by the class of their length.
  private(set) var dwells = [Int64](repeating: 0, count: DwellClass.count)
  private(set) var back: Int64 = 0
  private(set) var on: Int64 = 0
  private(set) var reloads: Int64 = 0
  /// All visitors known by an id of the site's own who took any step; once settled by visitor.
  private(set) var steps: [Steps] = []
  private var dwellClusters = ClusterSums(largest: counted)
  private var backClusters = ClusterSums(largest: counted)
  private let run: LearningContext
  private var trail = PageTrail()

  init(_ run: LearningContext) { self.run = run }

  mutating func add(_ facts: VisitorFacts, _ events: Span<Event>) {
    guard events.count >= PageTrail.leastPages else { return }
    var mine = Steps(visitor: facts.visitor, back: 0, on: 0, reloads: 0)
    var hasVoice = false
    for session in facts.sessions where session.events.count >= PageTrail.leastPages {
      trail.read(session, events, run)
      if !hasVoice, trail.dwells.count + 1 >= PageTrail.leastPages {
        hasVoice = true
        countVisit()
      }
      for step in trail.steps {
        switch step {
        case .back: mine.back = mine.back.addingSaturating(1)
        case .on: mine.on = mine.on.addingSaturating(1)
        case .reload: mine.reloads = mine.reloads.addingSaturating(1)
        }
      }
    }
    if mine.back | mine.on | mine.reloads != 0, events[0].key == .firstParty { steps.append(mine) }
  }

  /// Counts the visit that was read last.
  private mutating func countVisit() {
    visits += 1
    var (sum, squares) = (Int64(0), Int64(0))
    for dwell in trail.dwells.prefix(VisitShapes.counted) {
      let dwellClass = DwellClass.of(dwell)
      dwells[dwellClass] += 1
      sum += Int64(dwellClass)
      squares += Int64(dwellClass * dwellClass)
    }
    dwellClusters.add(size: min(trail.dwells.count, VisitShapes.counted), sum: sum, squares: squares)
    var (returned, turned) = (0, 0)
    for step in trail.steps.prefix(VisitShapes.counted) {
      switch step {
      case .back: (returned, turned) = (returned + 1, turned + 1)
      case .on: turned += 1
      case .reload: reloads += 1
      }
    }
    back += Int64(returned)
    on += Int64(turned - returned)
    backClusters.add(size: turned, sum: Int64(returned), squares: Int64(returned))
  }

  mutating func merge(_ other: VisitShapes) {
    visits += other.visits
    for index in dwells.indices { dwells[index] += other.dwells[index] }
    back += other.back
    on += other.on
    reloads += other.reloads
    steps += other.steps
    dwellClusters.merge(other.dwellClusters)
    backClusters.merge(other.backClusters)
  }

  mutating func settle() { steps.sort { $0.visitor < $1.visitor } }

  /// What was learned; nil where it was too little.
  var reference: VisitReference? {
    guard visits >= VisitShapes.leastVisits, back + on > 0 else { return nil }
    // One step more of each kind, so that nothing that was never seen is impossible.
    return VisitReference(
      dwellShares: dwells.map { Double($0 + 1) / Double(dwells.reduce(0, +) + Int64(DwellClass.count)) },
      dwellCorrelation: dwellClusters.correlation, backShare: Double(back + 1) / Double(back + on + 2),
      reloadShare: Double(reloads + 1) / Double(back + on + reloads + 2), backCorrelation: backClusters.correlation)
  }

  /// Why a detector that needs the reference can say nothing; nil where it can.
  static func notMeasurable(_ population: Population) -> String? {
    guard let shapes = population.learned(VisitShapes.self), shapes.reference == nil else { return nil }
    return "fewer than \(leastVisits) visits go over three pages or more that the log tells apart"
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

/// Classes of how long somebody stays: about half an octave wide, with bounds of whole seconds, since many logs have none
/// finer.
enum DwellClass {
  /// Upper bounds in seconds.
  static let bounds: [Int64] = [1, 2, 3, 4, 6, 8, 11, 16, 23, 32, 45, 64, 90, 128, 181, 256, 512]
  /// How many there are; the last one is open.
  static let count = bounds.count + 1
  /// Where the last one ends: the timeout of a session (30 minutes, JICWEBS).
  static let longest: Int64 = 1_800

  /// The class of a stay in microseconds.
  static func of(_ dwell: Int64) -> Int {
    var index = 0
    while index < bounds.count, bounds[index] * 1_000_000 <= dwell { index += 1 }
    return index
  }

  /// The share of a class in stays that are drawn evenly up to a bound in seconds.
  static func evenShare(_ index: Int, upTo bound: Int64) -> Double {
    let low = index == 0 ? 0 : bounds[index - 1]
    let high = index < bounds.count ? bounds[index] : longest
    return Double(max(0, min(high, bound) - low)) / Double(bound)
  }
}
