public import AssayModel

/// Visitors that do the same in the same order with the same pauses.
public struct SequenceReplay: Detector {
  /// What it is.
  public static let card = DetectorCard(
    id: "sequence-replay", title: "The same steps with the same pauses as other visitors",
    category: Category(code: "S_COORDINATED", mrc: "S1", title: "Automated browsing: a recorded visit done again"),
    family: .coordination, action: .invalidate(.sivt), needs: [.time, .visitor],
    summary: """
      Four steps, one after another, with the same ads or pages in each and the same three pauses between them, to two \
      seconds, in several visitors: what one person did was recorded and is played back. People who take the same way \
      linger as they like; how often pauses agree by chance is learned from all pauses of the run. All events of the \
      visitors that agree are flagged.
      """,
    foolsIt: """
      A page that goes on by itself, such as a slide show or a list of videos, leads everybody through the same steps \
      with the same pauses: even pauses are left out, and so are ways that one visitor in 200 takes. Playback that \
      stretches each pause by its own factor is not found, nor is a trace that only one or two visitors play back.
      """,
    measures: [DetectorCard.Measure("least-visitors", unit: "visitors")],
    thresholds: [
      DetectorCard.Threshold(
        name: "least-visitors", standard: 3, range: 2...10_000, unit: "visitors",
        origin: "detection.md D-SEQ-REPLAY: at least three; how many more is a matter of chance"),
      DetectorCard.Threshold(
        name: "tolerance", standard: 2, range: 1...30, unit: "s",
        origin: "our choice: playback is off by a second, and logs are rounded to one"),
      DetectorCard.Threshold(
        name: "tail", standard: 1e-9, range: 1e-30...1e-3, unit: "probability",
        origin: "our choice: one chance in a thousand in a run with a million such sequences"),
      DetectorCard.Threshold(
        name: "common", standard: 0.005, range: 0.0001...1, unit: "share",
        origin: "detection.md §2.5: what more than 0.5 % of the visitors do is nobody's mark"),
    ],
    references: [
      "Oentaryo et al., Detecting click fraud in online advertising (JMLR 15, 2014): fine-grained timing",
      "MRC Invalid Traffic Detection and Filtration Standards (2020): SIVT, automated browsing",
    ])

  /// Its records.
  public static var learners: [any Learner.Type] { [ActionLog.self] }

  private let leastVisitors: Int64
  /// Visitors that play something back, with how many do.
  private let players: VisitorNumbers

  /// The detector with the sequences of the run.
  ///
  /// - Complexity: O(n log n) for n actions.
  public init(_ settings: DetectorSettings, context: DetectorContext) {
    leastVisitors = settings.millionths("least-visitors")
    let log = context.population.learned(ActionLog.self)
    players = VisitorNumbers(log.map { StepSequences($0).replays(Rule(settings)) } ?? [])
  }

  /// Those that play something back.
  public var triggers: VisitorTraits { .watchedVisitor }

  /// Those that play something back.
  public var watchedVisitors: [UInt64] { players.visitors }

  /// Flags all events of a visitor that plays something back.
  public func inspect(_ visitor: VisitorFacts, _ events: Span<Event>, _ findings: inout FindingSink) {
    guard let number = players[visitor.visitor] else { return }
    for ordinal in events.indices {
      findings.flag(ordinal, events[ordinal], observed: Int64(number) * 1_000_000, threshold: leastVisitors)
    }
  }

  /// When sequences agree too well.
  struct Rule {
    var leastVisitors: Int
    var tolerance: Int
    var tail: Double
    var common: Double

    init(_ settings: DetectorSettings) {
      leastVisitors = Int(settings["least-visitors"])
      tolerance = Int(settings["tolerance"])
      tail = naturalLogarithm(settings["tail"])
      common = settings["common"]
    }
  }
}
