internal import AssayModel

/// Which detectors of the catalogue work in a run, with which thresholds, and why the others do not.
struct JudgePlan {
  /// A detector that works.
  struct Planned: Sendable {
    var ordinal: Int
    var type: any Detector.Type
    var settings: DetectorSettings

    /// The detector itself.
    func make(_ context: DetectorContext) -> any Detector { type.init(settings, context: context) }
  }

  /// Those that work, in catalogue order.
  private(set) var detectors: [Planned] = []
  /// By the ordinal in the catalogue, what the log lacks for a detector; nil for those that work or are disabled.
  private(set) var unmet: [String?] = []
  /// Those that change no verdict.
  private(set) var shadow: DetectorSet = []

  /// The plan for a run.
  ///
  /// - Throws: `settings` for a detector or threshold that does not exist, or a value out of range.
  init(
    _ settings: JudgeSettings, _ coverage: [Requirement: (carried: Int64, of: Int64)]
  ) throws(AssayError) {
    for id in settings.replacements.keys.sorted() + settings.disabled.sorted() + settings.shadow.sorted() {
      _ = try DetectorCatalog.ordinal(of: id)
    }
    for (ordinal, type) in DetectorCatalog.all.enumerated() {
      let card = type.card
      let own = try DetectorSettings(card, replacing: settings.replacements[card.id] ?? [:])
      if settings.shadow.contains(card.id) { shadow.formUnion(DetectorSet(ordinal: ordinal)) }
      let reason = settings.disabled.contains(card.id) ? nil : JudgePlan.unmet(card, coverage)
      unmet.append(reason)
      if reason == nil, !settings.disabled.contains(card.id) {
        detectors.append(Planned(ordinal: ordinal, type: type, settings: own))
      }
    }
  }

  /// Why a detector's needs are not met, nil where they are.
  private static func unmet(
    _ card: DetectorCard, _ coverage: [Requirement: (carried: Int64, of: Int64)]
  ) -> String? {
    for need in card.needs {
      if let (carried, of) = coverage[need], of > 0, carried == 0 { return missing(need) }
    }
    return nil
  }

  private static func missing(_ need: Requirement) -> String {
    switch need {
    case .address: "the log does not record addresses"
    case .userAgent: "the log does not record user agents"
    case .time: "the log does not record times"
    case .impressionID: "the log carries no impression ids"
    case .size: "the log does not say how large the ads are"
    case .purpose: "the log does not record the headers that declare a prefetch"
    case .status: "the log does not record the status of responses"
    case .lists: "no list was given; give one with --lists"
    case .visitor: "nothing in the log tells visitors apart"
    }
  }
}
