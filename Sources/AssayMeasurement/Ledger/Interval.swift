/// Between which two values a rate lies, with the confidence asked for.
public struct Interval: Sendable, Equatable {
  /// The lower end.
  public let lower: Double
  /// The upper end.
  public let upper: Double

  /// Both ends in millionths, as reports print them.
  public var millionths: (lower: Int64, upper: Int64) {
    (Int64((lower * 1_000_000).rounded()), Int64((upper * 1_000_000).rounded()))
  }

  /// How often such an interval covers the true rate.
  public enum Confidence: Sendable, CaseIterable {
    /// 90 %.
    case percent90
    /// 95 %.
    case percent95
    /// 99 %.
    case percent99

    /// The two-sided quantile of the normal distribution, to the precision of a `Double`: a table and not a function,
    /// because the C library's logarithm need not give the same bits on every machine.
    public var quantile: Double {
      switch self {
      case .percent90: 1.644_853_626_951_472_2
      case .percent95: 1.959_963_984_540_054
      case .percent99: 2.575_829_303_548_900_4
      }
    }
  }

  /// The score interval of Edwin B. Wilson (Journal of the American Statistical Association 22, 1927) for a share
  /// observed in independent trials. Unlike the textbook's it keeps within 0 and 1 and is honest for few trials and rare
  /// events.
  ///
  /// Rounded to nine decimals: only additions, multiplications, divisions and square roots are used, which IEEE 754
  /// fixes to the bit, so it is the same everywhere.
  ///
  /// - Returns: nil without trials, or where the successes are no part of them.
  public static func wilson(successes: Int64, of trials: Int64, confidence: Confidence = .percent95) -> Interval? {
    guard trials > 0, (0...trials).contains(successes) else { return nil }
    let (n, share, z) = (Double(trials), Double(successes) / Double(trials), confidence.quantile)
    let scale = 1 + z * z / n
    let centre = (share + z * z / (2 * n)) / scale
    let margin = z * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot() / scale
    let rounded = { (value: Double) in (min(1, max(0, value)) * 1e9).rounded() / 1e9 }
    return Interval(
      lower: successes == 0 ? 0 : rounded(centre - margin),
      upper: successes == trials ? 1 : rounded(centre + margin))
  }
}
