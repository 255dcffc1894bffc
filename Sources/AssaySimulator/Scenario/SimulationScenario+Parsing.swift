public import AssayModel

extension SimulationScenario {
  /// Reads a scenario as the command line gives it: the name of a preset, then overrides as `key=value`, all joined by
  /// commas: `mixed,events=1000000,days=2,seed=7,robots=0.1`. They apply in their order; `robots` scales the shares of
  /// all robot families to this sum, and the id of a family is the key of its own share.
  ///
  /// - Throws: `usage` for a name or key that does not exist (with the nearest one), for a value that is not accepted,
  ///   for shares that exceed the whole, and for traffic too dense to be kept in bounded memory.
  public static func parse(_ text: String) throws(AssayError) -> SimulationScenario {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    guard var scenario = presets.first(where: { $0.name == parts[0] }) else {
      let names = presets.map(\.name)
      throw AssayError(
        .usage,
        "There is no scenario “\(parts[0])”; did you mean “\(nearest(to: parts[0], in: names))”? There are "
          + "\(names.joined(separator: ", ")).")
    }
    for part in parts.dropFirst() {
      let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      guard sides.count == 2 else {
        throw AssayError(.usage, "“\(part)” in the scenario is not of the form key=value, as in events=100000.")
      }
      guard let key = ScenarioKey.all.first(where: { $0.name == sides[0] }) else {
        let best = nearest(to: sides[0], in: ScenarioKey.all.map(\.name))
        throw AssayError(.usage, "A scenario has no key “\(sides[0])”; did you mean “\(best)”?")
      }
      guard key.set(sides[1], &scenario) else {
        throw AssayError(.usage, "“\(part)” in the scenario: \(key.name) must be \(key.accepts).")
      }
    }
    try scenario.validate()
    return scenario
  }

  /// The keys that `parse` knows, and what each accepts.
  public static var keys: [(name: String, accepts: String)] {
    ScenarioKey.all.map { (name: $0.name, accepts: $0.accepts) }
  }

  /// Makes the robots' shares add up to `share` millionths, in proportion as they are; as in `mixed` where there are
  /// none.
  mutating func scaleRobots(to share: Int) {
    if robotShare == 0 {
      for (family, weight) in SimulationScenario.robots { shares[Int(family.rawValue)] = weight }
    }
    let sum = robotShare
    for family in Family.allCases where family.isRobot {
      shares[Int(family.rawValue)] = shares[Int(family.rawValue)] * share / sum
    }
  }

  /// Lines a second at which the lines of visits that have begun, five minutes of them on average, still fit some
  /// 300 MB.
  static let densest = 10_000

  /// The scenario with every value in its range, and as many events as its length allows.
  var bounded: SimulationScenario {
    var scenario = self
    for key in ScenarioKey.all { key.bound(&scenario) }
    scenario.events = min(scenario.events, scenario.minutes * 60 * SimulationScenario.densest)
    return scenario
  }

  private func validate() throws(AssayError) {
    let sum = shares.reduce(0, +)
    guard sum <= 1_000_000 else {
      throw AssayError(
        .usage, "The shares of the scenario's families add up to \(Double(sum) / 1_000_000); they must not exceed 1.")
    }
    guard bounded.events == events else {
      let days = Double(events) / Double(86_400 * SimulationScenario.densest)
      throw AssayError(
        .usage,
        "\(events) events in \(self.days) days are more than \(SimulationScenario.densest) a second; set days to at "
          + "least \((days * 100).rounded(.up) / 100).")
    }
  }
}
