public import AssayModel

/// Floods: far more events than the people behind an address cause.
public struct AddressRate: Detector {
  /// What it is.
  public static let card = DetectorCard(
    id: "address-rate", title: "Far more events than the people behind the address cause",
    category: Category(code: "G_RATE_CAP", mrc: "G3", title: "Activity outlier: events per user or address"),
    family: .population, action: .invalidate(.givt), needs: [.address, .time],
    summary: """
      Events by visitor-hour (a visitor in an hour in which it does something) of a visitor, or of the address it comes \
      from, lie so far above those of addresses that stand for about as many people that chance explains them less than \
      once in a million, and are many times their mean as well. The mean and its spread are learned from the run. Of an \
      address that is too busy as a whole only visitors that are too busy themselves are flagged.
      """,
    foolsIt: """
      Gateways of carriers, schools and offices: they have the hours of all their people, so they are tested and pass. A \
      very busy person: a person cannot keep up a machine's rate for an hour, and the ratio asks for more than a busy \
      person's. A machine that throws away its cookie at each request looks like many people and is not found here. Page \
      requests count at most once a second, so the parts of a page do not add up.
      """,
    measures: [DetectorCard.Measure("rate", unit: "events/visitor-hour")],
    thresholds: [
      DetectorCard.Threshold(
        name: "tail", standard: 1e-6, range: 1e-12...1e-3, unit: "probability",
        origin: "our choice: one chance in a million for each address, so that a million of them give one"),
      DetectorCard.Threshold(
        name: "least-events", standard: 20, range: 1...1_000_000, unit: "events",
        origin: "the smallest scale family of Kitts (2015) §8.3"),
      DetectorCard.Threshold(
        name: "ratio", standard: 20, range: 1...10_000, unit: "times",
        origin: "of one person; rates that are lognormal with sd(log) 0.82 pass 15 times their mean once in 10,000"),
      DetectorCard.Threshold(
        name: "ratio-20", standard: 8, range: 1...10_000, unit: "times",
        origin: "our choice, from 20 visitors on: the mean of many differs less than one; as scale families relax"),
      DetectorCard.Threshold(
        name: "ratio-200", standard: 5, range: 1...10_000, unit: "times", origin: "our choice, from 200 visitors on"),
      DetectorCard.Threshold(
        name: "ratio-2000", standard: 3, range: 1...10_000, unit: "times",
        origin: "our choice, from 2,000 visitors on"),
    ],
    references: [
      "Kitts et al., Click Fraud Detection: Adversarial Pattern Recognition over 5 Years at Microsoft (2015) §8.3",
      "MRC Invalid Traffic Detection and Filtration Standards (2020): GIVT, activity-based filtration, outliers",
    ])

  private let rule: RateBaseline.Rule
  private let baseline: RateBaseline
  /// Addresses that are too busy as a whole, ascending, with the rate above which a visitor takes part in it.
  private let busy: [(address: Address, limit: Double)]
  /// Nil where there were enough addresses to learn from.
  public let notMeasurable: String?

  /// The detector with the baseline of the run.
  ///
  /// - Complexity: O(n log n) in the number of different activities, O(n) in that of addresses where one is too busy.
  public init(_ settings: DetectorSettings, context: DetectorContext) {
    let rule = RateBaseline.Rule(
      tail: settings["tail"],
      leastEvents: settings["least-events"],
      ratios: [
        (0, settings["ratio"]), (20, settings["ratio-20"]), (200, settings["ratio-200"]),
        (2_000, settings["ratio-2000"]),
      ])
    let baseline = RateBaseline(groups: context.population.activities, rule: rule)
    // Nearly always none, or a few: addresses are looked through only for these, and only those as busy as they are.
    let least = context.population.activities.filter { baseline.excess($0.activity, rule: rule) != nil }
      .map(\.activity.events).min()
    var busy: [(address: Address, limit: Double)] = []
    if let least {
      context.population.table.forEach { entry in
        guard Double(entry.events) >= least else { return }
        if let (_, limit) = baseline.excess(entry.activity, rule: rule) { busy.append((entry.address, limit)) }
      }
    }
    busy.sort { $0.address < $1.address }
    self.rule = rule
    self.baseline = baseline
    self.busy = busy
    notMeasurable =
      baseline.isLearned
      ? nil : "fewer than \(RateBaseline.leastAddresses) addresses: what is usual here cannot be learned"
  }

  /// Busy visitors, and those from an address that is too busy as a whole; everybody where fewer events are enough than
  /// a busy visitor has.
  public var triggers: VisitorTraits {
    rule.leastEvents < Double(VisitorTraits.manyEvents) ? .present : [.busy, .watchedAddress]
  }

  /// Addresses that are too busy as a whole.
  public var watchedAddresses: [Address] { busy.map(\.address) }

  /// Flags all events of a visitor that is too busy, and those from an address that is, if it takes part in it.
  public func inspect(_ visitor: VisitorFacts, _ events: Span<Event>, _ findings: inout FindingSink) {
    guard events.count > 0, events[0].key != .none else { return }
    // Nobody has more events at human pace than events.
    if Double(events.count) >= rule.leastEvents,
      let (rate, limit) = baseline.excess(AddressRate.activity(events, from: nil), rule: rule)
    {
      flag(events, from: nil, rate, limit, &findings)
      return
    }
    var last = Address.none
    for ordinal in events.indices where events[ordinal].address != last && !busy.isEmpty {
      last = events[ordinal].address
      guard let limit = limit(of: last) else { continue }
      let activity = AddressRate.activity(events, from: last)
      let rate = activity.events / max(activity.hours, 1)
      if rate >= limit { flag(events, from: last, rate, limit, &findings) }
    }
  }

  private func flag(
    _ events: Span<Event>, from address: Address?, _ rate: Double, _ limit: Double, _ findings: inout FindingSink
  ) {
    let (observed, threshold) = (Int64((rate * 1e6).rounded()), Int64((limit * 1e6).rounded()))
    for ordinal in events.indices where address == nil || events[ordinal].address == address {
      findings.flag(ordinal, events[ordinal], observed: observed, threshold: threshold)
    }
  }

  private func limit(of address: Address) -> Double? {
    var (low, high) = (0, busy.count)
    while low < high {
      let middle = (low + high) / 2
      if busy[middle].address < address { low = middle + 1 } else { high = middle }
    }
    return low < busy.count && busy[low].address == address ? busy[low].limit : nil
  }

  /// Events at human pace and clock hours with an event, of one visitor, from one address or from all.
  private static func activity(_ events: Span<Event>, from address: Address?) -> RateBaseline.Activity {
    var pace = HumanPace()
    var (hours, lastHour) = (0.0, Int32?.none)
    for ordinal in events.indices where address == nil || events[ordinal].address == address {
      pace.count(events[ordinal].kind, at: events[ordinal].time)
      let hour = PopulationBuilder.hour(of: events[ordinal].time)
      if hour != lastHour { hours += 1 }
      lastHour = hour
    }
    return RateBaseline.Activity(events: Double(pace.events), hours: hours, visitors: 1)
  }
}
