import AssayMeasurement
import AssayModel

extension AuditResult.DetectorResult {
  init(_ fields: JSONFields) throws(AssayError) {
    guard let action = Action(name: try fields.text("action"), hundredths: try fields.integerOrNull("weight")) else {
      throw fields.failure("action", "has an unknown value")
    }
    let card = DetectorCard(
      id: try fields.text("detector"), title: try fields.text("title"),
      category: Category(
        code: try fields.text("category"), mrc: try fields.text("mrc"), title: try fields.text("reason")),
      family: try fields.choice("family", EvidenceFamily.allCases, \.name), action: action,
      needs: try fields.texts("needs").compactMap(Requirement.init(rawValue:)),
      summary: try fields.text("summary"), foolsIt: try fields.text("fools_it"),
      measures: try fields.objects("measures").map { fields throws(AssayError) in
        DetectorCard.Measure(try fields.text("name"), unit: try fields.text("unit"))
      },
      thresholds: try fields.objects("thresholds").map { fields throws(AssayError) in
        let least = try fields.number("least", orNull: -.infinity)
        return DetectorCard.Threshold(
          name: try fields.text("name"), standard: try fields.number("standard", orNull: .infinity),
          range: least...max(least, try fields.number("most", orNull: .infinity)), unit: try fields.text("unit"),
          origin: try fields.text("origin"))
      },
      references: try fields.texts("references"))
    self.init(
      card: card, notMeasurable: try fields.textOrNull("not_measurable"), events: try fields.count("events"),
      primaryEvents: try fields.count("primary_events"), sessions: try fields.count("sessions"),
      value: Money(millionths: try fields.decimal("money", places: 6)))
  }
}

extension AuditResult.Sample {
  init(_ fields: JSONFields, cards: [DetectorCard]) throws(AssayError) {
    let subject = try fields.text("subject")
    guard let position = SourcePosition(eventID: subject) else { throw fields.failure("subject", "is no event id") }
    var event = Event()
    event.position = position
    event.visitor = try fields.hex("visitor")
    event.time = try fields.time("time")
    event.impression = try fields.hex("impression_hash")
    event.address = try fields.address("address")
    event.value = Money(millionths: try fields.decimal("price", places: 6))
    event.status = try fields.integer("status")
    event.kind = try fields.choice("kind", EventKind.allCases, \.name)
    event.key = try fields.choice("visitor_key", VisitorKeyKind.inOrder, \.name)
    let undecided = try fields.text("undecided")
    let category = try fields.textOrNull("category")
    let judged = JudgedEvent(
      event: event, line: try fields.integer("line"), session: try fields.hex("session"),
      source: try fields.text("path"), userAgent: try fields.textOrNull("user_agent"),
      names: try Dimension.allCases.map { dimension throws(AssayError) in try fields.text(dimension.name) },
      trafficClass: try fields.choice("class", TrafficClass.allCases, \.name),
      undecidedGIVT: undecided.contains("givt"), undecidedSIVT: undecided.contains("sivt"),
      category: try category.map { code throws(AssayError) in
        Category(code: code, mrc: try fields.text("mrc"), title: try fields.text("reason"))
      },
      score: Int(try fields.decimal("score", places: 2)), detectors: try fields.texts("detectors"),
      evidence: try fields.objects("evidence").map { evidence throws(AssayError) in try Evidence(evidence, cards) },
      viewability: try fields.choice("viewable", Viewability.allCases, \.name),
      impressionID: try fields.textOrNull("impression_id"))
    self.init(event: judged, lineSHA256: try fields.text("line_sha256"))
  }
}

extension Evidence {
  init(_ fields: JSONFields, _ cards: [DetectorCard]) throws(AssayError) {
    let (id, measure) = (try fields.text("detector"), try fields.text("measure"))
    let detector = cards.firstIndex { $0.id == id }
    let number = detector.flatMap { cards[$0].measures.firstIndex { $0.name == measure } }
    self.init(
      Finding(
        position: SourcePosition(source: try fields.integer("source"), offset: try fields.integer("offset")),
        detector: detector ?? Int(EventVerdict.noDetector), measure: number ?? Int(UInt8.max),
        observed: try fields.decimal("observed", places: 6), threshold: try fields.decimal("threshold", places: 6)),
      reason: try fields.textOrNull("reason"), network: try fields.textOrNull("network"))
  }
}

extension VisitorKeyKind {
  /// All of them, in the order of their raw values.
  static let inOrder: [VisitorKeyKind] = [.none, .firstParty, .addressAndAgent, .addressOnly]
}

extension SourcePosition {
  /// Reads the id of an event, `SOURCE_ORDINAL:OFFSET`, both decimal; nil for anything else.
  init?(eventID text: String) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { 0x30...0x39 ~= $0 } }),
      let source = Int(parts[0]), source < SourcePosition.maximumSources,
      let offset = Int(parts[1]), offset < 1 << 44
    else { return nil }
    self.init(source: source, offset: offset)
  }
}
