internal import AssayModel

/// What each visitor did as a set of tokens, an object and a window of time each, and who shares most of them.
///
/// Who is to be compared is found without a sketch: of two sets with a Jaccard similarity of s, the rarest
/// (1 − s) n + 1 tokens of each have one in common (prefix filtering: Bayardo et al. 2007). Most visitors have so many
/// tokens that nobody shares that they are left at once.
struct TimedTokens {
  /// Somebody who could be in lockstep.
  private struct Candidate {
    var actor: Int
    /// Into `tokens`, where they stand in ascending order.
    var range: Range<Int>
    /// Tokens of its own, those included that nobody shares.
    var size: Int
  }

  /// A token among the rarest of a candidate.
  private struct Mark {
    var token: UInt64
    var size: Int
    var candidate: Int
  }

  /// A rare token is shared by few; of those who share a common one each is held against so many that have about as
  /// many tokens: our choice. They are linked over other tokens, so that a group is found whole.
  private static let neighbours = 12
  /// Tokens that so few have are never common, however few visitors there are: our choice.
  private static let fewVisitors = 100

  private let log: ActionLog
  private let rule: Lockstep.Rule
  private var tokens: [UInt64] = []
  private var candidates: [Candidate] = []
  private var marks: [Mark] = []

  /// The tokens of a run.
  ///
  /// - Parameter turnsClocks: whether each visitor's clock is turned by up to a day, at random but always alike: what
  ///   agrees then does so by chance, or whatever the time.
  init(_ log: ActionLog, _ rule: Lockstep.Rule, turnsClocks: Bool) {
    (self.log, self.rule) = (log, rule)
    // Who is long enough there is decided first, since most are not.
    let eligible = log.actors.indices.filter { isLong(log.actors[$0]) }
    var counts = RoughCounts(things: eligible.reduce(0) { $0 + 2 * log.actors[$1].count })
    var own: [UInt64] = []
    for actor in eligible {
      gather(actor, turnsClocks, into: &own)
      for token in own { counts.add(token) }
    }
    let most = min(Int(RoughCounts.most) - 1, max(TimedTokens.fewVisitors, Int(Double(log.actors.count) * rule.common)))
    for actor in eligible {
      gather(actor, turnsClocks, into: &own)
      own.removeAll { Int(counts[$0]) > most }
      let prefix = own.count - Int((Double(own.count) * rule.similarity).rounded(.up)) + 1
      let shared = own.filter { counts[$0] > 1 }
      let unshared = own.count - shared.count
      guard unshared < prefix, shared.count >= rule.leastTimes else { continue }
      let range = tokens.count..<tokens.count + shared.count
      let rarest = shared.sorted { (counts[$0], $0) < (counts[$1], $1) }.prefix(prefix - unshared)
      for token in rarest { marks.append(Mark(token: token, size: own.count, candidate: candidates.count)) }
      candidates.append(Candidate(actor: actor, range: range, size: own.count))
      tokens += shared
    }
  }

  /// Whether somebody acts in enough windows.
  private func isLong(_ actor: ActionLog.Actor) -> Bool {
    var (windows, last) = (0, UInt32.max)
    for action in log.actions(of: actor) where action.second / rule.window != last {
      last = action.second / rule.window
      windows += 1
    }
    return windows >= rule.leastTimes
  }

  /// The tokens of an actor, ascending and each once: object << 32 | window << 1 | phase. Each action stands in two
  /// windows, of which one begins in the middle of the other, so that what lies around an edge has one in common.
  private func gather(_ ordinal: Int, _ turnsClocks: Bool, into own: inout [UInt64]) {
    own.removeAll(keepingCapacity: true)
    let actor = log.actors[ordinal]
    let turn = turnsClocks ? UInt32(StableHash.of(actor.visitor, 0x7475_726e) % 86_400) / rule.window * rule.window : 0
    for action in log.actions(of: actor) {
      let second = action.second &+ turn
      // Whether an ad was seen or clicked on is all one: who clicks at once does both in the same window.
      let object = UInt64(action.isOfPage ? action.object : action.object & ~1) << 32
      own.append(object | UInt64(second / rule.window) << 1)
      own.append(object | UInt64((second &+ rule.window / 2) / rule.window) << 1 | 1)
    }
    own.sort()
    var kept = 0
    for place in own.indices where place == 0 || own[place] != own[kept - 1] {
      own[kept] = own[place]
      kept += 1
    }
    own.removeLast(own.count - kept)
  }

  /// The visitors of the groups in lockstep, group by group.
  ///
  /// - Complexity: O(m log m) for m marks, and O(tokens) for each comparison, of which each mark has a few.
  func groups() -> [[UInt64]] {
    let sorted = marks.sorted { ($0.token, $0.size, $0.candidate) < ($1.token, $1.size, $1.candidate) }
    var sets = DisjointSets(candidates.count)
    for place in sorted.indices {
      var next = place + 1
      while next < sorted.count, next <= place + TimedTokens.neighbours, sorted[next].token == sorted[place].token {
        let (one, other) = (sorted[place].candidate, sorted[next].candidate)
        next += 1
        if sets.areJoined(one, other) { continue }
        if isInLockstep(candidates[one], candidates[other]) { sets.join(one, other) }
      }
    }
    var groups: [[UInt64]] = []
    for group in sets.groups where group.count >= rule.leastVisitors {
      let actors = group.map { log.actors[candidates[$0].actor] }
      let networks = Set(actors.filter { !$0.address.isNone }.map(\.address.network))
      guard networks.count >= rule.leastNetworks else { continue }
      groups.append(actors.map(\.visitor))
    }
    return groups
  }

  /// Whether two share most tokens, of enough objects and windows.
  private func isInLockstep(_ one: Candidate, _ other: Candidate) -> Bool {
    // Sets of very different size cannot be similar.
    let (small, large) = (min(one.size, other.size), max(one.size, other.size))
    guard Double(small) >= rule.similarity * Double(large) else { return false }
    var (left, right, shared) = (one.range.lowerBound, other.range.lowerBound, 0)
    var (objects, lastObject, windows) = (0, UInt64.max, Set<UInt64>())
    while left < one.range.upperBound, right < other.range.upperBound {
      let (mine, theirs) = (tokens[left], tokens[right])
      if mine == theirs {
        shared += 1
        if mine >> 32 != lastObject { objects += 1 }
        lastObject = mine >> 32
        if mine & 1 == 0 { windows.insert(mine & 0xffff_ffff) }
      }
      if mine <= theirs { left += 1 }
      if theirs <= mine { right += 1 }
    }
    let union = one.size + other.size - shared
    return Double(shared) >= rule.similarity * Double(union) && objects >= rule.leastObjects
      && windows.count >= rule.leastTimes
  }
}

/// Sets that are joined until no more belong together (union-find with path halving).
struct DisjointSets {
  private var parents: [Int]

  /// So many sets of one.
  init(_ count: Int) { parents = Array(0..<count) }

  /// The least member of a set, after it has been joined from there up.
  private mutating func root(_ member: Int) -> Int {
    var member = member
    while parents[member] != member {
      parents[member] = parents[parents[member]]
      member = parents[member]
    }
    return member
  }

  /// Whether two are in one set.
  mutating func areJoined(_ one: Int, _ other: Int) -> Bool { root(one) == root(other) }

  /// Joins the sets of two.
  mutating func join(_ one: Int, _ other: Int) {
    let (first, second) = (root(one), root(other))
    parents[max(first, second)] = min(first, second)
  }

  /// All sets, by their least member, members ascending.
  ///
  /// - Complexity: O(n log n).
  var groups: [[Int]] {
    var sets = self
    var byRoot: [(root: Int, member: Int)] = []
    for member in parents.indices { byRoot.append((sets.root(member), member)) }
    byRoot.sort { $0 < $1 }
    var groups: [[Int]] = []
    for (place, entry) in byRoot.enumerated() {
      if place == 0 || byRoot[place - 1].root != entry.root { groups.append([]) }
      groups[groups.count - 1].append(entry.member)
    }
    return groups
  }
}
