import AssayModel

/// Observed values and thresholds as a person says them.
enum Quantity {
  /// Millionths of a unit: `420 ms`, `1.5 s`, `30 min`, `4.2%`, `31 events`.
  static func text(millionths: Int64, unit: String) -> String {
    switch unit {
    case "share": return percent(millionths)
    case "ratio": return Numbers.trimmed(millionths)
    case "ms" where millionths.magnitude >= 1_000_000_000: return text(millionths: millionths / 1_000, unit: "s")
    case "s", "seconds":
      for (name, seconds) in [("d", Int64(86_400)), ("h", 3_600), ("min", 60)]
      where millionths.magnitude >= UInt64(2 * seconds) * 1_000_000 {
        return "\(tenths(millionths / seconds)) \(name)"
      }
      return "\(Numbers.trimmed(millionths)) s"
    case "": return Numbers.trimmed(millionths)
    default:
      let isOne = millionths == 1_000_000 && unit.utf8.count > 2 && unit.hasSuffix("s")
      return "\(Numbers.trimmed(millionths)) \(Display.safe(isOne ? String(unit.dropLast()) : unit))"
    }
  }

  /// A setting of a card.
  static func text(_ value: Double, unit: String) -> String {
    guard let millionths = Int64(exactly: (value * 1_000_000).rounded()) else {
      return "\(value) \(Display.safe(unit))"
    }
    return text(millionths: millionths, unit: unit)
  }

  private static func percent(_ millionths: Int64) -> String {
    let (hundredfold, overflow) = millionths.multipliedReportingOverflow(by: 100)
    return overflow ? Numbers.trimmed(millionths) : "\(Numbers.trimmed(hundredfold))%"
  }

  /// With at most one decimal.
  private static func tenths(_ millionths: Int64) -> String {
    Numbers.trimmed(millionths / 100_000 * 100_000)
  }
}
