public import AssayModel

/// User agents that declare themselves a robot.
public struct DeclaredRobot: Detector {
  /// What it is.
  public static let card = DetectorCard(
    id: "declared-robot", title: "User agent on a list of robots",
    category: Category(code: "G_UA_ROBOT_LIST", mrc: "G2", title: "Declared bots, spiders and crawlers"),
    family: .identity, action: .invalidate(.givt), needs: [.userAgent],
    summary: """
      The user agent matches a row of a list of robots: the built-in one, the IAB/ABC International Spiders and Bots List \
      or any other that is given. A row that was taken off its list at a date still counts for events before it.
      """,
    foolsIt: """
      Apps and devices whose name holds a robot's word (Cubot telephones, HiSearch, CamScanner): rows have exceptions of \
      their own, words are matched at their borders, and a corpus of in-app browsers is tested. A robot that borrows a \
      browser's user agent is not found here, and is not meant to be.
      """,
    references: [
      "MRC Invalid Traffic Detection and Filtration Standards (2020): GIVT, known bots and spiders",
      "IAB/ABC International Spiders and Bots List",
    ])

  private let context: DetectorContext

  /// The detector with the lists of the run.
  public init(_ settings: DetectorSettings, context: DetectorContext) { self.context = context }

  /// Visitors with such a user agent.
  public var triggers: VisitorTraits { .robotAgent }

  /// Flags events whose user agent was on a list at their time.
  public func inspect(_ visitor: VisitorFacts, _ events: Span<Event>, _ findings: inout FindingSink) {
    for ordinal in events.indices {
      let event = events[ordinal]
      let before = context.mark(of: event).robotBefore
      if before == .max || event.time.microseconds < before { findings.flagMatch(ordinal, event) }
    }
  }
}
