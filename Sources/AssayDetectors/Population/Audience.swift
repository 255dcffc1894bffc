internal import AssayModel

/// Who visits which publishers: units (visitors, or addresses with a user agent) with the different publishers of each.
struct Audience {
  /// Somebody who visits a publisher.
  private(set) var publishers: [UInt32] = []
  /// Where each unit's publishers begin.
  private(set) var starts: [Int] = [0]

  /// More publishers of one unit are not paired: 2,016 pairs are enough, and few visit so many (detection.md §2.1).
  private static let mostPaired = 64

  /// The publishers that each visitor went to, and which visitor each unit is.
  ///
  /// - Complexity: O(n log n) for n stays.
  static func ofVisitors(_ stays: [Stay]) -> (audience: Audience, visitors: [UInt64]) {
    var pairs: [(visitor: UInt64, publisher: UInt32)] = []
    for stay in stays where stay.publisher != 0 {
      if let last = pairs.last, last.visitor == stay.visitor, last.publisher == stay.publisher { continue }
      pairs.append((stay.visitor, stay.publisher))
    }
    pairs.sort { $0 < $1 }
    var (audience, visitors) = (Audience(), [UInt64]())
    for (place, pair) in pairs.enumerated() {
      if place == 0 || pairs[place - 1].visitor != pair.visitor {
        if place > 0 { audience.closeUnit() }
        visitors.append(pair.visitor)
      }
      audience.publishers.append(pair.publisher)
    }
    if !pairs.isEmpty { audience.closeUnit() }
    return (audience, visitors)
  }

  /// The publishers that were visited from each address with each user agent, and the stays of each unit.
  ///
  /// - Complexity: O(n log n) for n stays.
  static func ofSources(_ log: StayLog) -> (audience: Audience, stays: [Range<Int>]) {
    var (audience, ranges) = (Audience(), [Range<Int>]())
    log.forEachSource { range in
      audience.publishers += log.stays[range].lazy.map(\.publisher).filter { $0 != 0 }
      guard audience.publishers.count > audience.starts[audience.starts.count - 1] else { return }
      audience.closeUnit()
      ranges.append(range)
    }
    return (audience, ranges)
  }

  /// Ends a unit: each of its publishers is kept once, in ascending order.
  private mutating func closeUnit() {
    let start = starts[starts.count - 1]
    if publishers.count - start > 1 { publishers[start...].sort() }
    var kept = start
    for place in start..<publishers.count where place == start || publishers[place] != publishers[kept - 1] {
      publishers[kept] = publishers[place]
      kept += 1
    }
    publishers.removeLast(publishers.count - kept)
    starts.append(kept)
  }

  /// Units.
  var count: Int { starts.count - 1 }

  /// The publishers of a unit, ascending.
  subscript(_ unit: Int) -> ArraySlice<UInt32> { publishers[starts[unit]..<starts[unit + 1]] }

  /// Pairs of publishers (the smaller ordinal in the upper half) that share more of the audience than chance gives.
  ///
  /// Chance is a run in which each unit visits as many publishers, and each publisher has as many visits, but who visits
  /// which is drawn: then n_s n_t Σ d (d − 1) ÷ (Σ d)² units visit both (the configuration model). A publisher that
  /// nearly everybody visits cannot exceed that by much, so that hubs have no links.
  ///
  /// - Parameter publisherCount: ordinals of publishers are below it.
  /// - Complexity: O(n + pairs).
  func links(_ rule: CoVisitation.Rule, publisherCount: Int) -> [UInt64] {
    var visits = [Double](repeating: 0, count: publisherCount)
    for publisher in publishers { visits[Int(publisher)] += 1 }
    var (all, pairs, shared) = (0.0, 0.0, [UInt64: UInt32]())
    var chosen: [UInt32] = []
    for unit in 0..<count {
      let own = self[unit]
      all += Double(own.count)
      if own.count < 2 { continue }
      pairs += Double(own.count) * Double(own.count - 1)
      // Nobody visits a publisher together with another more often than at all.
      chosen.removeAll(keepingCapacity: true)
      for publisher in own where visits[Int(publisher)] >= rule.leastShared { chosen.append(publisher) }
      if chosen.count > Audience.mostPaired { Audience.thin(&chosen, unit) }
      for first in chosen.indices {
        for second in first + 1..<chosen.count {
          shared[UInt64(chosen[first]) << 32 | UInt64(chosen[second]), default: 0] += 1
        }
      }
    }
    let density = pairs / max(1, all * all)
    return shared.filter { pair, count in
      let (shared, mean) = (Double(count), visits[Int(pair >> 32)] * visits[Int(pair & 0xffff_ffff)] * density)
      return shared >= rule.leastShared && shared >= rule.leastLift * mean
        && LogTail.poisson(shared, mean: mean) <= rule.tail
    }.keys.sorted()
  }

  /// Leaves as many as are paired, others of each unit, ascending.
  private static func thin(_ publishers: inout [UInt32], _ unit: Int) {
    func rank(_ publisher: UInt32) -> UInt64 { StableHash.of(UInt64(unit), UInt64(publisher)) }
    publishers.sort { (rank($0), $0) < (rank($1), $1) }
    publishers.removeLast(publishers.count - mostPaired)
    publishers.sort()
  }
}
