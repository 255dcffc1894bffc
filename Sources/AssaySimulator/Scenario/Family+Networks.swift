/// What networks have of their own.
extension Family {
  /// Publishers that belong to it: where it earns its money.
  func ringSize(_ scenario: SimulationScenario) -> Int {
    let others = scenario.publisherCount
    return switch self {
    case .chameleon: scenario.ring ?? min(202, max(5, others / 10))
    case .hyphbot: max(4, others / 10)
    case .tdl4, .clickBotA: max(2, others / 50)
    case .clickFlood, .clickInjection: max(1, others / 100)
    case .payPerView: max(4, others / 40)
    case .referrerRing: 6
    default: 0
    }
  }

  /// What the addresses of its publishers' pages look like.
  var pageStyles: [Inventory.PageStyle] {
    switch self {
    case .hyphbot: [.words, .letters]
    case .clickBotA: [.search]
    default: [.sections]
    }
  }

  /// How many lines others write on its publishers to 100 of both, in percent. 65 % of what Chameleon's showed was its
  /// own (detection.md §1.1), and 5 % of what it does is elsewhere; the rest is between what nobody would visit and what
  /// people have installed.
  var foreignPercent: Int {
    switch self {
    case .chameleon: 34
    case .clickFlood, .clickInjection: 50
    case .referrerRing: 40
    case .payPerView: 30
    case .tdl4, .clickBotA: 5
    default: 0
    }
  }
}
