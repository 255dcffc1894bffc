import AssayMeasurement
import AssayModel

/// The section that names the networks.
enum NetworkSections {
  /// How many publishers of a network are named.
  private static let named = 8

  /// Each network: who found it, how large it is, what it costs, and its publishers.
  static func networks(_ result: AuditResult, _ limit: Int) -> Section? {
    if result.networks.isEmpty { return nil }
    var table = Table(columns: [
      Table.Column(title: "found by", alignment: .left), Table.Column(title: "publishers"),
      Table.Column(title: "visitors"), Table.Column(title: "addresses"), Table.Column(title: "events"),
      Table.Column(title: "invalid"), Table.Column(title: "cost"), Table.Column(title: "in 30 days", drops: 1),
    ])
    for network in result.networks.prefix(limit) {
      table.rows.append([
        Table.Cell(Display.safe(network.detector), .strong),
        Table.Cell(network.publishers.isEmpty ? "any" : Numbers.grouped(Int64(network.publishers.count))),
        Table.Cell(Numbers.grouped(network.visitors)), Table.Cell(Numbers.grouped(network.addresses)),
        Table.Cell(Numbers.grouped(network.events)), Table.Cell(Numbers.grouped(network.invalid), .bad),
        Table.Cell(network.money > .zero ? Numbers.money(network.money) : ""),
        Table.Cell(network.moneyPerMonth.map { $0 > .zero ? Numbers.money($0) : "" } ?? "", .strong),
      ])
    }
    var section = Section(title: "Networks", tables: [table.withoutEmptyColumns])
    section.notes = result.networks.prefix(limit).filter { !$0.publishers.isEmpty }.map { network in
      let names = network.publishers.prefix(named).map(Display.safe).joined(separator: ", ")
      let more = network.publishers.count - named
      return "The \(network.publishers.count) publishers of \(Display.safe(network.detector)): \(names)"
        + (more > 0 ? ", and \(more) more." : ".")
    }
    if result.networks.count > limit {
      section.notes.append("\(result.networks.count - limit) more networks are in the JSON report.")
    }
    return section
  }
}
