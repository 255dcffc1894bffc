import AssayMeasurement
import AssayModel

extension Samples {
  /// Everything that a hostile or broken log can bring into a result.
  static var odd: AuditResult {
    let huge = Int64(1) << 50
    var totals = LedgerRow(standards: 1)
    totals.impressions.givt = huge
    totals.impressions.sivt = 1
    totals.impressions.valid = 1
    totals.impressions.grossValue = Money(millionths: .max)
    totals.impressions.givtValue = Money(millionths: .max - 1)
    totals.clicks.sivt = 3
    totals.conversions.excluded = 2
    totals.forms.suspicious = 1
    totals.forms.undecidedGIVT = 1
    totals.forms.undecidedSIVT = 1
    totals.net[0].notViewable = 2
    totals.totalNet[0].notViewable = 1
    var zero = LedgerRow(standards: 1)
    zero.clicks.sivt = 3
    let names = [
      String(repeating: "long-name-", count: 20), "\u{1b}[31mred\u{1b}[0m \u{202e}gnidaer\u{202c} \u{7}",
      "=HYPERLINK(\"http://evil.example\",\"a\")", "a|b *c* _d_ `e` <script>alert(1)</script> [x](y) @team",
      "漢字カナの長い名前がここに立っていますのでとても広いです", "e\u{301}" + String(repeating: "\u{301}", count: 300),
      "$(rm -rf ~); 'x' \"y\" \\ \r\n,\t;", "", "-1+2", "قهوة שלום",
    ]
    var card = SampleCards.all[2]
    card.id = "odd-detector"
    card.title = "A title with \u{1b}]0;title\u{7} and | pipes"
    card.thresholds[0].range = -.infinity ... .infinity
    var event = Samples.event(.form, offset: 0, line: 1, detectors: [])
    event.event.time = Timestamp(microseconds: .min)
    event.event.position = SourcePosition(source: SourcePosition.maximumSources - 1, offset: 1 << 44 - 1)
    event.event.address = .none
    event.event.key = .none
    event.event.visitor = 0
    event.event.value = Money(millionths: -1)
    event.session = 0
    event.userAgent = "\"quoted\", \\ \u{0} \u{9b}31m \u{2028}"
    event.source = "lögs/\u{202e}gz.txt"
    event.names = [names[2], names[1]]
    event.trafficClass = .suspicious
    event.undecidedGIVT = true
    event.score = -7
    event.evidence = [
      Evidence(Finding(position: event.event.position, detector: 0, measure: 1, observed: .min, threshold: .max)),
      Evidence(
        Finding(position: event.event.position, detector: 0, measure: 255, observed: 1, threshold: 2),
        reason: "=\u{1b}[1m; “\u{202e}”, \"", network: "::/0"),
      Evidence(Finding(position: event.event.position, detector: 255, measure: 255, observed: 0, threshold: 0)),
    ]
    event.impressionID = "=1+2,\u{1b}[2J\""
    var result = empty
    result.leftOut = [.init(path: names[1] + names[3], name: "input.own-report", reason: "It is \u{1b}[1m; | odd.")]
    result.tool.version = "0.0.0-\u{1b}[1m"
    result.inputs = [
      .init(
        path: "-", sha256: "", bytes: 0, compression: "plain", format: "combined", lines: 1, events: 0, ignored: 0,
        unreadable: 1, firstTime: Timestamp(microseconds: .min), lastTime: Timestamp(microseconds: .max)),
      .init(
        path: String(repeating: "deep/", count: 60) + "\u{1b}c.log", sha256: "", bytes: 1 << 53, compression: "zstd",
        format: "combined", lines: huge, events: huge, ignored: 0, unreadable: 0, firstTime: nil, lastTime: nil),
    ]
    result.accounting = .init(lines: huge + 5, events: huge, ignored: 0, unreadable: 1, outsidePeriod: 9)
    result.issues = [
      .init(
        name: "line.not-utf8",
        entry: .init(
          count: 1 << 53, lines: 1,
          samples: [
            Issue(
              name: "line.not-utf8", position: SourcePosition(source: 7, offset: 1 << 43),
              message: "Not UTF-8: \u{1b}[2J | \u{202e}.")
          ]))
    ]
    result.coverage = [
      .init(requirement: .address, carried: 0, of: 0), .init(requirement: .time, carried: huge - 1, of: huge),
      .init(requirement: .status, carried: 1, of: huge),
    ]
    result.standards = [.init(id: "odd,\"id\"", title: "=\u{1b}[5mblink")]
    result.countsRenderedImpressions = false
    result.totals = totals
    result.byDimension = [names.map { named($0, $0.isEmpty ? totals : zero) }, [], [], [named("", totals)], []]
    result.byDay = [named("2026-11-01", totals)]
    result.timeZone = "\u{202e}CTU"
    result.detectors = [
      .init(
        card: card, notMeasurable: nil, events: huge, primaryEvents: huge, sessions: 1, value: Money(millionths: 1)),
      .init(
        card: SampleCards.all[3], notMeasurable: "no \u{1b}[1msizes", events: 0, primaryEvents: 0, sessions: 0,
        value: .zero),
    ]
    result.population = .init(visitors: 1, sessions: 1, addresses: 1, userAgents: 1)
    result.samples = [.init(event: event, lineSHA256: "")]
    result.worstAddresses = [
      .init(address: .none, events: 0, invalid: 0), .init(address: Address(high: 1, low: 2), events: 3, invalid: 3),
    ]
    return result
  }
}
