public import AssayModel

extension SimulationScenario {
  /// Reads a scenario as the command line gives it: the name of a preset, then overrides as `key=value`, all joined by
  /// commas: `mixed,events=1000000,days=2,seed=7,robots=0.1`. Later overrides win; `robots` scales the shares of all
  /// robot families to this sum, and every family's id is a key for its own share.
  ///
  /// - Throws: `usage` for a name or key that does not exist (with the nearest one), for a value that is out of range,
  ///   and for traffic too dense to be kept in bounded memory.
  public static func parse(_ text: String) throws(AssayError) -> SimulationScenario {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    let name = parts[0]
    guard var scenario = presets.first(where: { $0.name == name }) else {
      let names = presets.map(\.name)
      throw AssayError(
        .usage,
        "There is no scenario “\(name)”; did you mean “\(nearest(to: name, in: names))”? There are "
          + "\(names.joined(separator: ", ")).")
    }
    for part in parts.dropFirst() {
      let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      guard sides.count == 2 else {
        throw AssayError(.usage, "“\(part)” in the scenario is not of the form key=value, as in events=100000.")
      }
      try scenario.set(sides[0], to: sides[1])
    }
    try scenario.validate()
    return scenario
  }

  /// Keys other than the families' ids, with what they accept.
  private static let keys: [(name: String, accepts: String)] = [
    ("events", "a whole number from 1 to 10000000000"), ("days", "a number from 0.001 to 366"),
    ("seed", "a whole number from 0 to 18446744073709551615"),
    ("start", "a date or moment in UTC, as in 2026-03-02 or 2026-03-02T09:00"),
    ("servers", "a whole number from 1 to 64"), ("campaigns", "a whole number from 1 to 10000"),
    ("homes", "a whole number from 1 to 33554432"), ("agents", "a whole number from 50 to 20000"),
    ("pages", "a number from 1 to 20"), ("ads", "a whole number from 1 to 3"), ("clicks", "a share from 0 to 0.5"),
    ("robots", "a share from 0 to 1"), ("subsecond", "0 or 1"),
  ]

  private mutating func set(_ key: String, to value: String) throws(AssayError) {
    if let family = Family.allCases.first(where: { $0.name == key && $0 != .doubleClick && !$0.takesRemainder }) {
      guard let share = millionths(value, 0...1_000_000) else {
        throw AssayError(.usage, "“\(key)=\(value)” in the scenario: \(key) must be a share from 0 to 1.")
      }
      shares[Int(family.rawValue)] = share
      return
    }
    guard let accepts = SimulationScenario.keys.first(where: { $0.name == key })?.accepts else {
      let families = Family.allCases.filter { $0 != .doubleClick && !$0.takesRemainder }.map(\.name)
      let best = nearest(to: key, in: SimulationScenario.keys.map(\.name) + families)
      throw AssayError(.usage, "A scenario has no key “\(key)”; did you mean “\(best)”?")
    }
    guard assign(key, value) else {
      throw AssayError(.usage, "“\(key)=\(value)” in the scenario: \(key) must be \(accepts).")
    }
  }

  /// Sets one of `keys`; false where the value is not accepted.
  private mutating func assign(_ key: String, _ value: String) -> Bool {
    func whole(_ range: ClosedRange<Int>) -> Int? { Int(value).flatMap { range.contains($0) ? $0 : nil } }
    func store(_ number: Int?, _ path: WritableKeyPath<SimulationScenario, Int>) -> Bool {
      guard let number else { return false }
      self[keyPath: path] = number
      return true
    }
    switch key {
    case "events": return store(whole(1...10_000_000_000), \.events)
    case "days": return store(millionths(value, 1_000...366_000_000).map { max(1, $0 * 1_440 / 1_000_000) }, \.minutes)
    case "servers": return store(whole(1...64), \.servers)
    case "campaigns": return store(whole(1...10_000), \.campaigns)
    case "agents": return store(whole(50...20_000), \.agents)
    case "pages": return store(millionths(value, 1_000_000...20_000_000).map { $0 / 10_000 }, \.pagesPerVisit)
    case "ads": return store(whole(1...3), \.adsPerPage)
    case "clicks": return store(millionths(value, 0...500_000), \.clickRate)
    case "homes":
      guard let number = whole(1...1 << 25) else { return false }
      homes = number
    case "seed":
      guard let number = UInt64(value) else { return false }
      seed = number
    case "subsecond":
      guard let number = whole(0...1) else { return false }
      subsecond = number == 1
    case "start":
      guard let moment = minute(value) else { return false }
      start = moment
    case "robots":
      guard let share = millionths(value, 0...1_000_000) else { return false }
      scaleRobots(to: share)
    default: return false
    }
    return true
  }

  /// Makes the robots' shares add up to `share`, in proportion as they are.
  private mutating func scaleRobots(to share: Int) {
    if robotShare == 0 {
      for (family, weight) in SimulationScenario.robotMix { shares[Int(family.rawValue)] = weight }
    }
    let sum = robotShare
    for family in Family.allCases where family.isRobot {
      shares[Int(family.rawValue)] = shares[Int(family.rawValue)] * share / sum
    }
  }

  /// Lines a second at which the lines planned ahead (those of visits that have begun, 5 minutes of them on average)
  /// still fit some 300 MB.
  static let densest = 10_000

  private func validate() throws(AssayError) {
    let sum = shares.reduce(0, +)
    guard sum <= 1_000_000 else {
      throw AssayError(
        .usage, "The shares of the scenario's families add up to \(Double(sum) / 1_000_000); they must not exceed 1.")
    }
    guard events <= minutes * 60 * SimulationScenario.densest else {
      let days = Double(events) / Double(86_400 * SimulationScenario.densest)
      throw AssayError(
        .usage,
        "\(events) events in \(self.days) days are more than \(SimulationScenario.densest) a second; set days to at "
          + "least \((days * 100).rounded(.up) / 100).")
    }
  }
}

/// A decimal number in millionths, exactly: `0.1` is 100,000; nil where it is none, has more than six decimals or lies
/// outside the range.
private func millionths(_ text: String, _ range: ClosedRange<Int>) -> Int? {
  let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
  let decimals = parts.count == 2 ? parts[1] : ""
  let digits = parts[0] + decimals + String(repeating: "0", count: max(0, 6 - decimals.count))
  guard !parts[0].isEmpty, parts.count == 1 || !decimals.isEmpty, decimals.count <= 6, digits.count <= 12,
    digits.utf8.allSatisfy({ 48...57 ~= $0 }), let number = Int(digits), range.contains(number)
  else { return nil }
  return number
}

/// `2026-03-02` or `2026-03-02T09:00`, UTC, from 1970 to 2099; nil where it is none.
private func minute(_ text: String) -> Timestamp? {
  let bytes = Array(text.utf8)
  let pattern = Array("dddd-dd-ddTdd:dd".utf8)
  guard bytes.count == 10 || bytes.count == 16 else { return nil }
  for (byte, wanted) in zip(bytes, pattern) {
    guard wanted == UInt8(ascii: "d") ? 48...57 ~= byte : byte == wanted else { return nil }
  }
  func number(_ range: Range<Int>) -> Int { bytes[range].reduce(0) { $0 * 10 + Int($1) - 48 } }
  let (year, month, day) = (number(0..<4), number(5..<7), number(8..<10))
  let (hour, minute) = bytes.count == 16 ? (number(11..<13), number(14..<16)) : (0, 0)
  guard 1970...2099 ~= year, 1...12 ~= month, hour < 24, minute < 60 else { return nil }
  // A day that the month does not have comes back as another date.
  let date = Timestamp.date(day: Timestamp.days(year: year, month: month, day: day))
  guard date == (year, month, day) else { return nil }
  return Timestamp(year: year, month: month, day: day, hour: hour, minute: minute)
}

/// The candidate that takes the fewest insertions, deletions and replacements (Levenshtein 1966); the first of equals.
private func nearest(to text: String, in candidates: [String]) -> String {
  func distance(_ other: String) -> Int {
    let (left, right) = (Array(text.utf8.prefix(64)), Array(other.utf8))
    var row = Array(0...right.count)
    for (index, byte) in left.enumerated() {
      var diagonal = row[0]
      row[0] = index + 1
      for column in right.indices {
        let replaced = diagonal + (byte == right[column] ? 0 : 1)
        diagonal = row[column + 1]
        row[column + 1] = min(replaced, row[column] + 1, row[column + 1] + 1)
      }
    }
    return row[right.count]
  }
  return candidates.min { distance($0) < distance($1) } ?? ""
}
