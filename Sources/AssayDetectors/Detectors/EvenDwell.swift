public import AssayModel

/// Sessions that stay on each page for a time drawn evenly, and never for long.
public struct EvenDwell: Detector {
  /// What it is.
  public static let card = DetectorCard(
    id: "even-dwell", title: "Stays evenly spread up to a bound",
    category: Category(
      code: "S_HEADLESS_AUTOMATION", mrc: "S1", title: "Automated browsing: a browser driven by a program"),
    family: .navigation, action: .weigh(hundredths: 100), needs: [.time, .visitor],
    summary: """
      People stay on most pages for some seconds and on a few for minutes; a program that waits for a random time waits \
      as likely for one as for another, up to a bound that it was given. How long people stay is learned from the visits \
      of the run. A session is flagged whose stays are more likely drawn evenly up to 10, 16, 25, 40 or 63 seconds than \
      by what is usual, after taking into account that the stays of one visit are alike.
      """,
    foolsIt: """
      Somebody in a hurry, who leafs through page after page: it weighs little and does not convict alone. People who have \
      pages read to them go on evenly and never back, so that it is of one family with the way through pages and both \
      together do not convict either. Where people \
      differ much in their pace, a visit's stays are worth less, and longer ones are needed. A program that draws its \
      pauses as people make them is not found.
      """,
    measures: [DetectorCard.Measure("least-evidence", unit: "nats")],
    thresholds: [
      DetectorCard.Threshold(
        name: "least-evidence", standard: 1, range: 0.5...20, unit: "nats",
        origin: "its weight; of simulated people one in 90 shows as much"),
      DetectorCard.Threshold(
        name: "least-stays", standard: 6, range: 2...1_000, unit: "stays",
        origin: "our choice: in fewer no spread is seen, and two short stays are somebody in a hurry"),
    ],
    references: [
      "CERTH web bot detection data set: people's stays are lognormal, those of moderate bots flat from 1 to 25 s",
      "Kish, Survey Sampling (1965): design effect",
    ])

  /// Its reference.
  public static var learners: [any Learner.Type] { [VisitShapes.self] }

  /// Nil where the run had visits enough.
  public let notMeasurable: String?

  private let leastEvidence: Int64
  private let leastStays: Int
  private let reference: VisitReference?
  private let ratios: [[Double]]
  private let run: LearningContext

  /// The detector with what is usual in the run.
  public init(_ settings: DetectorSettings, context: DetectorContext) {
    leastEvidence = settings.millionths("least-evidence")
    leastStays = Int(settings["least-stays"])
    reference = context.population.learned(VisitShapes.self)?.reference
    ratios = reference?.dwellRatios() ?? []
    run = context.population.run
    notMeasurable = VisitShapes.notMeasurable(context.population)
  }

  /// Visitors with a long session.
  public var triggers: VisitorTraits { .longSession }

  /// Flags all events of a session with such stays.
  public func inspect(_ visitor: VisitorFacts, _ events: Span<Event>, _ findings: inout FindingSink) {
    guard let reference else { return }
    var trail = PageTrail()
    for session in visitor.sessions where session.events.count >= VisitorTraits.manyEvents {
      trail.read(session, events, run)
      guard trail.dwells.count(where: DwellClass.isStay) >= leastStays else { continue }
      let evidence = (reference.evenness(trail.dwells, ratios) * 1_000_000).rounded()
      guard evidence >= Double(leastEvidence) else { continue }
      for ordinal in session.events {
        findings.flag(ordinal, events[ordinal], observed: Int64(evidence), threshold: leastEvidence)
      }
    }
  }
}
