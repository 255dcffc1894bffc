public import AssayModel

/// Addresses of data centres.
public struct DataCentre: Detector {
  /// What it is.
  public static let card = DetectorCard(
    id: "data-centre", title: "Address of a data centre",
    category: Category(code: "G_DC_IP", mrc: "G1", title: "Known invalid data-centre traffic"),
    family: .network, action: .invalidate(.givt), needs: [.address, .lists],
    summary: """
      The address lies in a listed network of a hosting provider, or in one from which a crawler's operator says that it \
      crawls, and in no exempt network. People do not sit in data centres. The floor that the MRC sets are the networks \
      of Amazon, Google and Microsoft: give their published files with --lists.
      """,
    foolsIt: """
      Relays and gateways in data centres behind which people are: iCloud Private Relay, carriers, corporate proxies, \
      browsers that render at their maker's (Opera Mini), server-side ad insertion that does not pass on the viewer's \
      address. Put their networks into an exempt list; it wins over every other. A truncated address is not looked up.
      """,
    references: [
      "MRC Invalid Traffic Detection and Filtration Standards (2020): GIVT, known invalid data-centre traffic",
      "TAG Data Center IP List: only addresses where people are not expected",
    ])

  private let networks: PreparedNetworks
  /// Nil where there is something to look up.
  public let notMeasurable: String?

  /// The detector with the networks of the run.
  public init(_ settings: DetectorSettings, context: DetectorContext) {
    networks = context.networks
    notMeasurable =
      networks.hosting.isEmpty ? "no list of data-centre networks was given; give one with --lists" : nil
  }

  /// Visitors with such an address.
  public var triggers: VisitorTraits { .hostedAddress }

  /// Flags events from listed networks.
  public func inspect(_ visitor: VisitorFacts, _ events: Span<Event>, _ findings: inout FindingSink) {
    var (address, isHosted) = (Address.none, false)
    for ordinal in events.indices {
      let event = events[ordinal]
      if event.address != address {
        address = event.address
        isHosted = networks.hostingLabel(of: address) != AddressRanges.none
      }
      if isHosted, !event.flags.contains(.inexactAddress) { findings.flagMatch(ordinal, event) }
    }
  }
}
