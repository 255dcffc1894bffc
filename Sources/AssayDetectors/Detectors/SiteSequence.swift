public import AssayModel

/// Publishers to whom another one sends its visitors on.
public struct SiteSequence: Detector {
  /// What it is.
  public static let card = DetectorCard(
    id: "site-sequence", title: "One publisher sends its visitors on to another",
    category: Category(code: "S_CLICK_SPAM", mrc: "S4", title: "Invalid clicks: click spam"),
    family: .coordination, action: .weigh(hundredths: 200), needs: [.time, .visitor],
    summary: """
      A large share of a publisher's visitors come seconds after they were on one certain other publisher, many times as \
      often as the two would follow each other by chance: visitors are redirected, to be shown ads there too or to make \
      a click look like a visit. Both visits are flagged, and only of those who came so.
      """,
    foolsIt: """
      Sites of one owner that link to each other, and a portal with its articles elsewhere, do this honestly: it weighs \
      and does not convict alone. Who is sent on by way of pages without ads, or waits, is not found.
      """,
    measures: [DetectorCard.Measure("confidence", unit: "share")],
    thresholds: [
      DetectorCard.Threshold(
        name: "confidence", standard: 0.3, range: 0.01...1, unit: "share",
        origin: "our choice: a third of all who come; with people beside the robots the published 0.9 is never reached"),
      DetectorCard.Threshold(
        name: "lift", standard: 20, range: 1...10_000, unit: "times",
        origin: "detection.md D-REF-PREV: 20 times as often as by chance"),
      DetectorCard.Threshold(
        name: "least", standard: 30, range: 5...1_000_000, unit: "visits",
        origin: "our choice: as few as a day of a small ring; chance is tested beside"),
      DetectorCard.Threshold(
        name: "within", standard: 10, range: 1...600, unit: "s", origin: "our choice: nobody reads in that time"),
      DetectorCard.Threshold(
        name: "rate", standard: 0.01, range: 1e-6...0.5, unit: "share",
        origin: "our choice: one pair in a hundred findings may be chance (Benjamini and Hochberg)"),
    ],
    references: [
      "Metwally, Agrawal, El Abbadi, Using Association Rules for Fraud Detection in Web Advertising (VLDB 2005)"
    ])

  /// Its records.
  public static var learners: [any Learner.Type] { [StayLog.self] }

  private let marks: StayMarks

  /// The detector with the pairs of the run.
  ///
  /// - Complexity: O(n log n) for n stays.
  public init(_ settings: DetectorSettings, context: DetectorContext) {
    let limits = (
      confidence: settings["confidence"], lift: settings["lift"], least: Int(settings["least"]),
      within: Int64(settings["within"] * 1_000_000)
    )
    let stays = context.population.learned(StayLog.self)?.stays ?? []
    var (visits, pairs, total): ([UInt32: Int], [UInt64: Int], Int) = ([:], [:], 0)
    for stay in stays where stay.publisher != 0 {
      visits[stay.publisher, default: 0] += 1
      total += 1
    }
    let steps = SiteSequence.steps(stays, limits.within)
    for (from, to) in steps { pairs[SiteSequence.pair(stays[from], stays[to]), default: 0] += 1 }
    let tested = pairs.filter { $0.value >= limits.least }.keys.sorted()
    // Were it chance, as many of those who come would have been on the other before as of all.
    let facts = tested.map { pair in
      let (from, to) = (visits[UInt32(pair >> 32)] ?? 0, visits[UInt32(truncatingIfNeeded: pair)] ?? 1)
      return (count: pairs[pair] ?? 0, visits: to, chance: Double(from) / Double(max(1, total)))
    }
    let tails = facts.map { LogTail.binomial(Double($0.count), of: Double($0.visits), chance: $0.chance) }
    var found: [UInt64: Int64] = [:]
    for place in discoveries(tails, rate: settings["rate"]) {
      let share = Double(facts[place].count) / Double(facts[place].visits)
      guard share >= limits.confidence, share >= limits.lift * facts[place].chance else { continue }
      found[tested[place]] = Int64((share * 1e6).rounded())
    }
    let threshold = settings.millionths("confidence")
    var marks: [StayMarks.Mark] = []
    for (from, to) in steps {
      guard let share = found[SiteSequence.pair(stays[from], stays[to])] else { continue }
      for stay in [stays[from], stays[to]] {
        marks.append(StayMarks.Mark(stay: stay, observed: share, threshold: threshold))
      }
    }
    self.marks = StayMarks(marks, slots: context.population.run.slots)
  }

  /// Those who were sent on so.
  public var triggers: VisitorTraits { .watchedVisitor }

  /// Those who were sent on so.
  public var watchedVisitors: [UInt64] { marks.visitors }

  /// Flags both visits.
  public func inspect(_ visitor: VisitorFacts, _ events: Span<Event>, _ findings: inout FindingSink) {
    marks.flag(visitor.visitor, events, &findings)
  }

  private static func pair(_ from: Stay, _ to: Stay) -> UInt64 { UInt64(from.publisher) << 32 | UInt64(to.publisher) }

  /// The stays that begin so soon after the visitor's stay before ended, on another publisher, with that one; by their
  /// places, which are in order of address, user agent and start.
  private static func steps(_ stays: [Stay], _ within: Int64) -> [(from: Int, to: Int)] {
    var (steps, last): ([(from: Int, to: Int)], [UInt64: Int]) = ([], [:])
    for place in stays.indices where stays[place].publisher != 0 {
      let stay = stays[place]
      if place == 0 || stays[place - 1].address != stay.address || stays[place - 1].agent != stay.agent {
        last.removeAll(keepingCapacity: true)
      }
      if let from = last.updateValue(place, forKey: stay.visitor), stays[from].publisher != stay.publisher {
        let gap = stay.start.microseconds - stays[from].end.microseconds
        if gap >= 0, gap <= within { steps.append((from, place)) }
      }
    }
    return steps
  }
}
