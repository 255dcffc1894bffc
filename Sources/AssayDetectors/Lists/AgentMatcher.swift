/// Finds the patterns of a list in a user agent: all at once, by three bytes.
///
/// Each pattern is filed under three consecutive bytes that it cannot match without, the ones that fewest patterns of
/// the list share. A user agent is walked once; only where three of its bytes are filed is a pattern tried. This is
/// done once for each distinct user agent of a run, so a table of 64 KiB that is built in a millisecond serves better
/// than an automaton of megabytes.
///
/// - Complexity: O(n) a user agent plus the patterns tried, O(n × pattern) at worst; memory O(patterns).
struct AgentMatcher: Sendable {
  /// What was found.
  struct Match: Equatable, Sendable {
    /// The ordinal of the row.
    var row: Int
    /// The row, or another one, counts for events before this moment; `.max` for ever.
    var countsBefore: Int64
  }

  let patterns: [AgentPattern]
  /// Patterns by slot: those of slot s are `filed[firstOfSlot[s]..<firstOfSlot[s + 1]]`.
  private var firstOfSlot: [Int32]
  private var filed: [Filed] = []
  /// A bit for each slot that has patterns: 2 KiB, which stay in the nearest cache.
  private var isFiled: [UInt64]
  /// Patterns that have no three plain bytes in a row; tried everywhere.
  private var unfiled: [Int] = []

  private struct Filed {
    var pattern: Int32
    /// How many bytes before the three the pattern begins, -1 where that is not fixed.
    var offset: Int32
  }

  private static let slots = 1 << 14

  /// A matcher for the rows of a list, in their order.
  init(_ patterns: [AgentPattern]) {
    self.patterns = patterns
    firstOfSlot = [Int32](repeating: 0, count: AgentMatcher.slots + 1)
    isFiled = [UInt64](repeating: 0, count: AgentMatcher.slots / 64)
    let anchors = patterns.map(\.anchor)
    var shared = [Int32](repeating: 0, count: AgentMatcher.slots)
    for anchor in anchors {
      for index in anchor.bytes.indices.dropLast(2) { shared[AgentMatcher.slot(anchor.bytes, index)] += 1 }
    }
    var places: [(slot: Int, filed: Filed)] = []
    for (pattern, anchor) in anchors.enumerated() {
      let starts = anchor.bytes.indices.dropLast(2)
      guard
        let best = starts.min(by: {
          (shared[AgentMatcher.slot(anchor.bytes, $0)], $0) < (shared[AgentMatcher.slot(anchor.bytes, $1)], $1)
        })
      else {
        unfiled.append(pattern)
        continue
      }
      let offset = anchor.offset.map { Int32($0 + best) } ?? -1
      places.append((AgentMatcher.slot(anchor.bytes, best), Filed(pattern: Int32(pattern), offset: offset)))
    }
    places.sort { ($0.slot, $0.filed.pattern) < ($1.slot, $1.filed.pattern) }
    for (slot, entry) in places {
      firstOfSlot[slot + 1] += 1
      isFiled[slot >> 6] |= 1 << UInt64(slot & 63)
      filed.append(entry)
    }
    for slot in 0..<AgentMatcher.slots { firstOfSlot[slot + 1] += firstOfSlot[slot] }
  }

  /// The row of the list that counts longest for a user agent, the first among equals; nil where none matches.
  func match(_ agent: FoldedAgent) -> Match? {
    let (logged, folded) = (agent.logged.span, agent.folded.span)
    var best: Match?
    func consider(_ pattern: Int) {
      let row = patterns[pattern]
      guard !row.isExcepted(folded) else { return }
      if let found = best, (found.countsBefore, -found.row) >= (row.countsBefore, -pattern) { return }
      best = Match(row: pattern, countsBefore: row.countsBefore)
    }
    var walked: [Int] = []
    var next = 0
    while let (start, slot) = AgentMatcher.firstFiled(folded, from: next, isFiled.span) {
      next = start + 1
      for entry in Int(firstOfSlot[slot])..<Int(firstOfSlot[slot + 1]) {
        let pattern = Int(filed[entry].pattern)
        let offset = Int(filed[entry].offset)
        if offset >= 0 {
          if patterns[pattern].matches(logged, folded, at: start - offset) { consider(pattern) }
        } else if !walked.contains(pattern) {
          // Behind a run the distance is open, so the pattern is matched from the start of the text, and once.
          walked.append(pattern)
          if patterns[pattern].matches(logged, folded, at: 0) { consider(pattern) }
        }
      }
    }
    for pattern in unfiled {
      for start in 0...folded.count where patterns[pattern].matches(logged, folded, at: start) {
        consider(pattern)
        break
      }
    }
    return best
  }

  /// The first place from one on at which three bytes stand that are filed, and their slot; nil where there is none.
  @inline(never)
  private static func firstFiled(
    _ folded: Span<UInt8>, from start: Int, _ isFiled: Span<UInt64>
  ) -> (start: Int, slot: Int)? {
    guard start + 2 < folded.count else { return nil }
    var key = UInt32(folded[start]) << 8 | UInt32(folded[start + 1])
    for end in start + 2..<folded.count {
      key = (key << 8 | UInt32(folded[end])) & 0xff_ffff
      let slot = slot(key)
      if isFiled[slot &>> 6] &>> UInt64(slot & 63) & 1 != 0 { return (end - 2, slot) }
    }
    return nil
  }

  private static func slot(_ bytes: [UInt8], _ start: Int) -> Int {
    slot(UInt32(bytes[start]) << 16 | UInt32(bytes[start + 1]) << 8 | UInt32(bytes[start + 2]))
  }

  @inline(__always)
  private static func slot(_ key: UInt32) -> Int { Int((key &* 0x9e37_79b1) &>> 18) }
}

/// A user agent as logged, and as patterns look at it.
struct FoldedAgent {
  let logged: [UInt8]
  /// `AgentPattern.folded` of each byte.
  let folded: [UInt8]

  /// A user agent.
  init(_ agent: String) {
    logged = Array(agent.utf8)
    var bytes = logged
    var folding = bytes.mutableSpan
    for index in folding.indices { folding[index] = AgentPattern.folded(folding[index]) }
    folded = bytes
  }
}
