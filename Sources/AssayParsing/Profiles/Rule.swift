public import AssayModel

/// What a request is when a condition holds.
public struct Rule: Equatable, Sendable {
  /// The kind of event; nil ignores the request: it gives no event, and is counted as ignored.
  public var kind: EventKind?
  /// When.
  public var condition: Condition
  /// For video events: the percentage played that such a request stands for; nil to take it from its place.
  public var percent: Int?
  /// Facts that are not taken from such requests, because the same name means something else there.
  public var omits: [Fact]

  /// A rule from its parts.
  public init(_ kind: EventKind?, when condition: Condition, percent: Int? = nil, omits: [Fact] = []) {
    self.kind = kind
    self.condition = condition
    self.percent = percent
    self.omits = omits
  }
}

/// A condition on one request: everything that it names must hold; what it leaves empty may be anything.
public struct Condition: Equatable, Sendable {
  /// Any of these methods, capitals.
  public var methods: [String]
  /// Any of these hosts, lower case, without port.
  public var hosts: [Glob]
  /// Any of these paths, as sent (not percent-decoded), without the query.
  public var paths: [Glob]
  /// Status codes.
  public var status: ClosedRange<Int>?
  /// All of these places are present; they may be empty.
  public var has: [Place]
  /// All of these places carry one of their values, byte for byte after decoding.
  public var equals: [Equality]

  /// A condition from its parts.
  public init(
    methods: [String] = [], hosts: [Glob] = [], paths: [Glob] = [], status: ClosedRange<Int>? = nil,
    has: [Place] = [], equals: [Equality] = []
  ) {
    self.methods = methods
    self.hosts = hosts
    self.paths = paths
    self.status = status
    self.has = has
    self.equals = equals
  }

  /// That a place carries one of some values.
  public struct Equality: Equatable, Sendable {
    /// Where.
    public var place: Place
    /// Any of these.
    public var values: [String]

    /// An equality from its parts.
    public init(_ place: Place, _ values: [String]) {
      self.place = place
      self.values = values
    }
  }
}
