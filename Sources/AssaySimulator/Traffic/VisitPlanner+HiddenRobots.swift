import AssayModel

/// Robots that call themselves browsers.
extension VisitPlanner {
  /// An infected computer's line: a browser, an id of its own.
  private mutating func infected(_ family: Family, at moment: Int64) -> PlannedLine {
    var person = population.anybody(.infectedHome, &random)
    person.isPrivate = false
    return template(person, at: moment, family)
  }

  /// What a robot does with ads: it clicks anywhere.
  private var mechanical: Habits { Habits(clickRate: scenario.clickRate * 2, seeksButton: false) }

  /// A browser that runs on a rented server.
  mutating func browseFromDataCentre(at moment: Int64) {
    var line = infected(.dataCentre, at: moment)
    line.address = HostingNetworks.address(&random)
    line.agent = agents.choose(random.next(), isMobile: false)
    line.visitor = newVisitor()
    browse(line, at: moment, pages: random.within(2...12), backPercent: 3, mechanical)
  }

  /// A browser that turns the page by a timer, exact or a tenth off, often enough to be told from people.
  mutating func browseUniformly(at moment: Int64) {
    let line = infected(.uniformDelay, at: moment)
    let publisher = publisher()
    let period = random.within(6_000...20_000)
    let spread = random.happens(percent: 50) ? 0 : period / 10
    var habits = mechanical
    habits.latency = 60
    var clock = moment
    for number in 0..<max(18, min(random.within(18...60), longest / 3)) {
      let gap = period + random.within(-spread...spread)
      open(newPage(publisher), of: publisher, line, at: clock, dwell: gap, callsTag: number == 0, ads: 1, habits)
      clock += Int64(gap)
    }
  }

  /// What one person did, recorded elsewhere and done again by 20 computers at once, a second early or late.
  mutating func replayTrace(at moment: Int64) {
    let person = population.anybody(.infectedHome, &random)
    // Those who start early must not begin before the minute.
    let recorded = moment + 1_000
    let visitor = template(person, at: recorded, .traceReplay)
    browse(visitor, at: recorded, pages: random.within(4...10), personal)
    let trace = lines
    let lag = random.next()
    // Fewer hosts where 20 of them would fill a small scenario.
    for host in 1..<UInt32(20) where Int(host) * trace.count <= max(60, longest) {
      let place = infected(.traceReplay, at: recorded)
      for var line in trace {
        (line.address, line.agent, line.visitor, line.copy) = (place.address, place.agent, place.visitor, host)
        // All of a page is off by as much, so that causes stay before effects.
        line.time += Int64(choice(StableHash.of(lag, UInt64(host), UInt64(line.page)), below: 2_001)) - 1_000
        emit(line)
      }
    }
  }

  /// Software on a person's computer sends impressions again that it has seen.
  mutating func repeatImpressions(at moment: Int64) {
    let impressions = visit(by: population.anybody(.home, &random), at: moment, .home)
    var seen = random.pick(impressions)
    (seen.family, seen.detail) = (.duplicateReplay, 0)
    for _ in 0..<min(random.within(2...8), longest) {
      seen.time += Int64(random.within(2_000...60_000))
      emit(seen)
    }
  }

  /// Software on a person's computer clicks on an ad before anybody could have seen it.
  mutating func clickTooFast(at moment: Int64) {
    let impressions = visit(by: population.anybody(.home, &random), at: moment, .home)
    for var impression in impressions.prefix(random.within(1...3)) {
      impression.family = .fastClick
      emit(
        impression, .click, at: impression.time + Int64(random.within(120...900)),
        clickPosition(impression, seeksButton: false))
    }
  }

  /// Clicks on ads that were never shown.
  mutating func clickWithoutAd(at moment: Int64) {
    var line = infected(.orphanClick, at: moment)
    let publisher = publisher()
    line.page = newPage(publisher)
    line.server = UInt8(random.below(scenario.servers))
    var clock = moment
    for _ in 0..<random.within(1...4) {
      line.ad = random.next()
      let placements = inventory.publishers[publisher].placements
      line.placement = UInt32(placements.lowerBound + random.below(placements.count))
      line.campaign = campaign(on: line.placement)
      emit(line, .click, at: clock, clickPosition(line, seeksButton: false))
      clock += Int64(random.within(20_000...400_000))
    }
  }

  /// One address that asks for nothing but impressions, several a second.
  mutating func flood(at moment: Int64) {
    var line = infected(.addressFlood, at: moment)
    line.visitor = 0
    let publisher = publisher()
    let placements = inventory.publishers[publisher].placements
    line.page = newPage(publisher)
    line.server = UInt8(random.below(scenario.servers))
    var clock = moment
    for _ in 0..<max(20, min(random.within(300...1_500), longest)) {
      line.ad = random.next()
      line.placement = UInt32(placements.lowerBound + random.below(placements.count))
      line.campaign = campaign(on: line.placement)
      emit(line, .impression, at: clock)
      clock += Int64(random.within(80...400))
    }
  }
}
