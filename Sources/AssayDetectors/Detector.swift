public import AssayModel

/// A rule that looks at one visitor at a time.
///
/// Pure: no clock, no input or output, no randomness; the same visitor gives the same findings. One call for each
/// visitor and detector, so an existential is affordable; nothing in `inspect` may allocate in the ordinary case.
public protocol Detector: Sendable {
  /// What it is.
  static var card: DetectorCard { get }

  /// What it must know of all visitors together; the standard is nothing beyond what `Population` itself holds.
  static var learners: [any Learner.Type] { get }

  /// A detector with its thresholds and everything that was prepared once for the run.
  init(_ settings: DetectorSettings, context: DetectorContext)

  /// It is asked only about visitors that have at least one of these traits. `.present` (the standard): about all.
  var triggers: VisitorTraits { get }

  /// Addresses whose visitors get the trait `.watchedAddress`, by which it may be triggered; the standard is none.
  var watchedAddresses: [Address] { get }

  /// Visitors (`VisitorFacts.visitor`) that get the trait `.watchedVisitor`; the standard is none.
  var watchedVisitors: [UInt64] { get }

  /// Why it can say nothing in this run, beyond what its card's `needs` already tell; nil where it can.
  var notMeasurable: String? { get }

  /// The names of the publishers of each network that it found, by the network's number in its findings less one; the
  /// standard is no networks.
  var networks: [[String]] { get }

  /// Looks at one visitor: its events in total order and what was worked out about them, and reports what it finds.
  func inspect(_ visitor: VisitorFacts, _ events: Span<Event>, _ findings: inout FindingSink)
}

extension Detector {
  /// About all visitors.
  public var triggers: VisitorTraits { .present }
  /// Nothing.
  public static var learners: [any Learner.Type] { [] }
  /// None.
  public var watchedAddresses: [Address] { [] }
  /// None.
  public var watchedVisitors: [UInt64] { [] }
  /// None.
  public var networks: [[String]] { [] }
  /// Always measurable where its card's needs are met.
  public var notMeasurable: String? { nil }
}
