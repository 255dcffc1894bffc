/// Which detectors work, and how.
public struct JudgeSettings: Sendable, Equatable {
  /// Thresholds that differ from the card's, by detector and name.
  public var replacements: [String: [String: Double]]
  /// Detectors that do not work at all.
  public var disabled: Set<String>
  /// Detectors that are tried out: their findings are reported and change no verdict.
  public var shadow: Set<String>

  /// Settings; as they stand, every detector works as its card says.
  public init(
    replacements: [String: [String: Double]] = [:], disabled: Set<String> = [], shadow: Set<String> = []
  ) {
    self.replacements = replacements
    self.disabled = disabled
    self.shadow = shadow
  }
}
