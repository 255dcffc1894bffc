/// The tiers of the MRC's Invalid Traffic standard (June 2020) and what lies outside them.
public enum TrafficClass: UInt8, Sendable, BitwiseCopyable, CaseIterable, Comparable {
  /// Not identified as invalid. Never called human.
  case valid = 0
  /// Some evidence, not enough: reported, not subtracted.
  case suspicious = 1
  /// Sophisticated invalid traffic: found by analysis of several signals together.
  case sivt = 2
  /// General invalid traffic: found by lists and routine checks of parameters.
  case givt = 3
  /// Excluded before the gross count: the buyer's or the publisher's own tests.
  case excluded = 4

  /// The name in outputs.
  public var name: String {
    switch self {
    case .valid: "valid"
    case .suspicious: "suspicious"
    case .sivt: "sivt"
    case .givt: "givt"
    case .excluded: "excluded"
    }
  }

  /// Whether events of this class are subtracted from gross.
  @inlinable public var isInvalid: Bool { self == .givt || self == .sivt }

  /// Later cases win over earlier ones when an event has several.
  public static func < (left: TrafficClass, right: TrafficClass) -> Bool { left.rawValue < right.rawValue }
}

/// Why traffic is invalid: a row of the MRC's category lists (2020: GIVT G1–G7, SIVT S1–S15) with our reason code.
public struct Category: Sendable, Hashable {
  /// Reason code, stable: `G_DC_IP`.
  public var code: String
  /// The MRC category: `G1`; `-` where none fits.
  public var mrc: String
  /// In words.
  public var title: String

  /// A category from its parts.
  public init(code: String, mrc: String, title: String) {
    self.code = code
    self.mrc = mrc
    self.title = title
  }
}

/// What a detector's finding does to an event.
public enum Action: Sendable, Equatable {
  /// Decides alone: a rule with a certified false-positive rate (detection.md §9.1).
  case invalidate(TrafficClass)
  /// Removes the event before the gross count.
  case exclude
  /// Weighs for a verdict, in hundredths of a natural log-likelihood ratio, within its family.
  case weigh(hundredths: Int)
  /// Is only reported.
  case report
}

/// Evidence of one family is capped together, so that correlated detectors do not count twice (detection.md §9.1).
public enum EvidenceFamily: UInt8, Sendable, CaseIterable {
  /// User agent, headers, declared identity.
  case identity
  /// Address and network.
  case network
  /// When and how fast.
  case timing
  /// Which pages, in which order.
  case navigation
  /// Against the rest of the audited traffic.
  case population
  /// Together with other visitors.
  case coordination
  /// Who earns from it.
  case economics
  /// The protocol of ads itself: ids, order of events, sizes.
  case protocolRules

  /// The name in outputs.
  public var name: String {
    switch self {
    case .identity: "identity"
    case .network: "network"
    case .timing: "timing"
    case .navigation: "navigation"
    case .population: "population"
    case .coordination: "coordination"
    case .economics: "economics"
    case .protocolRules: "protocol"
    }
  }
}

/// What a detector must be able to see; a log without it makes the detector *not measurable*.
public enum Requirement: String, Sendable, CaseIterable {
  /// Client address.
  case address
  /// User agent.
  case userAgent = "user-agent"
  /// Time of the event.
  case time
  /// Impression id on impressions and on what follows them.
  case impressionID = "impression-id"
  /// Creative size.
  case size
  /// Request headers that declare a prefetch.
  case purpose
  /// The status of the response.
  case status
  /// A list file given with `--lists`.
  case lists
  /// Something that says which visitor.
  case visitor
}

/// A detector on one page: the source of `assay detectors`, of the settings' keys and of the documentation.
public struct DetectorCard: Sendable {
  /// kebab-case; also the file, the fixture folder, the settings key, the JSON value and the docs page.
  public var id: String
  /// What it finds, in a few words.
  public var title: String
  /// Why such an event is invalid.
  public var category: Category
  /// Which family its evidence belongs to.
  public var family: EvidenceFamily
  /// What its finding does.
  public var action: Action
  /// Without which it is not measurable.
  public var needs: [Requirement]
  /// What it flags and why that matters: a paragraph.
  public var summary: String
  /// What fools it: who is flagged wrongly, and what is done against it.
  public var foolsIt: String
  /// What its findings observe, each with the unit of observed value and limit; a finding names one of them.
  public var measures: [Measure]
  /// The settings it has, with their origin.
  public var thresholds: [Threshold]
  /// Standards and papers.
  public var references: [String]

  /// One number that steers a detector.
  public struct Threshold: Sendable {
    /// Settings key, kebab-case.
    public var name: String
    /// The value if nothing is set.
    public var standard: Double
    /// Values that are accepted.
    public var range: ClosedRange<Double>
    /// `ms`, `events`, `share`, …
    public var unit: String
    /// Where the number comes from.
    public var origin: String

    /// A threshold from its parts.
    public init(name: String, standard: Double, range: ClosedRange<Double>, unit: String, origin: String) {
      self.name = name
      self.standard = standard
      self.range = range
      self.unit = unit
      self.origin = origin
    }
  }

  /// A quantity that is observed and held against a limit: often that of a threshold, then with the threshold's name
  /// and unit; but a limit may also be learned from the run, or fixed.
  public struct Measure: Sendable, Hashable {
    /// kebab-case.
    public var name: String
    /// `ms`, `events`, `share`, …
    public var unit: String

    /// A measure from its parts.
    public init(_ name: String, unit: String) {
      self.name = name
      self.unit = unit
    }

    /// Something is so or it is not, and there is nothing to measure: one match, and one is enough.
    public static let match = Measure("match", unit: "match")
  }

  /// A card from its parts.
  public init(
    id: String, title: String, category: Category, family: EvidenceFamily, action: Action, needs: [Requirement],
    summary: String, foolsIt: String, measures: [Measure] = [.match], thresholds: [Threshold] = [],
    references: [String]
  ) {
    self.id = id
    self.title = title
    self.category = category
    self.family = family
    self.action = action
    self.needs = needs
    self.summary = summary
    self.foolsIt = foolsIt
    self.measures = measures
    self.thresholds = thresholds
    self.references = references
  }
}

/// A set of detectors by their ordinals in the catalogue (at most 64; the catalogue's test checks it).
@frozen
public struct DetectorSet: OptionSet, Sendable, BitwiseCopyable, Hashable {
  /// Bit n is the detector with ordinal n.
  public var rawValue: UInt64
  /// A set from its bits.
  @inlinable public init(rawValue: UInt64) { self.rawValue = rawValue }
  /// The set of one detector.
  @inlinable public init(ordinal: Int) { rawValue = 1 << UInt64(ordinal) }
  /// The ordinals in it, ascending.
  public var ordinals: [Int] {
    var (ordinals, bits): ([Int], UInt64) = ([], rawValue)
    while bits != 0 {
      ordinals.append(bits.trailingZeroBitCount)
      bits &= bits - 1
    }
    return ordinals
  }
}

/// One detector's finding about one event: what was observed and what the limit is, in millionths of the unit, so that
/// no floating point reaches an order or a merge.
@frozen
public struct Finding: Sendable, BitwiseCopyable, Hashable {
  /// The line of the event.
  public var position: SourcePosition
  /// Observed value, in millionths of the measure's unit.
  public var observed: Int64
  /// The limit that it crossed, in millionths of the same unit.
  public var threshold: Int64
  /// Ordinal of the detector in the catalogue.
  public var detector: UInt8
  /// Which of the measures on the detector's card was observed.
  public var measure: UInt8
  /// Which of the detector's networks the event belongs to, from 1 on; 0 for none.
  public var network: UInt32

  /// A finding from its parts.
  @inlinable
  public init(
    position: SourcePosition, detector: Int, measure: Int = 0, observed: Int64, threshold: Int64, network: Int = 0
  ) {
    self.position = position
    self.observed = observed
    self.threshold = threshold
    self.detector = UInt8(truncatingIfNeeded: detector)
    self.measure = UInt8(truncatingIfNeeded: measure)
    self.network = UInt32(truncatingIfNeeded: network)
  }
}
