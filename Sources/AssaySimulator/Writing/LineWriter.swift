import AssayModel

/// Writes planned lines as lines of a log in combined format (httpd.apache.org, mod_log_config), the beacons by the
/// generic convention.
struct LineWriter: Sendable {
  private let inventory: Inventory
  private let agents: AgentPool
  private let subsecond: Bool
  private var second = Int64.min
  private var stamp: [UInt8] = []
  private let words = Words()

  /// A writer for the world that a planner plans in.
  init(_ planner: VisitPlanner) {
    inventory = planner.inventory
    agents = planner.agents
    subsecond = planner.scenario.subsecond
  }

  /// Appends the line, and its line end, to `out`.
  mutating func write(_ line: PlannedLine, to out: inout [UInt8]) {
    write(line.address, to: &out)
    out.append(contentsOf: words.noNames)
    writeTime(line.time, to: &out)
    out.append(contentsOf: words.methods[line.kind == .form ? 1 : 0])
    if line.kind == .page { writeDocument(line, to: &out) } else { writeBeacon(line, to: &out) }
    out.append(contentsOf: words.answers[Int(line.kind.rawValue)])
    if line.page == PlannedLine.noPage {
      out.append(UInt8(ascii: "-"))
    } else {
      writeReferrer(line, to: &out)
    }
    out.append(contentsOf: words.betweenQuotes)
    if line.agent == AgentPool.blank {
      out.append(UInt8(ascii: "-"))
    } else {
      out.append(contentsOf: agents.texts[Int(line.agent)])
    }
    out.append(contentsOf: words.lineEnd)
  }

  private func write(_ address: Address, to out: inout [UInt8]) {
    guard let bits = address.v4 else {
      out.append(contentsOf: address.description.utf8)
      return
    }
    for shift in [24, 16, 8, 0] as [UInt32] {
      out.append(decimal: Int(bits >> shift & 255))
      if shift > 0 { out.append(UInt8(ascii: ".")) }
    }
  }

  /// `02/Mar/2026:09:00:00 +0000]`, made anew each second only.
  private mutating func writeTime(_ milliseconds: Int64, to out: inout [UInt8]) {
    if milliseconds / 1_000 != second {
      second = milliseconds / 1_000
      let (year, month, day) = Timestamp.date(day: Int(second / 86_400))
      stamp.removeAll(keepingCapacity: true)
      stamp.append(decimal: day, width: 2)
      stamp.append(contentsOf: words.months[month - 1])
      stamp.append(decimal: year, width: 4)
      for part in [second / 3_600 % 24, second / 60 % 60, second % 60] {
        stamp.append(UInt8(ascii: ":"))
        stamp.append(decimal: Int(part), width: 2)
      }
    }
    out.append(contentsOf: stamp)
    if subsecond {
      out.append(UInt8(ascii: "."))
      out.append(decimal: Int(milliseconds % 1_000), width: 3)
    }
    out.append(contentsOf: words.zone)
  }

  private func writeDocument(_ line: PlannedLine, to out: inout [UInt8]) {
    switch PlannedLine.Document(rawValue: line.detail) {
    case .landing:
      out.append(contentsOf: words.landing)
      out.append(contentsOf: inventory.campaigns[Int(line.campaign)].name)
    case .robots: out.append(contentsOf: words.robots)
    case .tag, nil: out.append(contentsOf: words.tag)
    }
  }

  /// The beacon's path and query. What an ad request cannot know yet and what can be told from the impression of the
  /// same id is left out.
  private func writeBeacon(_ line: PlannedLine, to out: inout [UInt8]) {
    let campaign = inventory.campaigns[Int(line.campaign)]
    let placement = inventory.placements[Int(line.placement)]
    out.append(contentsOf: words.beacons[Int(line.kind.rawValue)])
    if line.kind == .adRequest {
      out.append(contentsOf: placement.query.dropFirst())
    } else {
      out.append(contentsOf: words.impression)
      out.append(hexadecimal: StableHash.of(line.ad, UInt64(line.copy)), digits: 16)
    }
    if line.visitor != 0 {
      out.append(contentsOf: words.visitor)
      out.append(hexadecimal: line.visitor, digits: 12)
    }
    switch line.kind {
    case .adRequest: break
    case .exposure, .video:
      if placement.isVideo { out.append(contentsOf: words.isVideo) }
    default:
      out.append(contentsOf: words.campaign)
      out.append(contentsOf: campaign.name)
    }
    if line.kind == .impression || line.kind == .click {
      out.append(contentsOf: words.creative)
      // Four numbers are kept for each campaign's creatives.
      out.append(decimal: 1_000 + 4 * Int(line.campaign) + Int(line.ad % UInt64(campaign.creatives)))
      out.append(contentsOf: placement.query)
    }
    switch line.kind {
    case .impression:
      out.append(contentsOf: words.price)
      out.append(decimal: campaign.price, scale: 6)
    case .exposure: writeSamples(line, placement, to: &out)
    case .click:
      out.append(contentsOf: words.x)
      out.append(decimal: Int(line.detail >> 16))
      out.append(contentsOf: words.y)
      out.append(decimal: Int(line.detail & 0xffff))
    case .video:
      out.append(contentsOf: words.percent)
      out.append(decimal: Int(line.detail))
    case .conversion:
      out.append(contentsOf: words.order)
      out.append(hexadecimal: StableHash.of(line.ad, UInt64(line.copy), 1), digits: 8)
      out.append(contentsOf: words.value)
      out.append(decimal: Int(line.detail), scale: 2)
    default: break
    }
    if line.family == .selfTest { out.append(contentsOf: words.test) }
  }

  /// `&s=0-0fe_850-75.25fe_2100-100fez`.
  private func writeSamples(_ line: PlannedLine, _ placement: Inventory.Placement, to out: inout [UInt8]) {
    let trace = ExposureTrace(seed: line.ad, placement, limit: line.limit, isOutOfView: line.isOutOfView)
    out.append(contentsOf: words.samples)
    for ordinal in 0..<trace.count {
      let sample = trace[ordinal]
      if ordinal > 0 { out.append(UInt8(ascii: "_")) }
      out.append(decimal: Int(sample.milliseconds))
      out.append(UInt8(ascii: "-"))
      out.append(decimal: Int(sample.share), scale: 2)
      for (state, letter) in Words.letters where sample.state.contains(state) { out.append(letter) }
    }
  }

  private func writeReferrer(_ line: PlannedLine, to out: inout [UInt8]) {
    out.append(contentsOf: words.https)
    if line.kind == .conversion || line.kind == .form {
      // What happens after the click happens at the advertiser's.
      out.append(contentsOf: inventory.campaigns[Int(line.campaign)].name)
      out.append(contentsOf: words.shop)
      return
    }
    let publisher = inventory.publishers[inventory.placements[Int(line.placement)].publisher]
    out.append(contentsOf: publisher.host)
    writePath(line.page, publisher.style, to: &out)
  }

  private func writePath(_ page: UInt32, _ style: Inventory.PageStyle, to out: inout [UInt8]) {
    var hash = StableHash.of(UInt64(page), 0x7061_7468)
    func appendWord(after separator: UInt8) {
      out.append(separator)
      out.append(contentsOf: words.lexicon[choice(hash, below: words.lexicon.count)])
      hash = StableHash.of(hash, 1)
    }
    switch style {
    case .sections:
      out.append(contentsOf: words.sections[Int(page % 8)])
      out.append(decimal: Int(page))
    case .words:
      for separator in "/-_".utf8 { appendWord(after: separator) }
    case .letters:
      out.append(UInt8(ascii: "/"))
      for position in 0..<5 as Range<UInt64> {
        let digit = UInt8(choice(StableHash.of(hash, position), below: 36))
        out.append(digit < 10 ? digit + 48 : digit + 87)
      }
    case .search:
      out.append(contentsOf: words.query)
      appendWord(after: UInt8(ascii: "="))
      for _ in 0..<1 + page % 3 { appendWord(after: UInt8(ascii: "+")) }
    }
  }
}
