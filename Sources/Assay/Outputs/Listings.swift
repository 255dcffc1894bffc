internal import AssayDetectors
public import AssayModel
internal import AssayParsing
internal import AssayReports

/// What there is: the catalogues as text.
public enum Listings {
  /// All log formats, a line each.
  public static func formats() -> String {
    table(FormatCatalog.all.map { [$0.card.id, $0.card.title, $0.card.aliases.joined(separator: ", ")] })
      + "\nOr a pasted format string: nginx:'$remote_addr …', apache:'%h %l …', goaccess:'%h %^ …'.\n"
  }

  /// One log format, with its samples.
  ///
  /// - Throws: `usage` where there is none of that name.
  public static func format(_ name: String) throws(AssayError) -> String {
    let card: FormatCard
    do throws(AssayError) {
      card = try FormatCatalog.format(named: name).card
    } catch {
      throw AssayError(.usage, error.message)
    }
    var text = "\(card.id): \(card.title)\n"
    if !card.aliases.isEmpty { text += "Also called \(card.aliases.joined(separator: ", ")).\n" }
    text += "Described at \(card.reference)\n"
    if let type = FormatCatalog.all.first(where: { $0.card.id == card.id }) {
      text += "\nSamples:\n"
      for sample in type.samples { text += "\n\(printableLines(sample.text))\n  → \(sample.issue ?? "a record")\n" }
    }
    return text
  }

  /// All detectors, a line each.
  public static func detectors() -> String {
    table(DetectorCatalog.all.map { [$0.card.id, $0.card.category.code, effect($0.card.action), $0.card.title] })
  }

  /// The card of one detector.
  ///
  /// - Throws: `usage` where there is none of that id.
  public static func detector(_ id: String) throws(AssayError) -> String {
    let cards = DetectorCatalog.all.map { $0.card }
    guard let card = cards.first(where: { $0.id == id }) else { throw unknown("detector", id, cards.map(\.id)) }
    var text = "\(card.id): \(card.title)\n\n\(card.summary)\n\n"
    text += "Category   \(card.category.code) (MRC \(card.category.mrc)): \(card.category.title)\n"
    text += "Effect     \(effect(card.action))\n"
    text += "Family     \(card.family.name)\n"
    text += "Needs      \(card.needs.map(\.rawValue).joined(separator: ", "))\n"
    text += "\nWhat fools it\n\(card.foolsIt)\n"
    if !card.thresholds.isEmpty { text += "\nThresholds\n" }
    for threshold in card.thresholds {
      text += "  detectors.\(card.id).\(threshold.name) = \(number(threshold.standard)) \(threshold.unit)"
      text += " (\(number(threshold.range.lowerBound)) to \(number(threshold.range.upperBound)))\n"
      text += "    \(threshold.origin)\n"
    }
    text += "\nReferences\n" + card.references.map { "  \($0)\n" }.joined()
    return text
  }

  /// All profiles, a line each.
  public static func profiles() -> String { table(ProfileCatalog.all.map { [$0.name, $0.title] }) }

  /// A profile as YAML.
  ///
  /// - Throws: `usage` where there is none of that name.
  public static func profile(_ name: String) throws(AssayError) -> String {
    guard let profile = ProfileCatalog.profile(named: name) else {
      throw unknown("profile", name, ProfileCatalog.all.map(\.name))
    }
    return ProfileText.yaml(profile)
  }

  /// All reports, a line each.
  public static func reports() -> String {
    let cards = ReportCatalog.all.map { $0.card }
    return table(
      cards.map { [$0.id, $0.fileExtensions.map { ".\($0)" }.joined(separator: " "), $0.title] }
        + [["results", ".db", "SQLite results file for explain, report, evaluate and any BI tool"]])
  }

  private static func unknown(_ what: String, _ name: String, _ known: [String]) -> AssayError {
    let near = nearest(name, in: known).map { " Did you mean “\($0)”?" } ?? ""
    return AssayError(.usage, "There is no \(what) “\(name)”.\(near) `assay \(what)s` lists them.")
  }

  private static func effect(_ action: Action) -> String {
    switch action {
    case .invalidate(let tier): "invalidates (\(tier.name))"
    case .exclude: "excludes before gross"
    case .weigh: "weighs"
    case .report: "reports"
    }
  }

  private static func number(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : "\(value)"
  }

  private static func printableLines(_ text: String) -> String {
    text.split(separator: "\n").map { "  " + printableText($0.utf8) }.joined(separator: "\n")
  }

  /// Columns as wide as their widest cell; the last one as it is.
  private static func table(_ rows: [[String]]) -> String {
    let columns = rows.map(\.count).max() ?? 0
    let widths = (0..<columns).map { column in rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0 }
    return rows.map { row in
      var line = ""
      for (column, cell) in row.enumerated() {
        line += cell
        if column < row.count - 1 { line += String(repeating: " ", count: widths[column] - cell.count + 2) }
      }
      return line + "\n"
    }.joined()
  }
}
