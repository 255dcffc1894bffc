public import AssayMeasurement
public import AssayModel

/// The share of invalid traffic from which on a run counts as failed: `--fail-on`, for scripts that watch a campaign.
public struct FailureRate: Sendable, Equatable {
  /// In millionths of gross.
  public var millionths: Int64

  /// Reads `10%`, `2.5 %` or `0.1`.
  ///
  /// - Throws: `usage` where it is no share from 0 to 100 %.
  public init(_ text: String) throws(AssayError) {
    let trimmed = text.filter { $0 != " " }
    let isPercent = trimmed.hasSuffix("%")
    guard let number = Double(isPercent ? String(trimmed.dropLast()) : trimmed),
      (0...(isPercent ? 100 : 1)).contains(number)
    else {
      throw AssayError(.usage, "“\(text)” is no rate; write a share such as 10% or 0.1.")
    }
    millionths = Int64((number * (isPercent ? 10_000 : 1_000_000)).rounded())
  }

  /// What a result is, held against a rate.
  public enum Outcome: Sendable, Equatable {
    /// Less is invalid.
    case below
    /// So much is invalid, or more.
    case reached
    /// Nobody knows: nothing was judged, or the log says too little to decide on a single event.
    case undefined
  }

  /// Holds the invalid share of what the result judges against the rate: of impressions, or of clicks where there are no
  /// impressions, or of conversions, form posts or pages where there is nothing before them.
  public func outcome(of result: AuditResult) -> Outcome {
    let totals = result.totals
    let tallies = [totals.impressions, totals.clicks, totals.conversions, totals.forms, totals.pages]
    guard let tally = tallies.first(where: { $0.gross > 0 }) else { return .undefined }
    let invalid = tally.givt + tally.sivt
    if invalid == 0, tally.undecidedGIVT == tally.gross, tally.undecidedSIVT == tally.gross { return .undefined }
    return invalid * 1_000_000 >= millionths * tally.gross ? .reached : .below
  }
}
