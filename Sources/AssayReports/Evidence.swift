import AssayMeasurement
import AssayModel

extension [DetectorCard] {
  /// The card of the detector that made a finding; nil where the catalogue is shorter.
  func card(of finding: Finding) -> DetectorCard? {
    indices.contains(Int(finding.detector)) ? self[Int(finding.detector)] : nil
  }

  /// What a finding observed; nil where the catalogue or its card is shorter.
  func measure(of finding: Finding) -> DetectorCard.Measure? {
    guard let card = card(of: finding), card.measures.indices.contains(Int(finding.measure)) else { return nil }
    return card.measures[Int(finding.measure)]
  }
}

extension Evidence {
  /// What was found, for a person: `fast-click: observed 420 ms, threshold 1 s (display)`; safe to print.
  func text(_ cards: [DetectorCard]) -> String {
    guard let card = cards.card(of: finding) else { return "detector \(finding.detector) of a longer catalogue" }
    let observed = cards.measure(of: finding) == .match ? "" : "observed "
    return "\(Display.safe(card.id)): \(observed)\(observation(cards))"
  }

  /// The same without the detector's name.
  func observation(_ cards: [DetectorCard]) -> String {
    let measure = cards.measure(of: finding)
    if measure == .match {
      let words = reason ?? cards.card(of: finding)?.title ?? ""
      return Display.safe(words + (network.map { " (\($0))" } ?? ""))
    }
    let unit = measure?.unit ?? ""
    return "\(Quantity.text(millionths: finding.observed, unit: unit)), threshold "
      + Quantity.text(millionths: finding.threshold, unit: unit)
      + (measure.map { " (\(Display.safe($0.name)))" } ?? "")
  }
}

extension Action {
  /// The name in outputs.
  var name: String {
    switch self {
    case .invalidate(let tier): "invalidate-\(tier.name)"
    case .exclude: "exclude"
    case .weigh: "weigh"
    case .report: "report"
    }
  }

  /// The weight of evidence in hundredths, where it weighs.
  var hundredths: Int? {
    if case .weigh(let hundredths) = self { hundredths } else { nil }
  }

  /// The action with a name and, where it weighs, a weight.
  init?(name: String, hundredths: Int?) {
    switch name {
    case "exclude": self = .exclude
    case "report": self = .report
    case "weigh": self = .weigh(hundredths: hundredths ?? 0)
    default:
      guard let tier = TrafficClass.allCases.first(where: { "invalidate-\($0.name)" == name }) else { return nil }
      self = .invalidate(tier)
    }
  }
}

extension JudgedEvent {
  /// The id of the event in every output: `SOURCE_ORDINAL:OFFSET`.
  var id: String { "\(event.position.source):\(event.position.offset)" }

  /// What it belongs to in one dimension, empty where the log does not say.
  func name(_ dimension: Dimension) -> String {
    names.indices.contains(dimension.rawValue) ? names[dimension.rawValue] : ""
  }

  /// Which decisions were not possible: empty, `givt`, `sivt` or `givt+sivt`.
  var undecided: String {
    switch (undecidedGIVT, undecidedSIVT) {
    case (false, false): ""
    case (true, false): "givt"
    case (false, true): "sivt"
    case (true, true): "givt+sivt"
    }
  }
}
