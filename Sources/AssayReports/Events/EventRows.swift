public import AssayModel

/// Writes judged events as rows, one after the other, for whoever wants to join them: newline-delimited JSON or CSV.
///
/// Rows are gathered and handed to the sink in large pieces, so the cost of a row is its bytes.
public struct EventRows: Sendable {
  /// How rows look.
  public enum Form: String, Sendable, CaseIterable {
    /// One JSON object a line.
    case ndjson
    /// RFC 4180 with a header line; cells that a spreadsheet would take for formulas are defused.
    case csv
  }

  /// The columns, in order. `id` is `SOURCE_ORDINAL:OFFSET`; `line` counts from 1; `time` is ISO 8601 in UTC;
  /// `impression_id` is given where the line could be read again; `impression_hash`, `session` and `visitor` are 16
  /// hexadecimal digits or empty; `price` is in the log's currency with six decimals; `undecided` names the tiers that
  /// could not be decided; `score` is a sum of natural log-likelihood ratios with two decimals (100.00 for a decisive
  /// rule); `detectors` are separated by spaces in CSV; `evidence` are objects in JSON and sentences, separated by
  /// semicolons, in CSV; `viewable` is empty for what is no impression.
  public static let columns = [
    "id", "source", "offset", "line", "time", "kind", "impression_id", "impression_hash", "session", "visitor",
    "address", "user_agent", "campaign", "placement", "publisher", "seller", "price", "class", "undecided", "category",
    "score",
    "detectors", "evidence", "viewable",
  ]

  private let form: Form
  private let cards: [DetectorCard]
  private let privacy: AddressPrivacy
  /// What stands before the value of each column, and what ends a row.
  private let before: [[UInt8]]
  private var buffer: [UInt8] = []
  private var hasBegun = false
  private var source = EscapedText()
  private var agent = EscapedText()
  private var campaign = EscapedText()
  private var placement = EscapedText()
  private var publisher = EscapedText()
  private var seller = EscapedText()
  private var category = EscapedText()

  /// Rows of a form.
  ///
  /// - Parameter cards: the detectors in catalogue order, as findings number them.
  public init(_ form: Form, cards: [DetectorCard], privacy: AddressPrivacy = .full) {
    self.form = form
    self.cards = cards
    self.privacy = privacy
    before = EventRows.punctuation(form)
  }

  /// Writes a row.
  public mutating func write(_ event: JudgedEvent, to sink: inout some TextSink) {
    begin()
    if case .full = privacy { append(event) } else { append(privacy.event(event)) }
    if buffer.count >= 1 << 16 { handOn(to: &sink) }
  }

  /// Writes what is left; also the header, where there was no row at all.
  public mutating func finish(to sink: inout some TextSink) {
    begin()
    handOn(to: &sink)
  }

  private mutating func begin() {
    if hasBegun { return }
    hasBegun = true
    buffer.reserveCapacity(1 << 17)
    if form == .csv { buffer.append(contentsOf: (EventRows.columns.joined(separator: ",") + "\r\n").utf8) }
  }

  private mutating func handOn(to sink: inout some TextSink) {
    if buffer.isEmpty { return }
    sink.write(buffer)
    buffer.removeAll(keepingCapacity: true)
  }

  /// The columns whose values stand in quotes in JSON and need no escape: our own words, numbers and ids.
  private static let quoted: Set = [
    "id", "time", "kind", "impression_hash", "session", "visitor", "address", "class", "undecided", "viewable",
  ]

  private static func punctuation(_ form: Form) -> [[UInt8]] {
    var pieces: [String] = []
    var open = ""
    for (index, column) in columns.enumerated() {
      switch form {
      case .csv: pieces.append(index == 0 ? "" : ",")
      case .ndjson:
        let quote = quoted.contains(column) ? "\"" : ""
        pieces.append("\(open)\(index == 0 ? "{" : ",")\"\(column)\":\(quote)")
        open = quote
      }
    }
    pieces.append(form == .csv ? "\r\n" : "\(open)}\n")
    return pieces.map { Array($0.utf8) }
  }

  /// One row, column by column.
  private mutating func append(_ judged: JudgedEvent) {
    let event = judged.event
    let (offset, isImpression) = (event.position.offset, event.kind == .impression)
    var column = 0
    func next(_ buffer: inout [UInt8]) {
      buffer.append(contentsOf: before[column])
      column += 1
    }
    next(&buffer)
    RowText.append(event.position.source, to: &buffer)
    buffer.append(0x3a)
    RowText.append(offset, to: &buffer)
    next(&buffer)
    source.append(judged.source, form, to: &buffer)
    next(&buffer)
    RowText.append(offset, to: &buffer)
    next(&buffer)
    RowText.append(judged.line, to: &buffer)
    next(&buffer)
    RowText.append(event.time, to: &buffer)
    next(&buffer)
    buffer.append(contentsOf: event.kind.name.utf8)
    next(&buffer)
    append(judged.impressionID)
    next(&buffer)
    RowText.append(hex: event.impression, to: &buffer)
    next(&buffer)
    RowText.append(hex: judged.session, to: &buffer)
    next(&buffer)
    RowText.append(hex: event.visitor, to: &buffer)
    next(&buffer)
    RowText.append(event.address, to: &buffer)
    next(&buffer)
    agent.append(judged.userAgent, form, to: &buffer)
    next(&buffer)
    campaign.append(judged.name(.campaign), form, to: &buffer)
    next(&buffer)
    placement.append(judged.name(.placement), form, to: &buffer)
    next(&buffer)
    publisher.append(judged.name(.publisher), form, to: &buffer)
    next(&buffer)
    seller.append(judged.name(.seller), form, to: &buffer)
    next(&buffer)
    RowText.append(millionths: event.value.millionths, to: &buffer)
    next(&buffer)
    buffer.append(contentsOf: judged.trafficClass.name.utf8)
    next(&buffer)
    buffer.append(contentsOf: judged.undecided.utf8)
    next(&buffer)
    category.append(judged.category?.code ?? "", form, to: &buffer)
    next(&buffer)
    RowText.append(hundredths: judged.score, to: &buffer)
    next(&buffer)
    appendDetectors(judged.detectors)
    next(&buffer)
    appendEvidence(judged.evidence)
    next(&buffer)
    if isImpression { buffer.append(contentsOf: judged.viewability.name.utf8) }
    next(&buffer)
  }

  private mutating func append(_ text: String?) {
    switch (form, text) {
    case (.ndjson, let text?): JSONText.append(text, to: &buffer)
    case (.ndjson, nil): buffer.append(contentsOf: "null".utf8)
    case (.csv, let text?): CSVText.append(text, to: &buffer)
    case (.csv, nil): break
    }
  }

  private mutating func appendEvidence(_ evidence: [Evidence]) {
    switch form {
    case .csv:
      if !evidence.isEmpty { CSVText.append(evidence.map { $0.text(cards) }.joined(separator: "; "), to: &buffer) }
    case .ndjson:
      buffer.append(0x5b)
      for (index, one) in evidence.enumerated() {
        if index > 0 { buffer.append(0x2c) }
        appendObject(one)
      }
      buffer.append(0x5d)
    }
  }

  private mutating func appendObject(_ evidence: Evidence) {
    let (finding, measure) = (evidence.finding, cards.measure(of: evidence.finding))
    buffer.append(contentsOf: "{\"detector\":".utf8)
    append(cards.card(of: finding)?.id ?? "")
    buffer.append(contentsOf: ",\"measure\":".utf8)
    append(measure?.name ?? "")
    buffer.append(contentsOf: ",\"observed\":".utf8)
    RowText.append(millionths: finding.observed, to: &buffer)
    buffer.append(contentsOf: ",\"threshold\":".utf8)
    RowText.append(millionths: finding.threshold, to: &buffer)
    buffer.append(contentsOf: ",\"unit\":".utf8)
    append(measure?.unit ?? "")
    buffer.append(contentsOf: ",\"reason\":".utf8)
    append(evidence.reason)
    buffer.append(contentsOf: ",\"network\":".utf8)
    append(evidence.network)
    buffer.append(0x7d)
  }

  private mutating func appendDetectors(_ ids: [String]) {
    switch form {
    case .csv: if !ids.isEmpty { CSVText.append(ids.joined(separator: " "), to: &buffer) }
    case .ndjson:
      buffer.append(0x5b)
      for (index, id) in ids.enumerated() {
        if index > 0 { buffer.append(0x2c) }
        JSONText.append(id, to: &buffer)
      }
      buffer.append(0x5d)
    }
  }
}

/// A text in its escaped form, kept for the next row: events of one visitor come together, and most share it.
private struct EscapedText: Sendable {
  private var text: String?
  private var bytes: [UInt8] = []
  private var isKnown = false

  /// Appends the text; where there is none, `null` in JSON and nothing in CSV.
  mutating func append(_ new: String?, _ form: EventRows.Form, to buffer: inout [UInt8]) {
    if !isKnown || text != new {
      bytes.removeAll(keepingCapacity: true)
      switch (form, new) {
      case (.ndjson, let new?): JSONText.append(new, to: &bytes)
      case (.ndjson, nil): bytes.append(contentsOf: "null".utf8)
      case (.csv, let new?): CSVText.append(new, to: &bytes)
      case (.csv, nil): break
      }
      (text, isKnown) = (new, true)
    }
    buffer.append(contentsOf: bytes)
  }
}
