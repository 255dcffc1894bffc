import AssayMeasurement
import AssayModel
import TestSupport
import Testing

struct LedgerBuilderTests {
  /// One judged event with everything that the ledger is told about it.
  private struct Entry {
    var event = Event()
    var day: Int32 = 0
    var verdict = EventVerdict()
    var outcomes = ViewabilityOutcomes()
  }

  private static let slotCount = 7

  private var table: SlotTable {
    var table = SlotTable()
    table.names = Dimension.allCases.map { dimension in ["", "\(dimension.name) b", "\(dimension.name) a"] }
    for slot in 1..<UInt32(LedgerBuilderTests.slotCount) {
      var new = AdSlot()
      for dimension in Dimension.allCases { new.names[dimension] = (slot + UInt32(dimension.rawValue)) % 3 }
      table.slots.append(new)
    }
    return table
  }

  private func randomEntries(_ count: Int, seed: UInt64) -> [Entry] {
    var random = SeededGenerator(seed: seed)
    return (0..<count).map { _ in
      var entry = Entry()
      entry.event.kind = EventKind.allCases.randomElement(using: &random) ?? .page
      entry.event.slot = UInt32.random(in: 0..<UInt32(LedgerBuilderTests.slotCount), using: &random)
      entry.event.value = Money(millionths: Int64.random(in: -500...9_000, using: &random))
      entry.day = Int32.random(in: 20_000...20_004, using: &random)
      entry.verdict.trafficClass = TrafficClass.allCases.randomElement(using: &random) ?? .valid
      entry.verdict.undecidedGIVT = Bool.random(using: &random)
      entry.verdict.undecidedSIVT = Bool.random(using: &random)
      for standard in 0..<3 {
        entry.outcomes[standard] = Viewability.allCases.randomElement(using: &random) ?? .viewable
      }
      return entry
    }
  }

  private func builder(_ entries: some Sequence<Entry>, judgesPages: Bool = false) -> LedgerBuilder {
    var builder = LedgerBuilder(standards: 3, judgesPages: judgesPages)
    for entry in entries {
      builder.add(entry.event, day: entry.day, verdict: entry.verdict, outcomes: entry.outcomes)
    }
    return builder
  }

  /// The readable definition of a row.
  private func slowRow(_ entries: [Entry], judgesPages: Bool = false) -> LedgerRow {
    var row = LedgerRow(standards: 3)
    for entry in entries {
      let verdict = entry.verdict
      func count(_ tally: inout Tally) {
        if verdict.trafficClass == .excluded {
          tally.excluded += 1
          return
        }
        switch verdict.trafficClass {
        case .valid: tally.valid += 1
        case .suspicious: tally.suspicious += 1
        case .givt: (tally.givt, tally.givtValue) = (tally.givt + 1, tally.givtValue + entry.event.value)
        default: (tally.sivt, tally.sivtValue) = (tally.sivt + 1, tally.sivtValue + entry.event.value)
        }
        tally.grossValue += entry.event.value
        tally.undecidedGIVT += verdict.undecidedGIVT ? 1 : 0
        tally.undecidedSIVT += verdict.undecidedSIVT ? 1 : 0
      }
      func see(_ tally: inout ViewabilityTally, _ outcome: Viewability) {
        switch outcome {
        case .viewable: tally.viewable += 1
        case .notViewable: tally.notViewable += 1
        case .undetermined: tally.undetermined += 1
        }
      }
      switch entry.event.kind {
      case .impression:
        count(&row.impressions)
        for standard in 0..<3 {
          if verdict.trafficClass <= .sivt { see(&row.net[standard], entry.outcomes[standard]) }
          if verdict.trafficClass <= .suspicious { see(&row.totalNet[standard], entry.outcomes[standard]) }
        }
      case .click: count(&row.clicks)
      case .conversion: count(&row.conversions)
      case .form: count(&row.forms)
      case .page where judgesPages: count(&row.pages)
      default: break
      }
    }
    return row
  }

  private func sum(_ rows: [AuditResult.NamedRow]) -> LedgerRow {
    rows.reduce(into: LedgerRow(standards: 3)) { $0 += $1.row }
  }

  @Test func nothingCountedGivesNoRows() {
    let ledger = builder([]).finish(SlotTable())
    #expect(ledger.totals == LedgerRow(standards: 3))
    #expect(ledger.byDimension == Dimension.allCases.map { _ in [] })
    #expect(ledger.byDay.isEmpty)
  }

  @Test(arguments: [true, false])
  func everyRowEqualsItsDefinition(judgesPages: Bool) {
    let (entries, table) = (randomEntries(3_000, seed: 1), table)
    let ledger = builder(entries, judgesPages: judgesPages).finish(table)
    #expect(ledger.totals == slowRow(entries, judgesPages: judgesPages))
    for dimension in Dimension.allCases {
      for row in ledger.byDimension[dimension.rawValue] {
        let own = entries.filter { table.name(dimension, of: $0.event.slot) == row.name }
        #expect(row.row == slowRow(own, judgesPages: judgesPages))
      }
    }
    for row in ledger.byDay {
      let own = entries.filter { LocalCalendar.isoDate($0.day) == row.name }
      #expect(row.row == slowRow(own, judgesPages: judgesPages))
    }
  }

  @Test(arguments: 1...5 as ClosedRange<UInt64>)
  func theEquationsOfTheStandardHold(seed: UInt64) {
    let ledger = builder(randomEntries(800, seed: seed), judgesPages: true).finish(table)
    for rows in ledger.byDimension { #expect(sum(rows) == ledger.totals) }
    #expect(sum(ledger.byDay) == ledger.totals)
    for row in [ledger.totals] + ledger.byDimension.joined().map(\.row) {
      for tally in [row.impressions, row.clicks, row.conversions, row.forms, row.pages] {
        #expect(tally.gross == tally.valid + tally.suspicious + tally.givt + tally.sivt)
        #expect(tally.net == tally.gross - tally.givt)
        #expect(tally.totalNet == tally.net - tally.sivt)
      }
      for standard in 0..<3 {
        #expect(row.net[standard].impressions == row.impressions.net)
        #expect(row.totalNet[standard].impressions == row.impressions.totalNet)
      }
    }
  }

  @Test func anyTreeOfMergesGivesTheSameLedger() {
    let (entries, table) = (randomEntries(1_000, seed: 9), table)
    let whole = builder(entries).finish(table)
    var random = SeededGenerator(seed: 10)
    for _ in 0..<10 {
      var parts: [LedgerBuilder] = []
      var rest = entries.shuffled(using: &random)[...]
      while !rest.isEmpty {
        let size = Int.random(in: 1...300, using: &random)
        parts.append(builder(rest.prefix(size)))
        // Spreading slots over names before merging changes nothing.
        if Bool.random(using: &random) { parts[parts.count - 1].spread(over: table) }
        rest = rest.dropFirst(size)
      }
      while parts.count > 1 {
        let other = parts.remove(at: Int.random(in: parts.indices, using: &random))
        parts[Int.random(in: parts.indices, using: &random)].merge(other)
      }
      let merged = parts[0].finish(table)
      #expect(merged.totals == whole.totals)
      #expect(merged.byDimension == whole.byDimension)
      #expect(merged.byDay == whole.byDay)
    }
  }

  @Test func moneyBeyondAllBoundsStillAddsUpInAnyOrder() {
    var entries = [Entry](repeating: Entry(), count: 3)
    for (index, amount) in [Int64.max, 5, -5].enumerated() {
      entries[index].event.kind = .impression
      entries[index].event.value = Money(millionths: amount)
    }
    for order in [[0, 1, 2], [2, 1, 0], [1, 0, 2]] {
      let ledger = builder(order.map { entries[$0] }).finish(SlotTable())
      #expect(ledger.totals.impressions.grossValue == Money(millionths: .max))
    }
    let twice = builder([entries[0], entries[0]]).finish(SlotTable())
    #expect(twice.totals.impressions.grossValue == Money(millionths: .max))
  }

  @Test func invalidTrafficIsTakenOutOnceOnly() {
    var entry = Entry()
    entry.event.kind = .impression
    entry.verdict.trafficClass = .givt
    entry.verdict.fired = [DetectorSet(ordinal: 1), DetectorSet(ordinal: 5)]
    let totals = builder([entry]).finish(SlotTable()).totals
    #expect(totals.impressions.givt == 1)
    #expect(totals.impressions.sivt == 0)
    #expect(totals.impressions.totalNet == 0)
  }

  @Test func invalidImpressionsAreNeverViewable() {
    var entry = Entry()
    entry.event.kind = .impression
    entry.outcomes[0] = .viewable
    let tiers: [(TrafficClass, net: Int64, totalNet: Int64)] = [
      (.valid, 1, 1), (.suspicious, 1, 1), (.sivt, 1, 0), (.givt, 0, 0), (.excluded, 0, 0),
    ]
    for tier in tiers {
      entry.verdict.trafficClass = tier.0
      let totals = builder([entry]).finish(SlotTable()).totals
      #expect(totals.net[0].viewable == tier.net)
      #expect(totals.totalNet[0].viewable == tier.totalNet)
    }
  }

  @Test func rowsAreOrderedByImpressionsThenClicksThenName() {
    var table = SlotTable()
    table.names[0] = ["", "few", "most", "ß", "clicks", "z"]
    for name in 1...5 as ClosedRange<UInt32> {
      var slot = AdSlot()
      slot.names[.campaign] = name
      table.slots.append(slot)
    }
    var entries: [Entry] = []
    for (slot, impressions, clicks) in [(1, 1, 0), (2, 3, 0), (3, 2, 1), (4, 2, 2), (5, 2, 1)] {
      for _ in 0..<impressions { entries.append(Entry(event: event(.impression, slot))) }
      for _ in 0..<clicks { entries.append(Entry(event: event(.click, slot))) }
    }
    let names = builder(entries).finish(table).byDimension[0].map(\.name)
    #expect(names == ["most", "clicks", "z", "ß", "few"])
  }

  @Test func daysAreInOrderEvenBeforeTheEpoch() {
    let entries = [3, -1, 0].map { day in Entry(event: event(.click, 0), day: day) }
    #expect(builder(entries).finish(SlotTable()).byDay.map(\.name) == ["1969-12-31", "1970-01-01", "1970-01-04"])
  }

  @Test func kindsThatAreNotJudgedHaveNoRows() {
    let entries = [EventKind.page, .adRequest, .exposure, .video].map { Entry(event: event($0, 0)) }
    #expect(builder(entries).finish(SlotTable()).byDay.isEmpty)
    #expect(builder(entries, judgesPages: true).finish(SlotTable()).totals.pages.gross == 1)
  }

  private func event(_ kind: EventKind, _ slot: Int) -> Event {
    var event = Event()
    event.kind = kind
    event.slot = UInt32(slot)
    return event
  }
}
