public import AssayModel

/// Visitors who open several sites at once.
public struct ManySites: Detector {
  /// What it is.
  public static let card = DetectorCard(
    id: "many-sites", title: "Several sites opened at the same moment",
    category: Category(code: "S_STACKED_HIDDEN", mrc: "S9", title: "Hidden ads"),
    family: .navigation, action: .weigh(hundredths: 200), needs: [.time, .visitor],
    summary: """
      One visitor begins to see ads of at least three publishers within seconds: pages that something opened together, as \
      pay-per-view networks do out of sight in people's own browsers. The visits to these publishers are flagged, not what \
      else the visitor does. Visitors without an id, who may be several, count only where chance does not bring so many \
      visits together at their address.
      """,
    foolsIt: """
      A browser that restores yesterday's tabs, a folder of bookmarks opened at once, a page that frames pages of its \
      sister sites: it weighs and does not convict alone. A network that opens its pages one after the other is not found.
      """,
    measures: [DetectorCard.Measure("least-sites", unit: "publishers")],
    thresholds: [
      DetectorCard.Threshold(
        name: "least-sites", standard: 3, range: 2...100, unit: "publishers",
        origin: "our choice: two at once are a link opened in another tab; pay-per-view networks open four"),
      DetectorCard.Threshold(
        name: "within", standard: 2, range: 0.1...60, unit: "s",
        origin: "our choice: nobody opens three pages by hand and sees their ads in that time"),
    ],
    references: [
      "Springborn and Barford, Impression Fraud in Online Advertising via Pay-Per-View Networks (USENIX Security 2013)"
    ])

  /// Its records.
  public static var learners: [any Learner.Type] { [StayLog.self] }

  private let marks: StayMarks

  /// The detector with the stays of the run.
  ///
  /// - Complexity: O(n log n) for n stays.
  public init(_ settings: DetectorSettings, context: DetectorContext) {
    let least = Int(settings["least-sites"])
    let within = Int64(settings["within"] * 1_000_000)
    var together: [Int: Int] = [:]
    let log = context.population.learned(StayLog.self)
    let stays = log?.stays ?? []
    let span = ManySites.span(stays)
    log?.forEachSource { range in
      if range.count < least { return }
      // Several people may be behind an address, at which visits begin together by chance.
      let mean = Double(within) * Double(range.count) / span
      let isRare = LogTail.poisson(Double(least), mean: mean) <= ManySites.chance
      var first = range.lowerBound
      for place in range
      where stays[place].publisher != 0 && (isRare || stays[place].flags.contains(.firstParty)) {
        while stays[first].start.microseconds < stays[place].start.microseconds - within { first += 1 }
        // Others behind the same address may be in between.
        let own = (first...place).filter {
          stays[$0].visitor == stays[place].visitor && stays[$0].publisher != 0
        }
        guard own.count >= least, Set(own.map { stays[$0].publisher }).count >= least else { continue }
        for stay in own { together[stay] = max(together[stay] ?? 0, own.count) }
      }
    }
    let threshold = settings.millionths("least-sites")
    let marks = together.map { place, count in
      StayMarks.Mark(stay: stays[place], observed: Int64(count) * 1_000_000, threshold: threshold)
    }
    self.marks = StayMarks(marks, slots: context.population.run.slots)
  }

  /// Those who opened several at once.
  public var triggers: VisitorTraits { .watchedVisitor }

  /// Those who opened several at once.
  public var watchedVisitors: [UInt64] { marks.visitors }

  /// Flags the visits that began together.
  public func inspect(_ visitor: VisitorFacts, _ events: Span<Event>, _ findings: inout FindingSink) {
    marks.flag(visitor.visitor, events, &findings)
  }

  /// From the first stay of a run to the last, in microseconds.
  private static func span(_ stays: [Stay]) -> Double {
    var (first, last) = (Int64.max, Int64.min)
    for stay in stays { (first, last) = (min(first, stay.start.microseconds), max(last, stay.end.microseconds)) }
    return Double(max(1, last > first ? last - first : 1))
  }

  /// ln(1e-6): one chance in a million that so many visits begin together at an address, where nothing but address and
  /// user agent tells visitors apart.
  private static let chance = -13.8
}
