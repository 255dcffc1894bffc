internal import AssayModel

/// Counters of many rows in flat storage: a block of integers for each row and kind of event that occurs.
///
/// Money is summed in 128 bits and only cut to a `Money` at the end, so that adding stays exact and in any order.
struct LedgerCells: Sendable {
  /// The kinds that the ledger counts, in the order of their blocks.
  enum Kind: Int, CaseIterable {
    case impression, click, conversion, form, page

    static let count = allCases.count

    init?(_ kind: EventKind, judgesPages: Bool) {
      switch kind {
      case .impression: self = .impression
      case .click: self = .click
      case .conversion: self = .conversion
      case .form: self = .form
      case .page where judgesPages: self = .page
      default: return nil
      }
    }
  }

  /// Where a counter stands in a block: one for each `TrafficClass`, then what is undecided, then viewability.
  private enum Place {
    static let undecidedGIVT = TrafficClass.allCases.count
    static let undecidedSIVT = undecidedGIVT + 1
    /// For each standard: viewable and not viewable of total net, then of sophisticated invalid traffic.
    static let viewability = undecidedSIVT + 1
  }

  private let standards: Int
  private let width: Int
  /// For each row and kind its block, -1 where nothing has been counted.
  private var blocks: [Int32] = []
  /// `width` counters a block.
  private var counts: [Int64] = []
  /// One sum a block and class below `excluded`.
  private var values: [Int128] = []

  private static let valuesPerBlock = Int(TrafficClass.excluded.rawValue)

  init(standards: Int) {
    self.standards = standards
    width = Place.viewability + 4 * standards
  }

  /// How many rows there may be something in.
  var rows: Int { blocks.count / Kind.count }

  /// Counts one event.
  mutating func add(row: Int, _ kind: Kind, _ event: Event, _ verdict: EventVerdict, _ outcomes: ViewabilityOutcomes) {
    let block = self.block(row: row, kind)
    let trafficClass = verdict.trafficClass
    let base = block &* width
    counts[base &+ Int(trafficClass.rawValue)] &+= 1
    if trafficClass == .excluded { return }
    if verdict.undecidedGIVT { counts[base &+ Place.undecidedGIVT] &+= 1 }
    if verdict.undecidedSIVT { counts[base &+ Place.undecidedSIVT] &+= 1 }
    if event.value.millionths != 0 {
      values[block &* LedgerCells.valuesPerBlock &+ Int(trafficClass.rawValue)] += Int128(event.value.millionths)
    }
    if kind != .impression || trafficClass == .givt || outcomes.rawValue == 0 { return }
    let tier = base &+ Place.viewability &+ (trafficClass == .sivt ? 2 : 0)
    for standard in 0..<standards {
      switch outcomes[standard] {
      case .viewable: counts[tier &+ 4 &* standard] &+= 1
      case .notViewable: counts[tier &+ 4 &* standard &+ 1] &+= 1
      case .undetermined: break
      }
    }
  }

  /// Adds a row of other cells with the same number of standards to a row of these.
  mutating func add(row: Int, from other: LedgerCells, row theirs: Int) {
    for kind in Kind.allCases {
      guard let source = other.existingBlock(row: theirs, kind) else { continue }
      let target = block(row: row, kind)
      for index in 0..<width { counts[target * width + index] += other.counts[source * width + index] }
      for index in 0..<LedgerCells.valuesPerBlock {
        values[target * LedgerCells.valuesPerBlock + index] += other.values[source * LedgerCells.valuesPerBlock + index]
      }
    }
  }

  /// Whether nothing has been counted in a row.
  func isEmpty(row: Int) -> Bool { Kind.allCases.allSatisfy { existingBlock(row: row, $0) == nil } }

  /// The row as reports show it.
  func ledgerRow(_ row: Int) -> LedgerRow {
    var result = LedgerRow(standards: standards)
    result.impressions = tally(row, .impression)
    result.clicks = tally(row, .click)
    result.conversions = tally(row, .conversion)
    result.forms = tally(row, .form)
    result.pages = tally(row, .page)
    guard let block = existingBlock(row: row, .impression) else { return result }
    let impressions = result.impressions
    for standard in 0..<standards {
      let base = block * width + Place.viewability + 4 * standard
      result.totalNet[standard] = viewability(at: base, of: impressions.totalNet)
      result.net[standard] = viewability(at: base + 2, of: impressions.sivt)
      result.net[standard] += result.totalNet[standard]
    }
    return result
  }

  private func viewability(at place: Int, of impressions: Int64) -> ViewabilityTally {
    var tally = ViewabilityTally()
    tally.viewable = counts[place]
    tally.notViewable = counts[place + 1]
    tally.undetermined = impressions - tally.measured
    return tally
  }

  private func tally(_ row: Int, _ kind: Kind) -> Tally {
    var tally = Tally()
    guard let block = existingBlock(row: row, kind) else { return tally }
    let count = { (trafficClass: TrafficClass) in self.counts[block * self.width + Int(trafficClass.rawValue)] }
    tally.excluded = count(.excluded)
    tally.valid = count(.valid)
    tally.suspicious = count(.suspicious)
    tally.givt = count(.givt)
    tally.sivt = count(.sivt)
    tally.undecidedGIVT = counts[block * width + Place.undecidedGIVT]
    tally.undecidedSIVT = counts[block * width + Place.undecidedSIVT]
    let first = block * LedgerCells.valuesPerBlock
    let value = { (trafficClass: TrafficClass) in self.values[first + Int(trafficClass.rawValue)] }
    tally.grossValue = Money(clamping: value(.valid) + value(.suspicious) + value(.givt) + value(.sivt))
    tally.givtValue = Money(clamping: value(.givt))
    tally.sivtValue = Money(clamping: value(.sivt))
    return tally
  }

  private func existingBlock(row: Int, _ kind: Kind) -> Int? {
    let index = row * Kind.count + kind.rawValue
    guard index < blocks.count, blocks[index] >= 0 else { return nil }
    return Int(blocks[index])
  }

  private mutating func block(row: Int, _ kind: Kind) -> Int {
    let index = row &* Kind.count &+ kind.rawValue
    if index < blocks.count, blocks[index] >= 0 { return Int(blocks[index]) }
    if index >= blocks.count {
      blocks.append(contentsOf: repeatElement(-1, count: (row + 1) * Kind.count - blocks.count))
    }
    let block = counts.count / width
    blocks[index] = Int32(truncatingIfNeeded: block)
    counts.append(contentsOf: repeatElement(0, count: width))
    values.append(contentsOf: repeatElement(0, count: LedgerCells.valuesPerBlock))
    return block
  }
}

extension Money {
  /// The nearest amount that fits.
  fileprivate init(clamping millionths: Int128) { self.init(millionths: Int64(clamping: millionths)) }
}
