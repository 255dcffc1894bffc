import AssayMeasurement
import AssayModel

/// Words for counts, in one place so that every report says the same.
enum Words {
  /// `1 click`, `2 clicks`.
  static func count(_ number: Int64, _ kind: LedgerKind, in result: AuditResult) -> String {
    "\(Numbers.grouped(number)) \(noun(kind, number, in: result))"
  }

  /// The noun for so many; impressions that nobody saw begin to render are tracked ads.
  static func noun(_ kind: LedgerKind, _ number: Int64 = 2, in result: AuditResult) -> String {
    let singular =
      switch kind {
      case .impressions: result.countsRenderedImpressions ? "impression" : "tracked ad"
      case .clicks: "click"
      case .conversions: "conversion"
      case .forms: "form post"
      case .pages: "page view"
      }
    return number == 1 ? singular : singular + "s"
  }

  /// `a, b and c`.
  static func list(_ words: [String]) -> String {
    guard let last = words.last, words.count > 1 else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " and " + last
  }

  /// `1 line`, `2 lines`.
  static func plural(_ number: Int64, _ singular: String, _ plural: String? = nil) -> String {
    "\(Numbers.grouped(number)) \(number == 1 ? singular : plural ?? singular + "s")"
  }

  /// A name of the ledger, safe to print.
  static func name(_ name: String) -> String { name.isEmpty ? "(not given)" : Display.safe(name) }
}

extension AuditResult {
  /// The kinds that were counted, in order.
  var countedKinds: [LedgerKind] { LedgerKind.allCases.filter { !totals[keyPath: $0.path].isEmpty } }

  /// What the audit is about first of all: page views where pages are judged; otherwise impressions, or what the log
  /// has instead of them.
  var mainKind: LedgerKind {
    if judgesPages { return .pages }
    return LedgerKind.allCases.first { totals[keyPath: $0.path].gross > 0 } ?? .impressions
  }

  /// All that was judged and counted.
  var judged: Tally { LedgerKind.allCases.reduce(into: Tally()) { $0 += totals[keyPath: $1.path] } }

  /// What impressions and clicks cost together; conversions have a value, not a price.
  func cost(_ row: LedgerRow) -> Tally {
    var sum = row.impressions
    sum += row.clicks
    return sum
  }
}
