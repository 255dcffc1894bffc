/// How people of the run go through pages, and how much more likely a visit is a robot's than one of theirs: logarithms
/// of likelihood ratios, of robots that are named, so that every sign has its direction (detection.md §0.2).
///
/// A ratio of e or more comes by chance to at most one person in e (Markov's inequality), whatever the robot that it is
/// worked out for. People's stays and steps in one visit are alike, which makes several of them worth less; how much is
/// learned, and the logarithms are divided by it (Kish's design effect).
struct VisitReference: Sendable {
  /// Of stays by class.
  let dwellShares: [Double]
  let dwellCorrelation: Double
  /// Of steps that are no reloads, those back.
  let backShare: Double
  let backCorrelation: Double
  /// Of all steps.
  let reloadShare: Double

  /// Up to how many seconds a robot may draw its delays evenly: half octaves around the 25 s of those in CERTH's
  /// recordings.
  static let evenBounds: [Int64] = [10, 16, 25, 40, 63]
  /// How much of its stays may still be as people's are: our choice.
  private static let leak = 0.02

  /// For each of `evenBounds` the logarithm of the ratio of a stay, by its class.
  func dwellRatios() -> [[Double]] {
    VisitReference.evenBounds.map { bound in
      dwellShares.enumerated().map { index, share in
        let even = DwellClass.evenShare(index, upTo: bound)
        return naturalLogarithm((1 - VisitReference.leak) * even / share + VisitReference.leak)
      }
    }
  }

  /// Of stays that are drawn evenly up to the bound that fits best, which has been chosen among several and counts for
  /// one of them.
  func evenness(_ dwells: [Int64], _ ratios: [[Double]]) -> Double {
    var best = -Double.infinity
    for ratio in ratios {
      var sum = 0.0
      for dwell in dwells where DwellClass.isStay(dwell) { sum += ratio[DwellClass.of(dwell)] }
      best = max(best, sum)
    }
    let effect = ClusterSums.designEffect(dwells.count { DwellClass.isStay($0) }, correlation: dwellCorrelation)
    return best / effect - naturalLogarithm(Double(ratios.count))
  }

  /// Of somebody who goes back this many times less often than people do.
  func lackOfReturns(back: Int, on: Int, ratio: Double) -> Double {
    let sum =
      Double(back) * naturalLogarithm(ratio)
      + Double(on) * naturalLogarithm((1 - ratio * backShare) / (1 - backShare))
    return sum / ClusterSums.designEffect(back + on, correlation: backCorrelation)
  }

  /// Of somebody who asks for the same page again so much more often than people do.
  func reloading(turns: Int, reloads: Int, more: Double) -> Double {
    let share = min(0.99, reloadShare + more)
    let sum =
      Double(reloads) * naturalLogarithm(share / reloadShare)
      + Double(turns) * naturalLogarithm((1 - share) / (1 - reloadShare))
    return sum / ClusterSums.designEffect(turns + reloads, correlation: backCorrelation)
  }
}
