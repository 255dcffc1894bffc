public import AssayModel

/// Publishers whose visitors come from addresses of another size than elsewhere.
public struct AddressSize: Detector {
  /// What it is.
  public static let card = DetectorCard(
    id: "address-size", title: "Visitors from addresses of an unusual size",
    category: Category(code: "S_COORDINATED", mrc: "S1", title: "Automated browsing: uniform population"),
    family: .population, action: .weigh(hundredths: 200), needs: [.address, .visitor],
    summary: """
      The size of an address is how many visitors of the whole run came from it, in powers of two. The visitors of a \
      publisher are spread over sizes quite differently from those of the other publishers, and one size holds a multiple \
      of its usual share: a botnet's many addresses with a handful of changing cookies each, or a click farm's few with \
      hundreds. Only events from addresses of that size on that publisher are flagged.
      """,
    foolsIt: """
      Sites for schools or offices have visitors from large addresses by nature: it weighs and does not convict alone. \
      A botnet whose hosts behave like homes of one person has the sizes of homes. Where more than half of the publishers \
      have the same robots these are what is usual.
      """,
    measures: [DetectorCard.Measure("cell-share", unit: "share")],
    thresholds: PublisherExcess.thresholds(
      leastDivergence: 0.05, origin: "our choice: half of what is asked of user agents, for there are fewer cells"),
    references: [
      "Soldo and Metwally, Traffic anomaly detection based on the IP size distribution (INFOCOM 2012)"
    ])

  /// Its records.
  public static var learners: [any Learner.Type] { [StayLog.self] }

  private let excess: PublisherExcess
  private let population: Population

  /// The detector with the sizes of the run.
  ///
  /// - Complexity: O(n log n) for n stays.
  public init(_ settings: DetectorSettings, context: DetectorContext) {
    let population = context.population
    self.population = population
    excess = PublisherExcess(settings, population) { AddressSize.cell($0.address, population) }
  }

  /// Nil where there were enough publishers.
  public var notMeasurable: String? { excess.notMeasurable }

  /// Those with a stay in a cell in excess.
  public var triggers: VisitorTraits { .watchedVisitor }

  /// Those with a stay in a cell in excess.
  public var watchedVisitors: [UInt64] { excess.visitors }

  /// Flags the events on a publisher from addresses of a size that is too frequent there.
  public func inspect(_ visitor: VisitorFacts, _ events: Span<Event>, _ findings: inout FindingSink) {
    excess.flag(events, &findings) { event in
      event.flags.contains(.inexactAddress) ? nil : AddressSize.cell(event.address, population)
    }
  }

  /// The size of an address: 0 for one visitor, 1 for two or three, and so on by powers of two.
  private static func cell(_ address: Address, _ population: Population) -> UInt32? {
    population.facts(of: address).map { UInt32(63 - max(1, $0.visitors).leadingZeroBitCount) }
  }
}
