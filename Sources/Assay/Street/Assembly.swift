internal import AssayDetectors
internal import AssayIngest
internal import AssayMeasurement
internal import AssayModel
internal import AssayParsing

/// Puts together what the steps found into the value that every report shows.
struct Assembly {
  /// How many addresses the report lists.
  static let addressesKept = 25

  let settings: Settings
  let files: [InputFile]
  let leftOut: [AuditResult.LeftOutInput]
  /// What was odd about how they were given.
  let inputIssues: IssueLog
  let profile: Profile
  let profileWasDetected: Bool
  let lists: ListLoader
  let mapped: MapStep.Result
  let judge: Judge
  let population: Population
  let judged: JudgeStep.Result
  let resolver: RowResolver
  /// Whether the lines of the samples are read again.
  let readsLines: Bool

  /// The result.
  ///
  /// - Throws: `inputOutput` where an input cannot be read again for the evidence.
  func result() throws(AssayError) -> AuditResult {
    let ledger = judged.ledger.finish(mapped.tables.slots)
    let samples = try samples()
    return AuditResult(
      tool: tool, inputs: inputs, leftOut: leftOut, accounting: accounting,
      issues: issues(ledger.totals),
      coverage: Requirement.allCases.compactMap { requirement in
        mapped.coverage[requirement].map { .init(requirement: requirement, carried: $0.carried, of: $0.of) }
      },
      standards: ViewabilityStandard.all.map { AuditResult.Standard(id: $0.id, title: $0.title) },
      countsRenderedImpressions: profile.countsRendered, judgesPages: profile.judgesPages, totals: ledger.totals,
      byDimension: ledger.byDimension, byDay: ledger.byDay, timeZone: settings.timeZone, detectors: detectors,
      population: AuditResult.Population(
        visitors: judged.visitors, sessions: judged.sessions, addresses: population.addresses,
        userAgents: userAgents),
      samples: samples, worstAddresses: worstAddresses, networks: judged.networks.results(judge))
  }

  private var tool: AuditResult.Tool {
    let text = settings.canonicalText + ProfileText.yaml(profile)
    return AuditResult.Tool(
      version: assayVersion, settingsSHA256: sha256(of: Array(text.utf8).span), profile: profile.name,
      profileWasDetected: profileWasDetected, lists: lists.lists, listRemarks: lists.remarks)
  }

  /// What was odd, in byte order of the names. That a sum of money does not fit is known only now.
  private func issues(_ totals: LedgerRow) -> [AuditResult.NamedIssue] {
    var issues = mapped.issues
    issues.merge(inputIssues)
    issues.merge(judged.issues)
    // No row and no tier has more than all rows together; excluded events are in no row, but in a detector's sum.
    if totals.moneyOverflows || judged.detectors.rows.contains(where: { $0.value == Money(millionths: .max) }) {
      issues.add(
        Issue(
          name: AuditResult.moneyIssue, position: SourcePosition(source: 0, offset: 0),
          message: "The prices of this log add up to more than 9,223,372,036,854 units, the largest sum that is kept: "
            + "sums that reach it are larger than shown. Check the prices and the profile's price scale."),
        losesLine: false)
    }
    return issues.sorted.map { name, entry in
      AuditResult.NamedIssue(
        name: name, entry: entry,
        sampleLines: entry.samples.map { mapped.lines.line(at: $0.position, inChunk: $0.lineInChunk) })
    }
  }

  /// Different user agents, the blank one included where there was one; tables begin with the two that are no texts.
  private var userAgents: Int64 {
    Int64(mapped.tables.agents.count - Int(AgentID.first)) + (judged.sawBlankAgent ? 1 : 0)
  }

  private var inputs: [AuditResult.Input] {
    files.enumerated().map { source, file in
      let (counts, summary) = (mapped.countsBySource[source], mapped.summaries[source])
      return AuditResult.Input(
        path: file.path, sha256: summary.sha256, bytes: Int64(summary.rawBytes),
        compression: mapped.compressions[source].rawValue, format: mapped.formats[source], lines: counts.lines,
        events: counts.events, ignored: counts.ignored, unreadable: counts.unreadable, firstTime: counts.firstTime,
        lastTime: counts.lastTime)
    }
  }

  private var accounting: AuditResult.Accounting {
    let counts = mapped.counts
    return AuditResult.Accounting(
      lines: counts.lines, events: counts.events, ignored: counts.ignored, unreadable: counts.unreadable,
      outsidePeriod: counts.outsidePeriod, byKind: counts.byKind)
  }

  private var detectors: [AuditResult.DetectorResult] {
    DetectorCatalog.all.enumerated().map { ordinal, detector in
      let count = judged.detectors.rows[ordinal]
      return AuditResult.DetectorResult(
        card: detector.card, notMeasurable: judge.notMeasurable[ordinal], events: count.events,
        primaryEvents: count.primaryEvents, sessions: count.sessions, value: count.value)
    }
  }

  private var worstAddresses: [AuditResult.AddressResult] {
    judged.invalidByAddress.filter { !$0.key.isNone }.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      .prefix(Assembly.addressesKept).map { address, invalid in
        let judged = population.facts(of: address)?.judgedEvents ?? invalid
        return AuditResult.AddressResult(address: address, events: judged, invalid: invalid)
      }
  }

  /// The sampled events, with the hash of their lines where these are read again.
  private func samples() throws(AssayError) -> [AuditResult.Sample] {
    let kept = judged.samples.all
    let lines = readsLines ? try EvidenceReader(files: files).lines(at: kept.map(\.event.position)) : [:]
    return kept.map { judged in
      let line = lines[judged.event.position]
      return AuditResult.Sample(
        event: resolver.row(judged, line: line).event, lineSHA256: line.map { sha256(of: $0.span) } ?? "")
    }
  }
}
