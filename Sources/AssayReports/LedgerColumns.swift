import AssayMeasurement
import AssayModel

/// The kinds of judged events in the order of every output.
enum LedgerKind: String, CaseIterable {
  case impressions, clicks, conversions, forms, pages

  /// Where its tally stands in a row of the ledger.
  var path: WritableKeyPath<LedgerRow, Tally> {
    switch self {
    case .impressions: \.impressions
    case .clicks: \.clicks
    case .conversions: \.conversions
    case .forms: \.forms
    case .pages: \.pages
    }
  }
}

/// The counts of a tally in the order of every output: name in JSON, CSV and SQLite, and where it stands.
enum LedgerCount: String, CaseIterable {
  case excluded, gross, valid, suspicious, givt, net, sivt
  case totalNet = "total_net"
  case undecidedGIVT = "undecided_givt"
  case undecidedSIVT = "undecided_sivt"

  func of(_ tally: Tally) -> Int64 {
    switch self {
    case .excluded: tally.excluded
    case .gross: tally.gross
    case .valid: tally.valid
    case .suspicious: tally.suspicious
    case .givt: tally.givt
    case .net: tally.net
    case .sivt: tally.sivt
    case .totalNet: tally.totalNet
    case .undecidedGIVT: tally.undecidedGIVT
    case .undecidedSIVT: tally.undecidedSIVT
    }
  }
}

/// The amounts of a tally, in the order of every output.
enum LedgerValue: String, CaseIterable {
  case gross, givt, sivt

  func of(_ tally: Tally) -> Money {
    switch self {
    case .gross: tally.grossValue
    case .givt: tally.givtValue
    case .sivt: tally.sivtValue
    }
  }
}

/// The two tiers whose viewability is counted.
enum ViewabilityTier: String, CaseIterable {
  case net
  case totalNet = "total_net"

  func of(_ row: LedgerRow) -> [ViewabilityTally] { self == .net ? row.net : row.totalNet }
}

extension LedgerRow {
  /// Viewability of the total net impressions under the headline standard, which is the first.
  var headlineViewability: ViewabilityTally { totalNet.first ?? ViewabilityTally() }
}
