internal import AssayModel

/// Of how many of a publisher's visits, or events, something is true, and on which publishers of unusually many.
///
/// What is usual the run itself teaches: the median of the publishers' shares, so that fraud on less than half of the
/// publishers does not move it.
struct PublisherShares {
  /// A share that is too high, and the least that is, in millionths.
  struct Excess {
    var share: Int64
    var limit: Int64
  }

  /// When a share is too high.
  struct Rule {
    /// False discovery rate over publishers.
    var rate: Double
    /// Least share.
    var leastShare: Double
    /// How many times the usual share it must be, beyond chance.
    var ratio: Double
    /// Fewer visits or events say nothing.
    var least: Int

    /// A rule from the settings that `thresholds` describes.
    init(_ settings: DetectorSettings) {
      rate = settings["rate"]
      leastShare = settings["least-share"]
      ratio = settings["ratio"]
      least = Int(settings["least"])
    }
  }

  /// By the ordinal of the publisher's name.
  private var counts: [(having: Int64, all: Int64)] = []

  /// Nothing counted.
  init() {}

  /// Counts a visit or an event, or so many; those without a publisher (0) are nobody's.
  mutating func add(publisher: UInt32, having: Int64, of all: Int64) {
    guard publisher != 0, all > 0 else { return }
    while counts.count <= Int(publisher) { counts.append((0, 0)) }
    counts[Int(publisher)].having += having
    counts[Int(publisher)].all += all
  }

  /// The median share of the publishers with at least so many; nil where these are too few to compare
  /// (`PublisherMix.leastPublishers`).
  ///
  /// - Complexity: O(n log n) for n publishers.
  func median(least: Int) -> Double? {
    let shares = counts.filter { $0.all >= least }.map { Double($0.having) / Double($0.all) }.sorted()
    return shares.count >= PublisherMix.leastPublishers ? shares[shares.count / 2] : nil
  }

  /// The publishers in excess of a usual share, by the ordinals of their names.
  ///
  /// - Complexity: O(n log n) for n publishers.
  func excesses(_ rule: Rule, usual: Double) -> [UInt32: Excess] {
    let tested = counts.indices.filter { counts[$0].all >= rule.least }
    let total = tested.reduce(0) { $0 + counts[$1].all }
    // Where it is usually true of none, one of all is the finest that can be said.
    let chance = min(1, max(rule.ratio * usual, 1 / Double(max(1, total))))
    let tails = tested.map {
      LogTail.binomial(Double(counts[$0].having), of: Double(counts[$0].all), chance: chance)
    }
    let limit = min(1, max(rule.leastShare, rule.ratio * usual))
    var excesses: [UInt32: Excess] = [:]
    for place in discoveries(tails, rate: rule.rate) {
      let (having, all) = counts[tested[place]]
      let share = Double(having) / Double(all)
      guard tails[place] < 0, share >= limit else { continue }
      excesses[UInt32(tested[place])] = Excess(
        share: Int64((share * 1e6).rounded()), limit: max(1, Int64((limit * 1e6).rounded())))
    }
    return excesses
  }

  /// Why nothing can be said where there is no median.
  static let notMeasurable =
    "fewer than \(PublisherMix.leastPublishers) publishers with enough to compare: what is usual cannot be learned"

  /// The thresholds that the cards of all who compare shares have.
  static func thresholds(
    leastShare: (Double, origin: String), ratio: (Double, origin: String), least: (Double, unit: String, origin: String)
  ) -> [DetectorCard.Threshold] {
    [
      DetectorCard.Threshold(
        name: "least-share", standard: leastShare.0, range: 0.001...1, unit: "share", origin: leastShare.origin),
      DetectorCard.Threshold(name: "ratio", standard: ratio.0, range: 1...1_000, unit: "times", origin: ratio.origin),
      DetectorCard.Threshold(
        name: "least", standard: least.0, range: 2...1_000_000, unit: least.unit, origin: least.origin),
      DetectorCard.Threshold(
        name: "rate", standard: 0.01, range: 1e-6...0.5, unit: "share",
        origin: "our choice: one publisher in a hundred findings may be chance (Benjamini and Hochberg)"),
    ]
  }
}
