import AssayModel

/// Single robots that take pains to look like people.
extension VisitPlanner {
  /// Somebody's infected computer: a desktop browser, a new id.
  mutating func hijacked(_ family: Family) -> PlannedLine {
    var line = PlannedLine()
    let person = population.anybody(.infectedHome, &random)
    (line.address, line.agent) = (person.address, agents.choose(person.key, isMobile: false))
    (line.visitor, line.family) = (newVisitor(), family)
    line.network = family.isNetwork ? 1 : 0
    return line
  }

  private var driven: Habits { Habits(clickRate: scenario.clickRate, outcomePercent: 0) }

  /// A script that waits 1 to 25 seconds on a page, all times being as likely (detection.md §10.1).
  mutating func browseEvenly(at moment: Int64) {
    let (line, publisher) = (hijacked(.moderateBot), publisher())
    var clock = moment
    for number in 0..<min(random.within(8...30), max(4, longest / 4)) {
      let dwell = random.within(1_000...25_000)
      open(newPage(publisher), of: publisher, line, at: clock, dwell: dwell, callsTag: number == 0, driven)
      clock += Int64(dwell)
    }
  }

  /// Sessions one after another, each begun at most three seconds after the last ended and with a new id; in them
  /// pauses as people make, but fewer returns (26 %) and some reloads (6 %; detection.md §10.1).
  mutating func browseInSeries(at moment: Int64) {
    var line = hijacked(.advancedBot)
    var clock = moment
    for session in 0..<random.within(4...10) {
      // One robot must not fill a small scenario.
      if session > 1 && charges[Int(Family.advancedBot.rawValue)] > longest { return }
      line.visitor = newVisitor()
      let publisher = publisher()
      var (page, previous) = (newPage(publisher), UInt32?.none)
      for number in 0..<random.within(4...10) {
        if number > 0 {
          let draw = random.below(100)
          let next = draw < 6 ? page : draw < 32 ? previous ?? newPage(publisher) : newPage(publisher)
          (previous, page) = (page, next)
        }
        let dwell = min(max(1_000, variedDwell.draw(&random)), 300_000)
        open(page, of: publisher, line, at: clock, dwell: dwell, callsTag: number == 0, driven)
        clock += Int64(dwell)
      }
      // The last page is left when its ads have been measured, and there are no lines until the next one's.
      clock = (lines.map(\.time).max() ?? clock) + Int64(random.within(200...2_400))
    }
  }

  /// Forms sent less than three seconds after the page came, or without ever having asked for it; each script takes
  /// the same time always.
  mutating func fillForm(at moment: Int64) {
    var line = hijacked(.formBot)
    let publisher = publisher()
    let pause = random.within(300...2_600)
    var clock = moment
    for _ in 0..<random.within(1...5) {
      line.visitor = newVisitor()
      let placements = inventory.publishers[publisher].placements
      line.page = newPage(publisher)
      line.server = UInt8(random.below(scenario.servers))
      let shown = show(
        line, placement: placements.lowerBound + random.below(placements.count), opened: clock, dwell: 30_000,
        Habits(clickRate: 0))
      let delay = random.within(1_100...6_000)
      click(shown, after: delay, Habits(clickRate: 0, seeksButton: false, arrivalPercent: 0))
      let landed = shown.time + Int64(delay + random.within(300...900))
      if random.happens(percent: 60) { emit(shown, .page, at: landed, PlannedLine.Document.landing.rawValue) }
      emit(shown, .form, at: landed + Int64(pause + random.within(0...200)))
      clock += Int64(random.within(30_000...240_000))
    }
  }
}
