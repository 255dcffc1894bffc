public import AssayModel

/// The tiers of counting (MRC): each is what is left of the one before.
public enum Tier: Sendable, CaseIterable {
  /// All that was counted.
  case gross
  /// Without general invalid traffic.
  case net
  /// Without sophisticated invalid traffic either.
  case totalNet
}

extension Tally {
  /// The count of a tier.
  public func count(_ tier: Tier) -> Int64 {
    switch tier {
    case .gross: gross
    case .net: net
    case .totalNet: totalNet
    }
  }

  /// General and sophisticated invalid traffic together.
  public var ivt: Int64 { givt + sivt }
  /// Price or value of all invalid traffic.
  public var ivtValue: Money { givtValue + sivtValue }

  /// Whether nothing at all was counted.
  public var isEmpty: Bool { self == Tally() }

  /// General invalid traffic of gross.
  public var givtRate: Ratio? { Ratio(givt, of: gross) }
  /// Sophisticated invalid traffic of gross.
  public var sivtRate: Ratio? { Ratio(sivt, of: gross) }
  /// All invalid traffic of gross.
  public var ivtRate: Ratio? { Ratio(ivt, of: gross) }
  /// Suspicious traffic, which is not subtracted, of gross.
  public var suspiciousRate: Ratio? { Ratio(suspicious, of: gross) }
  /// Of gross, what could be decided on general invalid traffic.
  public var decisionRateGIVT: Ratio? { Ratio(gross - undecidedGIVT, of: gross) }
  /// Of gross, what could be decided on sophisticated invalid traffic.
  public var decisionRateSIVT: Ratio? { Ratio(gross - undecidedSIVT, of: gross) }
  /// Sophisticated invalid traffic of what could be decided on: to be told beside `sivtRate` where not all could.
  public var sivtRateOfDecided: Ratio? { Ratio(sivt, of: gross - undecidedSIVT) }
}

extension ViewabilityTally {
  /// The impressions of the tier.
  public var impressions: Int64 { measured + undetermined }
  /// Measured impressions of all.
  public var measuredRate: Ratio? { Ratio(measured, of: impressions) }
  /// Viewable impressions of the measured ones: the only quotient that may be called a viewable rate.
  public var viewableRate: Ratio? { Ratio(viewable, of: measured) }
  /// Viewable impressions of all: with the next two it adds up to one.
  public var viewableShare: Ratio? { Ratio(viewable, of: impressions) }
  /// Not viewable impressions of all.
  public var notViewableShare: Ratio? { Ratio(notViewable, of: impressions) }
  /// Undetermined impressions of all.
  public var undeterminedShare: Ratio? { Ratio(undetermined, of: impressions) }
}

extension LedgerRow {
  /// Whether its sums of money, or all of them together, reach what `Money` holds: then they may be larger than shown.
  public var moneyOverflows: Bool {
    let sums = [impressions, clicks, conversions, forms, pages].map { Int128($0.grossValue.millionths) }
    return sums.reduce(0, +) >= Int128(Int64.max)
  }

  /// Clicks of impressions, both of one tier. May exceed one: a click's impression may lie in another row or day.
  public func clickThroughRate(_ tier: Tier) -> Ratio? { Ratio(clicks.count(tier), of: impressions.count(tier)) }

  /// Conversions of clicks, both of one tier.
  public func conversionRate(_ tier: Tier) -> Ratio? { Ratio(conversions.count(tier), of: clicks.count(tier)) }

  /// What a thousand impressions cost that were not identified as invalid.
  ///
  /// - Parameter spend: What was paid; the logged price of gross impressions where nil.
  public func validCPM(spend: Money? = nil) -> CostPerThousand? {
    CostPerThousand(spend: spend ?? impressions.grossValue, units: impressions.totalNet)
  }

  /// What a thousand viewable impressions cost that were not identified as invalid, under one standard.
  ///
  /// - Parameter spend: What was paid; the logged price of gross impressions where nil.
  public func effectiveViewableCPM(standard: Int, spend: Money? = nil) -> CostPerThousand? {
    CostPerThousand(spend: spend ?? impressions.grossValue, units: totalNet[standard].viewable)
  }
}
