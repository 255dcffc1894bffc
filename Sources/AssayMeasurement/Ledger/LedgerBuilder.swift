public import AssayModel

/// Counts judged events into the ledger, by ad slot and by day.
///
/// Builders of parts of the traffic are merged into one. All of it is integer addition, so any split into parts and any
/// order of merging give the same ledger. The slots of all parts must be ordinals of the same table.
public struct LedgerBuilder: Sendable {
  private let standards: Int
  private let judgesPages: Bool
  private var slots: LedgerCounts
  /// Those of the slots that have been spread over their names; see `spread`.
  private var names: LedgerCounts
  private var days: LedgerCounts
  /// The day of each row of `days`, in the order of their appearance.
  private var dayOfRow: [Int32] = []
  private var rowOfDay: [Int32: Int] = [:]
  /// The day counted last and its row, -1 before the first: events of one visitor mostly share it.
  private var last: (day: Int32, row: Int) = (0, -1)

  /// A ledger with nothing in it.
  ///
  /// - Parameters:
  ///   - standards: How many viewability standards the outcomes tell about, at most 8.
  ///   - judgesPages: Whether page views are counted, as in a web log that has no ads; else they are passed over.
  ///   - secret: Keeps its tables from being flooded (`MapOptions.tableSecret`); changes no result.
  ///   - slots: For how many ad slots there shall be room at once; there may be more.
  public init(standards: Int, judgesPages: Bool, secret: UInt64 = 0, slots: Int = 0) {
    self.standards = standards
    self.judgesPages = judgesPages
    // Of a slot there are mostly impressions that were viewable and others: half as many entries again as slots.
    self.slots = LedgerCounts(secret: secret, capacity: slots + slots / 2)
    names = LedgerCounts(secret: secret)
    days = LedgerCounts(secret: secret)
  }

  /// Counts an event. Of kinds that are not judged nothing is counted.
  ///
  /// - Parameters:
  ///   - day: Its day in local time, counted from 1970-01-01 (`LocalCalendar`).
  ///   - outcomes: Whether an impression was viewable; for other kinds it is not looked at.
  /// - Complexity: O(1) on average; memory is 32 to 100 bytes for each slot and each different way in which its events
  ///   change the ledger, and the same a day.
  public mutating func add(_ event: Event, day: Int32, verdict: EventVerdict, outcomes: ViewabilityOutcomes) {
    guard let kind = LedgerCells.Kind(event.kind, judgesPages: judgesPages) else { return }
    let change = LedgerChange(kind, verdict, outcomes)
    let value = Int128(event.value.millionths)
    slots.note(row: Int(event.slot), change, value: value)
    days.note(row: row(of: day), change, value: value)
  }

  /// Spreads what was counted by slot over the names in the slots, which are far fewer. It changes no result; done for
  /// each builder before they are merged, it makes merging quick.
  ///
  /// - Complexity: O(slots × dimensions).
  public mutating func spread(over table: SlotTable) {
    slots.settle()
    let found = table.slots
    let (starts, dimensions) = (firstRows(table), Dimension.allCases)
    var names = names.emptied
    swap(&names, &self.names)
    slots.forEach { entry in
      let slot = found[entry.row].names
      for (start, dimension) in zip(starts, dimensions) {
        names.note(row: start + Int(slot[dimension]), entry.change, count: entry.count, value: entry.value)
      }
    }
    names.settle()
    swap(&names, &self.names)
    slots = slots.emptied
  }

  /// Adds the counts of another builder made with the same standards.
  public mutating func merge(_ other: LedgerBuilder) {
    slots.merge(other.slots) { $0 }
    names.merge(other.names) { $0 }
    let rows = other.dayOfRow.map { row(of: $0) }
    days.merge(other.days) { rows[$0] }
  }

  /// The ledger as `AuditResult` has it: the sum of everything; for each dimension its names by gross impressions
  /// descending, gross clicks descending, then byte order; the days in order. Names and days of which nothing was
  /// counted have no row.
  ///
  /// - Complexity: O(slots × dimensions + n log n) for n rows.
  public func finish(
    _ table: SlotTable
  ) -> (totals: LedgerRow, byDimension: [[AuditResult.NamedRow]], byDay: [AuditResult.NamedRow]) {
    var settled = self
    settled.spread(over: table)
    settled.days.settle()
    return settled.result(table)
  }

  /// The ledger of a builder that has noted nothing that is not counted, and has spread all slots.
  private func result(
    _ table: SlotTable
  ) -> (totals: LedgerRow, byDimension: [[AuditResult.NamedRow]], byDay: [AuditResult.NamedRow]) {
    var (totals, cells) = (LedgerCells(standards: standards), LedgerCells(standards: standards))
    days.forEach { entry in
      totals.add(row: 0, entry.change, count: entry.count, value: entry.value)
      cells.add(row: entry.row, entry.change, count: entry.count, value: entry.value)
    }
    let byDay = dayOfRow.indices.sorted { dayOfRow[$0] < dayOfRow[$1] }.map { row in
      AuditResult.NamedRow(name: LocalCalendar.isoDate(dayOfRow[row]), row: cells.ledgerRow(row))
    }
    var byName = LedgerCells(standards: standards)
    names.forEach { byName.add(row: $0.row, $0.change, count: $0.count, value: $0.value) }
    return (totals.ledgerRow(0), Dimension.allCases.map { rows(of: $0, table, byName) }, byDay)
  }

  /// For each dimension the first of its rows in `names`, which has those of one dimension behind those of another.
  private func firstRows(_ table: SlotTable) -> [Int] {
    var (starts, next) = ([Int](), 0)
    for dimension in Dimension.allCases {
      starts.append(next)
      next += table.names[dimension.rawValue].count
    }
    return starts
  }

  private func rows(of dimension: Dimension, _ table: SlotTable, _ cells: LedgerCells) -> [AuditResult.NamedRow] {
    let start = firstRows(table)[dimension.rawValue]
    let names = table.names[dimension.rawValue]
    // Rows are large: what they are sorted by is looked up once, and each is made where it stays.
    let keys = names.indices.filter { !cells.isEmpty(row: start + $0) }.map { name in
      (name: name, impressions: cells.gross(start + name, .impression), clicks: cells.gross(start + name, .click))
    }
    let sorted = keys.sorted { left, right in
      if left.impressions != right.impressions { return left.impressions > right.impressions }
      if left.clicks != right.clicks { return left.clicks > right.clicks }
      return LedgerBuilder.precedes(names[left.name], names[right.name])
    }
    return sorted.map { AuditResult.NamedRow(name: names[$0.name], row: cells.ledgerRow(start + $0.name)) }
  }

  /// Whether a name comes before another in the order of their bytes.
  private static func precedes(_ left: String, _ right: String) -> Bool {
    let (left, right) = (left.utf8Span.span, right.utf8Span.span)
    for index in 0..<min(left.count, right.count) where left[index] != right[index] {
      return left[index] < right[index]
    }
    return left.count < right.count
  }

  /// The row of a day, a new one where the day is.
  private mutating func row(of day: Int32) -> Int {
    if last.day == day, last.row >= 0 { return last.row }
    let row = rowOfDay[day] ?? dayOfRow.count
    if row == dayOfRow.count {
      rowOfDay[day] = row
      dayOfRow.append(day)
    }
    last = (day, row)
    return row
  }
}
