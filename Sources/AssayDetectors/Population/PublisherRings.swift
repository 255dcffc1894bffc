internal import AssayModel

/// Rings of publishers with a shared audience, and who is in their boxes.
struct PublisherRings: Sendable {
  /// Boxed visitors, with how many publishers of a ring they went to, themselves or others at their address with their
  /// user agent.
  private(set) var boxed = VisitorNumbers([])
  /// How many rings there are.
  private(set) var count = 0

  /// By publisher: its ring, -1 for none.
  private var rings: [Int32]

  /// In every round those who were boxed bring in publishers, and these visitors; more rounds than so many bring in
  /// hardly any (detection.md §2.1, step 10).
  private static let rounds = 5
  /// Each publisher of a ring has so many links in it (detection.md §2.1, step 7).
  private static let core = 3
  /// A publisher with fewer visitors does not join: our choice, so that no single visitor brings one in.
  private static let fewVisitors = 20

  /// The rings of a run.
  ///
  /// - Parameter names: of the publishers, by ordinal.
  /// - Complexity: O(n log n) for n stays, and what `Audience.links` takes.
  init(_ log: StayLog?, names: [String], _ rule: CoVisitation.Rule) {
    rings = Array(repeating: -1, count: max(1, names.count))
    guard let log else { return }
    let (audience, visitors) = Audience.ofVisitors(log.stays)
    let (sources, stays) = Audience.ofSources(log)
    var links = Set(audience.links(rule, publisherCount: rings.count))
    links.formUnion(sources.links(rule, publisherCount: rings.count))
    addRings(
      links.filter { pair in
        !PublisherRings.areOfOneOwner(names[Int(pair >> 32)], names[Int(pair & 0xffff_ffff)])
      }.sorted(), rule)
    if count == 0 { return }
    for _ in 0..<PublisherRings.rounds {
      box(audience, visitors, sources, stays, log, rule)
      if !join(audience, visitors, rule) { break }
    }
  }

  /// The ring that a publisher belongs to.
  func ring(of publisher: UInt32) -> Int? {
    Int(publisher) < rings.count && rings[Int(publisher)] >= 0 ? Int(rings[Int(publisher)]) : nil
  }

  /// The publishers of each ring, ascending.
  var publishers: [[Int]] {
    var publishers = [[Int]](repeating: [], count: count)
    for (publisher, ring) in rings.enumerated() where ring >= 0 { publishers[Int(ring)].append(publisher) }
    return publishers
  }

  /// The 3-core of the links: what is left when publishers with fewer links are taken out again and again; its parts
  /// (`RingParts`) are the rings.
  private mutating func addRings(_ links: [UInt64], _ rule: CoVisitation.Rule) {
    var neighbours: [UInt32: [UInt32]] = [:]
    for link in links {
      let (one, other) = (UInt32(link >> 32), UInt32(truncatingIfNeeded: link))
      neighbours[one, default: []].append(other)
      neighbours[other, default: []].append(one)
    }
    var degrees = neighbours.mapValues(\.count)
    var leaving = degrees.filter { $0.value < PublisherRings.core }.map(\.key)
    while let publisher = leaving.popLast() {
      guard degrees.removeValue(forKey: publisher) != nil else { continue }
      for neighbour in neighbours[publisher] ?? [] {
        guard let degree = degrees[neighbour] else { continue }
        degrees[neighbour] = degree - 1
        if degree == PublisherRings.core { leaving.append(neighbour) }
      }
    }
    let core = degrees.keys.sorted()
    var places: [UInt32: Int] = [:]
    for (place, publisher) in core.enumerated() { places[publisher] = place }
    // Places ascend with publishers, so that what is sorted stays so.
    let linked = core.map { (neighbours[$0] ?? []).compactMap { places[$0] }.sorted() }
    for part in RingParts(linked, least: rule.leastRing).parts {
      for place in part { rings[Int(core[place])] = Int32(count) }
      count += 1
    }
  }

  /// Boxes who mostly visits a ring: visitors, and all visitors of an address with a user agent.
  private mutating func box(
    _ audience: Audience, _ visitors: [UInt64], _ sources: Audience, _ stays: [Range<Int>], _ log: StayLog,
    _ rule: CoVisitation.Rule
  ) {
    var numbers: [(visitor: UInt64, number: Int)] = []
    var byRing = [Int](repeating: 0, count: count)
    for unit in 0..<audience.count {
      if let visits = visits(audience[unit], rule, &byRing) { numbers.append((visitors[unit], visits)) }
    }
    for unit in 0..<sources.count {
      guard let visits = visits(sources[unit], rule, &byRing) else { continue }
      for stay in log.stays[stays[unit]] { numbers.append((stay.visitor, visits)) }
    }
    boxed = VisitorNumbers(numbers)
  }

  /// How many publishers of one ring are among those that a unit visits; nil where it is in no ring's box.
  ///
  /// - Parameter byRing: room for a count for each ring, zero before and after.
  private func visits(_ publishers: ArraySlice<UInt32>, _ rule: CoVisitation.Rule, _ byRing: inout [Int]) -> Int? {
    guard publishers.count >= rule.leastVisits else { return nil }
    var visits = 0
    for publisher in publishers where rings[Int(publisher)] >= 0 {
      byRing[Int(rings[Int(publisher)])] += 1
      visits = max(visits, byRing[Int(rings[Int(publisher)])])
    }
    for publisher in publishers where rings[Int(publisher)] >= 0 { byRing[Int(rings[Int(publisher)])] = 0 }
    return visits >= rule.leastVisits && Double(visits) >= rule.leastShare * Double(publishers.count) ? visits : nil
  }

  /// Lets publishers join whose visitors are mostly boxed, in the ring that most of these visit.
  ///
  /// - Returns: whether any did.
  private mutating func join(_ audience: Audience, _ visitors: [UInt64], _ rule: CoVisitation.Rule) -> Bool {
    var counts = Array(repeating: (all: 0, boxed: 0), count: rings.count)
    var votes: [UInt64: Int] = [:]
    for unit in 0..<audience.count {
      let own = audience[unit]
      let isBoxed = boxed[visitors[unit]] != nil
      for publisher in own {
        counts[Int(publisher)].all += 1
        guard isBoxed else { continue }
        counts[Int(publisher)].boxed += 1
        guard rings[Int(publisher)] < 0, let ring = own.first(where: { rings[Int($0)] >= 0 }) else { continue }
        votes[UInt64(publisher) << 32 | UInt64(rings[Int(ring)]), default: 0] += 1
      }
    }
    var hasJoined = false
    // The ring with most votes comes last, of several with as many the first.
    for (vote, _) in votes.sorted(by: { ($0.value, $1.key) < ($1.value, $0.key) }) {
      let publisher = Int(vote >> 32)
      guard counts[publisher].all >= PublisherRings.fewVisitors else { continue }
      guard Double(counts[publisher].boxed) > rule.joining * Double(counts[publisher].all) else { continue }
      rings[publisher] = Int32(vote & 0xffff_ffff)
      hasJoined = true
    }
    return hasJoined
  }

  /// Whether two publishers are sites of one domain.
  private static func areOfOneOwner(_ one: String, _ other: String) -> Bool {
    let domain = domain(of: one)
    return domain.count > 1 && domain == self.domain(of: other)
  }

  /// The labels of a host name that its owner has registered: the last two, or three where the second-last is as short as
  /// those under which countries register (`co.uk`); a guess that a list of public suffixes would make sure.
  private static func domain(of name: String) -> ArraySlice<Substring> {
    let labels = name.split(separator: ".")
    let isUnderSuffix = labels.count > 2 && labels[labels.count - 2].utf8.count <= 3
    return labels.suffix(isUnderSuffix ? 3 : 2)
  }
}
