/// How busy addresses are that stand for about as many people: learned from the run itself, so that no absolute rate
/// is a verdict, and large gateways are tested against large gateways.
///
/// The unit is events at human pace (`HumanPace`) by visitor-hour (a visitor in a clock hour with at least one event):
/// somebody who is online all day has many hours, not a high rate, and a carrier's gateway has the hours of all behind
/// it. Addresses with about as many visitor-hours (powers of two) form a stratum. In a stratum the count of an address
/// with h visitor-hours is taken to be negative binomial: Poisson around h × mean, the mean itself gamma distributed.
package struct RateBaseline: Sendable {
  /// What was learned about one stratum.
  package struct Stratum: Sendable, Equatable {
    /// Events by visitor-hour.
    package var mean: Double
    /// Shape of the gamma distribution: 1 ÷ (squared coefficient of variation between addresses).
    package var shape: Double
  }

  /// What was counted about an address, or about one visitor.
  package struct Activity: Sendable, Equatable {
    /// Events at human pace.
    package var events: Double
    /// Visitor-hours.
    package var hours: Double
    /// Visitors.
    package var visitors: Double

    /// An activity from its parts.
    package init(events: Double, hours: Double, visitors: Double) {
      self.events = events
      self.hours = hours
      self.visitors = visitors
    }
  }

  /// Addresses that did the same.
  package struct Group: Sendable {
    /// What each of them did.
    package var activity: Activity
    /// How many there are.
    package var addresses: Int

    /// A group from its parts.
    package init(activity: Activity, addresses: Int) {
      self.activity = activity
      self.addresses = addresses
    }
  }

  /// When an address, or a visitor, is too busy.
  package struct Rule: Sendable {
    /// Tail probability below which a count is not chance.
    package var tail: Double
    /// With fewer events nothing is said.
    package var leastEvents: Double
    /// How many times the mean a rate must be, by how many visitors there are, ascending: people differ, and the more of
    /// them there are behind an address, the less does their mean.
    package var ratios: [(visitors: Double, ratio: Double)]

    /// A rule from its parts.
    package init(tail: Double, leastEvents: Double, ratios: [(visitors: Double, ratio: Double)]) {
      self.tail = tail
      self.leastEvents = leastEvents
      self.ratios = ratios
    }

    /// The ratio for so many visitors.
    func ratio(visitors: Double) -> Double { ratios.last { visitors >= $0.visitors }?.ratio ?? .infinity }
  }

  /// A stratum with fewer addresses is joined with the one below it.
  static let leastAddresses = 30
  private static let rounds = 10

  /// By the power of two of the visitor-hours; empty where there were too few addresses.
  package private(set) var strata: [Stratum] = []

  /// Learns from what was counted about each address, in any order.
  ///
  /// - Complexity: O(n log n).
  package init(_ addresses: [Activity], rule: Rule) {
    self.init(groups: addresses.map { Group(activity: $0, addresses: 1) }, rule: rule)
  }

  /// Learns from what was counted about all addresses, in any order and however equal ones are put together.
  ///
  /// - Complexity: O(n log n) in the number of groups.
  package init(groups: [Group], rule: Rule) {
    var byStratum = [Part](repeating: Part(from: 0), count: 33)
    for group in groups where group.activity.hours > 0 {
      byStratum[RateBaseline.stratum(hours: group.activity.hours)].add(group)
    }
    // The largest strata have few addresses: each joins the one below until there are enough; so does the smallest
    // upwards, by being joined into whatever comes first.
    var parts: [Part] = []
    for (index, var part) in byStratum.enumerated() {
      if let last = parts.last, last.addresses < RateBaseline.leastAddresses || part.groups.isEmpty {
        parts[parts.count - 1].add(part)
      } else {
        part.from = index
        parts.append(part)
      }
    }
    while parts.count > 1, parts[parts.count - 1].addresses < RateBaseline.leastAddresses {
      let last = parts.removeLast()
      parts[parts.count - 1].add(last)
    }
    guard let first = parts.first, first.addresses >= RateBaseline.leastAddresses else { return }
    strata = [Stratum](repeating: Stratum(mean: 0, shape: 0), count: byStratum.count)
    for (ordinal, part) in parts.enumerated() {
      let stratum = RateBaseline.fit(part.groups, rule)
      let end = ordinal + 1 < parts.count ? parts[ordinal + 1].from : byStratum.count
      for index in (ordinal == 0 ? 0 : part.from)..<end { strata[index] = stratum }
    }
  }

  /// Addresses that a stratum is learned from.
  private struct Part {
    /// The first stratum that they stand for.
    var from: Int
    var groups: [Group] = []
    var addresses = 0

    mutating func add(_ group: Group) {
      groups.append(group)
      addresses += group.addresses
    }

    mutating func add(_ part: Part) {
      groups += part.groups
      addresses += part.addresses
    }
  }

  /// Whether there were enough addresses to learn from.
  package var isLearned: Bool { !strata.isEmpty }

  /// Where a count is too high: the rate and the least rate that is too high; nil where it is not.
  package func excess(_ activity: Activity, rule: Rule) -> (rate: Double, limit: Double)? {
    guard isLearned, activity.hours >= 1 else { return nil }
    return RateBaseline.excess(activity, strata[RateBaseline.stratum(hours: activity.hours)], rule)
  }

  /// The natural logarithm of the probability that chance gives so many events or more; 0 where nothing was learned.
  package func logTail(_ activity: Activity) -> Double {
    guard isLearned, activity.hours >= 1 else { return 0 }
    let stratum = strata[RateBaseline.stratum(hours: activity.hours)]
    return RateBaseline.logTail(
      events: activity.events, mean: stratum.mean * activity.hours, shape: stratum.shape)
  }

  private static func excess(
    _ activity: Activity, _ stratum: Stratum, _ rule: Rule
  ) -> (rate: Double, limit: Double)? {
    let limit = rule.ratio(visitors: activity.visitors) * stratum.mean
    guard activity.events >= rule.leastEvents, activity.events >= limit * activity.hours,
      logTail(events: activity.events, mean: stratum.mean * activity.hours, shape: stratum.shape)
        < naturalLogarithm(rule.tail)
    else { return nil }
    return (activity.events / activity.hours, limit)
  }

  private static func stratum(hours: Double) -> Int { min(32, max(0, hours.exponentPart)) }

  /// Mean and shape by moments, without the addresses that the rule calls too busy. It begins without the busiest
  /// twentieth, so that a flood cannot hide behind the spread that it makes itself; addresses that prove ordinary come
  /// back round by round.
  private static func fit(_ members: [Group], _ rule: Rule) -> Stratum {
    let sorted = ordered(members)
    let total = addresses(sorted)
    var (kept, busiest) = (sorted, max(1, total / 20))
    var keptAddresses = total - busiest
    while let last = kept.last, busiest > 0 {
      let dropped = min(last.addresses, busiest)
      busiest -= dropped
      if dropped == last.addresses { kept.removeLast() } else { kept[kept.count - 1].addresses -= dropped }
    }
    var stratum = moments(kept)
    for _ in 0..<rounds {
      let next = sorted.filter { excess($0.activity, stratum, rule) == nil }
      let nextAddresses = addresses(next)
      if nextAddresses == keptAddresses || next.isEmpty { break }
      keptAddresses = nextAddresses
      stratum = moments(next)
    }
    return stratum
  }

  private static func addresses(_ groups: [Group]) -> Int { groups.reduce(0) { $0 + $1.addresses } }

  /// By rate, then hours, then visitors, equal ones in one group: sums then have one order, and one rounding, however
  /// the addresses came.
  private static func ordered(_ groups: [Group]) -> [Group] {
    func key(_ left: Activity, _ right: Activity) -> (Double, Double, Double) {
      (left.events * right.hours, left.hours, left.visitors)
    }
    var ordered: [Group] = []
    for group in groups.sorted(by: { key($0.activity, $1.activity) < key($1.activity, $0.activity) }) {
      if let last = ordered.last, last.activity == group.activity {
        ordered[ordered.count - 1].addresses += group.addresses
      } else {
        ordered.append(group)
      }
    }
    return ordered
  }

  private static func moments(_ groups: [Group]) -> Stratum {
    var (events, hours) = (0.0, 0.0)
    for group in groups {
      events += group.activity.events * Double(group.addresses)
      hours += group.activity.hours * Double(group.addresses)
    }
    // Where nobody does anything that counts, one event in all is the finest that can be said.
    let mean = max(events, 1) / max(hours, 1)
    var (spread, squares) = (0.0, 0.0)
    for group in groups {
      let (events, expected) = (group.activity.events, mean * group.activity.hours)
      spread += ((events - expected) * (events - expected) - events) * Double(group.addresses)
      squares += expected * expected * Double(group.addresses)
    }
    // Less spread than Poisson: as good as Poisson.
    return Stratum(mean: mean, shape: min(1e6, max(1e-3, squares / max(spread, 1e-9))))
  }

  /// An upper bound (Chernoff) of the natural logarithm of the probability of at least so many events; 0 where they are
  /// not above the mean.
  package static func logTail(events: Double, mean: Double, shape: Double) -> Double {
    guard events > mean, mean > 0 else { return 0 }
    return shape * naturalLogarithm((shape + events) / (shape + mean))
      - events * naturalLogarithm(events * (shape + mean) / (mean * (shape + events)))
  }
}

extension Double {
  /// The power of two at or below a positive finite number, 0 for others.
  var exponentPart: Int { self > 0 && isFinite ? Int(exponent) : 0 }
}
