public import AssayModel

/// Collects the findings about one visitor: which detectors fired on which event, and, where asked for, the evidence.
public struct FindingSink: Sendable {
  /// The detectors that fired, by the ordinal of the visitor's event; of no meaning where none did.
  public private(set) var fired: [DetectorSet] = []
  /// All detectors that fired on any event of the visitor.
  public private(set) var union: DetectorSet = []
  /// Evidence of each firing, in the order of firing; empty where it is not collected.
  public private(set) var evidence: [Finding] = []
  /// Whether evidence is collected.
  public var collectsEvidence: Bool
  /// Ordinal in the catalogue of the detector that is at work; set by whoever calls it.
  public var detector = 0
  /// Events of the visitor.
  private var count = 0

  /// An empty sink.
  public init(collectsEvidence: Bool) { self.collectsEvidence = collectsEvidence }

  /// Begins a visitor with so many events.
  public mutating func begin(events: Int) {
    count = events
    // Nearly always nothing fired on the visitor before, and there is no evidence.
    if !union.isEmpty {
      evidence.removeAll(keepingCapacity: true)
      union = []
    }
  }

  /// Says that the detector fired on an event: which measure of its card was observed, and observed value and threshold
  /// in millionths of its unit, and which of the detector's networks it belongs to, 0 for none. Only the first time counts: a detector has one finding an event.
  public mutating func flag(
    _ ordinal: Int, _ event: Event, measure: Int = 0, observed: Int64, threshold: Int64, network: Int = 0
  ) {
    let mine = DetectorSet(ordinal: detector)
    // Only a visitor on whom something fires is worth the room.
    if union.isEmpty { fired.refill(count, with: []) }
    guard fired[ordinal].isDisjoint(with: mine) else { return }
    fired[ordinal].formUnion(mine)
    union.formUnion(mine)
    if collectsEvidence {
      evidence.append(
        Finding(
          position: event.position, detector: detector, measure: measure, observed: observed, threshold: threshold,
          network: network))
    }
  }

  /// Says that something is so, where there is nothing to measure (`DetectorCard.Measure.match`).
  mutating func flagMatch(_ ordinal: Int, _ event: Event) {
    flag(ordinal, event, observed: 1_000_000, threshold: 1_000_000)
  }
}
