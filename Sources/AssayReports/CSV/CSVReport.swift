public import AssayMeasurement
internal import AssayModel

/// The ledger as one long table for spreadsheets: a line for the total, for every campaign, placement, creative,
/// publisher and seller, for every day, and for every list that was used.
public enum CSVReport: Report {
  /// What it is.
  public static let card = ReportCard(
    id: "csv", title: "The ledger as one long table, for spreadsheets", fileExtensions: ["csv"], mediaType: "text/csv")

  /// The header begins with columns that no log has side by side.
  public static func isBeginning(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.starts(with: columns([]).prefix(6).joined(separator: ",").utf8)
  }

  /// Writes the table (RFC 4180: CRLF, a header line).
  public static func render(_ result: AuditResult, options: ReportOptions, to sink: inout some TextSink) {
    var bytes = Array(columns(result.standards).joined(separator: ",").utf8) + [0x0d, 0x0a]
    line("total", "", result.totals, result.standards.count, to: &bytes)
    for dimension in Dimension.allCases where dimension.rawValue < result.byDimension.count {
      for named in result.byDimension[dimension.rawValue] {
        line(dimension.name, named.name, named.row, result.standards.count, to: &bytes)
      }
    }
    for day in result.byDay { line("day", day.name, day.row, result.standards.count, to: &bytes) }
    let counts = columns(result.standards).count - 4
    for list in result.tool.lists { line(list, blanks: counts, to: &bytes) }
    sink.write(bytes)
  }

  private static func columns(_ standards: [AuditResult.Standard]) -> [String] {
    var columns = ["dimension", "name"]
    for kind in LedgerKind.allCases {
      columns += LedgerCount.allCases.map { "\($0.rawValue)_\(kind.rawValue)" }
      columns += LedgerValue.allCases.map { "\($0.rawValue)_\(kind.rawValue)_value" }
      columns += ["", "_low", "_high"].map { "invalid_\(kind.rawValue)_rate\($0)" }
    }
    for standard in standards {
      var id: [UInt8] = []
      CSVText.append(standard.id.replacing(",", with: "_").replacing("\"", with: "_"), to: &id)
      for tier in ViewabilityTier.allCases {
        columns += ["viewable", "not_viewable", "undetermined", "measured_rate", "viewable_rate"].map {
          "\($0)_\(tier.rawValue)_\(String(decoding: id, as: UTF8.self))"
        }
      }
    }
    return columns + ["version", "sha256"]
  }

  /// What the counts rest on, as the other reports have it: a list has no counts of its own.
  private static func line(_ list: AuditResult.List, blanks: Int, to bytes: inout [UInt8]) {
    bytes.append(contentsOf: "list,".utf8)
    CSVText.append(list.name, to: &bytes)
    bytes.append(contentsOf: repeatElement(0x2c, count: blanks + 1))
    CSVText.append(list.version ?? "", to: &bytes)
    bytes.append(0x2c)
    CSVText.append(list.sha256, to: &bytes)
    bytes.append(contentsOf: [0x0d, 0x0a])
  }

  private static func line(
    _ dimension: String, _ name: String, _ row: LedgerRow, _ standards: Int, to bytes: inout [UInt8]
  ) {
    bytes.append(contentsOf: dimension.utf8)
    bytes.append(0x2c)
    CSVText.append(name, to: &bytes)
    func cell(_ text: String?) {
      bytes.append(0x2c)
      if let text { bytes.append(contentsOf: text.utf8) }
    }
    for kind in LedgerKind.allCases {
      let tally = row[keyPath: kind.path]
      for count in LedgerCount.allCases { cell(String(count.of(tally))) }
      for value in LedgerValue.allCases { cell(Numbers.fixed(value.of(tally).millionths)) }
      let interval = tally.ivtRate?.interval()?.millionths
      for rate in [tally.ivtRate?.millionths, interval?.lower, interval?.upper] { cell(rate.map(Numbers.fixed)) }
    }
    for standard in 0..<standards {
      for tier in ViewabilityTier.allCases {
        let tallies = tier.of(row)
        let tally = tallies.indices.contains(standard) ? tallies[standard] : ViewabilityTally()
        for count in [tally.viewable, tally.notViewable, tally.undetermined] { cell(String(count)) }
        for rate in [tally.measuredRate, tally.viewableRate] { cell((rate?.millionths).map(Numbers.fixed)) }
      }
    }
    // Version and hash belong to lists.
    cell(nil)
    cell(nil)
    bytes.append(contentsOf: [0x0d, 0x0a])
  }
}
