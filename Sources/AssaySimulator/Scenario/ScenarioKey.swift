import AssayModel

/// One thing of a scenario that can be set by name: `events=1000000`.
struct ScenarioKey: Sendable {
  /// What stands before the equals sign.
  let name: String
  /// What may stand behind it, in words.
  let accepts: String
  /// Sets it; false where the text is not accepted.
  let set: @Sendable (String, inout SimulationScenario) -> Bool
  /// Brings it into its range.
  let bound: @Sendable (inout SimulationScenario) -> Void

  /// Every key: what a scenario is made of, then the shares of its families.
  static let all: [ScenarioKey] =
    [
      .whole("events", \.events, 1...10_000_000_000),
      .decimal("days", \.minutes, 1...527_040, perUnit: 1_440),
      ScenarioKey(
        name: "seed", accepts: "a whole number from 0 to \(UInt64.max)",
        set: { text, scenario in
          guard let seed = UInt64(text) else { return false }
          scenario.seed = seed
          return true
        }, bound: { _ in }),
      ScenarioKey(
        name: "start", accepts: "a date or minute in UTC, as in 2026-03-02 or 2026-03-02T09:00",
        set: { text, scenario in
          guard let moment = parseMinute(text) else { return false }
          scenario.start = moment
          return true
        }, bound: { $0.start = max($0.start, Timestamp(seconds: 0)) }),
      .whole("servers", \.servers, 1...64),
      .whole("campaigns", \.campaigns, 1...10_000),
      .optional("homes", \.homes, 1...1 << 25),
      .optional("publishers", \.publishers, 4...4_000),
      .optional("ring", \.ring, 3...1_000),
      .whole("host-load", \.hostLoad, 20...20_000),
      .whole("agents", \.agents, 50...20_000),
      .decimal("pages", \.pagesPerVisit, 100...2_000, perUnit: 100),
      .whole("ads", \.adsPerPage, 1...3),
      .decimal("clicks", \.clickRate, 0...500_000, perUnit: 1_000_000),
      ScenarioKey(
        name: "robots", accepts: "a number from 0 to 1",
        set: { text, scenario in
          guard let share = parseMillionths(text), 0...1_000_000 ~= share else { return false }
          scenario.scaleRobots(to: share)
          return true
        }, bound: { _ in }),
      ScenarioKey(
        name: "subsecond", accepts: "0 or 1",
        set: { text, scenario in
          scenario.subsecond = text == "1"
          return text == "0" || text == "1"
        }, bound: { _ in }),
    ]
    + Family.allCases.filter(\.hasOwnShare).map { family in
      .decimal(family.name, \.shares[Int(family.rawValue)], 0...1_000_000, perUnit: 1_000_000)
    }

  private typealias Path = any WritableKeyPath<SimulationScenario, Int> & Sendable

  private static func whole(_ name: String, _ path: Path, _ range: ClosedRange<Int>) -> ScenarioKey {
    ScenarioKey(
      name: name, accepts: "a whole number from \(range.lowerBound) to \(range.upperBound)",
      set: { text, scenario in
        guard let number = Int(text), range.contains(number) else { return false }
        scenario[keyPath: path] = number
        return true
      }, bound: { $0[keyPath: path] = min(max(range.lowerBound, $0[keyPath: path]), range.upperBound) })
  }

  /// A whole number that is worked out where it is not given.
  private static func optional(
    _ name: String, _ path: any WritableKeyPath<SimulationScenario, Int?> & Sendable, _ range: ClosedRange<Int>
  ) -> ScenarioKey {
    ScenarioKey(
      name: name, accepts: "a whole number from \(range.lowerBound) to \(range.upperBound)",
      set: { text, scenario in
        guard let number = Int(text), range.contains(number) else { return false }
        scenario[keyPath: path] = number
        return true
      },
      bound: { scenario in
        scenario[keyPath: path] = scenario[keyPath: path].map { min(max(range.lowerBound, $0), range.upperBound) }
      })
  }

  /// A decimal number, kept as a whole number of parts of which `perUnit` are one.
  private static func decimal(
    _ name: String, _ path: Path, _ range: ClosedRange<Int>, perUnit: Int
  ) -> ScenarioKey {
    func text(_ parts: Int) -> String {
      var bytes: [UInt8] = []
      // Rounded up, so that the least number said is accepted.
      bytes.append(decimal: (parts * 10_000 + perUnit - 1) / perUnit, scale: 4)
      return String(decoding: bytes, as: UTF8.self)
    }
    return ScenarioKey(
      name: name, accepts: "a number from \(text(range.lowerBound)) to \(text(range.upperBound))",
      set: { text, scenario in
        guard let number = parseMillionths(text) else { return false }
        let parts = number * perUnit / 1_000_000
        guard range.contains(parts) else { return false }
        scenario[keyPath: path] = parts
        return true
      }, bound: { $0[keyPath: path] = min(max(range.lowerBound, $0[keyPath: path]), range.upperBound) })
  }
}
