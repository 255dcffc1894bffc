internal import AssayMeasurement

/// An evaluation as a table to read and as JSON.
enum EvaluationText {
  static func table(_ result: EvaluationResult) -> String {
    var text = "Bots: how many of their events were found invalid (recall)\n"
    for row in result.bots {
      text +=
        "  \(pad(row.family, 26)) \(percent(row.recall))   same tier \(row.sameTier), suspicious \(row.suspicious)\n"
    }
    text += "\nHumans: how many of their events were found invalid (false positives)\n"
    for row in result.humans {
      text += "  \(pad(row.family, 26)) \(percent(row.falsePositiveRate))   suspicious \(row.suspicious)\n"
    }
    text += "\nAll\n"
    for (name, value) in summary(result) {
      text += "  \(pad(name, 26)) \(value.map(percent) ?? "nothing to measure")\n"
    }
    return text
  }

  static func json(_ result: EvaluationResult) -> String {
    let bots = result.bots.map { row in
      "    {\"family\": \(quoted(row.family)), \"recall\": \(object(row.recall)), \"same_tier\": \(row.sameTier), "
        + "\"suspicious\": \(row.suspicious)}"
    }
    let humans = result.humans.map { row in
      "    {\"family\": \(quoted(row.family)), \"false_positive_rate\": \(object(row.falsePositiveRate)), "
        + "\"suspicious\": \(row.suspicious)}"
    }
    let all = summary(result).map { name, value in
      "  \(quoted(name.replacing(" ", with: "_"))): \(value.map(object) ?? "null")"
    }
    return "{\n  \"schema\": \"assay/evaluation/1\",\n\(all.joined(separator: ",\n")),\n"
      + "  \"bots\": [\n\(bots.joined(separator: ",\n"))\n  ],\n"
      + "  \"humans\": [\n\(humans.joined(separator: ",\n"))\n  ]\n}\n"
  }

  private static func summary(_ result: EvaluationResult) -> [(String, Proportion?)] {
    [
      ("recall", result.recall), ("precision", result.precision), ("false positive rate", result.falsePositiveRate),
    ]
  }

  private static func percent(_ proportion: Proportion) -> String {
    let interval = proportion.interval
    return "\(pad(fixed(proportion.ratio.value * 100), 7)) % "
      + "[\(fixed(interval.lower * 100)), \(fixed(interval.upper * 100))]  "
      + "\(proportion.ratio.numerator) of \(proportion.ratio.denominator)"
  }

  private static func object(_ proportion: Proportion) -> String {
    let interval = proportion.interval
    return "{\"part\": \(proportion.ratio.numerator), \"whole\": \(proportion.ratio.denominator), "
      + "\"rate\": \(fixed(proportion.ratio.value, 6)), \"lower\": \(fixed(interval.lower, 6)), "
      + "\"upper\": \(fixed(interval.upper, 6))}"
  }

  /// With so many decimals, rounded half away from zero.
  private static func fixed(_ value: Double, _ decimals: Int = 2) -> String {
    let scale = (0..<decimals).reduce(1) { power, _ in power * 10 }
    let scaled = Int((abs(value) * Double(scale)).rounded())
    let fraction = String(scaled % scale)
    return "\(value < 0 ? "-" : "")\(scaled / scale)."
      + String(repeating: "0", count: decimals - fraction.count) + fraction
  }

  private static func pad(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  private static func quoted(_ text: String) -> String {
    "\"" + text.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : String($0) }.joined() + "\""
  }
}
