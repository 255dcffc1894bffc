public import AssayModel

/// What one worker has made of its lines: events in the buckets of their visitors (which copies of a batch share),
/// counts, issues, and the tables that its events' ordinals refer to.
public struct EventBatch: Sendable {
  /// Events and samples.
  public let buckets = EventBuckets()
  /// Lines and events.
  public var counts = MapCounts()
  /// Odd things.
  public var issues = IssueLog()
  /// How many judged events carried each field, and for how many it matters, in the order of `Requirement.allCases`.
  /// `lists` is no matter of lines: nothing is counted there.
  public var coverage: [CoverageCount] { carried.counts }
  /// The same while it is counted.
  var carried = CoverageTally()
  /// User agents and ad slots by this worker's ordinals.
  public internal(set) var tables: EventTables

  /// An empty batch. `secret` keeps its tables from being flooded (`MapOptions.tableSecret`).
  public init(secret: UInt64 = 0) {
    tables = EventTables(secret: secret)
  }
}

/// The user agents and ad slots that a worker's events refer to, by the worker's own ordinals. `mergeTables(_:)`
/// makes them the run's.
public struct EventTables: Sendable {
  /// User agents; ordinal n here is `AgentID.first + n` in an event.
  var agents: InternTable
  /// The `StableHash` of each.
  var agentHashes: [UInt64] = []
  /// Ad slots.
  var slots: SlotInterner

  init(secret: UInt64) {
    agents = InternTable(secret: secret)
    slots = SlotInterner(secret: secret)
  }
}
