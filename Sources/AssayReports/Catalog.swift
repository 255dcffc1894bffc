/// The reports that there are.
public enum ReportCatalog {
  /// All of them, in the order of listings.
  public static let all: [any Report.Type] = [
    TerminalReport.self,
    JSONReport.self,
    CSVReport.self,
    MarkdownReport.self,
  ]

  /// The report with an id.
  public static func report(id: String) -> (any Report.Type)? {
    all.first { $0.card.id == id }
  }

  /// The report that a file name extension (without the dot, in any case) chooses.
  public static func report(fileExtension: String) -> (any Report.Type)? {
    let wanted = fileExtension.lowercased()
    return all.first { $0.card.fileExtensions.contains(wanted) }
  }
}
