public import AssayModel

/// Counts judged events into the ledger, by ad slot and by day.
///
/// Builders of parts of the traffic are merged into one. All of it is integer addition, so any split into parts and any
/// order of merging give the same ledger. The slots of all parts must be ordinals of the same table.
public struct LedgerBuilder: Sendable {
  private let standards: Int
  private let judgesPages: Bool
  private var slots: LedgerCells
  private var days: LedgerCells
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
  public init(standards: Int, judgesPages: Bool) {
    self.standards = standards
    self.judgesPages = judgesPages
    slots = LedgerCells(standards: standards)
    days = LedgerCells(standards: standards)
  }

  /// Counts an event. Of kinds that are not judged nothing is counted.
  ///
  /// - Parameters:
  ///   - day: Its day in local time, counted from 1970-01-01 (`LocalCalendar`).
  ///   - outcomes: Whether an impression was viewable; for other kinds it is not looked at.
  /// - Complexity: O(standards); memory is 136 bytes a slot and kind that occurs, for impressions 48 more a
  ///   standard, and the same a day.
  public mutating func add(_ event: Event, day: Int32, verdict: EventVerdict, outcomes: ViewabilityOutcomes) {
    guard let kind = LedgerCells.Kind(event.kind, judgesPages: judgesPages) else { return }
    slots.add(row: Int(event.slot), kind, event, verdict, outcomes)
    days.add(row: row(of: day), kind, event, verdict, outcomes)
  }

  /// Adds the counts of another builder made with the same standards.
  public mutating func merge(_ other: LedgerBuilder) {
    for row in 0..<other.slots.rows { slots.add(row: row, from: other.slots, row: row) }
    for (theirs, day) in other.dayOfRow.enumerated() { days.add(row: row(of: day), from: other.days, row: theirs) }
  }

  /// The ledger as `AuditResult` has it: the sum of everything; for each dimension its names by gross impressions
  /// descending, gross clicks descending, then byte order; the days in order. Names and days of which nothing was
  /// counted have no row.
  ///
  /// - Complexity: O(slots × dimensions + n log n) for n rows.
  public func finish(
    _ table: SlotTable
  ) -> (totals: LedgerRow, byDimension: [[AuditResult.NamedRow]], byDay: [AuditResult.NamedRow]) {
    var totals = LedgerCells(standards: standards)
    for row in dayOfRow.indices { totals.add(row: 0, from: days, row: row) }
    let byDay = dayOfRow.indices.sorted { dayOfRow[$0] < dayOfRow[$1] }.map { row in
      AuditResult.NamedRow(name: LocalCalendar.isoDate(dayOfRow[row]), row: days.ledgerRow(row))
    }
    return (totals.ledgerRow(0), Dimension.allCases.map { rows(of: $0, table) }, byDay)
  }

  private func rows(of dimension: Dimension, _ table: SlotTable) -> [AuditResult.NamedRow] {
    var cells = LedgerCells(standards: standards)
    for slot in 0..<slots.rows where !slots.isEmpty(row: slot) {
      cells.add(row: Int(table.slots[slot].names[dimension]), from: slots, row: slot)
    }
    let rows = (0..<cells.rows).filter { !cells.isEmpty(row: $0) }.map { row in
      AuditResult.NamedRow(name: table.names[dimension.rawValue][row], row: cells.ledgerRow(row))
    }
    return rows.sorted { left, right in
      if left.row.impressions.gross != right.row.impressions.gross {
        return left.row.impressions.gross > right.row.impressions.gross
      }
      if left.row.clicks.gross != right.row.clicks.gross { return left.row.clicks.gross > right.row.clicks.gross }
      return left.name.utf8.lexicographicallyPrecedes(right.name.utf8)
    }
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
