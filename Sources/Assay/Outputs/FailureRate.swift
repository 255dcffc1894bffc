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

  /// Whether the invalid share of what the result judges reaches the rate: of impressions, or of clicks where there
  /// are no impressions, or of pages where there are neither. Nothing judged never reaches it.
  public func isReached(by result: AuditResult) -> Bool {
    let totals = result.totals
    let tallies = [totals.impressions, totals.clicks, totals.conversions, totals.pages]
    guard let tally = tallies.first(where: { $0.gross > 0 }) else { return false }
    return (tally.givt + tally.sivt) * 1_000_000 >= millionths * tally.gross
  }
}
