internal import AssayModel

/// The cells of a mix that hold too many of a publisher's visitors, and the events that lie in them: what the detectors
/// of a mix share. Each says what its cells are, of a stay and of an event.
struct PublisherExcess: Sendable {
  /// Nil where there were enough publishers to compare.
  private(set) var notMeasurable: String?
  /// Those with a stay in a cell in excess.
  private(set) var visitors: [UInt64] = []

  private var excesses: [UInt64: PublisherMix.Excess] = [:]
  private let run: LearningContext
  private let ratio: Double

  /// The thresholds that the cards of all of them have, but for what is particular to each.
  static func thresholds(
    leastDivergence: Double, origin: String,
    leastVisitors: (Double, origin: String) = (100, "our choice: with fewer, ten cells have too few each"),
    ratio: (Double, origin: String) = (
      2, "our choice: at least every second visitor of the cell is then beyond what is usual"
    )
  ) -> [DetectorCard.Threshold] {
    [
      DetectorCard.Threshold(
        name: "least-divergence", standard: leastDivergence, range: 0.001...1, unit: "bits", origin: origin),
      DetectorCard.Threshold(
        name: "rate", standard: 0.01, range: 1e-6...0.5, unit: "share",
        origin: "our choice: one publisher in a hundred findings may be chance (Benjamini and Hochberg)"),
      DetectorCard.Threshold(
        name: "least-visitors", standard: leastVisitors.0, range: 20...1_000_000, unit: "visitors",
        origin: leastVisitors.origin),
      DetectorCard.Threshold(
        name: "ratio", standard: ratio.0, range: 1...100, unit: "times", origin: ratio.origin),
    ]
  }

  /// What is in excess in a run.
  ///
  /// - Parameter cell: the cell of a stay; nil where it says nothing.
  /// - Complexity: O(n log n) for n stays.
  init(_ settings: DetectorSettings, _ population: Population, cell: (Stay) -> UInt32?) {
    run = population.run
    ratio = settings["ratio"]
    var mix = PublisherMix()
    let stays = population.learned(StayLog.self)?.stays ?? []
    for stay in stays where stay.publisher != 0 {
      if let cell = cell(stay) { mix.add(publisher: stay.publisher, cell: cell) }
    }
    let rule = PublisherMix.Rule(
      leastDivergence: settings["least-divergence"], rate: settings["rate"],
      leastVisitors: Int(settings["least-visitors"]), ratio: ratio)
    guard let found = mix.excesses(rule) else {
      notMeasurable =
        "fewer than \(PublisherMix.leastPublishers) publishers with enough visitors: what is usual cannot be learned"
      return
    }
    for excess in found { excesses[PublisherExcess.key(excess.publisher, excess.cell)] = excess }
    if excesses.isEmpty { return }
    for stay in stays where stay.publisher != 0 {
      if let cell = cell(stay), excesses[PublisherExcess.key(stay.publisher, cell)] != nil {
        visitors.append(stay.visitor)
      }
    }
  }

  /// Flags the events that lie in a cell in excess.
  ///
  /// - Parameter cell: the cell of an event; nil where it says nothing.
  func flag(_ events: Span<Event>, _ findings: inout FindingSink, cell: (Event) -> UInt32?) {
    if excesses.isEmpty { return }
    for ordinal in events.indices {
      let publisher = run.slot(of: events[ordinal].slot).names[.publisher]
      guard publisher != 0, let cell = cell(events[ordinal]),
        let excess = excesses[PublisherExcess.key(publisher, cell)]
      else { continue }
      findings.flag(
        ordinal, events[ordinal], observed: excess.share,
        threshold: max(1, Int64((Double(excess.expected) * ratio).rounded())))
    }
  }

  private static func key(_ publisher: UInt32, _ cell: UInt32) -> UInt64 { UInt64(publisher) << 32 | UInt64(cell) }
}
