import AssayDetectors
import AssayModel
import Foundation
import TestSupport
import Testing

struct PopulationTests {
  /// Visitors who come back to some addresses over some hours.
  private func visits(seed: UInt64, count: Int) -> [Visit] {
    var random = SeededGenerator(seed: seed)
    return (0..<count).map { number in
      var at = Double(random.next() % 20_000)
      var events: [Event] = []
      for _ in 0..<(1 + random.next() % 30) {
        let kind = EventKind.allCases[Int(random.next() % 8)]
        var event = Visit.event(
          kind, at: at, id: 1 + random.next() % 5, from: "203.0.113.\(random.next() % 9)", visitor: UInt64(1 + number))
        event.slot = UInt32(random.next() % 3)
        events.append(event)
        at += Double(random.next() % 1_200)
      }
      return Visit(events: events)
    }
  }

  /// What a population says, in comparable form.
  private func summary(_ builder: PopulationBuilder) -> [String] { summary(Population(builder)) }

  private func summary(_ population: Population) -> [String] {
    let facts = (0..<10).map { number -> String in
      guard let address = Address("203.0.113.\(number)") else { return "" }
      return "\(String(describing: population.facts(of: address)))"
    }
    return facts + [
      "\(population.addresses) \(population.visitors) \(population.sessions) \(String(describing: population.firstTime))",
      "\(population.clicksWithImpressionID) \(population.joinedClicks)",
      "\(population.addressedEvents) \(population.privateEvents)",
    ]
  }

  @Test("Any split and any order of merging give the same", arguments: 0..<5)
  func merging(seed: UInt64) {
    let visits = visits(seed: seed, count: 60)
    var whole = PopulationBuilder()
    for visit in visits { whole.add(visit.facts, visit.events.span) }
    var random = SeededGenerator(seed: seed)
    var parts: [PopulationBuilder] = (0..<7).map { _ in PopulationBuilder() }
    for visit in visits.shuffled(using: &random) {
      parts[Int(random.next() % 7)].add(visit.facts, visit.events.span)
    }
    while parts.count > 1 {
      let other = parts.remove(at: Int(random.next() % UInt64(parts.count)))
      parts[Int(random.next() % UInt64(parts.count))].merge(other)
    }
    #expect(summary(whole) == summary(parts[0]))
  }

  @Test("Builders that are merged on several cores give what they give one after the other", arguments: [1, 2, 3, 100])
  func learningTogether(jobs: Int) async {
    let visits = visits(seed: 4, count: 80)
    var whole = PopulationBuilder()
    var parts = (0..<3).map { _ in PopulationBuilder() }
    for (number, visit) in visits.enumerated() {
      whole.add(visit.facts, visit.events.span)
      parts[number % 3].add(visit.facts, visit.events.span)
    }
    #expect(summary(await Population.learned(parts, jobs: jobs)) == summary(whole))
    #expect(summary(await Population.learned([], jobs: jobs)) == summary(PopulationBuilder()))
  }

  @Test("An address with more visitors than are noted at a time is counted right, those who come back included")
  func manyVisitorsOfOneAddress() throws {
    var builder = PopulationBuilder()
    for visitor in 1...9_000 as ClosedRange<UInt64> {
      let places = ["203.0.113.1", "203.0.113.2", "203.0.113.1"]
      let visit = Visit(
        events: places.enumerated().map { Visit.event(.click, at: Double($0), from: $1, visitor: visitor) })
      builder.add(visit.facts, visit.events.span)
    }
    let facts = Population(builder).facts(of: try #require(Address("203.0.113.1")))
    #expect(facts?.visitors == 9_000 && facts?.visitorHours == 9_000 && facts?.events == 18_000)
  }

  @Test("Addresses that did the same may be given together or one by one")
  func groupsOfAddresses() {
    let rule = RateBaseline.Rule(tail: 1e-6, leastEvents: 20, ratios: [(0, 12)])
    var random = SeededGenerator(seed: 8)
    let groups = (0..<200).map { _ in
      RateBaseline.Group(
        activity: RateBaseline.Activity(
          events: Double(random.next() % 90), hours: Double(random.next() % 9), visitors: Double(random.next() % 3)),
        addresses: 1 + Int(random.next() % 40))
    }
    let addresses = groups.flatMap { Array(repeating: $0.activity, count: $0.addresses) }
    #expect(RateBaseline(groups: groups, rule: rule).strata == RateBaseline(addresses, rule: rule).strata)
  }

  @Test("Exactly the watched addresses are watched", arguments: [0, 1, 5, 300])
  func watch(count: Int) {
    let watched = (0..<count).map { Address(v4: UInt32($0) * 7_919) }
    let watch = Watch(watched)
    for address in watched { #expect(watch.contains(address)) }
    let others = (0..<5_000).map { Address(v4: UInt32($0) * 104_729 + 3) }.filter { !watched.contains($0) }
    #expect(!others.contains { watch.contains($0) })
  }

  @Test("Addresses, visitors and visitor-hours are counted as the slow way counts them", arguments: 0..<5)
  func slowTwin(seed: UInt64) throws {
    let visits = visits(seed: seed, count: 40)
    var builder = PopulationBuilder()
    for visit in visits { builder.add(visit.facts, visit.events.span) }
    let population = Population(builder)
    let events = visits.flatMap(\.events)
    #expect(population.addresses == Int64(Set(events.map(\.address)).count))
    for address in Set(events.map(\.address)) {
      let mine = events.filter { $0.address == address }
      let facts = try #require(population.facts(of: address))
      #expect(facts.visitors == Int64(Set(mine.map(\.visitor)).count))
      let hours = Set(mine.map { "\($0.visitor) \($0.time.microseconds / 3_600_000_000)" })
      #expect(facts.visitorHours == Int64(hours.count))
    }
  }

  @Test("Page requests count once a second, beacons not at all, everything else each time")
  func humanPace() throws {
    let kinds: [(EventKind, Double)] = [
      (.page, 0), (.page, 0.2), (.page, 0.9), (.page, 1.1), (.impression, 2), (.impression, 2), (.exposure, 3),
      (.video, 4), (.click, 5), (.adRequest, 6),
    ]
    let visit = Visit(events: kinds.map { Visit.event($0.0, at: $0.1) })
    var builder = PopulationBuilder()
    builder.add(visit.facts, visit.events.span)
    let address = try #require(Address("198.51.100.7"))
    #expect(Population(builder).facts(of: address)?.events == 6)
  }

  @Test("No address is nobody's address, and an address that was never seen has no facts")
  func noAddress() throws {
    let visit = Visit(events: [Visit.event(.impression, at: 0, from: "-")])
    var builder = PopulationBuilder()
    builder.add(visit.facts, visit.events.span)
    let population = Population(builder)
    #expect(population.addresses == 0 && population.visitors == 1)
    #expect(population.facts(of: .none) == nil)
    #expect(population.facts(of: try #require(Address("192.0.2.1"))) == nil)
    #expect(Population(PopulationBuilder()).firstTime == nil)
  }

  @Test(
    "The logarithm agrees with the C library's",
    arguments: [1e-300, 1e-12, 0.5, 1, 1.4142135, 1.5, 2, 2.718, 1e6, 1e300])
  func logarithm(value: Double) {
    #expect(abs(naturalLogarithm(value) - log(value)) <= 1e-14 * max(1, abs(log(value))))
  }

  @Test("The bound on the tail is never below the tail itself", arguments: [(2.0, 0.5), (10, 1), (50, 3), (5, 1_000)])
  func tailIsBounded(mean: Double, shape: Double) {
    // The negative binomial's terms one after the other.
    var term = pow(shape / (shape + mean), shape)
    var below = 0.0
    for events in 0..<400 {
      let tail = 1 - below
      if tail > 1e-12 {
        #expect(RateBaseline.logTail(events: Double(events), mean: mean, shape: shape) >= log(tail) - 1e-6)
      }
      below += term
      term *= (shape + Double(events)) / Double(events + 1) * mean / (shape + mean)
    }
  }

  @Test("Of four thousand people with their own habits nobody is too busy; each of five floods among them is")
  func people() {
    let rule = RateBaseline.Rule(tail: 1e-6, leastEvents: 20, ratios: [(0, 20), (20, 8), (200, 5), (2_000, 3)])
    var random = SeededGenerator(seed: 7)
    func uniform() -> Double { Double(random.next() >> 11) / 9_007_199_254_740_992 + 1e-16 }
    // Each person's rate is lognormal with sd(log) 0.82 (detection.md §4.1), each hour's count geometric around it.
    typealias Activity = RateBaseline.Activity
    let people = (0..<4_000).map { _ -> Activity in
      let rate = 8 * exp(0.82 * (-2 * log(uniform())).squareRoot() * cos(2 * .pi * uniform()))
      let hours = 1 + (-log(uniform()) * 4).rounded(.down)
      let events = (0..<Int(hours)).reduce(0.0) { sum, _ in sum + 1 + (-log(uniform()) * rate).rounded(.down) }
      return Activity(events: events, hours: hours, visitors: 1)
    }
    let floods = [(900, 1), (2_000, 2), (5_000, 3), (30_000, 8), (100_000, 24)].map {
      Activity(events: $0.0, hours: $0.1, visitors: 1)
    }
    // Two thousand user agents of one machine, each at a hundred times a person's pace.
    let rotating = Activity(events: 2_000 * 900, hours: 2_000, visitors: 2_000)
    let gateway = Activity(events: 5_000 * 11, hours: 5_000, visitors: 5_000)
    let baseline = RateBaseline(people + floods + [gateway, rotating], rule: rule)
    #expect(people.filter { baseline.excess($0, rule: rule) != nil }.isEmpty)
    for flood in floods + [rotating] { #expect(baseline.excess(flood, rule: rule) != nil) }
    #expect(baseline.excess(gateway, rule: rule) == nil)
  }

  @Test("The order in which addresses are given does not matter to what is learned")
  func orderOfAddresses() {
    let rule = RateBaseline.Rule(tail: 1e-6, leastEvents: 20, ratios: [(0, 12)])
    var random = SeededGenerator(seed: 3)
    let addresses = (0..<500).map { _ in
      RateBaseline.Activity(events: Double(random.next() % 50), hours: Double(1 + random.next() % 40), visitors: 1)
    }
    let one = RateBaseline(addresses, rule: rule)
    let other = RateBaseline(addresses.shuffled(using: &random), rule: rule)
    #expect(one.strata == other.strata)
    #expect(!RateBaseline(Array(addresses.prefix(29)), rule: rule).isLearned)
    #expect(!RateBaseline([], rule: rule).isLearned)
  }
}
