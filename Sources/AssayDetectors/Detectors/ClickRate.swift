public import AssayModel

/// Publishers whose ads are clicked far more often than those of others.
public struct ClickRate: Detector {
  /// What it is.
  public static let card = DetectorCard(
    id: "click-rate", title: "Far more clicks than on other publishers",
    category: Category(code: "S_CLICK_SPAM", mrc: "S4", title: "Invalid clicks: click spam"),
    family: .economics, action: .weigh(hundredths: 200), needs: [],
    summary: """
      The ads on a publisher are clicked so much more often than those on publishers with about as many impressions that \
      neither chance nor the way in which publishers differ explains it, and at least twice as often as on the average of \
      them. The clicks on that publisher are flagged, not its impressions. The usual rate and its spread are learned from \
      the run, without those that are in excess.
      """,
    foolsIt: """
      A publisher whose ads stand where one hits them by mistake, or whose readers care: it weighs and does not convict \
      alone. Robots that click as seldom as people, as Chameleon's did, are not found here. With fewer than thirty \
      publishers nothing can be compared.
      """,
    measures: [DetectorCard.Measure("click-rate", unit: "clicks/impression")],
    thresholds: [
      DetectorCard.Threshold(
        name: "rate", standard: 0.01, range: 1e-6...0.5, unit: "share",
        origin: "our choice: one publisher in a hundred findings may be chance (Benjamini and Hochberg)"),
      DetectorCard.Threshold(
        name: "ratio", standard: 2, range: 1...1_000, unit: "times",
        origin: "Kitts (2015) table 2: fraudulent publishers lose 1.5 to 1.9 times as many clicks as others"),
      DetectorCard.Threshold(
        name: "least-impressions", standard: 1_000, range: 100...1_000_000_000, unit: "impressions",
        origin: "our choice: at a usual rate of 0.2 % fewer make two clicks"),
      DetectorCard.Threshold(
        name: "least-clicks", standard: 20, range: 2...1_000_000, unit: "clicks",
        origin: "our choice: the smallest scale family of Kitts (2015) §8.3"),
    ],
    references: [
      "Kitts et al., Click Fraud Detection: Adversarial Pattern Recognition over 5 Years at Microsoft (2015)",
      "Oentaryo et al., Detecting Click Fraud in Online Advertising (Journal of Machine Learning Research 15, 2014)",
    ])

  /// Its counts.
  public static var learners: [any Learner.Type] { [SlotActivity.self] }

  /// Nil where there were enough publishers.
  public let notMeasurable: String?

  /// By the ordinal of the publisher's name, its rate and the limit in millionths; nil for nearly all.
  private let excesses: [(rate: Int64, limit: Int64)?]
  private let slots: [AdSlot]

  /// The detector with the rates of the run.
  ///
  /// - Complexity: O(n log n) for n publishers.
  public init(_ settings: DetectorSettings, context: DetectorContext) {
    slots = context.population.run.slots
    let sums = context.population.learned(SlotActivity.self)?.sums(of: .publisher, slots) ?? []
    let named = sums.indices.dropFirst().filter {
      sums[$0].impressions >= UInt64(settings["least-impressions"])
    }
    let activities = named.map { publisher in
      RateBaseline.Activity(
        events: Double(sums[publisher].clicks), hours: Double(sums[publisher].impressions), visitors: 1)
    }
    let rule = RateBaseline.Rule(
      tail: settings["rate"] / Double(max(1, named.count)), leastEvents: settings["least-clicks"],
      ratios: [(0, settings["ratio"])])
    let baseline = RateBaseline(activities, rule: rule)
    var excesses = [(rate: Int64, limit: Int64)?](repeating: nil, count: sums.count)
    guard baseline.isLearned else {
      self.excesses = []
      notMeasurable =
        "fewer than \(RateBaseline.leastAddresses) publishers with enough impressions: what is usual cannot be learned"
      return
    }
    notMeasurable = nil
    let tails = activities.map { baseline.logTail($0) }
    for place in discoveries(tails, rate: settings["rate"]) {
      var loose = rule
      loose.tail = 1
      guard let (rate, limit) = baseline.excess(activities[place], rule: loose) else { continue }
      excesses[named[place]] = (Int64((rate * 1e6).rounded()), Int64((limit * 1e6).rounded()))
    }
    self.excesses = excesses
  }

  /// Visitors who clicked, where any publisher is in excess.
  public var triggers: VisitorTraits { excesses.contains { $0 != nil } ? .present : [] }

  /// Flags the clicks on publishers in excess.
  public func inspect(_ visitor: VisitorFacts, _ events: Span<Event>, _ findings: inout FindingSink) {
    for ordinal in events.indices where events[ordinal].kind == .click {
      let slot = Int(events[ordinal].slot)
      guard slot < slots.count else { continue }
      let publisher = Int(slots[slot].names[.publisher])
      guard publisher < excesses.count, let excess = excesses[publisher] else { continue }
      findings.flag(ordinal, events[ordinal], observed: excess.rate, threshold: max(1, excess.limit))
    }
  }
}
