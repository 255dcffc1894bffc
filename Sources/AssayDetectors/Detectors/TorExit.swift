public import AssayModel

/// Exits of the Tor network.
public struct TorExit: Detector {
  /// What it is.
  public static let card = DetectorCard(
    id: "tor-exit", title: "Exit of the Tor network",
    category: Category(code: "G_TOR", mrc: "G1", title: "Anonymising network"),
    family: .network, action: .invalidate(.givt), needs: [.address, .lists],
    summary: """
      The address is a listed exit of the Tor network: who stands behind it cannot be known, nor whether two requests are \
      of the same person, so no impression from it can be counted as delivered to anybody. A list of exits is given with \
      --lists; its name has “tor” and “exit” in it.
      """,
    foolsIt: """
      People do use Tor, a fraction of a percent of them on most sites; where they are wanted, leave the list away. A \
      list of all relays rather than of exits also names homes whose people browse directly: only lists of exits are \
      read. Exits change within days; the list should be as old as the log.
      """,
    references: [
      "MRC Invalid Traffic Standards (2020): GIVT, lists",
      "The Tor Project: list of exit addresses",
    ])

  private let exits: AddressRanges
  /// Nil where there is something to look up.
  public let notMeasurable: String?

  /// The detector with the exits of the run.
  public init(_ settings: DetectorSettings, context: DetectorContext) {
    exits = context.networks.torExits
    notMeasurable = exits.isEmpty ? "no list of Tor exits was given; give one with --lists" : nil
  }

  /// Visitors with such an address.
  public var triggers: VisitorTraits { .torAddress }

  /// Flags events from listed exits.
  public func inspect(_ visitor: VisitorFacts, _ events: Span<Event>, _ findings: inout FindingSink) {
    for ordinal in events.indices {
      let event = events[ordinal]
      if !event.flags.contains(.inexactAddress), exits.label(of: event.address) != AddressRanges.none {
        findings.flagMatch(ordinal, event)
      }
    }
  }
}
