public import AssayModel

/// A rule that looks at one visitor at a time.
///
/// Pure: no clock, no input or output, no randomness; the same visitor gives the same findings. One call for each
/// visitor and detector, so an existential is affordable; nothing in `inspect` may allocate in the ordinary case.
public protocol Detector: Sendable {
  /// What it is.
  static var card: DetectorCard { get }

  /// A detector with its thresholds and everything that was prepared once for the run.
  init(_ settings: DetectorSettings, context: DetectorContext)

  /// Looks at one visitor: its events in total order and what was worked out about them, and reports what it finds.
  func inspect(_ visitor: VisitorFacts, _ events: Span<Event>, _ findings: inout FindingSink)
}

/// The thresholds of one detector, by the names on its card.
public struct DetectorSettings: Sendable, Equatable {
  private var values: [String: Double]

  /// The standard values of a card, with some replaced.
  ///
  /// - Throws: `settings` for a name that is not on the card (with the nearest one) or a value out of range.
  public init(_ card: DetectorCard, replacing replacements: [String: Double] = [:]) throws(AssayError) {
    values = [:]
    for threshold in card.thresholds { values[threshold.name] = threshold.standard }
    for (name, value) in replacements.sorted(by: { $0.key < $1.key }) {
      guard let threshold = card.thresholds.first(where: { $0.name == name }) else {
        let known = card.thresholds.map(\.name).joined(separator: ", ")
        throw AssayError(
          .settings, "detectors.\(card.id) has no setting “\(name)”; it has \(known.isEmpty ? "none" : known).")
      }
      guard threshold.range.contains(value) else {
        throw AssayError(
          .settings,
          "detectors.\(card.id).\(name) is \(value); it must lie between \(threshold.range.lowerBound) and "
            + "\(threshold.range.upperBound) \(threshold.unit).")
      }
      values[name] = value
    }
  }

  /// The value of a threshold that is on the card; 0 for any other name.
  public subscript(_ name: String) -> Double { values[name] ?? 0 }

  /// The value in millionths, as findings carry it.
  public func millionths(_ name: String) -> Int64 { Int64((self[name] * 1_000_000).rounded()) }
}

/// Collects the findings about one visitor: which detectors fired on which event, and, where asked for, the evidence.
public struct FindingSink: Sendable {
  /// The detectors that fired, by the ordinal of the visitor's event.
  public private(set) var fired: [DetectorSet] = []
  /// Evidence of each firing, in the order of firing; empty where it is not collected.
  public private(set) var evidence: [Finding] = []
  /// Whether evidence is collected.
  public var collectsEvidence: Bool
  /// Ordinal in the catalogue of the detector that is at work; set by whoever calls it.
  public var detector = 0

  /// An empty sink.
  public init(collectsEvidence: Bool) { self.collectsEvidence = collectsEvidence }

  /// Begins a visitor with so many events.
  public mutating func begin(events: Int) {
    fired.removeAll(keepingCapacity: true)
    fired.append(contentsOf: repeatElement([], count: events))
    evidence.removeAll(keepingCapacity: true)
  }

  /// Says that the detector fired on an event, with what it observed and its threshold in millionths of its unit.
  public mutating func flag(_ ordinal: Int, _ event: Event, observed: Int64, threshold: Int64) {
    fired[ordinal].insert(DetectorSet(ordinal: detector))
    if collectsEvidence {
      evidence.append(
        Finding(position: event.position, detector: detector, observed: observed, threshold: threshold))
    }
  }
}
