import AssayMeasurement
import AssayModel

/// The sections that show the ledger.
enum LedgerSections {
  /// From gross to total net, and what of it was measured and viewable.
  static func waterfall(_ result: AuditResult) -> Section {
    let kinds = result.countedKinds.isEmpty ? [result.mainKind] : result.countedKinds
    let cost = result.cost(result.totals)
    let hasCost = cost.grossValue > .zero
    var table = Table(columns: [Table.Column(title: "", alignment: .left, least: 35)])
    for kind in kinds {
      let isMain = kind == result.mainKind
      table.columns.append(
        Table.Column(title: Words.noun(kind, in: result), drops: isMain || kind == .clicks ? 0 : 2))
      table.columns.append(Table.Column(title: "share", drops: isMain ? 0 : 3))
    }
    if hasCost { table.columns.append(Table.Column(title: "cost", drops: 1)) }

    func add(
      _ label: String, _ tone: Table.Tone = .plain, money: Money? = nil,
      _ part: (LedgerKind, Tally) -> (Int64, of: Int64)?
    ) {
      var row = [Table.Cell(label, tone)]
      for kind in kinds {
        let part = part(kind, result.totals[keyPath: kind.path])
        row.append(Table.Cell(part.map { Numbers.grouped($0.0) } ?? "", tone))
        row.append(Table.Cell(part.map { $0.0 == 0 ? "" : Numbers.percent(Ratio($0.0, of: $0.of)) } ?? "", .dim))
      }
      if hasCost { row.append(Table.Cell(money.map(Numbers.money) ?? "", tone)) }
      table.rows.append(row)
    }
    let net = cost.grossValue - cost.givtValue
    let totalNet = net - cost.sivtValue
    add("Gross", .strong, money: cost.grossValue) { ($1.gross, of: $1.gross) }
    add("− general invalid (GIVT)", .bad, money: cost.givtValue) { ($1.givt, of: $1.gross) }
    add("= Net", money: net) { ($1.net, of: $1.gross) }
    add("− sophisticated invalid (SIVT)", .bad, money: cost.sivtValue) { ($1.sivt, of: $1.gross) }
    add("= Total net", .strong, money: totalNet) { ($1.totalNet, of: $1.gross) }
    add("  valid (not identified as invalid)") { ($1.valid, of: $1.gross) }
    if result.judged.suspicious > 0 {
      add("  suspicious, not subtracted", .doubtful) { ($1.suspicious, of: $1.gross) }
    }
    let seen = result.totals.headlineViewability
    if result.totals.impressions.totalNet > 0 {
      add("  measured, of total net") { kind, _ in
        kind == .impressions ? (seen.measured, of: seen.impressions) : nil
      }
      add("  viewable, of measured", .good) { kind, _ in
        kind == .impressions ? (seen.viewable, of: seen.measured) : nil
      }
    }
    if result.judged.excluded > 0 {
      add("Excluded before gross (tests)", .dim) { ($1.excluded, of: $1.gross + $1.excluded) }
    }
    add("Decided on GIVT", .dim) { ($1.gross - $1.undecidedGIVT, of: $1.gross) }
    add("Decided on SIVT", .dim) { ($1.gross - $1.undecidedSIVT, of: $1.gross) }
    let end = result.totals.impressions.totalNet > 0 ? "viewable" : "total net"
    return Section(title: "From gross to \(end)", tables: [table])
  }

  /// Every standard, on both tiers, where anything was measured.
  static func viewability(_ result: AuditResult) -> Section? {
    guard result.totals.impressions.net > 0, result.totals.net.contains(where: { $0.measured > 0 }) else { return nil }
    var table = Table(columns: [
      Table.Column(title: "of", alignment: .left),
      Table.Column(title: "measured"), Table.Column(title: "rate"), Table.Column(title: "viewable"),
      Table.Column(title: "rate"), Table.Column(title: "95% interval", drops: 1),
      Table.Column(title: "not viewable", drops: 3),
      Table.Column(title: "undetermined", drops: 2),
    ])
    for (index, standard) in result.standards.enumerated() {
      table.rows.append([Table.Cell(Display.safe(standard.title))])
      for tier in ViewabilityTier.allCases.reversed() where tier.of(result.totals).indices.contains(index) {
        let tally = tier.of(result.totals)[index]
        table.rows.append([
          Table.Cell(tier == .net ? "  net" : "  total net", .dim),
          Table.Cell(Numbers.grouped(tally.measured)), Table.Cell(Numbers.percent(tally.measuredRate), .dim),
          Table.Cell(Numbers.grouped(tally.viewable), .good), Table.Cell(Numbers.percent(tally.viewableRate), .strong),
          Table.Cell(Numbers.interval(tally.viewableRate), .dim), Table.Cell(Numbers.grouped(tally.notViewable)),
          Table.Cell(Numbers.grouped(tally.undetermined)),
        ])
      }
    }
    return Section(title: "Viewability", tables: [table])
  }

  /// The rows with the most invalid traffic of each dimension that the log names.
  static func worst(_ result: AuditResult, _ limit: Int) -> [Section] {
    Dimension.allCases.compactMap { dimension in
      guard dimension.rawValue < result.byDimension.count else { return nil }
      let rows = result.byDimension[dimension.rawValue]
      guard rows.contains(where: { !$0.name.isEmpty }) else { return nil }
      return section(rows, "\(dimension.name)", result, limit)
    } + [days(result, limit)].compactMap { $0 }
  }

  private static func days(_ result: AuditResult, _ limit: Int) -> Section? {
    guard result.byDay.count > 1 else { return nil }
    if result.byDay.count > max(limit, 14) { return section(result.byDay, "day", result, limit) }
    return Section(
      title: "By day (\(Display.safe(result.timeZone)))", tables: [table(result.byDay, "day", result)])
  }

  private static func section(
    _ rows: [AuditResult.NamedRow], _ noun: String, _ result: AuditResult, _ limit: Int
  ) -> Section {
    let path = result.mainKind.path
    func invalid(_ row: LedgerRow) -> Int64 { LedgerKind.allCases.reduce(0) { $0 + row[keyPath: $1.path].ivt } }
    let ranked = rows.filter { invalid($0.row) > 0 }.sorted { left, right in
      let (first, second) = (left.row[keyPath: path].ivt, right.row[keyPath: path].ivt)
      if first != second { return first > second }
      let (firstAll, secondAll) = (invalid(left.row), invalid(right.row))
      if firstAll != secondAll { return firstAll > secondAll }
      return left.name.utf8.lexicographicallyPrecedes(right.name.utf8)
    }
    let all = Words.plural(Int64(rows.count), noun)
    if ranked.isEmpty {
      return Section(title: "\(noun.capitalizedFirst)s", paragraphs: ["Nothing invalid in \(all)."])
    }
    let shown = Array(ranked.prefix(limit))
    var section = Section(
      title: "\(noun.capitalizedFirst)s with the most invalid \(Words.noun(result.mainKind, in: result)) "
        + "(\(shown.count) of \(Numbers.grouped(rows.count)))",
      tables: [table(shown, noun, result)])
    if shown.count < ranked.count {
      section.notes.append("\(Numbers.grouped(ranked.count - shown.count)) more have invalid traffic.")
    }
    return section
  }

  private static func table(_ rows: [AuditResult.NamedRow], _ noun: String, _ result: AuditResult) -> Table {
    let showsClicks = result.mainKind == .impressions && result.totals.clicks.gross > 0
    var table = Table(columns: [
      Table.Column(title: noun, alignment: .left, least: 24),
      Table.Column(title: Words.noun(result.mainKind, in: result)), Table.Column(title: "invalid"),
      Table.Column(title: "share"), Table.Column(title: "95% interval", drops: 1),
      Table.Column(title: "", alignment: .left, drops: 2), Table.Column(title: "invalid clicks", drops: 3),
      Table.Column(title: "viewable", drops: 4), Table.Column(title: "wasted"),
    ])
    let highest = rows.compactMap { $0.row[keyPath: result.mainKind.path].ivtRate?.millionths }.max() ?? 0
    for named in rows {
      let main = named.row[keyPath: result.mainKind.path]
      let clicks = named.row.clicks
      let seen = named.row.headlineViewability
      let cost = result.cost(named.row)
      table.rows.append([
        Table.Cell(Words.name(named.name)), Table.Cell(Numbers.grouped(main.gross)),
        Table.Cell(Numbers.grouped(main.ivt), .bad), Table.Cell(Numbers.percent(main.ivtRate), .strong),
        Table.Cell(Numbers.interval(main.ivtRate), .dim),
        Table.Cell(Bar.text(main.ivtRate, full: highest), .bad),
        Table.Cell(
          showsClicks ? "\(Numbers.grouped(clicks.ivt)) of \(Numbers.grouped(clicks.gross))" : "",
          clicks.ivt > 0 ? .bad : .plain),
        Table.Cell(seen.measured > 0 ? Numbers.percent(seen.viewableRate) : ""),
        Table.Cell(cost.grossValue > .zero ? Numbers.money(cost.ivtValue) : ""),
      ])
    }
    return table.withoutEmptyColumns
  }
}
