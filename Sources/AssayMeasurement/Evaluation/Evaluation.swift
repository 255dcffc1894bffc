public import AssayModel

/// Compares verdicts with the truth, event by event, per family of visitors.
///
/// An event is *flagged* when its verdict is general or sophisticated invalid traffic; suspicious events are not, since
/// nothing is subtracted for them. Adding and merging are exact and in any order.
public struct Evaluation: Sendable {
  private var families: [String: FamilyCounts] = [:]
  private var viewability = ViewabilityAgreement()

  /// Nothing compared.
  public init() {}

  /// Compares events.
  ///
  /// - Parameters:
  ///   - family: Who made them.
  ///   - truth: The tier that they belong in.
  ///   - predicted: The tier that the audit put them in.
  ///   - count: How many.
  public mutating func add(family: String, truth: TrafficClass, predicted: TrafficClass, count: Int64 = 1) {
    families[family, default: FamilyCounts()].add(truth: truth, predicted: predicted, count: count)
  }

  /// Compares the viewability of impressions.
  public mutating func add(viewable truth: Viewability, decided: Viewability, count: Int64 = 1) {
    viewability.counts[Int(truth.rawValue)][Int(decided.rawValue)] += count
  }

  /// Adds what another evaluation compared.
  public mutating func merge(_ other: Evaluation) {
    for (family, counts) in other.families { families[family, default: FamilyCounts()] += counts }
    viewability += other.viewability
  }

  /// What came of it.
  public func result() -> EvaluationResult {
    let ordered = families.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    var all = FamilyCounts()
    for (_, counts) in ordered { all += counts }
    return EvaluationResult(
      bots: ordered.compactMap { family, counts in
        guard let recall = Proportion(counts.flagged(of: .givt, .sivt), of: counts.events(of: .givt, .sivt)) else {
          return nil
        }
        let sameTier = counts.count(.givt, .givt) + counts.count(.sivt, .sivt)
        let suspicious = counts.count(.givt, .suspicious) + counts.count(.sivt, .suspicious)
        return EvaluationResult.BotRow(family: family, recall: recall, sameTier: sameTier, suspicious: suspicious)
      },
      humans: ordered.compactMap { family, counts in
        guard let rate = Proportion(counts.flagged(of: .valid), of: counts.events(of: .valid)) else { return nil }
        return EvaluationResult.HumanRow(
          family: family, falsePositiveRate: rate, suspicious: counts.count(.valid, .suspicious),
          excluded: counts.count(.valid, .excluded))
      },
      recall: Proportion(all.flagged(of: .givt, .sivt), of: all.events(of: .givt, .sivt)),
      precision: Proportion(
        all.flagged(of: .givt, .sivt), of: all.flagged(of: .valid, .suspicious, .sivt, .givt, .excluded)),
      falsePositiveRate: Proportion(all.flagged(of: .valid), of: all.events(of: .valid)),
      excluded: Proportion(all.count(.excluded, .excluded), of: all.events(of: .excluded)),
      confusion: all.counts,
      viewability: viewability)
  }
}

/// Counts of one family by truth and verdict.
struct FamilyCounts: Sendable {
  /// By the raw value of the true tier, then by that of the verdict's.
  private(set) var counts = Array(
    repeating: Array(repeating: Int64(0), count: TrafficClass.allCases.count), count: TrafficClass.allCases.count)

  mutating func add(truth: TrafficClass, predicted: TrafficClass, count: Int64) {
    counts[Int(truth.rawValue)][Int(predicted.rawValue)] += count
  }

  func count(_ truth: TrafficClass, _ predicted: TrafficClass) -> Int64 {
    counts[Int(truth.rawValue)][Int(predicted.rawValue)]
  }

  /// Events of the true tiers.
  func events(of truths: TrafficClass...) -> Int64 {
    truths.reduce(0) { $0 + counts[Int($1.rawValue)].reduce(0, +) }
  }

  /// Flagged events of the true tiers.
  func flagged(of truths: TrafficClass...) -> Int64 {
    truths.reduce(0) { $0 + count($1, .givt) + count($1, .sivt) }
  }

  static func += (left: inout FamilyCounts, right: FamilyCounts) {
    for truth in left.counts.indices {
      for predicted in left.counts[truth].indices { left.counts[truth][predicted] += right.counts[truth][predicted] }
    }
  }
}
