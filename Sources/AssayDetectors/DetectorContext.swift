public import AssayModel

/// What is prepared once for a run and read by every detector: each user agent and each ad slot is looked at here,
/// once, and not at each of its events.
public struct DetectorContext: Sendable {
  /// The user agents of the run, by `Event.agent`; `AgentID.notLogged` and `.blank` are empty texts.
  public let agents: [String]
  /// The ad slots of the run.
  public let slots: SlotTable
  /// The lists of the run.
  public let lists: ListSet
  /// What was learned about all visitors together; nothing before it is set, for all else can be prepared before.
  public var population: Population

  let networks: PreparedNetworks
  let robots: AgentMatcher
  let libraries: AgentMatcher
  /// What the lists say about each user agent, by its ordinal.
  let marks: [AgentMark]

  /// A context.
  ///
  /// - Complexity: O(bytes of the user agents + entries of the lists).
  public init(
    agents: [String] = ["", ""], slots: SlotTable = SlotTable(), lists: ListSet = ListSet(),
    population: Population = Population(PopulationBuilder())
  ) {
    self.agents = agents
    self.slots = slots
    self.lists = lists
    self.population = population
    networks = lists.prepared()
    robots = AgentMatcher(lists.robots)
    libraries = AgentMatcher(lists.libraries)
    let browsers = lists.browsers.isEmpty ? nil : AgentMatcher(lists.browsers)
    var marks: [AgentMark] = []
    marks.reserveCapacity(agents.count)
    for (ordinal, agent) in agents.enumerated() {
      if ordinal < AgentID.first {
        marks.append(AgentMark(traits: ordinal == AgentID.blank ? .blankAgent : []))
      } else {
        marks.append(AgentMark(agent, robots: robots, libraries: libraries, browsers: browsers))
      }
    }
    self.marks = marks
  }

  /// What the lists say about the user agent of an event.
  func mark(of event: Event) -> AgentMark {
    let ordinal = Int(event.agent)
    return ordinal < marks.count ? marks[ordinal] : AgentMark(traits: [])
  }
}

/// What the lists say about one user agent.
struct AgentMark: Sendable, Equatable {
  /// Whether it may be flagged at all, at some time.
  var traits: VisitorTraits
  /// The row of the robots list that it matches, -1 for none.
  var robotRow: Int32 = -1
  /// It counts as a robot for events before this moment, in microseconds.
  var robotBefore: Int64 = .min
  /// The row of the list of programs that it matches, -1 for none.
  var libraryRow: Int32 = -1
  /// It counts as no browser for events from this moment on, in microseconds; `.max` for never.
  var notBrowserFrom: Int64 = .max

  /// A mark without rows.
  init(traits: VisitorTraits) { self.traits = traits }

  /// The mark of a user agent that is not blank.
  init(_ agent: String, robots: AgentMatcher, libraries: AgentMatcher, browsers: AgentMatcher?) {
    traits = []
    let text = FoldedAgent(agent)
    if let match = robots.match(text) {
      robotRow = Int32(match.row)
      robotBefore = match.countsBefore
    }
    if robotBefore != .min { traits.insert(.robotAgent) }
    if let match = libraries.match(text) {
      libraryRow = Int32(match.row)
      notBrowserFrom = .min
    } else if let browsers {
      // On a list of browsers it is one until its row was made inactive; off the list it never was.
      notBrowserFrom = browsers.match(text)?.countsBefore ?? .min
    } else if !AgentMark.hasShapeOfProduct(agent) {
      notBrowserFrom = .min
    }
    if notBrowserFrom != .max { traits.insert(.nonBrowserAgent) }
  }

  /// Whether the text could name a product at all (RFC 9110 §10.1.5): a name with a version behind a slash, or a
  /// comment in parentheses.
  private static func hasShapeOfProduct(_ agent: String) -> Bool {
    agent.utf8.contains { $0 == 0x2f || $0 == 0x28 }
  }
}
