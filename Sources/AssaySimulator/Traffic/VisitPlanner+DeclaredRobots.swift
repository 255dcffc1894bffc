import AssayModel

/// Robots whose user agent says so.
extension VisitPlanner {
  /// A robot's line: no id, no referrer.
  private mutating func robot(_ agents: Range<Int>, _ family: Family) -> PlannedLine {
    var line = PlannedLine()
    line.address = Address(v4: 0xf700_0000 | UInt32(random.below(1 << 16)))
    line.agent = UInt32(agents.lowerBound + random.below(agents.count))
    (line.family, line.page) = (family, PlannedLine.noPage)
    line.server = UInt8(random.below(scenario.servers))
    return line
  }

  /// A machine that asks for ads and says that it showed them.
  private mutating func fetchAds(_ line: PlannedLine, at moment: Int64, count: Int, every gap: ClosedRange<Int>) {
    var clock = moment
    for _ in 0..<count {
      let placements = inventory.publishers[publisher()].placements
      let placement = placements.lowerBound + random.below(placements.count)
      show(line, placement: placement, opened: clock, dwell: 200, Habits(clickRate: 0, isMeasured: false))
      clock += Int64(random.within(gap))
    }
  }

  /// A crawler follows whatever looks like a link.
  mutating func crawl(at moment: Int64) {
    let line = robot(agents.crawlers, .crawler)
    if random.happens(percent: 30) { emit(line, .page, at: moment, PlannedLine.Document.robots.rawValue) }
    fetchAds(line, at: moment, count: random.within(3...max(3, min(30, longest / 2))), every: 1_000...8_000)
  }

  /// A script made with a library.
  mutating func fetch(at moment: Int64) {
    let line = robot(agents.libraries, .library)
    fetchAds(line, at: moment, count: random.within(1...max(1, min(20, longest / 2))), every: 200...3_000)
  }

  /// An uptime check, to the minute, for at most an hour.
  mutating func monitor(at moment: Int64) {
    var line = robot(agents.monitors, .monitoring)
    let placement = inventory.publishers[publisher()].placements.lowerBound
    line.placement = UInt32(placement)
    let period = random.pick([60_000, 120_000, 300_000])
    for turn in 0..<min(3_600_000 / period, longest / 2) {
      let checked = moment + Int64(turn * period + random.within(0...40))
      show(
        line, placement: placement, opened: checked, dwell: 200, Habits(clickRate: 0, isMeasured: false, latency: 30))
    }
  }

  /// A browser without a window: it renders, measures and forgets.
  mutating func browseHeadless(at moment: Int64) {
    var line = robot(agents.headless, .headless)
    line.visitor = newVisitor()
    browse(line, at: moment, pages: random.within(1...8), backPercent: 5, Habits(clickRate: scenario.clickRate))
  }

  /// A program that sends no user agent.
  mutating func hideAgent(at moment: Int64) {
    var line = robot(agents.libraries, .blankAgent)
    line.address = population.anybody(.infectedHome, &random).address
    line.agent = AgentPool.blank
    fetchAds(line, at: moment, count: random.within(2...max(2, min(12, longest / 2))), every: 300...6_000)
  }
}
