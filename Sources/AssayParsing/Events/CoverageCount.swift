internal import AssayModel

/// How often a field was carried.
public struct CoverageCount: Sendable, Equatable {
  /// Judged events that carried it.
  public var carried: Int64 = 0
  /// Judged events for which it matters.
  public var of: Int64 = 0

  /// Nothing counted.
  public init() {}

  /// Adds another count.
  public static func += (left: inout CoverageCount, right: CoverageCount) {
    left.carried += right.carried
    left.of += right.of
  }
}

/// Counts which fields the judged events carry, in place: no array is touched for an event.
struct CoverageTally: Sendable {
  private var carried = InlineArray<9, Int64>(repeating: 0)
  /// Judged events; those of them that have an impression id; those of these that have a size.
  private var judged: Int64 = 0
  private var linked: Int64 = 0
  private var sized: Int64 = 0

  /// Counts an event that is judged.
  @inline(__always)
  mutating func add(_ event: Event, hasSize: Bool, hasPurpose: Bool) {
    let isSized = event.kind == .impression || event.kind == .click
    let isLinked = isSized || event.kind == .conversion
    judged &+= 1
    linked &+= isLinked ? 1 : 0
    sized &+= isSized ? 1 : 0
    count(.address, !event.address.isNone)
    count(.userAgent, event.agent != AgentID.notLogged)
    count(.time, true)
    count(.impressionID, isLinked && event.impression != 0)
    count(.size, isSized && hasSize)
    count(.purpose, hasPurpose)
    count(.status, event.status != 0)
    count(.visitor, event.key != .none)
  }

  @inline(__always)
  private mutating func count(_ requirement: Requirement, _ isCarried: Bool) {
    carried[CoverageTally.ordinal(requirement)] &+= isCarried ? 1 : 0
  }

  /// The counts in the order of `Requirement.allCases`.
  var counts: [CoverageCount] {
    Requirement.allCases.map { requirement in
      var count = CoverageCount()
      count.carried = carried[CoverageTally.ordinal(requirement)]
      switch requirement {
      case .lists: break
      case .impressionID: count.of = linked
      case .size: count.of = sized
      default: count.of = judged
      }
      return count
    }
  }

  @inline(__always)
  private static func ordinal(_ requirement: Requirement) -> Int {
    switch requirement {
    case .address: 0
    case .userAgent: 1
    case .time: 2
    case .impressionID: 3
    case .size: 4
    case .purpose: 5
    case .status: 6
    case .lists: 7
    case .visitor: 8
    }
  }
}
