public import AssayModel

/// What is to be simulated: how much traffic, of whom, when, and from which seed. Equal scenarios give equal bytes.
///
/// A value set out of its range is taken as the nearest one in it when the simulation begins; `parse` refuses it.
public struct SimulationScenario: Sendable {
  /// Name of the preset that it started from: `mixed`.
  public var name: String
  /// The preset in words.
  public var title: String
  /// Seed of every random choice.
  public var seed: UInt64 = 1
  /// About how many log lines are written, over all servers; the last visits are cut off by the end, so that it is
  /// seldom more and usually a little less. 1 to 10¹⁰.
  public var events: Int
  /// First moment, a whole minute from 1970 on.
  public var start = Timestamp(year: 2026, month: 3, day: 2)
  /// Length in minutes: one minute to 366 days.
  public var minutes: Int = 1_440
  /// Log files, each in time order: 1 to 64.
  public var servers: Int = 2
  /// Campaigns: 1 to 10,000.
  public var campaigns: Int = 40
  /// Homes that visitors come from; nil for one to every eight lines of a day.
  public var homes: Int?
  /// Ordinary publishers, 4 to 4,000; nil for one to a campaign, 4 to 48. Those of networks come on top.
  public var publishers: Int?
  /// Publishers of Chameleon's ring, 3 to 1,000; nil for a tenth of the ordinary ones, 5 to 202 (202 in 2013:
  /// detection.md §1.1).
  public var ring: Int?
  /// Impressions a day of one of Chameleon's hosts where they are enough to keep 24 busy, 20 to 20,000; 2,500 in 2013
  /// (detection.md §1.1).
  public var hostLoad: Int = 2_500
  /// Different user agents of browsers: 50 to 20,000.
  public var agents: Int = 2_000
  /// Mean pages of a person's visit, in hundredths: 100 to 2,000.
  public var pagesPerVisit: Int = 300
  /// Largest number of ads on a page: 1 to 3.
  public var adsPerPage: Int = 3
  /// Mean click rate of people on ads that were not out of view, in millionths.
  public var clickRate: Int = 20_000
  /// Whether times carry milliseconds (`[02/Mar/2026:09:00:00.250 +0000]`, as HAProxy writes them).
  public var subsecond: Bool = false
  /// Share of the lines of each family in millionths, by `Family.rawValue`; `home`, `office` and `carrier` divide what
  /// is left and have no entry of their own.
  var shares: [Int]

  /// A scenario from its name, with shares in millionths of the families that have one.
  init(_ name: String, _ title: String, events: Int, _ shares: [Family: Int]) {
    self.name = name
    self.title = title
    self.events = events
    self.shares = Family.allCases.map { shares[$0] ?? 0 }
  }

  /// Length in days.
  public var days: Double { Double(minutes) / 1_440 }

  /// Names of the log files, by server.
  public var logNames: [String] { (1...servers).map { "access-\($0).log" } }

  /// Further files that belong to the scenario: the networks of its hosting companies, which `--lists` reads, and where
  /// it has networks of robots, who and what belongs to each.
  public var companionFiles: [(path: String, text: String)] {
    let lists = (path: "lists/data-centres.txt", text: HostingNetworks.listText)
    return hasNetworks ? [lists, (path: "networks.csv", text: NetworkMembers(self).text)] : [lists]
  }

  /// Whether it has families that are networks: then the truth says of each line to which one it belongs.
  var hasNetworks: Bool { Family.networks.contains { shares[Int($0.rawValue)] > 0 } }

  /// Share of all families that are not valid, in millionths.
  var robotShare: Int { Family.allCases.filter(\.isRobot).map { shares[Int($0.rawValue)] }.reduce(0, +) }

  /// Lines that a family should write.
  func lines(of family: Family) -> Int {
    let share = family.takesRemainder ? remainder(of: family) : shares[Int(family.rawValue)]
    return events / 1_000_000 * share + events % 1_000_000 * share / 1_000_000
  }

  /// At home, at work and on the move: 64, 19 and 17 % of what the other families leave.
  private func remainder(of family: Family) -> Int {
    let rest = 1_000_000 - shares.reduce(0, +)
    switch family {
    case .office: return rest * 19 / 100
    case .carrier: return rest * 17 / 100
    default: return rest - rest * 19 / 100 - rest * 17 / 100
    }
  }

  /// Lines that a family should write on an average day.
  func linesPerDay(of family: Family) -> Int { max(1, lines(of: family) * 1_440 / max(1_440, minutes)) }

  /// Ordinary publishers.
  var publisherCount: Int { publishers ?? min(48, max(4, campaigns)) }

  /// Homes in the population.
  var homeCount: Int { homes ?? min(max(40, events / 8 * 1_440 / max(minutes, 1_440)), 1 << 25) }
}
