public import AssayModel

/// Addresses that no client on the internet has.
public struct PrivateAddress: Detector {
  /// What it is.
  public static let card = DetectorCard(
    id: "private-address", title: "Private, shared, loopback or link-local address",
    category: Category(code: "G_PRIVATE_IP", mrc: "G3", title: "Impossible client address"),
    family: .network, action: .invalidate(.givt), needs: [.address],
    summary: """
      The client's address is one that cannot come over the internet (10/8, 172.16/12, 192.168/16, 100.64/10, 127/8, \
      169.254/16, fc00::/7, fe80::/10, ::1). Either somebody forged a forwarding header, or a machine of the own network \
      sent the request.
      """,
    foolsIt: """
      An integration fault: a proxy stands before the server, and its address is logged for everybody. Where most events \
      come from such addresses nothing is flagged, the detector is not measurable, and the report says what to repair \
      (trusted hops of X-Forwarded-For).
      """,
    references: ["RFC 1918", "RFC 6598", "RFC 4193", "RFC 3927", "RFC 4291 §2.5"])

  /// Nil where most addresses are those of clients.
  public let notMeasurable: String?

  /// The detector.
  public init(_ settings: DetectorSettings, context: DetectorContext) {
    notMeasurable =
      context.population.recordsProxies
      ? "most events come from private addresses: the log records a proxy; name its trusted hops in the profile" : nil
  }

  /// Visitors with such an address.
  public var triggers: VisitorTraits { .privateAddress }

  /// Flags events with such an address.
  public func inspect(_ visitor: VisitorFacts, _ events: Span<Event>, _ findings: inout FindingSink) {
    for ordinal in events.indices {
      let event = events[ordinal]
      if event.address.isPrivate, !event.flags.contains(.inexactAddress) { findings.flagMatch(ordinal, event) }
    }
  }
}
