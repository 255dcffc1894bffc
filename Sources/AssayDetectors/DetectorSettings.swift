public import AssayModel

/// The thresholds of one detector, by the names on its card.
public struct DetectorSettings: Sendable, Equatable {
  private var values: [String: Double]

  /// The standard values of a card, with some replaced.
  ///
  /// - Throws: `settings` for a name that is not on the card (with the nearest one) or a value out of range.
  public init(_ card: DetectorCard, replacing replacements: [String: Double] = [:]) throws(AssayError) {
    values = [:]
    for threshold in card.thresholds { values[threshold.name] = threshold.standard }
    for (name, value) in replacements.sorted(by: { $0.key < $1.key }) {
      guard let threshold = card.thresholds.first(where: { $0.name == name }) else {
        let known = card.thresholds.map(\.name).joined(separator: ", ")
        throw AssayError(
          .settings, "detectors.\(card.id) has no setting “\(name)”; it has \(known.isEmpty ? "none" : known).")
      }
      guard threshold.range.contains(value) else {
        throw AssayError(
          .settings,
          "detectors.\(card.id).\(name) is \(value); it must lie between \(threshold.range.lowerBound) and "
            + "\(threshold.range.upperBound) \(threshold.unit).")
      }
      values[name] = value
    }
  }

  /// The value of a threshold that is on the card; 0 for any other name.
  public subscript(_ name: String) -> Double { values[name] ?? 0 }

  /// The value in millionths, as findings carry it.
  public func millionths(_ name: String) -> Int64 { Int64((self[name] * 1_000_000).rounded()) }
}
