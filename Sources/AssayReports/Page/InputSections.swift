import AssayMeasurement
import AssayModel

/// The sections that account for what was read.
enum InputSections {
  /// Lines and events, and everything odd about them.
  static func accounting(_ result: AuditResult, _ limit: Int) -> Section {
    let accounting = result.accounting
    var section = Section(title: "Accounting")
    section.paragraphs.append(
      "\(Words.plural(accounting.lines, "line")) = \(Words.plural(accounting.events, "event")) + "
        + "\(Numbers.grouped(accounting.ignored)) ignored + \(Numbers.grouped(accounting.unreadable)) unreadable")
    if !accounting.balances {
      section.paragraphs.append("This does not add up, which is a fault of the program: please report it.")
    }
    var kinds: [String] = []
    for (kind, count) in zip(EventKind.allCases, accounting.byKind) where count > 0 {
      kinds.append("\(Numbers.grouped(count)) \(kind.name)")
    }
    if !kinds.isEmpty {
      section.paragraphs.append(
        "Events: \(kinds.joined(separator: " + "))"
          + (accounting.outsidePeriod > 0
            ? "; \(Numbers.grouped(accounting.outsidePeriod)) of them lie outside the period asked for and are not judged"
            : ""))
    }
    let population = result.population
    if population.visitors > 0 {
      section.paragraphs.append(
        Words.list([
          Words.plural(population.visitors, "visitor"), Words.plural(population.sessions, "session"),
          Words.plural(population.addresses, "address", "addresses"),
          Words.plural(population.userAgents, "user agent"),
        ]))
    }
    if !result.issues.isEmpty { section.tables.append(issues(result)) }
    return section
  }

  private static func issues(_ result: AuditResult) -> Table {
    var table = Table(columns: [
      Table.Column(title: "issue", alignment: .left), Table.Column(title: "times"), Table.Column(title: "lines lost"),
      Table.Column(title: "first at", alignment: .left, least: 24),
    ])
    for issue in result.issues {
      let sample = issue.entry.samples.first
      table.rows.append([
        Table.Cell(Display.safe(issue.name), .doubtful), Table.Cell(Numbers.grouped(issue.entry.count)),
        Table.Cell(Numbers.grouped(issue.entry.lines)),
        Table.Cell(sample.map { place($0, line: issue.sampleLines.first, result) } ?? "", .dim),
      ])
      if let sample { table.rows.append([Table.Cell("  \(Display.safe(sample.message))", .dim)]) }
    }
    return table
  }

  /// `path:line:column`, or the byte where lines were not counted.
  private static func place(_ issue: Issue, line: Int?, _ result: AuditResult) -> String {
    let source = issue.position.source
    let path = result.inputs.indices.contains(source) ? Display.safe(result.inputs[source].path) : "#\(source)"
    guard let line else { return "\(path) byte \(Numbers.grouped(issue.position.offset))" }
    return "\(path):\(line)" + (issue.column.map { ":\($0 + 1)" } ?? "")
  }

  /// Files and lists.
  static func inputs(_ result: AuditResult, _ limit: Int) -> Section? {
    if result.inputs.isEmpty, result.tool.lists.isEmpty { return nil }
    var files = Table(columns: [
      Table.Column(title: "input", alignment: .left, least: 30), Table.Column(title: "format", alignment: .left),
      Table.Column(title: "compression", alignment: .left, drops: 4), Table.Column(title: "size", drops: 3),
      Table.Column(title: "lines"), Table.Column(title: "unreadable", drops: 2),
      Table.Column(title: "days", alignment: .left, drops: 1),
    ])
    for input in result.inputs.prefix(max(limit, 20)) {
      files.rows.append([
        Table.Cell(Display.safe(input.path)), Table.Cell(Display.safe(input.format)),
        Table.Cell(input.compression == "plain" ? "" : Display.safe(input.compression)),
        Table.Cell(Numbers.bytes(input.bytes), .dim), Table.Cell(Numbers.grouped(input.lines)),
        Table.Cell(Numbers.grouped(input.unreadable), input.unreadable > 0 ? .doubtful : .plain),
        Table.Cell(days(input), .dim),
      ])
    }
    var lists = Table(columns: [
      Table.Column(title: "list", alignment: .left, least: 16), Table.Column(title: "kind", alignment: .left),
      Table.Column(title: "entries"), Table.Column(title: "version", alignment: .left, drops: 2),
      Table.Column(title: "SHA-256", alignment: .left, drops: 1),
    ])
    for list in result.tool.lists {
      lists.rows.append([
        Table.Cell(Display.safe(list.name)), Table.Cell(Display.safe(list.kind)),
        Table.Cell(Numbers.grouped(list.entries)), Table.Cell(Display.safe(list.version ?? "")),
        Table.Cell(Display.safe(String(list.sha256.prefix(12))), .dim),
      ])
    }
    var section = Section(title: "Inputs")
    section.tables = [files, lists].filter { !$0.rows.isEmpty }.map(\.withoutEmptyColumns)
    let hidden = result.inputs.count - files.rows.count
    if hidden > 0 { section.notes.append("\(Words.plural(Int64(hidden), "more input")) not shown; the JSON has all.") }
    section.notes += result.leftOut.prefix(max(limit, 20)).map {
      "Left out: \(Display.safe($0.path)). \(Display.safe($0.reason)) (\(Display.safe($0.name)))"
    }
    let unsaid = result.leftOut.count - max(limit, 20)
    if unsaid > 0 { section.notes.append("\(Words.plural(Int64(unsaid), "more file")) left out; the JSON has all.") }
    if result.tool.lists.isEmpty {
      section.notes.append("No lists of robots or networks were given (`--lists PATH`).")
    }
    section.notes += result.tool.listRemarks.map { "List \(Display.safe($0.name)): \(Display.safe($0.text))" }
    return section
  }

  /// `2026-11-01`, or the first and the last.
  private static func days(_ input: AuditResult.Input) -> String {
    guard let first = input.firstTime.map(TimeText.date), let last = input.lastTime.map(TimeText.date) else {
      return ""
    }
    return first == last ? first : "\(first) to \(last)"
  }

  /// What to do next, with ids and names of this result.
  static func next(_ result: AuditResult) -> Section? {
    guard let sample = result.samples.first else { return nil }
    var commands = [
      (
        "assay explain audit.db \(sample.event.id)",
        "why this \(sample.event.event.kind.name) was judged so, with its log line"
      )
    ]
    if let address = result.worstAddresses.first?.address, !address.isNone {
      commands.append(("assay explain audit.db \(address)", "everything that was found about this address"))
    }
    let campaigns = result.byDimension.first ?? []
    let path = result.mainKind.path
    let worst = campaigns.max { $0.row[keyPath: path].ivt < $1.row[keyPath: path].ivt }
    if let name = worst?.name, !name.isEmpty, name.utf8.allSatisfy(isPlain) {
      commands.append(("assay explain audit.db campaign=\(name)", "the findings in this campaign"))
    }
    commands.append(("assay report audit.db -o report.csv", "these numbers for a spreadsheet"))
    return Section(
      title: "Next", paragraphs: ["With the results kept in a file (`assay audit … -o audit.db`):"], commands: commands)
  }

  /// Whether a byte means nothing to any shell: a name from a log must not become a command by being pasted.
  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x2e, 0x5f, 0x2d: true
    default: false
    }
  }
}
