/// How a report is written. What is written, the audit has settled.
public struct ReportOptions: Sendable {
  /// Columns of the terminal, 60 to 200; values outside are moved to the nearest one inside.
  public var width: Int {
    didSet { width = ReportOptions.clamped(width) }
  }
  /// Whether ANSI colours are written (the caller has looked at `NO_COLOR` and at the terminal).
  public var color: Bool
  /// How many rows tables of the worst show.
  public var worst: Int
  /// What becomes of addresses.
  public var privacy: AddressPrivacy

  /// Options; 100 columns hold every table without cutting ordinary names.
  public init(width: Int = 100, color: Bool = false, worst: Int = 10, privacy: AddressPrivacy = .full) {
    self.width = ReportOptions.clamped(width)
    self.color = color
    self.worst = worst
    self.privacy = privacy
  }

  private static func clamped(_ width: Int) -> Int { min(max(width, 60), 200) }
}
