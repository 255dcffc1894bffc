public import AssayModel

/// Networks whose addresses are used in turn.
public struct FlatBlock: Detector {
  /// What it is.
  public static let card = DetectorCard(
    id: "flat-block", title: "A block of addresses, each used as often as the next",
    category: Category(code: "S_PROXY", mrc: "S10", title: "Traffic through proxies"),
    family: .network, action: .weigh(hundredths: 250), needs: [.address, .visitor],
    summary: """
      Many addresses of one block of 256 have visitors, and they have them far more evenly than chance would give: the \
      counts of the whole block, empty addresses among them, vary less than half as much as they would if each visitor \
      came to any of them. People are spread less evenly than chance, robots that go through a list of addresses more: \
      Methbot's servers used rented blocks so. All events from the block are flagged.
      """,
    foolsIt: """
      A carrier or a company whose gateway hands out its outer addresses in turn has such a block with people behind it: \
      it weighs and does not convict alone. A robot that draws its addresses at random is not found, nor are addresses of \
      version 6, of which nobody uses a block up.
      """,
    measures: [DetectorCard.Measure("dispersion", unit: "times")],
    thresholds: [
      DetectorCard.Threshold(
        name: "dispersion", standard: 0.55, range: 0.01...1, unit: "times",
        origin: "our choice: chance gives 1, and of 255 degrees of freedom 0.55 less than once in 10 million blocks"),
      DetectorCard.Threshold(
        name: "least-addresses", standard: 100, range: 8...256, unit: "addresses",
        origin: "our choice: two fifths of a block; whoever rents one uses it"),
    ],
    references: [
      "White Ops, The Methbot Operation (2016): dedicated addresses, registered as those of homes",
      "Soldo and Metwally, Traffic anomaly detection based on the IP size distribution (INFOCOM 2012)",
    ])

  /// Its records.
  public static var learners: [any Learner.Type] { [StayLog.self] }

  /// Those from a flat block.
  public let watchedVisitors: [UInt64]

  /// The first 24 bits of the flat blocks, with their dispersion in millionths.
  private let blocks: [UInt32: Int64]
  private let limit: Int64

  /// The detector with the blocks of the run.
  ///
  /// - Complexity: O(n log n) for n stays.
  public init(_ settings: DetectorSettings, context: DetectorContext) {
    limit = settings.millionths("dispersion")
    let stays = context.population.learned(StayLog.self)?.stays ?? []
    // A visit by its address.
    var visits: [UInt32] = []
    for stay in stays where stay.flags.contains(.opensSession) {
      if let address = stay.address.v4 { visits.append(address) }
    }
    visits.sort()
    var (blocks, start): ([UInt32: Int64], Int) = ([:], 0)
    while start < visits.count {
      let block = visits[start] >> 8
      var end = start + 1
      while end < visits.count, visits[end] >> 8 == block { end += 1 }
      if end - start >= Int(settings["least-addresses"]),
        let dispersion = FlatBlock.dispersion(visits[start..<end], Int(settings["least-addresses"])),
        dispersion <= settings["dispersion"]
      {
        blocks[block] = Int64((dispersion * 1e6).rounded())
      }
      start = end
    }
    self.blocks = blocks
    let found = blocks
    watchedVisitors =
      blocks.isEmpty
      ? [] : stays.filter { stay in FlatBlock.block(stay.address).map { found[$0] != nil } ?? false }.map(\.visitor)
  }

  /// Those from a flat block.
  public var triggers: VisitorTraits { .watchedVisitor }

  /// Flags the events from a flat block.
  public func inspect(_ visitor: VisitorFacts, _ events: Span<Event>, _ findings: inout FindingSink) {
    if blocks.isEmpty { return }
    for ordinal in events.indices where !events[ordinal].flags.contains(.inexactAddress) {
      guard let block = FlatBlock.block(events[ordinal].address), let dispersion = blocks[block] else { continue }
      findings.flag(ordinal, events[ordinal], observed: dispersion, threshold: limit)
    }
  }

  private static func block(_ address: Address) -> UInt32? { address.v4.map { $0 >> 8 } }

  /// The index of dispersion of the visits by address (Fisher 1950) of a block's visits, which come address by address;
  /// nil where they are of too few addresses. Chance gives 1.
  private static func dispersion(_ visits: ArraySlice<UInt32>, _ leastAddresses: Int) -> Double? {
    var (addresses, squares) = (0, 0)
    var index = visits.startIndex
    while index < visits.endIndex {
      var next = index + 1
      while next < visits.endIndex, visits[next] == visits[index] { next += 1 }
      addresses += 1
      squares += (next - index) * (next - index)
      index = next
    }
    guard addresses >= leastAddresses else { return nil }
    let mean = Double(visits.count) / 256
    return (Double(squares) - mean * Double(visits.count)) / mean / 255
  }
}
