public import AssayModel

/// Publishers whose clicks come from computers that somebody else is using at that moment.
public struct ShadowClick: Detector {
  /// What it is.
  public static let card = DetectorCard(
    id: "shadow-click", title: "Clicks in the shadow of somebody's own browsing",
    category: Category(code: "S_CLICK_SPAM", mrc: "S4", title: "Invalid clicks: click spam"),
    family: .coordination, action: .weigh(hundredths: 300), needs: [.address, .userAgent, .time, .visitor],
    summary: """
      Most clicks on a publisher are made by a visitor nobody has seen before, while another visitor of the same address \
      and user agent is active: a program clicks in the background when the owner of the computer does something, as \
      TDL-4 did, so that its clicks keep human hours. How often visitors come so by chance (two people behind one address \
      with one browser) is taken from all publishers. The visits of such clicks on such publishers are flagged.
      """,
    foolsIt: """
      Publishers whose readers sit in one large office or school, with the same browser on all computers, where somebody \
      always is active; a publisher opened in a second profile or a private window beside the first. It weighs and does not \
      convict alone. A program that shares the owner's cookie is not a second visitor, and not found here.
      """,
    measures: [DetectorCard.Measure("shadow-share", unit: "share")],
    thresholds: PublisherShares.thresholds(
      leastShare: (0.5, origin: "our choice: most of the publisher's clicks"),
      ratio: (4, origin: "our choice: visits so by chance are a few in a hundred; offices have several times as many"),
      least: (20, unit: "clicks", origin: "the smallest scale family of Kitts (2015) §8.3")) + [
        DetectorCard.Threshold(
          name: "beside", standard: 3, range: 0...60, unit: "s",
          origin: "detection.md §10.1: TDL-4 clicked 0.2 to 3 s after its owner did something")
      ],
    references: [
      "Dave, Guha, Zhang, Measuring and Fingerprinting Click-Spam in Ad Networks (SIGCOMM 2012)"
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
    let rule = PublisherShares.Rule(settings)
    var (visits, clicks, shadows) = (PublisherShares(), PublisherShares(), [Stay]())
    if let log = context.population.learned(StayLog.self) {
      let beside = Int64(settings["beside"] * 1_000_000)
      var known: [Stay] = []
      log.forEachSource { range in
        // Who has no id may be anybody, the visitor at issue included: pages are often asked for without one.
        known.removeAll(keepingCapacity: true)
        for place in range where log.stays[place].flags.contains(.firstParty) { known.append(log.stays[place]) }
        ShadowClick.forEachShadow(known, beside) { stay, isShadow in
          visits.add(publisher: stay.publisher, having: isShadow ? 1 : 0, of: 1)
          guard stay.clicks > 0 else { return }
          clicks.add(publisher: stay.publisher, having: isShadow ? 1 : 0, of: 1)
          if isShadow { shadows.append(stay) }
        }
      }
    }
    let usual = visits.median(least: rule.least)
    notMeasurable = usual == nil ? PublisherShares.notMeasurable : nil
    let excesses = usual.map { clicks.excesses(rule, usual: $0) } ?? [:]
    let marks = shadows.compactMap { stay in
      excesses[stay.publisher].map { StayMarks.Mark(stay: stay, observed: $0.share, threshold: $0.limit) }
    }
    self.marks = StayMarks(marks, slots: context.population.run.slots)
  }

  /// Those who clicked so.
  public var triggers: VisitorTraits { .watchedVisitor }

  /// Those who clicked so.
  public var watchedVisitors: [UInt64] { marks.visitors }

  /// Flags the visits with such a click to a publisher in excess.
  public func inspect(_ visitor: VisitorFacts, _ events: Span<Event>, _ findings: inout FindingSink) {
    marks.flag(visitor.visitor, events, &findings)
  }

  /// Hands out the stays of the visitors with an id at one address with one user agent, in order of their start, and of each whether it is the first of
  /// its visitor and another visitor's lies beside it.
  ///
  /// - Complexity: O(n), but for visitors with many stays at once.
  private static func forEachShadow(_ stays: [Stay], _ beside: Int64, _ body: (Stay, Bool) -> Void) {
    // The latest end so far, and the latest end of all other visitors than its own.
    var (latest, latestOther) = ((visitor: UInt64(0), end: Int64.min), Int64.min)
    for place in stays.indices {
      let stay = stays[place]
      let (start, end) = (stay.start.microseconds, stay.end.microseconds)
      if stay.publisher != 0, stay.impressions > 0 || stay.clicks > 0 {
        var isBeside = (latest.visitor == stay.visitor ? latestOther : latest.end) >= start - beside
        var next = place + 1
        while !isBeside, next < stays.endIndex, stays[next].start.microseconds <= end + beside {
          isBeside = stays[next].visitor != stay.visitor
          next += 1
        }
        body(stay, isBeside && stay.flags.contains(.firstSession))
      }
      if stay.visitor == latest.visitor {
        latest.end = max(latest.end, end)
      } else if end >= latest.end {
        (latestOther, latest) = (latest.end, (stay.visitor, end))
      } else {
        latestOther = max(latestOther, end)
      }
    }
  }
}
