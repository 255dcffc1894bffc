public import AssayModel

/// The buyer's or the publisher's own tests.
public struct TestTraffic: Detector {
  /// What it is.
  public static let card = DetectorCard(
    id: "test-traffic", title: "Own tests and internal addresses",
    category: Category(code: "TEST_INTERNAL", mrc: "-", title: "Internal and test traffic, before the gross count"),
    family: .protocolRules, action: .exclude, needs: [],
    summary: """
      An event that says itself that it is a test (a parameter that the profile names, the OpenRTB value AUDIT), or that \
      comes from a network on a list of internal networks. Such events were never bought: they are taken out before \
      anything is counted, and their number is printed.
      """,
    foolsIt: """
      An office network on the internal list in which people also see ads as anybody does; keep the list to the networks \
      that test. A test parameter that reached a live tag excludes real traffic: the count shows it.
      """,
    references: [
      "MRC Invalid Traffic Detection and Filtration Standards (2020): internal traffic",
      "OpenRTB 2.6, substitution macros: AUDIT",
    ])

  private let networks: PreparedNetworks

  /// The detector with the internal networks of the run.
  public init(_ settings: DetectorSettings, context: DetectorContext) { networks = context.networks }

  /// Visitors with such an event.
  public var triggers: VisitorTraits { .test }

  /// Flags events that are marked as tests or come from an internal network.
  public func inspect(_ visitor: VisitorFacts, _ events: Span<Event>, _ findings: inout FindingSink) {
    for ordinal in events.indices {
      let event = events[ordinal]
      let isInternal =
        !networks.own.isEmpty && !event.flags.contains(.inexactAddress)
        && networks.own.label(of: event.address) != AddressRanges.none
      if event.flags.contains(.test) || isInternal { findings.flagMatch(ordinal, event) }
    }
  }
}
