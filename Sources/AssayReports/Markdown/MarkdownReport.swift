public import AssayMeasurement

/// The result to paste into a ticket: GitHub-flavoured Markdown.
public enum MarkdownReport: Report {
  /// What it is.
  public static let card = ReportCard(
    id: "markdown", title: "The answer and its tables, to paste into a ticket", fileExtensions: ["md", "markdown"],
    mediaType: "text/markdown")

  private static let heading = "# Ad traffic audit\n\n"

  /// The heading, and the line that says what made it.
  public static func isBeginning(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.starts(with: (heading + ReportPage.maker).utf8)
  }

  /// Writes the page.
  public static func render(_ result: AuditResult, options: ReportOptions, to sink: inout some TextSink) {
    let page = ReportPage(result, options)
    var text = "\(heading)\(escaped(page.title))\n"
    for section in page.sections {
      if !section.title.isEmpty { text += "\n## \(escaped(section.title))\n" }
      for paragraph in section.paragraphs { text += "\n\(escaped(paragraph))\n" }
      for table in section.tables { text += "\n" + markdown(table) }
      for note in section.notes { text += "\n\(escaped(note))\n" }
      for (command, purpose) in section.commands {
        text += "\n\(escaped(purpose.capitalizedFirst)):\n\n    \(command)\n"
      }
    }
    sink.write(text)
  }

  private static func markdown(_ table: Table) -> String {
    func row(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |\n" }
    let blanks = Array(repeating: "", count: max(0, table.columns.count - 1))
    return row(table.columns.map { escaped($0.title) })
      + row(table.columns.map { $0.alignment == .left ? ":--" : "--:" })
      + table.rows.map { row($0.map { escaped($0.text.trimmedStart) } + ($0.count == 1 ? blanks : [])) }.joined()
  }

  /// Text that Markdown shows as it is: no markup, no HTML, no links and no mentions of people out of a log.
  static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\", "`", "*", "_", "[", "]", "|", "#", "~", "$": escaped += "\\" + String(scalar)
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "&": escaped += "&amp;"
      // Bare addresses become links, and names after @ call people, even where they are escaped.
      case "@": escaped += "&#64;"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped.replacing("://", with: "&#58;//").replacing("www.", with: "www&#46;")
  }
}
