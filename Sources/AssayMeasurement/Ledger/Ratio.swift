/// A part of a whole, with both numbers: a rate whose denominator is not told means nothing.
public struct Ratio: Sendable, Equatable {
  /// The part; not negative.
  public let numerator: Int64
  /// The whole; positive.
  public let denominator: Int64

  /// A ratio; nil where there is no whole to take a part of, or the part is less than nothing.
  public init?(_ numerator: Int64, of denominator: Int64) {
    guard denominator > 0, numerator >= 0 else { return nil }
    self.numerator = numerator
    self.denominator = denominator
  }

  /// The quotient: 0 to 1 for a part of a whole; clicks may exceed their impressions.
  public var value: Double { Double(numerator) / Double(denominator) }

  /// The quotient in millionths, rounded half up: integers, so that the same counts give the same text everywhere.
  public var millionths: Int64 {
    let whole = UInt128(denominator)
    return Int64(clamping: (UInt128(numerator) * 2_000_000 + whole) / (2 * whole))
  }

  /// The Wilson interval of the quotient; nil where the numerator is no part of the denominator.
  public func interval(_ confidence: Interval.Confidence = .percent95) -> Interval? {
    Interval.wilson(successes: numerator, of: denominator, confidence: confidence)
  }
}
