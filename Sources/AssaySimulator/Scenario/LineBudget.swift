import AssayModel

/// The lines that each family should write in each minute of a scenario. Sums over the minutes are exact.
struct LineBudget: Sendable {
  private let lines: [Int]
  private let startMinute: Int
  private var totals: [Int]
  private var passed: [Int]
  private var minute = 0

  /// The budget of a scenario.
  ///
  /// - Complexity: O(minutes) time.
  init(_ scenario: SimulationScenario) {
    lines = Family.allCases.map { scenario.lines(of: $0) }
    startMinute = Int(scenario.start.microseconds / 60_000_000)
    totals = DayCurve.allCases.map { _ in 0 }
    passed = totals
    for minute in 0..<scenario.minutes {
      for curve in DayCurve.allCases { totals[curve.rawValue] += weight(curve, minute) }
    }
  }

  /// Goes to the next minute and says how many lines each family, by its raw value, should write in it.
  mutating func nextMinute() -> [Int] {
    let before = passed
    for curve in DayCurve.allCases { passed[curve.rawValue] += weight(curve, minute) }
    minute += 1
    return Family.allCases.map { family in
      let (lines, curve) = (lines[Int(family.rawValue)], family.curve.rawValue)
      guard totals[curve] > 0 else { return 0 }
      return lines * passed[curve] / totals[curve] - lines * before[curve] / totals[curve]
    }
  }

  private func weight(_ curve: DayCurve, _ minute: Int) -> Int {
    let absolute = startMinute + minute
    // 1970-01-01 was a Thursday.
    return curve.weight(minute: absolute % 1_440, weekday: (absolute / 1_440 + 4) % 7)
  }
}
