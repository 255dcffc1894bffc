public import AssayModel

/// Publishers with hardly a page that is seen twice.
public struct GeneratedPages: Detector {
  /// What it is.
  public static let card = DetectorCard(
    id: "generated-pages", title: "A publisher with hardly a page that is seen twice",
    category: Category(code: "S_DOMAIN_SPOOF", mrc: "S6", title: "Misrepresented inventory"),
    family: .navigation, action: .weigh(hundredths: 300), needs: [.visitor],
    summary: """
      Nearly every time that an ad of the publisher is seen, it is on a page that nobody saw before: the pages' addresses \
      (the referrer of the impressions, without its query) are made up as they are needed, as those of HyphBot's phony sites \
      were. Pages of other publishers of the run are seen again and again, by their readers' own way back if by nothing \
      else. All impressions and clicks on the publisher are flagged.
      """,
    foolsIt: """
      A large archive with few readers, who come from a search engine for one page each; sites that write an id of the \
      visit into the path. It weighs and does not convict alone. Browsers that send only the site's name as referrer show \
      one page, and such publishers pass; so do addresses that differ in their query only, as those of search pages do.
      """,
    measures: [DetectorCard.Measure("distinct-share", unit: "share")],
    thresholds: [
      DetectorCard.Threshold(
        name: "distinct-share", standard: 0.95, range: 0.1...1, unit: "share",
        origin: "detection.md D-URL-GEN: 95 % of the addresses seen once"),
      DetectorCard.Threshold(
        name: "usual-share", standard: 0.8, range: 0...1, unit: "share",
        origin: "our choice: where half of the publishers have more different pages than this, it says nothing"),
      DetectorCard.Threshold(
        name: "least-views", standard: 80, range: 20...1_000_000, unit: "views",
        origin: "our choice: of the views of a site with 900 pages a fifth repeats one by then"),
    ],
    references: [
      "Adform, HyphBot (2017): phony sites with addresses of random words",
      "Whang, Vander-Zanden, Taylor, A Linear-Time Probabilistic Counting Algorithm (ACM TODS 15, 1990)",
    ])

  /// Its records and the stays.
  public static var learners: [any Learner.Type] { [PageVariety.self, StayLog.self] }

  /// Nil where the log has referrers and publishers differ.
  public let notMeasurable: String?
  /// Those with impressions on a publisher in excess.
  public let watchedVisitors: [UInt64]

  /// By the ordinal of the publisher's name, its share in millionths.
  private let excesses: [UInt32: Int64]
  private let limit: Int64
  private let run: LearningContext

  /// The detector with the pages of the run.
  ///
  /// - Complexity: O(n) for n pages.
  public init(_ settings: DetectorSettings, context: DetectorContext) {
    run = context.population.run
    limit = settings.millionths("distinct-share")
    var (shares, excesses): ([Double], [UInt32: Int64]) = ([], [:])
    if let variety = context.population.learned(PageVariety.self) {
      let distinct = variety.distinct
      for (publisher, views) in variety.views.enumerated() where views >= Int64(settings["least-views"]) {
        let share = min(1, distinct[publisher] / Double(views))
        shares.append(share)
        if share >= settings["distinct-share"] { excesses[UInt32(publisher)] = Int64((share * 1e6).rounded()) }
      }
    }
    shares.sort()
    if shares.count < PublisherMix.leastPublishers {
      notMeasurable = PublisherShares.notMeasurable
    } else if shares[shares.count / 2] > settings["usual-share"] {
      notMeasurable = "most publishers have hardly a page that is seen twice in this log"
    } else {
      notMeasurable = nil
    }
    self.excesses = notMeasurable == nil ? excesses : [:]
    watchedVisitors = context.population.visitors(of: Set(self.excesses.keys))
  }

  /// Those with impressions on a publisher in excess.
  public var triggers: VisitorTraits { .watchedVisitor }

  /// Flags the events on a publisher in excess.
  public func inspect(_ visitor: VisitorFacts, _ events: Span<Event>, _ findings: inout FindingSink) {
    if excesses.isEmpty { return }
    for ordinal in events.indices {
      guard let share = excesses[run.slot(of: events[ordinal].slot).names[.publisher]] else { continue }
      findings.flag(ordinal, events[ordinal], observed: share, threshold: limit)
    }
  }
}
