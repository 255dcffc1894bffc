import AssayModel
import TestSupport
import Testing

@testable import AssayDetectors

/// The way through pages, and what is learned of it.
struct VisitShapesTests {
  private let run = LearningContext()

  /// A visit that shows an ad on each page, by its name, so many seconds apart.
  private func visit(_ pages: String, gaps: [Double], visitor: UInt64 = 77) -> Visit {
    var events: [Event] = []
    var at = 0.0
    for (number, page) in pages.utf8.enumerated() {
      var event = Visit.event(.impression, at: at, id: visitor << 16 | UInt64(number + 1), visitor: visitor)
      event.document = UInt16(page)
      event.key = .firstParty
      events.append(event)
      at += gaps[number % gaps.count]
    }
    return Visit(events: events)
  }

  private func trail(_ visit: Visit) -> PageTrail {
    var trail = PageTrail()
    for session in visit.facts.sessions { trail.read(session, visit.events.span, run) }
    return trail
  }

  @Test(
    "There and back, on, and again the same page",
    arguments: [
      ("abc", [PageTrail.Step.on]), ("aba", [.back]), ("abab", [.back, .back]), ("abba", [.reload, .back]),
      ("aabc", [.reload, .on]), ("aaaa", [.reload]), ("ab", []), ("", []),
    ])
  func steps(pages: String, expected: [PageTrail.Step]) {
    let trail = trail(visit(pages, gaps: [20]))
    #expect(trail.steps == expected)
    #expect(trail.back == expected.count { $0 == .back } && trail.on == expected.count { $0 == .on })
  }

  @Test("A stay lasts until the next page, whatever is reloaded on it")
  func dwells() {
    #expect(trail(visit("abc", gaps: [20, 7.5])).dwells == [20_000_000, 7_500_000])
    #expect(trail(visit("aabc", gaps: [20, 7, 3])).dwells == [27_000_000, 3_000_000])
  }

  @Test("An impression that is told twice is one, and what has no page or comes at once is no step")
  func left() {
    var twice = visit("abcabc", gaps: [20, 20, 5, 20, 20])
    for index in 3..<6 { twice.events[index].impression = twice.events[index - 3].impression }
    #expect(trail(twice).steps == [.on])
    var nameless = visit("abcd", gaps: [20])
    nameless.events[2].document = 0
    #expect(trail(nameless).steps == [.on])
    #expect(trail(visit("aab", gaps: [1])).steps.isEmpty)
  }

  @Test("The share of returns is that of people, however many robots never go back")
  func returns() throws {
    var random = SeededGenerator(seed: 9)
    var shapes = VisitShapes(run)
    for visitor in 1...4_000 {
      // Half of them are robots.
      var (pages, previous, here) = ([UInt8(1), 2], UInt8(1), UInt8(2))
      for page in 3...9 {
        let next = visitor % 2 == 0 && random.below(100) < 38 ? previous : UInt8(page)
        (previous, here) = (here, next)
        pages.append(here)
      }
      let visit = visit(
        String(decoding: pages, as: UTF8.self), gaps: [Double(5 + random.below(40))], visitor: UInt64(visitor))
      shapes.add(visit.facts, visit.events.span)
    }
    let reference = try #require(shapes.reference)
    #expect(abs(reference.backShare - 0.38) < 0.02, "\(reference.backShare)")
    #expect(reference.backCorrelation < 0.05, "\(reference.backCorrelation)")
    // Every stay of a visit is as long as its others.
    #expect(reference.dwellCorrelation > 0.95)
    #expect(abs(reference.dwellShares.reduce(0, +) - 1) < 1e-9)
  }

  @Test("Any split and any order of merging give the same", arguments: 1...3)
  func merging(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let visits = (0..<600).map { number in
      let names = (0..<random.below(12)).map { _ in UInt8(97 + random.below(4)) }
      let pages = String(decoding: names, as: UTF8.self)
      return visit(pages, gaps: (0..<3).map { _ in Double(1 + random.below(90)) }, visitor: UInt64(number + 1))
    }
    func learned(_ workers: Int) -> VisitShapes {
      var all = (0..<workers).map { _ in VisitShapes(run) }
      for visit in visits { all[random.below(workers)].add(visit.facts, visit.events.span) }
      var total = all.removeLast()
      for other in all.reversed() { total.merge(other) }
      total.settle()
      return total
    }
    let (one, several) = (learned(1), learned(5))
    let (left, right) = (try #require(one.reference), try #require(several.reference))
    #expect(left.dwellShares == right.dwellShares && left.dwellCorrelation == right.dwellCorrelation)
    #expect(left.backShare == right.backShare && left.backCorrelation == right.backCorrelation)
    #expect(left.reloadShare == right.reloadShare)
    for visitor in 0...601 {
      let (own, other) = (one.steps(of: UInt64(visitor)), several.steps(of: UInt64(visitor)))
      #expect(own?.back == other?.back && own?.on == other?.on && own?.reloads == other?.reloads)
    }
  }

  @Test("A visit of a person is rarely more likely a robot's, by e^n at most once in e^n")
  func markov() throws {
    var random = SeededGenerator(seed: 5)
    var shapes = VisitShapes(run)
    func person(_ number: Int, pages count: Int) -> Visit {
      var (pages, gaps, previous, here) = ([UInt8(1), 2], [Double](), UInt8(1), UInt8(2))
      while pages.count < count {
        let next = random.below(100) < 38 ? previous : UInt8(pages.count + 1)
        (previous, here) = (here, next)
        pages.append(here)
      }
      // A product of even numbers is spread about as the lengths of stays are.
      for _ in 0..<count { gaps.append(1.5 + Double(random.below(90) * random.below(90)) / 60) }
      return visit(String(decoding: pages, as: UTF8.self), gaps: gaps, visitor: UInt64(number))
    }
    for number in 1...2_000 {
      let visit = person(number, pages: 3 + random.below(8))
      shapes.add(visit.facts, visit.events.span)
    }
    let reference = try #require(shapes.reference)
    let ratios = reference.dwellRatios()
    var (uneven, oneWay) = (0, 0)
    for number in 1...2_000 {
      let trail = trail(person(number, pages: 20))
      if reference.evenness(trail.dwells, ratios) >= 3 { uneven += 1 }
      if reference.lackOfReturns(back: trail.back, on: trail.on, ratio: 0.05) >= 3 { oneWay += 1 }
    }
    // One in e³ is 100 of 2,000.
    #expect(uneven < 100 && oneWay < 100, "\(uneven), \(oneWay)")
  }
}
