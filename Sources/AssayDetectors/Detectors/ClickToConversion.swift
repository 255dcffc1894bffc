public import AssayModel

/// Publishers whose clicks stand at odd times before what they claim to have led to.
public struct ClickToConversion: Detector {
  /// What it is.
  public static let card = DetectorCard(
    id: "click-to-conversion", title: "Conversions too soon after their click, or at any time after it",
    category: Category(code: "S_CLICK_SPAM", mrc: "S4", title: "Invalid clicks: click spam"),
    family: .timing, action: .weigh(hundredths: 300), needs: [.time, .impressionID, .visitor],
    summary: """
      A click made up to claim a purchase that is about to happen stands seconds before it (click injection); clicks that \
      were spread in the hope of one stand at any time before it (click flooding), where people buy soon or not at all. \
      Publishers with unusually many conversions of the one kind or the other are told from all conversions of the run, \
      beyond chance; the conversions of that kind on them are flagged, with their click and its impression.
      """,
    foolsIt: """
      Goals that are reached by the click itself (a page opened, a number dialled) come within seconds for everybody: they \
      weigh here and do not convict alone. Things that people think about for days are bought late. With few conversions, \
      or where most of a run's are stolen, flooding is not found.
      """,
    measures: [DetectorCard.Measure("soonest", unit: "s"), DetectorCard.Measure("late-gap", unit: "s")],
    thresholds: [
      DetectorCard.Threshold(
        name: "soonest", standard: 10, range: 1...3_600, unit: "s",
        origin: "trade practice: under 10 s is rejected, many block up to 30 or 60 s"),
      DetectorCard.Threshold(
        name: "soon-share", standard: 0.2, range: 0.01...1, unit: "share",
        origin: "our choice: one conversion in five; of people's purchases none come so soon"),
      DetectorCard.Threshold(
        name: "late-share", standard: 0.25, range: 0.06...1, unit: "share",
        origin: "our choice: five times the twentieth of all other conversions that is called late"),
      DetectorCard.Threshold(
        name: "least", standard: 10, range: 5...1_000_000, unit: "conversions",
        origin: "our choice: one in five of fewer is one alone"),
      DetectorCard.Threshold(
        name: "rate", standard: 0.01, range: 1e-6...0.5, unit: "share",
        origin: "our choice: one publisher in a hundred findings may be chance (Benjamini and Hochberg)"),
    ],
    references: [
      "Media Rating Council, Invalid Traffic Detection and Filtration Standards (2020): attribution manipulation",
      "Branch, documentation of its fraud rules: click-to-install times",
    ])

  /// Its records.
  public static var learners: [any Learner.Type] { [OutcomeLog.self] }

  /// Those with a conversion of such a kind.
  public let watchedVisitors: [UInt64]

  /// Publishers with too many soon, and with too many late: the gap in microseconds from which on one is late.
  private let soon: Set<UInt32>
  private let late: [UInt32: Int64]
  private let soonest: Int64
  private let run: LearningContext

  /// The detector with the conversions of the run.
  ///
  /// - Complexity: O(n log n) for n conversions, and O(n) for each publisher with enough of them.
  public init(_ settings: DetectorSettings, context: DetectorContext) {
    run = context.population.run
    soonest = Int64(settings["soonest"] * 1_000_000)
    let conversions = (context.population.learned(OutcomeLog.self)?.outcomes ?? [])
      .filter { $0.kind == .conversion && $0.publisher != 0 }
      .sorted { ($0.gap, $0.publisher, $0.visitor) < ($1.gap, $1.publisher, $1.visitor) }
    var counts: [UInt32: (soon: Int, late: Int, all: Int, limit: Int64)] = [:]
    for conversion in conversions {
      counts[conversion.publisher, default: (0, 0, 0, .max)].all += 1
      if conversion.gap < soonest { counts[conversion.publisher, default: (0, 0, 0, .max)].soon += 1 }
    }
    let tested = counts.keys.sorted().filter { (counts[$0]?.all ?? 0) >= Int(settings["least"]) }
    for publisher in tested {
      let others = conversions.filter { $0.publisher != publisher }
      guard others.count >= ClickToConversion.leastOthers else { continue }
      let limit = others[others.count - 1 - others.count / 20].gap
      counts[publisher]?.limit = limit
      counts[publisher]?.late = conversions.count { $0.publisher == publisher && $0.gap > limit }
    }
    let tested0 = tested.compactMap { counts[$0] }
    let soonTails = tested0.map {
      LogTail.binomial(Double($0.soon), of: Double($0.all), chance: ClickToConversion.soonByChance)
    }
    let lateTails = tested0.map { LogTail.binomial(Double($0.late), of: Double($0.all), chance: 0.05) }
    var (soon, late): (Set<UInt32>, [UInt32: Int64]) = ([], [:])
    for place in discoveries(soonTails, rate: settings["rate"])
    where soonTails[place] < 0 && Double(tested0[place].soon) >= settings["soon-share"] * Double(tested0[place].all) {
      soon.insert(tested[place])
    }
    for place in discoveries(lateTails, rate: settings["rate"])
    where lateTails[place] < 0 && Double(tested0[place].late) >= settings["late-share"] * Double(tested0[place].all) {
      late[tested[place]] = tested0[place].limit
    }
    let least = soonest
    watchedVisitors = conversions.filter {
      $0.gap < least && soon.contains($0.publisher) || $0.gap > late[$0.publisher] ?? .max
    }.map(\.visitor)
    (self.soon, self.late) = (soon, late)
  }

  /// Those with a conversion of such a kind.
  public var triggers: VisitorTraits { .watchedVisitor }

  /// Flags conversions of such a kind on such a publisher, with their click and its impression.
  public func inspect(_ visitor: VisitorFacts, _ events: Span<Event>, _ findings: inout FindingSink) {
    for ordinal in events.indices where events[ordinal].kind == .conversion {
      guard let click = OutcomeLog.click(before: ordinal, visitor, events) else { continue }
      let publisher = run.slot(of: events[click].slot).names[.publisher]
      let gap = events[ordinal].time.microseconds(since: events[click].time)
      if gap < soonest, soon.contains(publisher) {
        OutcomeLog.flag(ordinal, click, visitor, events, &findings, observed: gap, threshold: soonest)
      } else if let limit = late[publisher], gap > limit {
        OutcomeLog.flag(ordinal, click, visitor, events, &findings, measure: 1, observed: gap, threshold: limit)
      }
    }
  }

  /// With fewer conversions on other publishers it is not known what is late: our choice, the twentieth must be a few.
  private static let leastOthers = 50
  /// Of people's conversions at most so many come within `soonest`: our choice, ten times what a purchase would allow.
  private static let soonByChance = 0.02
}
