import AssayMeasurement
import AssayModel

/// Hand-built results: the three that every report is shown.
enum Samples {
  /// The golden cases by name.
  static let all: [(name: String, result: AuditResult)] = [
    ("empty", empty), ("small", small), ("odd", odd),
  ]

  /// Nothing was read that counts.
  static var empty: AuditResult {
    AuditResult(
      tool: .init(version: "0.0.0", settingsSHA256: "", profile: "weblog", profileWasDetected: true, lists: []),
      inputs: [], accounting: .init(), issues: [], coverage: [], standards: [], countsRenderedImpressions: true,
      judgesPages: false, totals: LedgerRow(standards: 0), byDimension: Dimension.allCases.map { _ in [] }, byDay: [],
      timeZone: "UTC", detectors: [], population: .init(), samples: [], worstAddresses: [])
  }

  /// Ads, money and viewability of three campaigns over two days.
  static var small: AuditResult {
    let cards = SampleCards.all
    let campaigns = [
      named(
        "spring-sale",
        row(gross: 6_000, givt: 610, sivt: 402, suspicious: 120, clicks: 90, invalidClicks: 31, price: 2_500)),
      named(
        "brand-video", row(gross: 3_000, givt: 45, sivt: 12, suspicious: 20, clicks: 21, invalidClicks: 2, price: 4_000)
      ),
      named(
        "retargeting", row(gross: 900, givt: 3, sivt: 0, suspicious: 0, clicks: 12, invalidClicks: 0, price: 3_000)),
    ]
    var totals = LedgerRow(standards: 2)
    for campaign in campaigns { totals += campaign.row }
    let publishers = [
      named(
        "news.example",
        row(gross: 5_400, givt: 58, sivt: 14, suspicious: 40, clicks: 70, invalidClicks: 3, price: 3_000)),
      named(
        "free-games.example",
        row(gross: 4_400, givt: 600, sivt: 400, suspicious: 100, clicks: 53, invalidClicks: 30, price: 3_000)),
      named("", row(gross: 100, givt: 0, sivt: 0, suspicious: 0, clicks: 0, invalidClicks: 0, price: 3_000)),
    ]
    let days = [
      named(
        "2026-11-01",
        row(gross: 4_800, givt: 300, sivt: 150, suspicious: 60, clicks: 60, invalidClicks: 14, price: 3_000)),
      named(
        "2026-11-02",
        row(gross: 5_100, givt: 358, sivt: 264, suspicious: 80, clicks: 63, invalidClicks: 19, price: 3_000)),
    ]
    return AuditResult(
      tool: .init(
        version: "0.4.0", settingsSHA256: String(repeating: "5e77", count: 16), profile: "generic",
        profileWasDetected: true,
        lists: [
          .init(name: "built-in robots", kind: "robots", entries: 212, sha256: String(repeating: "ab", count: 32)),
          .init(
            name: "data-centres.txt", kind: "data-centre", entries: 41_008, version: "2026-10-30",
            sha256: String(repeating: "cd", count: 32)),
        ], listRemarks: [.init(name: "relays.txt", text: "Left out. Nobody can tell what it is.")]),
      inputs: [
        input("logs/ads-2026-11-01.log.gz", "gzip", lines: 5_100, unreadable: 2, day: 20_758),
        input("logs/ads-2026-11-02.log.gz", "gzip", lines: 5_423, unreadable: 0, day: 20_759),
      ],
      accounting: .init(
        lines: 10_523, events: 10_519, ignored: 2, unreadable: 2, outsidePeriod: 0,
        byKind: [0, 0, 9_912, 480, 123, 4, 0, 0]),
      issues: [
        .init(
          name: "combined.no-closing-quote",
          entry: .init(
            count: 2, lines: 2,
            samples: [
              Issue(
                name: "combined.no-closing-quote", position: SourcePosition(source: 0, offset: 81_244), column: 63,
                message: "The user agent has no closing quote.")
            ]),
          sampleLines: [412])
      ],
      coverage: [
        .init(requirement: .address, carried: 10_039, of: 10_039),
        .init(requirement: .userAgent, carried: 10_031, of: 10_039),
        .init(requirement: .impressionID, carried: 9_840, of: 10_039),
        .init(requirement: .size, carried: 0, of: 9_912),
      ],
      standards: standards, countsRenderedImpressions: true, judgesPages: false, totals: totals,
      byDimension: [campaigns, [], [], publishers, []], byDay: days, timeZone: "Europe/Berlin",
      detectors: [
        .init(
          card: cards[0], notMeasurable: nil, events: 661, primaryEvents: 640, sessions: 12,
          value: Money(millionths: 1_702_000)),
        .init(
          card: cards[1], notMeasurable: nil, events: 77, primaryEvents: 51, sessions: 44,
          value: Money(millionths: 128_000)),
        .init(
          card: cards[2], notMeasurable: nil, events: 812, primaryEvents: 414, sessions: 61,
          value: Money(millionths: 1_053_000)),
        .init(
          card: cards[3], notMeasurable: "the log does not carry the size of creatives", events: 0, primaryEvents: 0,
          sessions: 0, value: .zero),
        .init(card: cards[4], notMeasurable: nil, events: 0, primaryEvents: 0, sessions: 0, value: .zero),
      ],
      population: .init(visitors: 3_120, sessions: 3_507, addresses: 2_988, userAgents: 641),
      samples: [
        .init(
          event: event(.impression, offset: 18_234, line: 97, detectors: [0]),
          lineSHA256: String(repeating: "0f", count: 32)),
        .init(
          event: event(.click, offset: 20_511, line: 109, detectors: [1, 2]),
          lineSHA256: String(repeating: "1e", count: 32)),
      ],
      worstAddresses: [
        .init(address: Address(v4: 0xc633_6407), events: 512, invalid: 512),
        .init(address: Address(high: 0x2001_0db8_0000_0042, low: 9), events: 240, invalid: 201),
      ])
  }

  static let standards: [AuditResult.Standard] = [
    .init(id: "mrc", title: "MRC: 50% for 1 s (large display 30%, video 2 s)"),
    .init(id: "full", title: "100% for 1 s"),
  ]

  static func named(_ name: String, _ row: LedgerRow) -> AuditResult.NamedRow { .init(name: name, row: row) }

  /// A row whose parts add up. Prices are in millionths, of an impression; clicks cost a hundred times as much.
  static func row(
    gross: Int64, givt: Int64, sivt: Int64, suspicious: Int64, clicks: Int64, invalidClicks: Int64, price: Int64
  ) -> LedgerRow {
    var row = LedgerRow(standards: 2)
    row.impressions.givt = givt
    row.impressions.sivt = sivt
    row.impressions.suspicious = suspicious
    row.impressions.valid = gross - givt - sivt - suspicious
    row.impressions.excluded = gross / 800
    row.impressions.undecidedSIVT = gross / 20
    row.impressions.grossValue = Money(millionths: gross * price)
    row.impressions.givtValue = Money(millionths: givt * price)
    row.impressions.sivtValue = Money(millionths: sivt * price)
    row.clicks.givt = invalidClicks
    row.clicks.valid = clicks - invalidClicks
    row.clicks.grossValue = Money(millionths: clicks * price * 100)
    row.clicks.givtValue = Money(millionths: invalidClicks * price * 100)
    if invalidClicks > 0 { row.conversions.valid = clicks / 20 }
    for standard in 0..<2 {
      row.net[standard] = viewability(row.impressions.net, strict: standard == 1)
      row.totalNet[standard] = viewability(row.impressions.totalNet, strict: standard == 1)
    }
    return row
  }

  private static func viewability(_ impressions: Int64, strict: Bool) -> ViewabilityTally {
    var tally = ViewabilityTally()
    tally.undetermined = impressions / 10
    let measured = impressions - tally.undetermined
    tally.viewable = measured * (strict ? 41 : 62) / 100
    tally.notViewable = measured - tally.viewable
    return tally
  }

  static func input(_ path: String, _ compression: String, lines: Int64, unreadable: Int64, day: Int64)
    -> AuditResult.Input
  {
    .init(
      path: path, sha256: String(repeating: "9a", count: 32), bytes: lines * 71, compression: compression,
      format: "combined", lines: lines, events: lines - unreadable - 1, ignored: 1, unreadable: unreadable,
      firstTime: Timestamp(seconds: day * 86_400 + 12),
      lastTime: Timestamp(microseconds: (day * 86_400 + 86_390) * 1_000_000 + 250_000))
  }

  /// A flagged event of the small result.
  static func event(_ kind: EventKind, source: Int = 0, offset: Int, line: Int, detectors: [Int]) -> JudgedEvent {
    let cards = SampleCards.all
    var event = Event()
    event.kind = kind
    event.visitor = 0x1122_3344_5566_7788
    event.time = Timestamp(microseconds: 1_793_500_012_250_000)
    event.position = SourcePosition(source: source, offset: offset)
    event.impression = 0xabc
    event.address = Address(v4: 0xc633_6407)
    event.value = Money(millionths: 2_500)
    event.status = 200
    event.key = .addressAndAgent
    let first = detectors.first.map { cards[$0] }
    let tier: TrafficClass = detectors.isEmpty ? .valid : first?.action == .invalidate(.sivt) ? .sivt : .givt
    return JudgedEvent(
      event: event, line: line, session: 0xfeed_0000_0000_0001, source: "logs/ads-2026-11-01.log.gz",
      userAgent: "ExampleFetcher/2.1 (+https://fetch.example/bot)",
      names: ["spring-sale", "", "", "free-games.example", ""], trafficClass: tier, undecidedGIVT: false,
      undecidedSIVT: kind == .click, category: first?.category, score: detectors.isEmpty ? 0 : 10_000,
      detectors: detectors.map { cards[$0].id },
      evidence: detectors.map { detector in
        Evidence(
          Finding(
            position: event.position, detector: detector, observed: [1_000_000, 420_000_000, 31_000_000][detector % 3],
            threshold: Int64((cards[detector].thresholds.first?.standard ?? 1) * 1_000_000)),
          reason: detector == 0 ? "matches “fetcher” of robots.txt; the address is verified by crawlers.json" : nil,
          network: detector == 0 ? "198.51.100.7" : nil)
      }, viewability: kind == .impression ? .viewable : .undetermined,
      impressionID: kind == .impression ? "i-0abc" : nil)
  }
}
