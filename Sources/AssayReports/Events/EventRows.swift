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
  /// `impression_hash`, `session` and `visitor` are 16 hexadecimal digits or empty; `price` is in the log's currency
  /// with six decimals; `undecided` names the tiers that could not be decided; `score` is a sum of natural
  /// log-likelihood ratios with two decimals (100.00 for a decisive rule); `detectors` are separated by spaces in CSV;
  /// `viewable` is empty for what is no impression.
  public static let columns = [
    "id", "source", "offset", "line", "time", "kind", "impression_hash", "session", "visitor", "address",
    "user_agent", "campaign", "placement", "publisher", "seller", "price", "class", "undecided", "category", "score",
    "detectors", "viewable",
  ]

  private let form: Form
  private let privacy: AddressPrivacy
  private var buffer: [UInt8] = []
  private var hasBegun = false
  /// Events of one visitor come together and share it, and escaping it is the longest part of a row.
  private var agent: (text: String?, bytes: [UInt8]) = (nil, [])

  /// Rows of a form.
  public init(_ form: Form, privacy: AddressPrivacy = .full) {
    self.form = form
    self.privacy = privacy
  }

  /// Writes a row.
  public mutating func write(_ event: JudgedEvent, to sink: inout some TextSink) {
    begin()
    switch form {
    case .ndjson: appendObject(privacy.event(event))
    case .csv: appendRecord(privacy.event(event))
    }
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
    if form == .csv { buffer.append(contentsOf: (EventRows.columns.joined(separator: ",") + "\r\n").utf8) }
  }

  private mutating func handOn(to sink: inout some TextSink) {
    if buffer.isEmpty { return }
    sink.write(buffer)
    buffer.removeAll(keepingCapacity: true)
  }

  private mutating func appendObject(_ judged: JudgedEvent) {
    let event = judged.event
    raw("{\"id\":\"")
    appendID(event)
    raw("\",\"source\":")
    JSONText.append(judged.source, to: &buffer)
    raw(",\"offset\":")
    RowText.append(event.position.offset, to: &buffer)
    raw(",\"line\":")
    RowText.append(judged.line, to: &buffer)
    raw(",\"time\":\"")
    RowText.append(event.time, to: &buffer)
    raw("\",\"kind\":\"")
    raw(event.kind.name)
    raw("\",\"impression_hash\":\"")
    RowText.append(hex: event.impression, to: &buffer)
    raw("\",\"session\":\"")
    RowText.append(hex: judged.session, to: &buffer)
    raw("\",\"visitor\":\"")
    RowText.append(hex: event.visitor, to: &buffer)
    raw("\",\"address\":\"")
    RowText.append(event.address, to: &buffer)
    raw("\",\"user_agent\":")
    if let text = judged.userAgent { appendAgent(text) } else { raw("null") }
    raw(",\"campaign\":")
    JSONText.append(judged.name(.campaign), to: &buffer)
    raw(",\"placement\":")
    JSONText.append(judged.name(.placement), to: &buffer)
    raw(",\"publisher\":")
    JSONText.append(judged.name(.publisher), to: &buffer)
    raw(",\"seller\":")
    JSONText.append(judged.name(.seller), to: &buffer)
    raw(",\"price\":")
    RowText.append(millionths: event.value.millionths, to: &buffer)
    raw(",\"class\":\"")
    raw(judged.trafficClass.name)
    raw("\",\"undecided\":\"")
    raw(judged.undecided)
    raw("\",\"category\":")
    JSONText.append(judged.category?.code ?? "", to: &buffer)
    raw(",\"score\":")
    RowText.append(hundredths: judged.score, to: &buffer)
    raw(",\"detectors\":[")
    for (index, detector) in judged.detectors.enumerated() {
      if index > 0 { raw(",") }
      JSONText.append(detector, to: &buffer)
    }
    raw("],\"viewable\":\"")
    if event.kind == .impression { raw(judged.viewability.name) }
    raw("\"}\n")
  }

  private mutating func appendRecord(_ judged: JudgedEvent) {
    let event = judged.event
    appendID(event)
    raw(",")
    CSVText.append(judged.source, to: &buffer)
    raw(",")
    RowText.append(event.position.offset, to: &buffer)
    raw(",")
    RowText.append(judged.line, to: &buffer)
    raw(",")
    RowText.append(event.time, to: &buffer)
    raw(",")
    raw(event.kind.name)
    raw(",")
    RowText.append(hex: event.impression, to: &buffer)
    raw(",")
    RowText.append(hex: judged.session, to: &buffer)
    raw(",")
    RowText.append(hex: event.visitor, to: &buffer)
    raw(",")
    RowText.append(event.address, to: &buffer)
    raw(",")
    if let text = judged.userAgent { appendAgent(text) }
    raw(",")
    CSVText.append(judged.name(.campaign), to: &buffer)
    raw(",")
    CSVText.append(judged.name(.placement), to: &buffer)
    raw(",")
    CSVText.append(judged.name(.publisher), to: &buffer)
    raw(",")
    CSVText.append(judged.name(.seller), to: &buffer)
    raw(",")
    RowText.append(millionths: event.value.millionths, to: &buffer)
    raw(",")
    raw(judged.trafficClass.name)
    raw(",")
    raw(judged.undecided)
    raw(",")
    CSVText.append(judged.category?.code ?? "", to: &buffer)
    raw(",")
    RowText.append(hundredths: judged.score, to: &buffer)
    raw(",")
    CSVText.append(judged.detectors.joined(separator: " "), to: &buffer)
    raw(",")
    if event.kind == .impression { raw(judged.viewability.name) }
    raw("\r\n")
  }

  private mutating func appendID(_ event: Event) {
    RowText.append(event.position.source, to: &buffer)
    raw(":")
    RowText.append(event.position.offset, to: &buffer)
  }

  private mutating func appendAgent(_ text: String) {
    if agent.text != text {
      agent.bytes.removeAll(keepingCapacity: true)
      switch form {
      case .ndjson: JSONText.append(text, to: &agent.bytes)
      case .csv: CSVText.append(text, to: &agent.bytes)
      }
      agent.text = text
    }
    buffer.append(contentsOf: agent.bytes)
  }

  private mutating func raw(_ text: String) { buffer.append(contentsOf: text.utf8) }
}
