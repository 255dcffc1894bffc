public import AssayModel

/// What was learned about all visitors of a run together, ready for asking.
public struct Population: Sendable {
  /// Different addresses, whatever kind of event they come with.
  public let addresses: Int64
  /// Visitors: different keys; events without a key are nobody's.
  public let visitors: Int64
  /// Sessions of these visitors.
  public let sessions: Int64
  /// Time of the first event; nil where there is none.
  public let firstTime: Timestamp?
  /// Clicks that carry an impression id.
  public let clicksWithImpressionID: Int64
  /// Of these, clicks of visitors who had impressions with an id at all, be it this one or another.
  public let clicksOfViewers: Int64
  /// Of these, clicks whose impression the same visitor had before.
  public let joinedClicks: Int64
  /// Events with an exact address.
  public let addressedEvents: Int64
  /// Of these, events whose address is not one of the public internet.
  public let privateEvents: Int64

  /// By slot, whether an impression with an id was logged in it; what is missing at the end had none.
  let shown: [Bool]
  let timers: RefreshTimers
  /// What was known of the run before.
  let run: LearningContext
  private let learners: Learners
  let table: AddressTable
  /// What the addresses did, and how many did the same.
  let activities: [RateBaseline.Group]

  /// The population that a builder has learned.
  public init(_ builder: consuming PopulationBuilder) {
    builder.addresses.settle()
    builder.learners.settle()
    var activities = ActivityCounts()
    for part in builder.addresses.parts { activities.add(part) }
    self.init(builder, activities)
  }

  /// The population that several builders have learned of different visitors, merged in so many tasks.
  ///
  /// - Complexity: O(addresses of all of them).
  public static func learned(_ builders: [PopulationBuilder], jobs: Int) async -> Population {
    let tables = builders.map(\.addresses)
    let parts = AddressTable.partCount
    typealias Share = (parts: [(ordinal: Int, part: AddressPart)], activities: ActivityCounts)
    let shares = await withTaskGroup(of: Share.self) { group in
      for job in 0..<max(1, jobs) {
        group.addTask {
          var share: Share = ([], ActivityCounts())
          for ordinal in stride(from: job, to: parts, by: max(1, jobs)) {
            let part = AddressTable.merged(part: ordinal, of: tables)
            share.activities.add(part)
            share.parts.append((ordinal, part))
          }
          return share
        }
      }
      var shares: [Share] = []
      for await share in group { shares.append(share) }
      return shares
    }
    var activities = ActivityCounts()
    for share in shares { activities.merge(share.activities) }
    var total = builders.first ?? PopulationBuilder()
    for builder in builders.dropFirst() { total.mergeTheRest(builder) }
    total.learners.settle()
    total.addresses = AddressTable(parts: shares.flatMap(\.parts).sorted { $0.ordinal < $1.ordinal }.map(\.part))
    return Population(total, activities)
  }

  private init(_ builder: consuming PopulationBuilder, _ activities: ActivityCounts) {
    self.activities = activities.groups
    addresses = Int64(builder.addresses.count)
    visitors = builder.visitors
    sessions = builder.sessions
    firstTime = builder.firstTime.microseconds == .max ? nil : builder.firstTime
    clicksWithImpressionID = builder.clicks
    clicksOfViewers = builder.clicksOfViewers
    joinedClicks = builder.joined
    shown = builder.shown
    addressedEvents = builder.addressed
    privateEvents = builder.privately
    timers = builder.timers
    run = builder.run
    learners = builder.learners
    table = builder.addresses
  }

  /// What was counted about one address.
  public struct AddressFacts: Sendable, Equatable {
    /// Different visitors.
    public var visitors: Int64
    /// Pairs of visitor and clock hour with an event: how much human presence the address stands for.
    public var visitorHours: Int64
    /// Events at human pace: page requests at most one a second, beacons of exposure and video none.
    public var events: Int64
    /// Judged events.
    public var judgedEvents: Int64
  }

  /// What was counted about an address, nil where it was not seen.
  ///
  /// - Complexity: O(1).
  public func facts(of address: Address) -> AddressFacts? {
    table.entry(of: address).map {
      AddressFacts(
        visitors: Int64($0.visitors), visitorHours: Int64($0.visitorHours), events: Int64(clamping: $0.events),
        judgedEvents: Int64(clamping: $0.judged))
    }
  }

  /// What the learner of a type learned; nil where no detector of the run asked for it.
  func learned<L: Learner>(_ type: L.Type) -> L? { learners[type] }

  /// Whether most events come from addresses that no client on the internet has: the log then records a proxy, and its
  /// addresses tell nothing about visitors.
  var recordsProxies: Bool { privateEvents * 2 > addressedEvents }
}
