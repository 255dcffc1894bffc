public import AssayModel

/// Sessions that go on and on, and hardly ever back.
public struct SessionShape: Detector {
  /// What it is.
  public static let card = DetectorCard(
    id: "session-shape", title: "From page to page and hardly ever back",
    category: Category(
      code: "S_HEADLESS_AUTOMATION", mrc: "S1", title: "Automated browsing: a browser driven by a program"),
    family: .navigation, action: .weigh(hundredths: 200), needs: [.time, .visitor],
    summary: """
      People go back: from a page to the one before it, and on from there. How often they do is learned from those \
      visits of the run that go back at all, since robots that never do must not move it. A session is flagged whose way, page after page and hardly ever back, is many times more likely of a \
      program that goes back a twentieth as often than of one of these visitors. The page is the one that the referrer \
      of an impression names; where page views are judged and no ads are shown, the page asked for.
      """,
    foolsIt: """
      Whoever reads a gallery or a serial page by page, or is read to by a screen reader, does not go back either: it \
      weighs and does not convict alone. Browsers that bring back a page from memory without asking for its ads anew make all visits look \
      so; then that is what is usual, and nothing is found. A program that goes back as often as people do is not found. \
      Browsers that tell only the site in their referrers show no pages.
      """,
    measures: [DetectorCard.Measure("least-evidence", unit: "nats")],
    thresholds: [
      DetectorCard.Threshold(
        name: "least-evidence", standard: 2.3, range: 0.5...20, unit: "nats",
        origin: "ln 10: by chance at most one visit in ten shows as much; of simulated people it was one in 120"),
      DetectorCard.Threshold(
        name: "return-ratio", standard: 0.05, range: 0.001...0.9, unit: "ratio",
        origin: "our choice: as good as never; back-and-forth told CERTH's moderate bots with AUC 0.88"),
    ],
    references: [
      "CERTH web bot detection data set: A-B-A navigation of people and of moderate and advanced bots",
      "Tan and Kumar, Discovery of web robot sessions based on their navigational patterns (2002)",
    ])

  /// Its reference.
  public static var learners: [any Learner.Type] { [VisitShapes.self] }

  /// Nil where the run had visits enough.
  public let notMeasurable: String?

  private let leastEvidence: Int64
  private let ratio: Double
  private let reference: VisitReference?
  private let run: LearningContext

  /// The detector with what is usual in the run.
  public init(_ settings: DetectorSettings, context: DetectorContext) {
    leastEvidence = settings.millionths("least-evidence")
    ratio = settings["return-ratio"]
    reference = context.population.learned(VisitShapes.self)?.reference
    run = context.population.run
    notMeasurable = VisitShapes.notMeasurable(context.population)
  }

  /// Visitors with a long session.
  public var triggers: VisitorTraits { .longSession }

  /// Flags all events of a session that does not go back.
  public func inspect(_ visitor: VisitorFacts, _ events: Span<Event>, _ findings: inout FindingSink) {
    guard let reference else { return }
    var trail = PageTrail()
    for session in visitor.sessions where session.events.count >= VisitorTraits.manyEvents {
      trail.read(session, events, run)
      let evidence = (reference.lackOfReturns(back: trail.back, on: trail.on, ratio: ratio) * 1_000_000).rounded()
      guard evidence >= Double(leastEvidence) else { continue }
      for ordinal in session.events {
        findings.flag(ordinal, events[ordinal], observed: Int64(evidence), threshold: leastEvidence)
      }
    }
  }
}
