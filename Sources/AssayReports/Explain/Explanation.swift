public import AssayModel

/// Why events were judged so: what each was, its verdict, what each detector observed against which threshold, the
/// log lines, and then what the detectors that fired mean.
///
/// - Parameter events: in the order in which they are to be shown.
/// - Parameter lines: the log line of each, nil where it could not be read again; they are left out where
///   `options.privacy` does not show addresses as logged, since a line holds them.
/// - Parameter cards: the detectors in catalogue order, as findings number them.
/// - Parameter subject: what was asked for, as the person typed it.
/// - Parameter total: how many stored events match, where `events` are only the first of them.
/// - Parameter session: the session asked for, where it was one.
public func explanation(
  of events: [StoredEvent], lines: [String?], cards: [DetectorCard], subject: String, total: Int64? = nil,
  session: StoredSession? = nil, options: ReportOptions = ReportOptions()
) -> String {
  var writer = TerminalWriter(width: options.width, color: options.color)
  let shown = events.map { StoredEvent(event: options.privacy.event($0.event)) }
  writer.line(Explanation.heading(shown, subject: subject, total: total ?? Int64(events.count)), .strong)
  if let session { writer.field("session", Explanation.text(session)) }
  for (index, event) in shown.enumerated() {
    var line = lines.indices.contains(index) ? lines[index] : nil
    if case .full = options.privacy {} else { line = nil }
    Explanation.write(event.event, line: line, cards, to: &writer)
  }
  Explanation.write(Explanation.fired(shown, cards), to: &writer)
  return writer.text
}

/// The sentence for a subject that no stored event matches.
public func nothingStored(about subject: String) -> String {
  "Nothing is stored about \(Display.safe(subject)): it is not in this audit, or it is plainly valid (valid events leave "
    + "no row in a results file)."
}

/// The parts of an explanation.
enum Explanation {
  static func heading(_ events: [StoredEvent], subject: String, total: Int64) -> String {
    let subject = Display.safe(subject)
    if total == 0 { return nothingStored(about: subject) }
    if total == 1 { return "\(subject): one event" }
    let classes = TrafficClass.allCases.reversed().compactMap { tier in
      let count = events.count { $0.event.trafficClass == tier }
      return count > 0 ? "\(Numbers.grouped(count)) \(tier.name)" : nil
    }
    let first = total > Int64(events.count) ? "; the first \(Numbers.grouped(events.count)) follow" : ""
    return "\(subject): \(Numbers.grouped(total)) events\(first) (\(classes.joined(separator: ", ")))"
  }

  static func text(_ session: StoredSession) -> String {
    "\(TimeText.text(session.start)) to \(TimeText.text(session.end)), \(Words.plural(session.events, "event")), "
      + "ended by \(Display.safe(session.closing).replacing("-", with: " "))"
  }

  static func write(_ judged: JudgedEvent, line: String?, _ cards: [DetectorCard], to writer: inout TerminalWriter) {
    let event = judged.event
    writer.line("")
    writer.line("\(judged.id) \(event.kind.name): \(verdict(judged.trafficClass))", tone(judged.trafficClass))
    if let category = judged.category {
      writer.field("because", "\(Display.safe(category.title)) (\(Display.safe("\(category.mrc) \(category.code)")))")
    }
    writer.field("when", TimeText.text(event.time))
    writer.field(
      "where", "\(Display.safe(judged.source)):\(judged.line) (byte \(Numbers.grouped(event.position.offset)))")
    writer.field("who", who(judged))
    var ad = Dimension.allCases.compactMap { dimension in
      let name = judged.name(dimension)
      return name.isEmpty ? nil : "\(dimension.name) \(Display.safe(name))"
    }
    if let id = judged.impressionID { ad.insert("impression \(Display.safe(id))", at: 0) }
    if !ad.isEmpty { writer.field("ad", ad.joined(separator: " · ")) }
    if event.value != .zero { writer.field("price", Numbers.trimmed(event.value.millionths)) }
    if event.kind == .impression { writer.field("viewable", judged.viewability.name) }
    if judged.score != 0 {
      let decisive = judged.score >= 10_000 ? " (a decisive rule)" : " (sum of log-likelihood ratios)"
      writer.field("score", Numbers.hundredths(judged.score) + decisive)
    }
    if !judged.undecided.isEmpty {
      let tiers = judged.undecided.uppercased().replacing("+", with: " and ")
      writer.field("undecided", "the log says too little about it to decide on \(tiers)")
    }
    for (index, evidence) in judged.evidence.enumerated() {
      writer.field(index == 0 ? "evidence" : "", evidence.text(cards))
    }
    // Not wrapped: whoever copies it wants it as it is.
    if let line { writer.line("  log line  \(Display.safe(line))") }
  }

  static func fired(_ events: [StoredEvent], _ cards: [DetectorCard]) -> [DetectorCard] {
    let ids = Set(events.flatMap(\.event.detectors))
    return cards.filter { ids.contains($0.id) }
  }

  static func write(_ cards: [DetectorCard], to writer: inout TerminalWriter) {
    for card in cards {
      writer.line("")
      writer.line(Display.safe("\(card.id): \(card.title)"), .strong)
      writer.field("finds", Display.safe(card.summary))
      writer.field("effect", effect(card.action))
      for threshold in card.thresholds {
        let standard = Quantity.text(threshold.standard, unit: threshold.unit)
        writer.field(
          "setting", "\(threshold.name): \(standard) unless set otherwise. \(Display.safe(threshold.origin))")
      }
      if !card.foolsIt.isEmpty { writer.field("fooled by", Display.safe(card.foolsIt)) }
      if !card.references.isEmpty { writer.field("see", Display.safe(card.references.joined(separator: "; "))) }
    }
  }

  private static func who(_ judged: JudgedEvent) -> String {
    var parts = [judged.event.address.isNone ? "address not logged" : judged.event.address.description]
    parts.append(judged.userAgent.map { $0.isEmpty ? "empty user agent" : Display.safe($0) } ?? "user agent not logged")
    if judged.session != 0 { parts.append("session \(Numbers.hex(judged.session))") }
    return parts.joined(separator: " · ")
  }

  private static func verdict(_ tier: TrafficClass) -> String {
    switch tier {
    case .valid: "valid (not identified as invalid)"
    case .suspicious: "suspicious: some evidence, not enough to subtract it"
    case .sivt: "invalid: sophisticated (SIVT)"
    case .givt: "invalid: general (GIVT)"
    case .excluded: "excluded before counting"
    }
  }

  private static func tone(_ tier: TrafficClass) -> Table.Tone {
    switch tier {
    case .valid: .strong
    case .suspicious: .doubtful
    case .sivt, .givt: .bad
    case .excluded: .dim
    }
  }

  private static func effect(_ action: Action) -> String {
    switch action {
    case .invalidate(let tier): "decides alone: \(tier.name.uppercased())"
    case .exclude: "removes the event before the gross count"
    case .weigh(let hundredths): "weighs \(Numbers.hundredths(hundredths)) for a verdict; more than one is needed"
    case .report: "is only reported"
    }
  }
}

extension TerminalWriter {
  /// A line of an explanation: a word, and its text wrapped beside it.
  mutating func field(_ name: String, _ content: String) {
    let column = 12
    let parts = Display.wrapped(content, width: width - column)
    for (index, part) in parts.enumerated() {
      let label = index == 0 ? "  \(name)" : ""
      line(label + String(repeating: " ", count: max(1, column - label.count)) + part)
    }
  }
}
