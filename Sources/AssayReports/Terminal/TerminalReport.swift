public import AssayMeasurement

/// The result for a person at a terminal: the answer in sentences, then tables that fit the width.
public enum TerminalReport: Report {
  /// What it is.
  public static let card = ReportCard(
    id: "terminal", title: "The answer and its tables, for a person", fileExtensions: ["txt"], mediaType: "text/plain")

  /// The line that says what made it and with which profile; in colour behind an escape sequence.
  public static func isBeginning(_ bytes: ArraySlice<UInt8>) -> Bool {
    let line = String(decoding: bytes.prefix(128), as: UTF8.self)
    return line.prefixMatch(of: #/(\x1b\[[0-9;]*m)?Assay \S+ · profile /#) != nil
  }

  /// Writes the page.
  public static func render(_ result: AuditResult, options: ReportOptions, to sink: inout some TextSink) {
    let page = ReportPage(result, options)
    var writer = TerminalWriter(width: options.width, color: options.color)
    writer.paragraph(page.title, indent: "", .dim)
    for section in page.sections { writer.section(section) }
    sink.write(writer.text)
  }
}

/// Lays sections out in columns.
struct TerminalWriter {
  private(set) var text = ""
  let width: Int
  private let color: Bool

  init(width: Int, color: Bool) {
    self.width = width
    self.color = color
  }

  mutating func section(_ section: Section) {
    line("")
    if !section.title.isEmpty { line(section.title, .strong) }
    let indent = section.title.isEmpty ? "" : "  "
    for (index, paragraph) in section.paragraphs.enumerated() {
      if index > 0, section.title.isEmpty { line("") }
      self.paragraph(paragraph, indent: indent)
    }
    for (index, table) in section.tables.enumerated() {
      if index > 0 { line("") }
      self.table(table, indent: indent)
    }
    for note in section.notes { paragraph(note, indent: indent, .dim) }
    for (command, purpose) in section.commands {
      line("\(indent)\(styled(command, .strong))")
      line("\(indent)    \(styled(purpose, .dim))")
    }
  }

  mutating func line(_ content: String, _ tone: Table.Tone = .plain) {
    text += styled(content, tone) + "\n"
  }

  mutating func paragraph(_ content: String, indent: String, _ tone: Table.Tone = .plain) {
    for part in Display.wrapped(content, width: width - indent.utf8.count) { line(indent + styled(part, tone)) }
  }

  private mutating func table(_ table: Table, indent: String) {
    let layout = TableLayout(table, width: width - indent.utf8.count)
    let columns = layout.columns.map { table.columns[$0] }
    func write(_ cells: [Table.Cell]) {
      var row = indent
      for (position, cell) in cells.enumerated() {
        let shown = Display.cut(cell.text, to: layout.widths[position])
        let padding = String(repeating: " ", count: max(0, layout.widths[position] - Display.width(shown)))
        if position > 0 { row += "  " }
        // No blanks at the end of a line, where nobody sees them but a diff.
        let isLast = cells[(position + 1)...].allSatisfy { $0.text.isEmpty }
        switch columns[position].alignment {
        case .right: row += shown.isEmpty && isLast ? "" : padding + styled(shown, cell.tone)
        case .left: row += styled(shown, cell.tone) + (isLast ? "" : padding)
        }
        if isLast { break }
      }
      text += row + "\n"
    }
    if columns.contains(where: { !$0.title.isEmpty }) { write(columns.map { Table.Cell($0.title, .dim) }) }
    for row in table.rows {
      if row.count == 1 {
        line(indent + styled(Display.cut(row[0].text, to: width - indent.utf8.count), row[0].tone))
      } else {
        write(layout.columns.map { row[$0] })
      }
    }
  }

  private func styled(_ content: String, _ tone: Table.Tone) -> String {
    guard color, !content.isEmpty else { return content }
    let code =
      switch tone {
      case .plain: ""
      case .strong: "1"
      case .dim: "2"
      case .bad: "31"
      case .doubtful: "33"
      case .good: "32"
      }
    return code.isEmpty ? content : "\u{1b}[\(code)m\(content)\u{1b}[0m"
  }
}

/// Which columns of a table fit a width, and how wide each becomes.
struct TableLayout {
  /// Indices of the columns that are shown.
  private(set) var columns: [Int]
  /// Their widths.
  private(set) var widths: [Int]

  /// Drops what may be dropped while even the narrowest form is too wide; if it still is, cuts deeper than asked (to
  /// eight columns); then gives what is left to the columns that can be cut, as much as each needs.
  init(_ table: Table, width: Int) {
    let natural = table.columns.indices.map { index in
      max(
        Display.width(table.columns[index].title),
        table.rows.map { $0.count == 1 ? 0 : Display.width($0[index].text) }.max() ?? 0)
    }
    func least(_ index: Int) -> Int { table.columns[index].least.map { min($0, natural[index]) } ?? natural[index] }
    var columns = Array(table.columns.indices)
    func total(_ widths: [Int]) -> Int { widths.reduce(0, +) + 2 * max(0, widths.count - 1) }
    while total(columns.map(least)) > width,
      let dropped = columns.filter({ table.columns[$0].drops > 0 })
        .max(by: { (table.columns[$0].drops, $0) < (table.columns[$1].drops, $1) })
    {
      columns.removeAll { $0 == dropped }
    }
    var widths = columns.map(least)
    for position in columns.indices where table.columns[columns[position]].least != nil {
      widths[position] -= min(max(0, total(widths) - width), max(0, widths[position] - 8))
    }
    var spare = width - total(widths)
    while spare > 0 {
      let wanting = columns.indices.filter { widths[$0] < natural[columns[$0]] }
      if wanting.isEmpty { break }
      for position in wanting where spare > 0 {
        widths[position] += 1
        spare -= 1
      }
    }
    self.columns = columns
    self.widths = widths
  }
}
