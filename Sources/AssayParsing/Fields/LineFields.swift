public import AssayModel

/// A piece of a request that a log line may carry, whatever the format calls it.
public enum Field: Int, Sendable, CaseIterable {
  /// Client address, as text; may carry a port or brackets.
  case address
  /// `X-Forwarded-For`, whole.
  case forwardedFor
  /// Authenticated user.
  case user
  /// Method.
  case method
  /// Request target as sent: path and query, or an absolute URL.
  case target
  /// Path alone, where the format has it apart from the query.
  case path
  /// Query alone, without `?`.
  case query
  /// Protocol version.
  case protocolVersion
  /// Status code.
  case status
  /// Bytes sent.
  case bytes
  /// Referrer.
  case referrer
  /// User agent.
  case userAgent
  /// Host or virtual host.
  case host
  /// The whole `Cookie` header.
  case cookie
  /// Time to answer, as text in the format's own unit.
  case duration
  /// Request id.
  case requestID
  /// `Accept-Language`.
  case acceptLanguage
  /// `Sec-Purpose`, `Purpose`, `X-Purpose` or `X-Moz`.
  case purpose
  /// `Sec-CH-UA` and its kin, `Sec-Fetch-*`, JA3, JA4 where a log has them.
  case clientHints
  /// `Sec-Fetch-*` values.
  case fetchMetadata
  /// JA3 of the client.
  case ja3
  /// JA4 of the client.
  case ja4
  /// Autonomous system number of the client.
  case asn
  /// Country of the client.
  case country
  /// Scheme.
  case scheme
}

/// Where a field stands: in the line, or, when it had to be unescaped, in the scratch bytes.
@frozen
public struct FieldRange: Sendable, BitwiseCopyable {
  /// First byte.
  public var start: Int32
  /// Number of bytes.
  public var count: Int32
  /// Whether `start` counts in `LineFields.scratch` rather than in the line.
  public var inScratch: Bool

  /// A range.
  @inlinable public init(start: Int, count: Int, inScratch: Bool = false) {
    self.start = Int32(truncatingIfNeeded: start)
    self.count = Int32(truncatingIfNeeded: count)
    self.inScratch = inScratch
  }
}

/// The fields that a parser found in one line. One value is reused for all lines of a chunk; nothing in it is
/// allocated per line.
public struct LineFields: Sendable {
  /// How many columns a profile may name beyond `Field`.
  public static let maximumColumns = 38

  private var ranges = InlineArray<64, FieldRange>(repeating: FieldRange(start: 0, count: 0))
  /// Bit n: the field or column n is present in this line (it may be empty).
  @usableFromInline var present: UInt64 = 0
  /// Unescaped bytes that fields with `inScratch` refer to.
  public var scratch: [UInt8] = []
  /// The client's address where the parser has already read it; `.none` where the field `address` is still to be read.
  public var client = Address.none
  /// Event time in microseconds since the epoch; set by the parser, whose format knows how time is written.
  public var microseconds: Int64 = 0
  /// Whether the parser set the time.
  public var hasTime = false
  /// Whether the time was given with a fraction of a second.
  public var isSubsecond = false
  /// Whether the line ends inside its last field: what is there of it is given.
  public var isCutShort = false
  /// Whether the line is written in a shorter form than its format's own, without some of its fields: a Common Log line
  /// in a combined log.
  public var isAbridged = false

  /// Empty fields.
  public init() {}

  /// Forgets the last line.
  @inlinable public mutating func reset() {
    present = 0
    client = .none
    hasTime = false
    isSubsecond = false
    isCutShort = false
    isAbridged = false
    if !scratch.isEmpty { scratch.removeAll(keepingCapacity: true) }
  }

  /// Says where a field stands.
  public mutating func set(_ field: Field, _ range: FieldRange) { set(index: field.rawValue, range) }

  /// Says where the n-th column that the profile asked for stands (`ParserRequest.columns`).
  public mutating func set(column: Int, _ range: FieldRange) { set(index: Field.allCases.count + column, range) }

  /// Where a field stands, or nil where the line does not carry it.
  public func range(_ field: Field) -> FieldRange? { range(index: field.rawValue) }

  /// Where the n-th column that the profile asked for stands, or nil.
  public func range(column: Int) -> FieldRange? { range(index: Field.allCases.count + column) }

  /// Whether the line carries a field, which may be empty.
  @inline(__always)
  func has(_ field: Field) -> Bool { present & 1 << UInt64(field.rawValue) != 0 }

  @inline(__always)
  mutating func set(index: Int, _ range: FieldRange) {
    ranges[index] = range
    present |= 1 << UInt64(index)
  }

  func range(index: Int) -> FieldRange? {
    present & 1 << UInt64(index) == 0 ? nil : ranges[index]
  }
}
