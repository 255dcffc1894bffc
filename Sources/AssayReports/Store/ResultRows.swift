import AssayMeasurement
import AssayModel
import GRDB

/// Inserts a result into the tables that are made of it.
struct ResultRows {
  private let database: Database

  init(_ database: Database) { self.database = database }

  /// All tables but those of events and sessions.
  func insert(_ result: AuditResult) throws {
    let document = JSONReport.text(of: result)
    // SQLite's own limit for one value is 10⁹ bytes.
    guard document.utf8.count < 1_000_000_000 else {
      throw AssayError(
        .failed, "The result has too many names for one results file; write it with `-o FILE.csv` instead.")
    }
    try insert("result", [AuditResult.schema.databaseValue, document.databaseValue])
    for (source, input) in result.inputs.enumerated() { try insert(input, source) }
    for issue in result.issues { try insert(issue) }
    for entry in result.coverage {
      try insert(
        "coverage", [entry.requirement.rawValue.databaseValue, entry.carried.databaseValue, entry.of.databaseValue])
    }
    try insert("total", "", result.totals, result.standards)
    for dimension in Dimension.allCases where dimension.rawValue < result.byDimension.count {
      for named in result.byDimension[dimension.rawValue] {
        try insert(dimension.name, named.name, named.row, result.standards)
      }
    }
    for day in result.byDay { try insert("day", day.name, day.row, result.standards) }
    for (number, detector) in result.detectors.enumerated() { try insert(detector, number) }
    for list in result.tool.lists {
      try insert(
        "list",
        [
          text(list.name), text(list.kind), list.entries.databaseValue, list.version.map(text) ?? .null,
          text(list.sha256),
        ])
    }
    for remark in result.tool.listRemarks { try insert("list_remark", [text(remark.name), text(remark.text)]) }
  }

  private func insert(_ input: AuditResult.Input, _ source: Int) throws {
    try insert(
      "input",
      [
        source.databaseValue, text(input.path), text(input.sha256), input.bytes.databaseValue,
        text(input.compression), text(input.format), input.lines.databaseValue, input.events.databaseValue,
        input.ignored.databaseValue, input.unreadable.databaseValue,
        input.firstTime.map(TimeText.text).databaseValue, input.lastTime.map(TimeText.text).databaseValue,
      ])
  }

  private func insert(_ issue: AuditResult.NamedIssue) throws {
    let sample = issue.entry.samples.first
    try insert(
      "issue",
      [
        text(issue.name), issue.entry.count.databaseValue, issue.entry.lines.databaseValue,
        (sample?.position.source).databaseValue, (sample?.position.offset).databaseValue,
        issue.sampleLines.first.databaseValue, (sample?.message).map(Display.safe).databaseValue,
      ])
  }

  private func insert(
    _ dimension: String, _ name: String, _ row: LedgerRow, _ standards: [AuditResult.Standard]
  ) throws {
    for kind in LedgerKind.allCases {
      let tally = row[keyPath: kind.path]
      if tally.isEmpty { continue }
      try insert(
        "ledger",
        [dimension.databaseValue, text(name), kind.rawValue.databaseValue]
          + LedgerCount.allCases.map { $0.of(tally).databaseValue }
          + LedgerValue.allCases.map { $0.of(tally).millionths.databaseValue })
    }
    for tier in ViewabilityTier.allCases {
      for (standard, tally) in zip(standards, tier.of(row)) where tally.impressions > 0 {
        try insert(
          "viewability",
          [
            dimension.databaseValue, text(name), text(standard.id), tier.rawValue.databaseValue,
            tally.viewable.databaseValue, tally.notViewable.databaseValue, tally.undetermined.databaseValue,
          ])
      }
    }
  }

  private func insert(_ detector: AuditResult.DetectorResult, _ number: Int) throws {
    let card = detector.card
    try insert(
      "detector",
      [
        number.databaseValue, text(card.id), text(card.title), text(card.category.code), text(card.category.mrc),
        text(card.category.title), detector.notMeasurable.map(Display.safe).databaseValue,
        detector.events.databaseValue, detector.primaryEvents.databaseValue, detector.sessions.databaseValue,
        detector.value.millionths.databaseValue,
      ])
    for (ordinal, measure) in card.measures.enumerated() {
      try insert(
        "measure", [number.databaseValue, ordinal.databaseValue, text(measure.name), text(measure.unit)])
    }
  }

  private func insert(_ table: String, _ values: [DatabaseValue]) throws {
    let places = Array(repeating: "?", count: values.count).joined(separator: ", ")
    try database.cachedStatement(sql: "INSERT INTO \(table) VALUES (\(places))").run(StatementArguments(values))
  }

  /// Text without control characters: a NUL would end it early in SQLite, and an escape would act on whoever reads
  /// the table in a terminal.
  private func text(_ text: String) -> DatabaseValue { Display.safe(text).databaseValue }
}

extension Optional where Wrapped: DatabaseValueConvertible {
  /// The value or NULL.
  var databaseValue: DatabaseValue { self?.databaseValue ?? .null }
}
