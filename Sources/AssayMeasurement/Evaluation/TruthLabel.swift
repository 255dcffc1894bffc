public import AssayModel

/// What really was behind one log line, as the simulator or a person says.
public struct TruthLabel: Sendable, Equatable {
  /// Path of the log file.
  public var source: String
  /// Offset of the line's first byte in the decompressed file: with the source what labels are joined by.
  public var offset: Int
  /// Number of the line, from 1.
  public var line: Int
  /// Kind of the event.
  public var kind: EventKind
  /// Who made it: a bot family, or a kind of person.
  public var family: String
  /// The tier that it belongs in: valid, givt, sivt or excluded.
  public var truth: TrafficClass
  /// Reason code, empty where there is none.
  public var category: String
  /// Whether a person could see the ad; nil where the event is no impression.
  public var viewable: Viewability?
  /// The network of robots that it belongs to, as `chameleon-1`; empty where there is none or the file does not say.
  public var network: String

  /// A label from its parts.
  public init(
    source: String, offset: Int, line: Int, kind: EventKind, family: String, truth: TrafficClass, category: String,
    viewable: Viewability?, network: String = ""
  ) {
    self.source = source
    self.offset = offset
    self.line = line
    self.kind = kind
    self.family = family
    self.truth = truth
    self.category = category
    self.viewable = viewable
    self.network = network
  }
}
