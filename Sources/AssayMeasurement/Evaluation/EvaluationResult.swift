public import AssayModel

/// How well the audit did against the truth.
public struct EvaluationResult: Sendable, Equatable {
  /// One family with invalid events.
  public struct BotRow: Sendable, Equatable {
    /// Its name.
    public var family: String
    /// Flagged events of its invalid ones.
    public var recall: Proportion
    /// Of the flagged, how many are in the right one of the two tiers.
    public var sameTier: Int64
    /// Invalid events that were found suspicious, but not flagged.
    public var suspicious: Int64

    /// A row from its parts.
    public init(family: String, recall: Proportion, sameTier: Int64, suspicious: Int64) {
      self.family = family
      self.recall = recall
      self.sameTier = sameTier
      self.suspicious = suspicious
    }
  }

  /// One family with valid events.
  public struct HumanRow: Sendable, Equatable {
    /// Its name.
    public var family: String
    /// Flagged events of its valid ones.
    public var falsePositiveRate: Proportion
    /// Valid events that were found suspicious, but not flagged.
    public var suspicious: Int64
    /// Valid events that were taken for tests and left out of the count.
    public var excluded: Int64

    /// A row from its parts.
    public init(family: String, falsePositiveRate: Proportion, suspicious: Int64, excluded: Int64) {
      self.family = family
      self.falsePositiveRate = falsePositiveRate
      self.suspicious = suspicious
      self.excluded = excluded
    }
  }

  /// Families with invalid events, by name in byte order.
  public var bots: [BotRow]
  /// Families with valid events, by name in byte order; a family that has both kinds of events stands in both.
  public var humans: [HumanRow]
  /// Flagged events of all invalid ones.
  public var recall: Proportion?
  /// Invalid events of all flagged ones.
  public var precision: Proportion?
  /// Flagged events of all valid ones.
  public var falsePositiveRate: Proportion?
  /// Excluded events of all tests.
  public var excluded: Proportion?
  /// All events, by the raw value of the true `TrafficClass`, then by that of the verdict.
  public var confusion: [[Int64]]
  /// Viewability of impressions.
  public var viewability: ViewabilityAgreement
}

/// A share with its Wilson interval at 95 %.
public struct Proportion: Sendable, Equatable {
  /// The part and the whole.
  public let ratio: Ratio
  /// Where the true share lies.
  public let interval: Interval

  /// A share; nil where there is no whole, or the part is no part of it.
  public init?(_ part: Int64, of whole: Int64) {
    guard let ratio = Ratio(part, of: whole), let interval = ratio.interval() else { return nil }
    self.ratio = ratio
    self.interval = interval
  }
}

/// Truth and decision about the viewability of impressions.
public struct ViewabilityAgreement: Sendable, Equatable {
  /// By the raw value of the true `Viewability`, then by that of the decision.
  public internal(set) var counts = Array(
    repeating: Array(repeating: Int64(0), count: Viewability.allCases.count), count: Viewability.allCases.count)

  /// Nothing compared.
  public init() {}

  /// How many impressions of a true viewability were decided so.
  public func count(_ truth: Viewability, _ decided: Viewability) -> Int64 {
    counts[Int(truth.rawValue)][Int(decided.rawValue)]
  }

  /// Impressions decided as they truly are, of all.
  public var agreement: Proportion? {
    let same = Viewability.allCases.reduce(0) { $0 + count($1, $1) }
    return Proportion(same, of: counts.joined().reduce(0, +))
  }

  /// Adds what another comparison counted.
  static func += (left: inout ViewabilityAgreement, right: ViewabilityAgreement) {
    for truth in left.counts.indices {
      for decided in left.counts[truth].indices { left.counts[truth][decided] += right.counts[truth][decided] }
    }
  }
}
