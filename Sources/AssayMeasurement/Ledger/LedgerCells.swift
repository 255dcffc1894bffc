internal import AssayModel

/// Counters of many rows in flat storage: a block of integers for each row and kind of event that occurs. Made of
/// `LedgerCounts` when a ledger is finished.
///
/// Money is summed in 128 bits and only cut to a `Money` at the end, so that adding stays exact and in any order.
struct LedgerCells: Sendable {
  /// The kinds that the ledger counts, in the order of their blocks.
  enum Kind: Int, CaseIterable {
    case impression, click, conversion, form, page

    static let count = 5

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

  /// Where a counter stands in a block: for each `TrafficClass` its events, then what is undecided, then for each class
  /// its money in two words, then for impressions viewability: for total net and then for sophisticated invalid
  /// traffic, for each standard, a counter for each `Viewability`.
  private enum Place {
    static let undecidedGIVT = 5
    static let undecidedSIVT = 6
    static let money = 7
    static let viewability = 17
  }

  private static let outcomes = 3

  private let standards: Int
  /// For each row and kind its block's first counter, -1 where nothing has been counted.
  private var blocks: [Int] = []
  private var counts: [Int64] = []

  init(standards: Int) { self.standards = standards }

  /// Counts so many events that change the same, and their money in millionths.
  mutating func add(row: Int, _ change: LedgerChange, count: Int64, value: Int128) {
    let block = self.block(row: row, change.kind)
    let (standards, trafficClass) = (standards, change.trafficClass)
    var counts = self.counts.mutableSpan
    counts[block + Int(trafficClass.rawValue)] += count
    if change.undecidedGIVT { counts[block + Place.undecidedGIVT] += count }
    if change.undecidedSIVT { counts[block + Place.undecidedSIVT] += count }
    addWide(value, to: &counts, at: block + Place.money + 2 * Int(trafficClass.rawValue))
    // An impression without any measurement stays out of the viewability counters: it is what the others leave.
    var bits = change.outcomes.rawValue
    if bits == 0 { return }
    var place = block + Place.viewability + LedgerCells.outcomes * (trafficClass == .sivt ? standards : 0)
    for _ in 0..<standards {
      let outcome = Int(bits & 3)
      counts[place + (outcome == 3 ? 0 : outcome)] += count
      bits >>= 2
      place += LedgerCells.outcomes
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
    for standard in 0..<standards {
      let place = block + Place.viewability + LedgerCells.outcomes * standard
      result.totalNet[standard] = viewability(at: place, of: result.impressions.totalNet)
      result.net[standard] = viewability(at: place + LedgerCells.outcomes * standards, of: result.impressions.sivt)
      result.net[standard] += result.totalNet[standard]
    }
    return result
  }

  /// Gross events of a kind in a row: all but the excluded ones.
  func gross(_ row: Int, _ kind: Kind) -> Int64 { tally(row, kind).gross }

  private func viewability(at place: Int, of impressions: Int64) -> ViewabilityTally {
    var tally = ViewabilityTally()
    tally.viewable = counts[place + Int(Viewability.viewable.rawValue)]
    tally.notViewable = counts[place + Int(Viewability.notViewable.rawValue)]
    tally.undetermined = impressions - tally.measured
    return tally
  }

  private func tally(_ row: Int, _ kind: Kind) -> Tally {
    var tally = Tally()
    guard let block = existingBlock(row: row, kind) else { return tally }
    let count = { (trafficClass: TrafficClass) in counts[block + Int(trafficClass.rawValue)] }
    tally.excluded = count(.excluded)
    tally.valid = count(.valid)
    tally.suspicious = count(.suspicious)
    tally.givt = count(.givt)
    tally.sivt = count(.sivt)
    tally.undecidedGIVT = counts[block + Place.undecidedGIVT]
    tally.undecidedSIVT = counts[block + Place.undecidedSIVT]
    let money = { (trafficClass: TrafficClass) in
      wide(counts.span, at: block + Place.money + 2 * Int(trafficClass.rawValue))
    }
    tally.grossValue = Money(clamping: money(.valid) + money(.suspicious) + money(.givt) + money(.sivt))
    tally.givtValue = Money(clamping: money(.givt))
    tally.sivtValue = Money(clamping: money(.sivt))
    return tally
  }

  /// How many counters a block has.
  private func width(_ kind: Kind) -> Int {
    Place.viewability + (kind == .impression ? 2 * standards * LedgerCells.outcomes : 0)
  }

  private func existingBlock(row: Int, _ kind: Kind) -> Int? {
    let index = row * Kind.count + kind.rawValue
    guard index < blocks.count, blocks[index] >= 0 else { return nil }
    return blocks[index]
  }

  private mutating func block(row: Int, _ kind: Kind) -> Int {
    let index = row &* Kind.count &+ kind.rawValue
    if index < blocks.count, blocks[index] >= 0 { return blocks[index] }
    return newBlock(row: row, kind)
  }

  @inline(never)
  private mutating func newBlock(row: Int, _ kind: Kind) -> Int {
    if blocks.count < (row + 1) * Kind.count {
      blocks.append(contentsOf: repeatElement(-1, count: (row + 1) * Kind.count - blocks.count))
    }
    let block = counts.count
    blocks[row * Kind.count + kind.rawValue] = block
    counts.append(contentsOf: repeatElement(0, count: width(kind)))
    return block
  }
}

/// A number of 128 bits that stands in two words, the lower one first.
@inline(__always)
private func wide(_ words: Span<Int64>, at place: Int) -> Int128 {
  Int128(words[place + 1]) << 64 | Int128(UInt64(bitPattern: words[place]))
}

/// Adds to a number of 128 bits that stands in two words. Inlined because it is part of what every event costs.
@inline(__always)
private func addWide(_ number: Int128, to words: inout MutableSpan<Int64>, at place: Int) {
  let sum = wide(words.span, at: place) + number
  words[place] = Int64(truncatingIfNeeded: sum)
  words[place &+ 1] = Int64(truncatingIfNeeded: sum >> 64)
}

extension Money {
  /// The nearest amount that fits.
  fileprivate init(clamping millionths: Int128) { self.init(millionths: Int64(clamping: millionths)) }
}
