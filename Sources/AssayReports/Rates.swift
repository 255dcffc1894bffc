import AssayMeasurement
import AssayModel

/// A part of a whole as a rate in millionths: integers, so that the same counts give the same text everywhere.
struct Rate: Equatable {
  /// Events in question.
  var part: Int64
  /// Events among which they are counted.
  var whole: Int64

  init(_ part: Int64, of whole: Int64) {
    self.part = part
    self.whole = whole
  }

  /// The rate in millionths, rounded half up; nil where there is nothing to divide by. Above a million where the
  /// part is larger than the whole (clicks of few impressions).
  var millionths: Int64? {
    guard whole > 0, part >= 0 else { return nil }
    return Int64(clamping: (UInt128(part) * 2_000_000 + UInt128(whole)) / (2 * UInt128(whole)))
  }

  /// The Wilson score interval for 95 % in millionths (E. B. Wilson 1927): it stays inside 0 to 1 and says something
  /// honest about 0 of 3. Nil where there is nothing to divide by or the part is no part.
  var wilson: (low: Int64, high: Int64)? {
    guard whole > 0, part >= 0, part <= whole else { return nil }
    let (count, share) = (Double(whole), Double(part) / Double(whole))
    let z = 1.959963984540054  // 97.5 % quantile of the standard normal distribution
    let center = share + z * z / (2 * count)
    let margin = z * (share * (1 - share) / count + z * z / (4 * count * count)).squareRoot()
    let scale = 1_000_000 / (1 + z * z / count)
    return (
      part == 0 ? 0 : Int64(((center - margin) * scale).rounded()),
      part == whole ? 1_000_000 : Int64(((center + margin) * scale).rounded())
    )
  }
}

extension Tally {
  /// General and sophisticated invalid traffic.
  var invalid: Int64 { givt + sivt }
  /// Price of it.
  var invalidValue: Money { givtValue + sivtValue }
  /// Share of gross that is invalid.
  var invalidRate: Rate { Rate(invalid, of: gross) }
  /// Share of gross for which general invalid traffic could be decided.
  var decisionRateGIVT: Rate { Rate(gross - undecidedGIVT, of: gross) }
  /// Share of gross for which sophisticated invalid traffic could be decided.
  var decisionRateSIVT: Rate { Rate(gross - undecidedSIVT, of: gross) }
  /// Whether nothing at all was counted.
  var isEmpty: Bool { self == Tally() }
}

extension Money {
  /// The difference, kept at the largest or smallest amount where it would not fit.
  static func - (left: Money, right: Money) -> Money {
    let (difference, overflow) = left.millionths.subtractingReportingOverflow(right.millionths)
    return Money(millionths: overflow ? (left.millionths < 0 ? .min : .max) : difference)
  }
}

extension ViewabilityTally {
  /// All impressions of the tier.
  var impressions: Int64 { measured + undetermined }
  /// Measured ÷ all of the tier (standards.md §1.3).
  var measuredRate: Rate { Rate(measured, of: impressions) }
  /// Viewable ÷ measured: undetermined impressions are in neither.
  var viewableRate: Rate { Rate(viewable, of: measured) }
}
