/// One judged impression, click, conversion or form post as the event outputs show it (design.md §5): the event, its
/// names resolved, its verdict and the evidence.
public struct JudgedEvent: Sendable {
  /// The event.
  public var event: Event
  /// Its line number in its source, from 1.
  public var line: Int
  /// `Session.id(visitor:start:)` of the session it belongs to, 0 where no session can be formed.
  public var session: UInt64
  /// The impression id as logged, where the line was read again for it; nil where it was not or could not be.
  public var impressionID: String?
  /// Path of its source.
  public var source: String
  /// The user agent as logged; nil where the log has none.
  public var userAgent: String?
  /// Campaign, placement, creative, publisher, seller, by `Dimension.rawValue`; empty where not given.
  public var names: [String]
  /// The verdict's class.
  public var trafficClass: TrafficClass
  /// Whether too little is known for a decision on general invalid traffic.
  public var undecidedGIVT: Bool
  /// Whether too little is known for a decision on sophisticated invalid traffic.
  public var undecidedSIVT: Bool
  /// Primary category, nil for valid events.
  public var category: Category?
  /// Sum of the weights of evidence in hundredths of a natural log-likelihood ratio; decisive rules give 10,000.
  public var score: Int
  /// Ids of all detectors that fired, in catalogue order.
  public var detectors: [String]
  /// What each observed, against which threshold, and why it matched.
  public var evidence: [Evidence]
  /// Outcome under the headline standard; meaningful for impressions only.
  public var viewability: Viewability

  /// An event row from its parts.
  public init(
    event: Event, line: Int, session: UInt64, source: String, userAgent: String?, names: [String],
    trafficClass: TrafficClass,
    undecidedGIVT: Bool, undecidedSIVT: Bool, category: Category?, score: Int, detectors: [String],
    evidence: [Evidence], viewability: Viewability, impressionID: String? = nil
  ) {
    self.event = event
    self.line = line
    self.session = session
    self.source = source
    self.userAgent = userAgent
    self.names = names
    self.trafficClass = trafficClass
    self.undecidedGIVT = undecidedGIVT
    self.undecidedSIVT = undecidedSIVT
    self.category = category
    self.score = score
    self.detectors = detectors
    self.evidence = evidence
    self.viewability = viewability
    self.impressionID = impressionID
  }
}
