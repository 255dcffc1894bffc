public import AssayMeasurement
public import AssayModel

extension AuditResult {
  /// Reads a result from its canonical JSON, so that every report can be written again without the logs. What no
  /// report shows (interned ordinals, flags of sampled events) does not come back.
  ///
  /// - Throws: `unreadable` where the bytes are not the JSON of an audit of this schema, with the key that is wrong.
  /// - Complexity: O(n) time and memory.
  public init(json bytes: [UInt8]) throws(AssayError) {
    let document = try JSONFields(JSONValue(parsing: bytes))
    let schema = try document.text("schema")
    guard schema == AuditResult.schema else {
      throw AssayError(
        .unreadable,
        "This result has the schema “\(Display.safe(schema))”, and this program reads “\(AuditResult.schema)”; "
          + "run the audit again, or use the version that wrote it.")
    }
    let standards = try document.objects("standards").map { fields throws(AssayError) in
      Standard(id: try fields.text("id"), title: try fields.text("title"))
    }
    let by = try document.fields("by")
    func rows(_ key: String) throws(AssayError) -> [NamedRow] {
      try by.objects(key).map { fields throws(AssayError) in
        NamedRow(name: try fields.text("name"), row: try LedgerRow(fields, standards: standards))
      }
    }
    let coverage = try document.fields("coverage")
    let population = try document.fields("population")
    let detectors = try document.objects("findings").map { fields throws(AssayError) in try DetectorResult(fields) }
    self.init(
      tool: try Tool(document.fields("tool")),
      inputs: try document.objects("inputs").map { fields throws(AssayError) in try Input(fields) },
      leftOut: try document.objects("inputs_left_out").map { fields throws(AssayError) in
        LeftOutInput(
          path: try fields.text("path"), name: try fields.text("name"), reason: try fields.text("reason"))
      },
      accounting: try Accounting(document.fields("accounting")),
      issues: try document.objects("issues").map { fields throws(AssayError) in try NamedIssue(fields) },
      coverage: try Requirement.allCases.filter { coverage.has($0.rawValue) }.map { requirement throws(AssayError) in
        let fields = try coverage.fields(requirement.rawValue)
        return Coverage(
          requirement: requirement, carried: try fields.count("carried"), of: try fields.count("of"))
      },
      standards: standards,
      countsRenderedImpressions: try document.flag("counts_rendered_impressions"),
      judgesPages: try document.flag("judges_pages"),
      totals: try LedgerRow(document.fields("totals"), standards: standards),
      byDimension: try Dimension.allCases.filter { by.has($0.name) }.map { dimension throws(AssayError) in
        try rows(dimension.name)
      },
      byDay: try rows("day"),
      timeZone: try document.text("time_zone"),
      detectors: detectors,
      population: Population(
        visitors: try population.count("visitors"), sessions: try population.count("sessions"),
        addresses: try population.count("addresses"), userAgents: try population.count("user_agents")),
      samples: try document.objects("verdicts").map { fields throws(AssayError) in
        try Sample(fields, cards: detectors.map(\.card))
      },
      worstAddresses: try document.objects("worst_addresses").map { fields throws(AssayError) in
        AddressResult(
          address: try fields.address("address"), events: try fields.count("events"),
          invalid: try fields.count("invalid"))
      },
      networks: try document.has("networks")
        ? document.objects("networks").map { fields throws(AssayError) in try NetworkResult(fields) } : [])
  }
}

extension AuditResult.Tool {
  fileprivate init(_ fields: JSONFields) throws(AssayError) {
    self.init(
      version: try fields.text("version"), settingsSHA256: try fields.text("settings_sha256"),
      profile: try fields.text("profile"), profileWasDetected: try fields.flag("profile_was_detected"),
      lists: try fields.objects("lists").map { fields throws(AssayError) in
        AuditResult.List(
          name: try fields.text("name"), kind: try fields.text("kind"), entries: try fields.integer("entries"),
          version: try fields.value("version") == .null ? nil : fields.text("version"),
          sha256: try fields.text("sha256"))
      },
      listRemarks: try fields.objects("list_remarks").map { fields throws(AssayError) in
        AuditResult.ListRemark(name: try fields.text("name"), text: try fields.text("text"))
      })
  }
}

extension AuditResult.Input {
  fileprivate init(_ fields: JSONFields) throws(AssayError) {
    self.init(
      path: try fields.text("path"), sha256: try fields.text("sha256"), bytes: try fields.count("bytes"),
      compression: try fields.text("compression"), format: try fields.text("format"),
      lines: try fields.count("lines"), events: try fields.count("events"),
      ignored: try fields.count("ignored"), unreadable: try fields.count("unreadable"),
      firstTime: try fields.value("first_time") == .null ? nil : fields.time("first_time"),
      lastTime: try fields.value("last_time") == .null ? nil : fields.time("last_time"))
  }
}

extension AuditResult.Accounting {
  fileprivate init(_ fields: JSONFields) throws(AssayError) {
    let kinds = try fields.fields("by_kind")
    self.init(
      lines: try fields.count("lines"), events: try fields.count("events"),
      ignored: try fields.count("ignored"), unreadable: try fields.count("unreadable"),
      outsidePeriod: try fields.count("outside_period"),
      byKind: try EventKind.allCases.map { kind throws(AssayError) in
        kinds.has(kind.name) ? try kinds.count(kind.name) : 0
      })
  }
}

extension AuditResult.NamedIssue {
  fileprivate init(_ fields: JSONFields) throws(AssayError) {
    let name = try fields.text("name")
    let samples = try fields.objects("samples")
    let issues = try samples.map { sample throws(AssayError) in
      Issue(
        name: name,
        position: SourcePosition(source: try sample.integer("source"), offset: try sample.integer("offset")),
        column: try sample.integerOrNull("column"), message: try sample.text("message"))
    }
    var lines: [Int] = []
    for sample in samples {
      guard let line = try sample.integerOrNull("line") else { break }
      lines.append(line)
    }
    self.init(
      name: name,
      entry: IssueLog.Entry(
        count: Int(try fields.count("count")), lines: Int(try fields.count("lines")), samples: issues),
      sampleLines: lines)
  }
}

extension LedgerRow {
  fileprivate init(_ fields: JSONFields, standards: [AuditResult.Standard]) throws(AssayError) {
    self.init(standards: standards.count)
    for kind in LedgerKind.allCases where fields.has("gross_\(kind.rawValue)") {
      self[keyPath: kind.path] = try Tally(fields, kind.rawValue)
    }
    for (index, outcome) in try fields.objects("viewability").enumerated() where index < standards.count {
      net[index] = try ViewabilityTally(outcome.fields(ViewabilityTier.net.rawValue))
      totalNet[index] = try ViewabilityTally(outcome.fields(ViewabilityTier.totalNet.rawValue))
    }
  }
}

extension Tally {
  fileprivate init(_ fields: JSONFields, _ kind: String) throws(AssayError) {
    func count(_ count: LedgerCount) throws(AssayError) -> Int64 { try fields.count("\(count.rawValue)_\(kind)") }
    func value(_ value: LedgerValue) throws(AssayError) -> Money {
      Money(millionths: try fields.decimal("\(value.rawValue)_\(kind)_value", places: 6))
    }
    self.init()
    excluded = try count(.excluded)
    valid = try count(.valid)
    suspicious = try count(.suspicious)
    givt = try count(.givt)
    sivt = try count(.sivt)
    undecidedGIVT = try count(.undecidedGIVT)
    undecidedSIVT = try count(.undecidedSIVT)
    grossValue = try value(.gross)
    givtValue = try value(.givt)
    sivtValue = try value(.sivt)
  }
}

extension ViewabilityTally {
  fileprivate init(_ fields: JSONFields) throws(AssayError) {
    self.init()
    viewable = try fields.count("viewable")
    notViewable = try fields.count("not_viewable")
    undetermined = try fields.count("undetermined")
  }
}
