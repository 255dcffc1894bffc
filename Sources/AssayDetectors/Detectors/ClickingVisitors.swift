public import AssayModel

/// Publishers where unusually many visitors click.
public struct ClickingVisitors: Detector {
  /// What it is.
  public static let card = DetectorCard(
    id: "clicking-visitors", title: "A publisher whose visitors come to click",
    category: Category(code: "S_CLICK_SPAM", mrc: "S4", title: "Invalid clicks: click spam"),
    family: .economics, action: .weigh(hundredths: 300), needs: [.visitor],
    summary: """
      Of the visits to a publisher, a share ends in a click that no other publisher comes near: at least a quarter, and ten \
      times what is usual, beyond chance. Each of these visitors may click only once, as the computers of TDL-4 and \
      ClickBot.A did, once a day or less; together they show that clicks are what the publisher's traffic is for. Only \
      visits with a click are flagged, with their impressions: visitors who read and leave are not.
      """,
    foolsIt: """
      A page that has nothing but ads to go on to (a parked domain, a page of offers) is clicked by most people who come: \
      it weighs and does not convict alone. A publisher that hides its robots among ten times as many people is not found. \
      Where more than half of the publishers do it, it is what is usual.
      """,
    measures: [DetectorCard.Measure("clicking-share", unit: "share")],
    thresholds: PublisherShares.thresholds(
      leastShare: (0.25, origin: "our choice: TDL-4's publishers had one click for each visitor (Dave et al. 2012)"),
      ratio: (10, origin: "our choice: publishers differ in how often people click, but not so much"),
      least: (30, unit: "visits", origin: "our choice: with fewer, a click or two decide")),
    references: [
      "Dave, Guha, Zhang, Measuring and Fingerprinting Click-Spam in Ad Networks (SIGCOMM 2012)",
      "Daswani and Stoppelman, The Anatomy of Clickbot.A (HotBots 2007)",
    ])

  /// Its records.
  public static var learners: [any Learner.Type] { [StayLog.self] }

  /// Nil where there were enough publishers.
  public let notMeasurable: String?

  private let marks: StayMarks

  /// The detector with the publishers of the run.
  ///
  /// - Complexity: O(n log n) for n stays.
  public init(_ settings: DetectorSettings, context: DetectorContext) {
    let stays = context.population.learned(StayLog.self)?.stays ?? []
    let rule = PublisherShares.Rule(settings)
    var shares = PublisherShares()
    for stay in stays where stay.impressions > 0 || stay.clicks > 0 {
      shares.add(publisher: stay.publisher, having: stay.clicks > 0 ? 1 : 0, of: 1)
    }
    var marks: [StayMarks.Mark] = []
    let usual = shares.median(least: rule.least)
    notMeasurable = usual == nil ? PublisherShares.notMeasurable : nil
    let excesses = usual.map { shares.excesses(rule, usual: $0) } ?? [:]
    if !excesses.isEmpty {
      for stay in stays where stay.clicks > 0 {
        guard let excess = excesses[stay.publisher] else { continue }
        marks.append(StayMarks.Mark(stay: stay, observed: excess.share, threshold: excess.limit))
      }
    }
    self.marks = StayMarks(marks, slots: context.population.run.slots)
  }

  /// Those who clicked there.
  public var triggers: VisitorTraits { .watchedVisitor }

  /// Those who clicked there.
  public var watchedVisitors: [UInt64] { marks.visitors }

  /// Flags the visits with a click to a publisher in excess.
  public func inspect(_ visitor: VisitorFacts, _ events: Span<Event>, _ findings: inout FindingSink) {
    marks.flag(visitor.visitor, events, &findings)
  }
}
