/// What was decided about one judged event.
@frozen
public struct EventVerdict: Sendable, BitwiseCopyable, Hashable {
  /// All detectors that fired, those that are only reported or in shadow included.
  public var fired: DetectorSet = []
  /// Sum of the weights of evidence in hundredths of a natural log-likelihood ratio; decisive rules give 10,000.
  public var score: Int32 = 0
  /// The tier.
  public var trafficClass: TrafficClass = .valid
  /// Ordinal in the catalogue of the detector whose category is the primary one, or `noDetector`.
  public var primary: UInt8 = EventVerdict.noDetector
  /// Whether too little is known for a decision on general invalid traffic.
  public var undecidedGIVT = false
  /// Whether too little is known for a decision on sophisticated invalid traffic.
  public var undecidedSIVT = false

  /// No detector is the primary one: the event is valid.
  @inlinable public static var noDetector: UInt8 { .max }

  /// Valid, and nothing undecided.
  @inlinable public init() {}
}
