public import AssayModel

/// Says what a finding is about, where observed value and threshold do not: the row of which list matched, the network
/// that an address lies in. Asked only for events that are shown.
public struct FindingReasons: Sendable {
  private let context: DetectorContext
  private let robot: Int
  private let program: Int
  private let hosted: Int
  private let test: Int
  private let tor: Int

  /// The reasons of a run.
  public init(_ context: DetectorContext) {
    self.context = context
    func ordinal(_ type: any Detector.Type) -> Int {
      DetectorCatalog.cards.firstIndex { $0.id == type.card.id } ?? Int(EventVerdict.noDetector)
    }
    robot = ordinal(DeclaredRobot.self)
    program = ordinal(NonBrowserAgent.self)
    hosted = ordinal(DataCentre.self)
    test = ordinal(TestTraffic.self)
    tor = ordinal(TorExit.self)
  }

  /// A finding on an event, with its reason where there is one.
  ///
  /// - Complexity: O(log n) for n listed networks.
  public func evidence(_ finding: Finding, _ event: Event) -> Evidence {
    let mark = context.mark(of: event)
    switch Int(finding.detector) {
    case robot where mark.robotRow >= 0:
      let verified = listed(event, .hosting).flatMap { kind(of: $0) == .crawlerNetworks ? $0 : nil }
      return Evidence(
        finding,
        reason: matched(context.robots.patterns[Int(mark.robotRow)])
          + (verified.map { "; the address is verified by \(name(of: $0))" } ?? ""),
        network: verified?.range.description)
    case program where mark.libraryRow >= 0:
      return Evidence(finding, reason: matched(context.libraries.patterns[Int(mark.libraryRow)]))
    case program:
      return Evidence(
        finding,
        reason: context.lists.browsers.isEmpty ? "has not the shape of a product name" : "is on no list of browsers")
    case hosted: return evidence(finding, listed(event, .hosting))
    case tor: return evidence(finding, listed(event, .torExits))
    case test where event.flags.contains(.test):
      return Evidence(finding, reason: "says itself that it is a test")
    case test: return evidence(finding, listed(event, .own))
    default: return Evidence(finding)
    }
  }

  private func matched(_ row: AgentPattern) -> String {
    "matches “\(row.source)” of \(context.lists.lists[row.list].name)"
  }

  private func evidence(_ finding: Finding, _ network: ListedNetwork?) -> Evidence {
    guard let network else { return Evidence(finding) }
    return Evidence(
      finding, reason: "lies in a network of \(name(of: network))", network: network.range.description)
  }

  private func listed(_ event: Event, _ purpose: ListSet.NetworkPurpose) -> ListedNetwork? {
    let networks = context.networks
    let ranges =
      switch purpose {
      case .hosting: networks.hosting
      case .own: networks.own
      case .torExits: networks.torExits
      }
    return context.lists.network(ranges.label(of: event.address), in: purpose)
  }

  private func kind(of network: ListedNetwork) -> ListKind { context.lists.lists[network.list].kind }

  /// The list, and what it calls the network.
  private func name(of network: ListedNetwork) -> String {
    context.lists.lists[network.list].name + (network.name.map { ", “\($0)”" } ?? "")
  }
}
