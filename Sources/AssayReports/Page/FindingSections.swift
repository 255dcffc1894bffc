import AssayMeasurement
import AssayModel

/// The sections that say why, and what could not be said.
enum FindingSections {
  /// What each detector found, the most frequent primary reason first.
  static func reasons(_ result: AuditResult) -> Section? {
    if result.detectors.isEmpty { return nil }
    let judged = result.judged.gross + result.judged.excluded
    var table = Table(columns: [
      Table.Column(title: "detector", alignment: .left), Table.Column(title: "what", alignment: .left, least: 26),
      Table.Column(title: "category", alignment: .left, drops: 1), Table.Column(title: "effect", alignment: .left),
      Table.Column(title: "primary"), Table.Column(title: "share"), Table.Column(title: "fired", drops: 3),
      Table.Column(title: "sessions", drops: 4), Table.Column(title: "cost", drops: 2),
    ])
    let order = result.detectors.indices.filter { result.detectors[$0].events > 0 }.sorted {
      let (left, right) = (result.detectors[$0], result.detectors[$1])
      if left.primaryEvents != right.primaryEvents { return left.primaryEvents > right.primaryEvents }
      return left.events != right.events ? left.events > right.events : $0 < $1
    }
    for detector in order.map({ result.detectors[$0] }) {
      let card = detector.card
      let (verb, tone) = effect(card.action)
      table.rows.append([
        Table.Cell(Display.safe(card.id), .strong), Table.Cell(Display.safe(card.title)),
        Table.Cell(Display.safe("\(card.category.mrc) \(card.category.code)"), .dim), Table.Cell(verb, tone),
        Table.Cell(Numbers.grouped(detector.primaryEvents)),
        Table.Cell(Numbers.percent(Ratio(detector.primaryEvents, of: judged))),
        Table.Cell(Numbers.grouped(detector.events), .dim), Table.Cell(Numbers.grouped(detector.sessions), .dim),
        Table.Cell(detector.value > .zero ? Numbers.money(detector.value) : ""),
      ])
    }
    var section = Section(title: "Why")
    if table.rows.isEmpty {
      section.paragraphs = ["No detector found anything."]
    } else {
      section.tables = [table.withoutEmptyColumns]
      section.notes = [
        "Every event counts for its primary reason alone; shares are of all judged events."
      ]
    }
    let silent = result.detectors.filter { $0.events == 0 && $0.notMeasurable == nil }.map { Display.safe($0.card.id) }
    if !silent.isEmpty { section.notes.append("Looked and found nothing: \(silent.joined(separator: ", ")).") }
    return section
  }

  /// The first finding of each detector: what was observed, against which threshold.
  static func evidence(_ result: AuditResult) -> Section? {
    let cards = result.detectors.map(\.card)
    var table = Table(columns: [
      Table.Column(title: "detector", alignment: .left), Table.Column(title: "event", alignment: .left),
      Table.Column(title: "observed", alignment: .left, least: 30),
    ])
    for detector in cards.indices {
      for sample in result.samples {
        guard let first = sample.event.evidence.first(where: { Int($0.finding.detector) == detector }) else { continue }
        table.rows.append([
          Table.Cell(Display.safe(cards[detector].id), .strong), Table.Cell(sample.event.id, .dim),
          Table.Cell(first.observation(cards)),
        ])
        break
      }
    }
    return table.rows.isEmpty ? nil : Section(title: "The first find of each", tables: [table])
  }

  /// The addresses with the most invalid events.
  static func addresses(_ result: AuditResult, _ limit: Int) -> Section? {
    if result.worstAddresses.isEmpty { return nil }
    var table = Table(columns: [
      Table.Column(title: "address", alignment: .left), Table.Column(title: "judged events"),
      Table.Column(title: "invalid"), Table.Column(title: "share"), Table.Column(title: "", alignment: .left, drops: 1),
    ])
    for entry in result.worstAddresses.prefix(limit) {
      let rate = Ratio(entry.invalid, of: entry.events)
      table.rows.append([
        Table.Cell(entry.address.description), Table.Cell(Numbers.grouped(entry.events)),
        Table.Cell(Numbers.grouped(entry.invalid), .bad), Table.Cell(Numbers.percent(rate), .strong),
        Table.Cell(Bar.text(rate), .bad),
      ])
    }
    return Section(title: "Addresses with the most invalid events", tables: [table.withoutEmptyColumns])
  }

  /// What could not be judged, and why.
  static func notMeasurable(_ result: AuditResult) -> Section? {
    var reasons: [(why: String, detectors: [String])] = []
    for detector in result.detectors {
      guard let why = detector.notMeasurable.map(Display.safe) else { continue }
      let id = Display.safe(detector.card.id)
      if let index = reasons.firstIndex(where: { $0.why == why }) {
        reasons[index].detectors.append(id)
      } else {
        reasons.append((why, [id]))
      }
    }
    var table = Table(columns: [
      Table.Column(title: "what", alignment: .left, least: 24), Table.Column(title: "why", alignment: .left, least: 24),
    ])
    for reason in reasons {
      for id in reason.detectors { table.rows.append([Table.Cell(id), Table.Cell(reason.why, .dim)]) }
    }
    let seen = result.totals.headlineViewability
    if result.totals.impressions.totalNet > 0, seen.undetermined > 0 {
      table.rows.append([
        Table.Cell("viewability of \(Words.count(seen.undetermined, .impressions, in: result))"),
        Table.Cell("nothing in the log says how much of them was in view", .dim),
      ])
    }
    if table.rows.isEmpty { return nil }
    return Section(
      title: "Not measurable", paragraphs: ["What a log does not carry is neither innocence nor guilt."],
      tables: [table])
  }

  /// How much of the events carried each field.
  static func coverage(_ result: AuditResult) -> Section? {
    let coverage = result.coverage.filter { $0.of > 0 }
    if coverage.isEmpty { return nil }
    var table = Table(columns: [
      Table.Column(title: "field", alignment: .left), Table.Column(title: "carried by"), Table.Column(title: "of"),
      Table.Column(title: "share"), Table.Column(title: "", alignment: .left, drops: 1),
    ])
    for entry in coverage {
      let rate = Ratio(entry.carried, of: entry.of)
      table.rows.append([
        Table.Cell(entry.requirement.rawValue.replacing("-", with: " ")), Table.Cell(Numbers.grouped(entry.carried)),
        Table.Cell(Numbers.grouped(entry.of)), Table.Cell(Numbers.percent(rate), .strong),
        Table.Cell(Bar.text(rate), .dim),
      ])
    }
    return Section(title: "What the log carries", tables: [table.withoutEmptyColumns])
  }

  private static func effect(_ action: Action) -> (String, Table.Tone) {
    switch action {
    case .invalidate(.givt): ("GIVT", .bad)
    case .invalidate(.sivt): ("SIVT", .bad)
    case .invalidate(let tier): (tier.name, .doubtful)
    case .exclude: ("excludes", .dim)
    case .weigh: ("weighs", .doubtful)
    case .report: ("reports", .dim)
    }
  }
}
