package import AssayModel

/// From the detectors that fired on an event to its verdict (detection.md §9.1), by masks that are made once.
///
/// A decisive rule decides alone. Weights are added within a family up to its cap, then over families; an event is
/// sophisticated invalid traffic where the sum reaches `enough` and at least two families give `familyCounts` each.
/// Weight alone never makes general invalid traffic, whose mark is that a list or a routine check suffices.
package struct Scoring: Sendable {
  /// ln(0.95 ÷ 0.05) in hundredths: the sum at which an event is invalid with 19 to 1 (detection.md §9.1).
  static let enough: Int32 = 294
  /// What a family must give to count as one of two (detection.md §9.1: 1.0).
  static let familyCounts: Int32 = 100
  /// What a decisive rule gives.
  static let decisive: Int32 = 10_000

  private var excluding: DetectorSet = []
  private var general: DetectorSet = []
  private var sophisticated: DetectorSet = []
  private var weighing: DetectorSet = []
  private var weights = [Int32](repeating: 0, count: 64)
  private var families = [EvidenceFamily](repeating: .identity, count: 64)

  /// The scoring of the detectors of a catalogue, without those that are in shadow.
  package init(_ cards: [DetectorCard], shadow: DetectorSet) {
    for (ordinal, card) in cards.enumerated() where !shadow.contains(DetectorSet(ordinal: ordinal)) {
      let detector = DetectorSet(ordinal: ordinal)
      switch card.action {
      case .exclude: excluding.formUnion(detector)
      case .invalidate(.givt): general.formUnion(detector)
      case .invalidate(.sivt): sophisticated.formUnion(detector)
      case .weigh(let hundredths):
        weighing.formUnion(detector)
        weights[ordinal] = Int32(clamping: hundredths)
        families[ordinal] = card.family
      case .invalidate, .report: break
      }
    }
  }

  /// The most that a family can give, in hundredths (detection.md §9.1; the protocol's own is our choice).
  static func cap(_ family: EvidenceFamily) -> Int32 {
    switch family {
    case .identity: 400
    case .network: 300
    case .timing: 400
    case .navigation: 300
    case .population: 400
    case .coordination: 500
    case .economics: 300
    case .protocolRules: 300
    }
  }

  /// Gives a verdict where one of these decisive detectors fired.
  private func decide(_ verdict: inout EventVerdict, _ deciding: DetectorSet, _ trafficClass: TrafficClass) -> Bool {
    let decided = verdict.fired.intersection(deciding)
    if decided.isEmpty { return false }
    verdict.trafficClass = trafficClass
    verdict.score = Scoring.decisive
    verdict.primary = UInt8(decided.rawValue.trailingZeroBitCount)
    return true
  }

  /// Sets class, score and primary detector by what fired.
  package func judge(_ verdict: inout EventVerdict) {
    let fired = verdict.fired
    if decide(&verdict, excluding, .excluded) || decide(&verdict, general, .givt)
      || decide(&verdict, sophisticated, .sivt)
    {
      return
    }
    let weighed = fired.intersection(weighing)
    guard !weighed.isEmpty else { return }
    var sums = [Int32](repeating: 0, count: EvidenceFamily.allCases.count)
    for ordinal in weighed.ordinals { sums[Int(families[ordinal].rawValue)] += weights[ordinal] }
    var (score, strong) = (Int32(0), 0)
    for family in EvidenceFamily.allCases {
      let capped = max(-Scoring.cap(family), min(Scoring.cap(family), sums[Int(family.rawValue)]))
      score += capped
      if capped >= Scoring.familyCounts { strong += 1 }
    }
    verdict.score = score
    guard score > 0 else { return }
    verdict.trafficClass = score >= Scoring.enough && strong >= 2 ? .sivt : .suspicious
    verdict.primary = UInt8(weighed.rawValue.trailingZeroBitCount)
  }
}
