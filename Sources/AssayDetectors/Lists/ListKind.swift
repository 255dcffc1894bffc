/// What a list says about what is in it.
public enum ListKind: String, Sendable, CaseIterable {
  /// User agents of robots.
  case robots
  /// User agents of browsers; what is not on it is no browser.
  case browsers
  /// User agents of robots as regular expressions (crawler-user-agents.json).
  case crawlers
  /// Networks of data centres.
  case dataCentre = "data-centre"
  /// Networks from which the operators of crawlers say that they crawl.
  case crawlerNetworks = "crawler-networks"
  /// Networks in which people are, whatever other lists say: relays, carriers, corporate gateways.
  case exempt
  /// Exits of the Tor network.
  case torExits = "tor-exits"
  /// The buyer's or publisher's own networks.
  case `internal`
  /// Numbers of autonomous systems that host servers, for the databases beside them.
  case autonomousSystems = "autonomous-systems"

  /// Whether an address in one of its networks speaks against the visitor.
  var accuses: Bool { self == .dataCentre || self == .crawlerNetworks || self == .torExits }

  /// Whether its entries are networks.
  public var isNetworks: Bool {
    switch self {
    case .robots, .browsers, .crawlers, .autonomousSystems: false
    case .dataCentre, .crawlerNetworks, .exempt, .torExits, .internal: true
    }
  }
}
