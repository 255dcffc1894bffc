public import AssayModel

/// The counts of one kind of judged event (impressions, clicks, conversions or forms) in one cell of the ledger.
/// Integers only; adding is exact and in any order.
///
/// Invariants (standards.md §8.3, tested): `gross = valid + suspicious + givt + sivt`, `net = gross − givt`,
/// `totalNet = net − sivt`; excluded events are outside gross.
public struct Tally: Sendable, Equatable {
  /// Removed before counting: the buyer's or the publisher's own tests.
  public var excluded: Int64 = 0
  /// Not identified as invalid.
  public var valid: Int64 = 0
  /// Some evidence, not enough: part of net and of total net.
  public var suspicious: Int64 = 0
  /// General invalid traffic.
  public var givt: Int64 = 0
  /// Sophisticated invalid traffic.
  public var sivt: Int64 = 0
  /// Of gross, too little known for a decision on general invalid traffic.
  public var undecidedGIVT: Int64 = 0
  /// Of gross, too little known for a decision on sophisticated invalid traffic.
  public var undecidedSIVT: Int64 = 0
  /// Price or value of gross.
  public var grossValue = Money.zero
  /// Price or value of general invalid traffic.
  public var givtValue = Money.zero
  /// Price or value of sophisticated invalid traffic.
  public var sivtValue = Money.zero

  /// Nothing counted.
  public init() {}

  /// All that was counted: valid, suspicious and invalid.
  public var gross: Int64 { valid + suspicious + givt + sivt }
  /// Gross without general invalid traffic.
  public var net: Int64 { gross - givt }
  /// Net without sophisticated invalid traffic.
  public var totalNet: Int64 { net - sivt }

  /// Adds another tally.
  public static func += (left: inout Tally, right: Tally) {
    left.excluded += right.excluded
    left.valid += right.valid
    left.suspicious += right.suspicious
    left.givt += right.givt
    left.sivt += right.sivt
    left.undecidedGIVT += right.undecidedGIVT
    left.undecidedSIVT += right.undecidedSIVT
    left.grossValue += right.grossValue
    left.givtValue += right.givtValue
    left.sivtValue += right.sivtValue
  }
}

/// Viewability counts of one tier (net or total net) under one standard. `viewable + notViewable + undetermined` is
/// the tier's impressions.
public struct ViewabilityTally: Sendable, Equatable {
  /// Measured and in view.
  public var viewable: Int64 = 0
  /// Measured and not in view.
  public var notViewable: Int64 = 0
  /// No decision possible.
  public var undetermined: Int64 = 0

  /// Nothing counted.
  public init() {}

  /// Viewable and not viewable.
  public var measured: Int64 { viewable + notViewable }

  /// Adds another tally.
  public static func += (left: inout ViewabilityTally, right: ViewabilityTally) {
    left.viewable += right.viewable
    left.notViewable += right.notViewable
    left.undetermined += right.undetermined
  }
}

/// One row of the ledger: all kinds of judged events, and viewability of both tiers under every standard.
public struct LedgerRow: Sendable, Equatable {
  /// Impressions (tracked ads where the profile counts no rendering).
  public var impressions = Tally()
  /// Clicks.
  public var clicks = Tally()
  /// Conversions.
  public var conversions = Tally()
  /// Form posts.
  public var forms = Tally()
  /// Page views, where the profile judges them (a plain web log, which has no ads).
  public var pages = Tally()
  /// Viewability of net impressions, by the ordinal of the standard.
  public var net: [ViewabilityTally]
  /// Viewability of total net impressions, by the ordinal of the standard.
  public var totalNet: [ViewabilityTally]

  /// An empty row for so many standards.
  public init(standards: Int) {
    net = Array(repeating: ViewabilityTally(), count: standards)
    totalNet = net
  }

  /// Adds another row with the same number of standards.
  public static func += (left: inout LedgerRow, right: LedgerRow) {
    left.impressions += right.impressions
    left.clicks += right.clicks
    left.conversions += right.conversions
    left.forms += right.forms
    left.pages += right.pages
    for standard in left.net.indices {
      left.net[standard] += right.net[standard]
      left.totalNet[standard] += right.totalNet[standard]
    }
  }
}
