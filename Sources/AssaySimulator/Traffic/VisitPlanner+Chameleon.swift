import AssayModel

/// Chameleon: home computers, each of them several visitors at once to the same ring of sites, until the computer is
/// overloaded, crashes, and begins anew with new ids.
extension VisitPlanner {
  /// Clicks on one of 5,000 impressions, whichever it is, and anywhere on it.
  private static let habits = Habits(clickRate: 200, seeksButton: false, clicksEvenly: true, outcomePercent: 0)
  private static let crashing = Habits(clickRate: 0, isMeasured: false)

  /// What all hosts do in one minute, `lines` lines together.
  mutating func liveThroughMinute(_ minute: Int64, lines wanted: Int) {
    // A page has (1 + most) / 2 ads, an ad three lines.
    let linesPerPage = 3 * (1 + scenario.adsPerPage)
    let pages = max(0, wanted) * 2_000_000 / linesPerPage / chameleon.count
    for host in 0..<chameleon.count {
      let number = chameleon.lastCrash(host, before: minute)
      if chameleon.crash(host, number + 1) < minute + 60_000 { crash(host, number + 1) }
      let count = pages / 1_000_000 + (random.happens(millionths: pages % 1_000_000) ? 1 : 0)
      for _ in 0..<count { openAsOneOf(host, at: minute + Int64(random.below(60_000))) }
    }
  }

  /// A host's line, as one of its virtual visitors after a crash.
  private func template(_ host: Int, after number: Int, _ visitor: Int) -> PlannedLine {
    var line = PlannedLine()
    line.address = population.person(.home, chameleon.home(of: host), 0).address
    line.visitor = chameleon.visitor(host, after: number, visitor)
    (line.agent, line.family, line.network) = (agents.explorer, .chameleon, 1)
    return line
  }

  /// A publisher of the ring, or in one of 20 cases any other, which blurs the picture.
  private mutating func target() -> Int {
    random.happens(percent: 5) ? publisher() : ringPublisher(.chameleon)
  }

  /// A page as one of the host's visitors.
  private mutating func openAsOneOf(_ host: Int, at moment: Int64) {
    let number = chameleon.lastCrash(host, before: moment)
    let left = chameleon.crash(host, number + 1) - moment
    // The last pages are those of the crash, and while the computer starts nothing happens.
    guard left > 2_000, moment >= chameleon.restart(host, after: number) + 10_000 else { return }
    let visitor = random.below(chameleon.visitors(host, after: number))
    let line = template(host, after: number, visitor)
    let publisher = target()
    let dwell = min(max(1_000, self.dwell.draw(&random)), 900_000, Int(left) - 2_500)
    // Of what is open when the computer crashes no measurement comes.
    let habits = left < 12_000 ? VisitPlanner.crashing : VisitPlanner.habits
    open(newPage(publisher), of: publisher, line, at: moment, dwell: max(200, dwell), callsTag: false, habits)
  }

  /// All visitors load a page in the last two seconds, which is too much; new ones begin when the computer is back.
  private mutating func crash(_ host: Int, _ number: Int) {
    let moment = chameleon.crash(host, number)
    for visitor in 0..<chameleon.visitors(host, after: number - 1) {
      let line = template(host, after: number - 1, visitor)
      load(line, callsTag: false, at: moment - 1_950 + Int64(random.below(1_150)))
    }
    let back = chameleon.restart(host, after: number)
    for visitor in 0..<chameleon.visitors(host, after: number) {
      load(template(host, after: number, visitor), callsTag: true, at: back + Int64(random.below(10_000)))
    }
  }

  /// One page with one ad that is not measured.
  private mutating func load(_ line: PlannedLine, callsTag: Bool, at moment: Int64) {
    // What would have come before the minute or the log is not written.
    guard moment >= start else { return }
    let publisher = target()
    open(
      newPage(publisher), of: publisher, line, at: moment, dwell: 200, callsTag: callsTag, ads: 1,
      VisitPlanner.crashing)
  }
}
