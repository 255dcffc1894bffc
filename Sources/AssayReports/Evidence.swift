import AssayMeasurement
import AssayModel

extension DetectorCard {
  /// The setting that a finding was held against: the one whose standard value it carries, or else (somebody set
  /// another) the first on the card.
  func threshold(of finding: Finding) -> Threshold? {
    thresholds.first { Int64(exactly: ($0.standard * 1_000_000).rounded()) == finding.threshold } ?? thresholds.first
  }
}

extension [DetectorCard] {
  /// The card of the detector that made a finding; nil where the catalogue is shorter.
  func card(of finding: Finding) -> DetectorCard? {
    indices.contains(Int(finding.detector)) ? self[Int(finding.detector)] : nil
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
