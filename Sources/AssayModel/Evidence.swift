/// A finding as outputs show it: with what it is about, where numbers do not say it.
public struct Evidence: Sendable, Hashable {
  /// Which detector observed what, on which line.
  public var finding: Finding
  /// In words, what matched: the row of which list. Nil where observed value and threshold say all there is.
  public var reason: String?
  /// The listed network that the address lies in: kept apart from the words, because it tells about the address, and
  /// goes where that may not be shown.
  public var network: String?

  /// Evidence from its parts.
  public init(_ finding: Finding, reason: String? = nil, network: String? = nil) {
    self.finding = finding
    self.reason = reason
    self.network = network
  }
}
