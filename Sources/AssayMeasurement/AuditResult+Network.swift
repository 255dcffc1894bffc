public import AssayModel

extension AuditResult {
  /// A network that a detector found: visitors that act together, and the publishers that they are sent to.
  public struct NetworkResult: Sendable, Equatable {
    /// Id of the detector.
    public var detector: String
    /// Names of the publishers that belong to it, in byte order; none where it has none of its own.
    public var publishers: [String]
    /// Visitors with flagged events.
    public var visitors: Int64
    /// Different addresses of these events.
    public var addresses: Int64
    /// Judged events that the detector flagged for it.
    public var events: Int64
    /// Invalid ones among them, whatever the reason.
    public var invalid: Int64
    /// Price of the impressions and clicks among them.
    public var money: Money
    /// Time of the first of them.
    public var first: Timestamp
    /// Time of the last of them.
    public var last: Timestamp

    /// A network from its parts.
    public init(
      detector: String, publishers: [String], visitors: Int64, addresses: Int64, events: Int64, invalid: Int64,
      money: Money, first: Timestamp, last: Timestamp
    ) {
      self.detector = detector
      self.publishers = publishers
      self.visitors = visitors
      self.addresses = addresses
      self.events = events
      self.invalid = invalid
      self.money = money
      self.first = first
      self.last = last
    }

    /// What 30 days of it cost, if it goes on as between its first event and its last; nil where that is less than an
    /// hour, from which nothing can be said.
    public var moneyPerMonth: Money? {
      let length = Double(last.microseconds) - Double(first.microseconds)
      guard length >= 3_600_000_000 else { return nil }
      let month = Double(money.millionths) / length * 30 * 86_400_000_000
      return month < 9e18 ? Money(millionths: Int64(month.rounded())) : nil
    }
  }
}
