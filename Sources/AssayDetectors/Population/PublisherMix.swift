internal import AssayModel

/// How the visitors of each publisher are spread over some cells (user agents, hours, sizes of addresses), and how far
/// that lies from the other publishers of the run.
///
/// The reference is the audited traffic itself: in each cell the median of the publishers' shares, so that fraud on less
/// than half of the publishers does not move it, and no ratio from elsewhere is a verdict (design.md §4). Publishers
/// differ by themselves; how much, is learned too (`spread`), and what they differ by more is counted.
struct PublisherMix {
  /// One cell of one publisher that holds too many.
  struct Excess: Hashable {
    var publisher: UInt32
    var cell: UInt32
    /// Share of the publisher's visitors in the cell, in millionths.
    var share: Int64
    /// The reference's, in millionths.
    var expected: Int64
    /// Divergence of the whole publisher from the reference beyond what chance gives, in millionths of a bit.
    var divergence: Int64
  }

  /// When a publisher is too far from the others.
  struct Rule {
    /// Least excess divergence (Jensen and Shannon), in bits.
    var leastDivergence: Double
    /// False discovery rate over publishers.
    var rate: Double
    /// Fewer visitors say nothing.
    var leastVisitors: Int
    /// How many times its expected share a cell must hold to be the one that is in excess.
    var ratio: Double
  }

  /// With fewer publishers nothing is usual.
  static let leastPublishers = 8

  /// Visitors by publisher and cell.
  private var counts = KeyCounts()

  /// Nobody yet.
  init() {}

  /// Counts a visitor.
  mutating func add(publisher: UInt32, cell: UInt32) {
    counts.add(publisher, cell)
  }

  /// The cells in excess, by publisher and cell; nil where there are too few publishers to compare.
  ///
  /// - Complexity: O(n log n) for n pairs of publisher and cell.
  func excesses(_ rule: Rule) -> [Excess]? {
    var publishers: [Publisher] = []
    for (publisher, cell, count) in counts.sorted {
      if publishers.last?.ordinal != publisher { publishers.append(Publisher(ordinal: publisher)) }
      publishers[publishers.count - 1].cells.append((cell, count))
      publishers[publishers.count - 1].visitors += count
    }
    publishers.removeAll { $0.visitors < rule.leastVisitors }
    guard publishers.count >= PublisherMix.leastPublishers else { return nil }
    let reference = PublisherMix.reference(publishers)
    let distances = publishers.map { PublisherMix.distance($0, reference) }
    // Half of the publishers differ from the reference by less than this many times what chance gives.
    let spread = max(1, distances.map { $0.statistic / $0.freedom }.sorted()[distances.count / 2])
    let tails = distances.map { LogTail.chiSquare($0.statistic / spread, freedom: $0.freedom) }
    var excesses: [Excess] = []
    for place in discoveries(tails, rate: rule.rate) where distances[place].excess >= rule.leastDivergence {
      let publisher = publishers[place]
      for (cell, count) in publisher.cells {
        let (share, expected) = (Double(count) / Double(publisher.visitors), reference[cell] ?? 0)
        guard share > rule.ratio * expected, share - expected > PublisherMix.leastShare else { continue }
        excesses.append(
          Excess(
            publisher: publisher.ordinal, cell: cell, share: Int64((share * 1e6).rounded()),
            expected: Int64((expected * 1e6).rounded()), divergence: Int64((distances[place].excess * 1e6).rounded())))
      }
    }
    return excesses
  }

  /// A cell that holds less beyond its expected share is none that the divergence comes from: our choice.
  private static let leastShare = 0.05

  private struct Publisher {
    var ordinal: UInt32
    var cells: [(cell: UInt32, count: Int64)] = []
    var visitors: Int64 = 0
  }

  /// The median of the publishers' shares by cell, scaled to a sum of 1.
  private static func reference(_ publishers: [Publisher]) -> [UInt32: Double] {
    var shares: [UInt32: [Double]] = [:]
    for publisher in publishers {
      for (cell, count) in publisher.cells {
        shares[cell, default: []].append(Double(count) / Double(publisher.visitors))
      }
    }
    // Where fewer than half of the publishers have a cell its median is 0; what little they have together stands for it.
    var medians: [(cell: UInt32, share: Double)] = []
    for cell in shares.keys.sorted() {
      let own = (shares[cell] ?? []).sorted()
      let missing = publishers.count - own.count
      let middle = publishers.count / 2
      let least = 0.5 / Double(publishers.reduce(0) { $0 + $1.visitors })
      medians.append((cell, max(middle >= missing ? own[middle - missing] : 0, least)))
    }
    let sum = medians.reduce(0) { $0 + $1.share }
    return Dictionary(uniqueKeysWithValues: medians.map { ($0.cell, $0.share / sum) })
  }

  /// How far a publisher lies from the reference.
  private static func distance(
    _ publisher: Publisher, _ reference: [UInt32: Double]
  ) -> (excess: Double, statistic: Double, freedom: Double) {
    let visitors = Double(publisher.visitors)
    var (divergence, statistic, seen, cells) = (0.0, 0.0, 0.0, 0.0)
    for (cell, count) in publisher.cells {
      let (share, expected) = (Double(count) / visitors, reference[cell] ?? 0)
      let middle = (share + expected) / 2
      divergence += share * naturalLogarithm(share / middle)
      if expected > 0 { divergence += expected * naturalLogarithm(expected / middle) }
      statistic += 2 * Double(count) * naturalLogarithm(share / expected)
      seen += expected
      cells += 1
    }
    // Cells that the publisher has none of.
    divergence += max(0, 1 - seen) * 0.693_147_180_559_945_3
    let bits = divergence / 2 / 0.693_147_180_559_945_3
    let freedom = max(1, cells - 1)
    // What sampling alone gives (detection.md §5.2), at most: half of the divergence's weight is the publisher's.
    let chance = freedom / (4 * visitors * 0.693_147_180_559_945_3)
    return (bits - chance, max(0, statistic), freedom)
  }
}
