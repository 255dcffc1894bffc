internal import AssayModel

/// The steps of all visitors, four at a time, to be held against each other.
///
/// A step is what came within a second of what came before it, as the ads of one page do: in which order they load is
/// chance, so the order does not count.
struct StepSequences {
  /// Four steps of one visitor.
  private struct Sequence {
    /// Hash of the four steps.
    var path: UInt64
    /// Ordinal of the actor.
    var actor: UInt32
    /// Seconds between them.
    var pauses: (UInt16, UInt16, UInt16)

    func agrees(with other: Sequence, to tolerance: Int) -> Bool {
      abs(Int(pauses.0) - Int(other.pauses.0)) <= tolerance && abs(Int(pauses.1) - Int(other.pauses.1)) <= tolerance
        && abs(Int(pauses.2) - Int(other.pauses.2)) <= tolerance
    }
  }

  private struct Step {
    var objects: UInt64
    var second: UInt32
  }

  /// A longer pause ends a session (30 minutes, JICWEBS), and what was done before it has nothing to do with what comes.
  private static let longestPause: UInt32 = 1_800
  /// Ways that so few take are never common, however few visitors there are: our choice.
  private static let fewVisitors = 50

  private let log: ActionLog

  init(_ log: ActionLog) { self.log = log }

  /// Visitors that go the same way with the same pauses as others, with how many these are; one may come several times.
  ///
  /// - Complexity: O(n log n) for n actions, and within each way O(m) comparisons for each that has about the same
  ///   first pause.
  func replays(_ rule: SequenceReplay.Rule) -> [(visitor: UInt64, number: Int)] {
    // First only how often each way is taken, roughly; then those that are taken by several are looked at.
    var taken = RoughCounts(things: log.actors.reduce(0) { $0 + $1.count })
    var pauses = [Int](repeating: 0, count: Int(StepSequences.longestPause) + 1)
    forEachVisitor { steps, actor in
      for place in steps.indices.dropFirst() {
        let pause = steps[place].second - steps[place - 1].second
        if pause <= StepSequences.longestPause { pauses[Int(pause)] += 1 }
      }
      StepSequences.forEachSequence(steps, actor, rule) { taken.add($0.path) }
    }
    var shared: [Sequence] = []
    forEachVisitor { steps, actor in
      StepSequences.forEachSequence(steps, actor, rule) { sequence in
        if Int(taken[sequence.path]) >= rule.leastVisitors { shared.append(sequence) }
      }
    }
    shared.sort {
      ($0.path, $0.actor, $0.pauses.0, $0.pauses.1, $0.pauses.2)
        < ($1.path, $1.actor, $1.pauses.0, $1.pauses.1, $1.pauses.2)
    }
    var numbers: [(visitor: UInt64, number: Int)] = []
    let chances = PauseChances(pauses, tolerance: rule.tolerance)
    let most = max(StepSequences.fewVisitors, Int(Double(log.actors.count) * rule.common))
    var start = 0
    while start < shared.count {
      // Each visitor once.
      var way = [shared[start]]
      var end = start + 1
      while end < shared.count, shared[end].path == shared[start].path {
        if shared[end].actor != shared[end - 1].actor { way.append(shared[end]) }
        end += 1
      }
      start = end
      guard way.count >= rule.leastVisitors, way.count <= most else { continue }
      way.sort { ($0.pauses.0, $0.actor) < ($1.pauses.0, $1.actor) }
      numbers += replays(way, chances, rule)
    }
    return numbers
  }

  /// Those among the visitors of one way, in order of their first pause, that agree with more than chance allows.
  private func replays(
    _ way: [Sequence], _ chances: PauseChances, _ rule: SequenceReplay.Rule
  ) -> [(visitor: UInt64, number: Int)] {
    var numbers: [(visitor: UInt64, number: Int)] = []
    var first = 0
    for sequence in way {
      while Int(way[first].pauses.0) + rule.tolerance < Int(sequence.pauses.0) { first += 1 }
      var (agreeing, next) = (0, first)
      while next < way.count, Int(way[next].pauses.0) <= Int(sequence.pauses.0) + rule.tolerance {
        if way[next].agrees(with: sequence, to: rule.tolerance) { agreeing += 1 }
        next += 1
      }
      // It agrees with itself.
      guard agreeing >= rule.leastVisitors else { continue }
      let chance = chances[sequence.pauses.0] * chances[sequence.pauses.1] * chances[sequence.pauses.2]
      guard LogTail.poisson(Double(agreeing - 1), mean: Double(way.count - 1) * chance) <= rule.tail else { continue }
      numbers.append((log.actors[Int(sequence.actor)].visitor, agreeing))
    }
    return numbers
  }

  /// Goes through the steps of all actors.
  private func forEachVisitor(_ body: ([Step], UInt32) -> Void) {
    var steps: [Step] = []
    for (ordinal, actor) in log.actors.enumerated() {
      steps.removeAll(keepingCapacity: true)
      var last: UInt32 = 0
      for action in log.actions(of: actor) {
        let mark = StableHash.fold(UInt64(action.object) ^ StableHash.first, StableHash.second)
        if !steps.isEmpty, action.second - last <= 1 {
          steps[steps.count - 1].objects &+= mark
        } else {
          steps.append(Step(objects: mark, second: action.second))
        }
        last = action.second
      }
      body(steps, UInt32(ordinal))
    }
  }

  /// Goes through all sequences of an actor that say something: of at least three different steps, with pauses that
  /// differ.
  private static func forEachSequence(
    _ steps: [Step], _ actor: UInt32, _ rule: SequenceReplay.Rule, _ body: (Sequence) -> Void
  ) {
    guard steps.count >= 4 else { return }
    for place in 0...steps.count - 4 {
      if let sequence = sequence(steps[place..<place + 4], actor, rule) { body(sequence) }
    }
  }

  private static func sequence(_ steps: ArraySlice<Step>, _ actor: UInt32, _ rule: SequenceReplay.Rule) -> Sequence? {
    let start = steps.startIndex
    let pauses = (
      steps[start + 1].second - steps[start].second, steps[start + 2].second - steps[start + 1].second,
      steps[start + 3].second - steps[start + 2].second
    )
    let (shortest, longest) = (min(pauses.0, pauses.1, pauses.2), max(pauses.0, pauses.1, pauses.2))
    // A timer's pauses are even, and its page's, not the visitor's.
    guard longest <= longestPause, Int(longest - shortest) > 2 * rule.tolerance else { return nil }
    var (path, different) = (StableHash.first, 1)
    for place in start..<start + 4 {
      path = StableHash.fold(path ^ steps[place].objects, StableHash.second)
      if place > start, !steps[start..<place].contains(where: { $0.objects == steps[place].objects }) { different += 1 }
    }
    guard different >= 3 else { return nil }
    return Sequence(path: path, actor: actor, pauses: (UInt16(pauses.0), UInt16(pauses.1), UInt16(pauses.2)))
  }
}

/// How likely it is that a pause of the run is about as long as one of a given length.
private struct PauseChances {
  private let shares: [Double]

  /// By how many pauses there are of each length in seconds.
  init(_ counts: [Int], tolerance: Int) {
    var sums = [0]
    for count in counts { sums.append(sums[sums.count - 1] + count) }
    let all = Double(sums[counts.count] + 1)
    shares = counts.indices.map { length in
      let (low, high) = (max(0, length - tolerance), min(counts.count, length + tolerance + 1))
      return Double(sums[high] - sums[low] + 1) / all
    }
  }

  subscript(_ pause: UInt16) -> Double { Int(pause) < shares.count ? shares[Int(pause)] : 1 }
}
