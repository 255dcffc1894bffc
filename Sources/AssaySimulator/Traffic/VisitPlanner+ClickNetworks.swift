import AssayModel

/// Networks that live on clicks which nobody meant.
extension VisitPlanner {
  /// No landing page, no purchase.
  private static let hollow = Habits(clickRate: 0, seeksButton: false, arrivalPercent: 0)

  /// Ads on one page of a publisher of the family's own, none of them measured or clicked yet.
  ///
  /// - Returns: the impressions.
  private mutating func serve(_ template: PlannedLine, ads count: Int, at moment: Int64) -> [PlannedLine] {
    var line = template
    let publisher = ringPublisher(line.family)
    let placements = inventory.publishers[publisher].placements
    line.page = newPage(publisher)
    line.server = UInt8(random.below(scenario.servers))
    return (0..<count).map { _ in
      show(
        line, placement: placements.lowerBound + random.below(placements.count), opened: moment, dwell: 200,
        Habits(clickRate: 0, isMeasured: false))
    }
  }

  /// TDL-4: an infected computer fetches some ads and clicks on one 0.2 to 3 seconds after something that its user
  /// does, once in 24 hours; seven of ten clicks lead nowhere.
  mutating func clickAlongsideUser(at moment: Int64) {
    // Nearly twice as many computers as clicks a day, nine lines being one click's, each in its turn: so nobody's comes
    // again within a day.
    let hosts = scenario.linesPerDay(of: .tdl4) / 5 + 64
    let seed = StableHash.of(scenario.seed, 0x7464_6c34)
    // Behind the homes that other robots live in.
    let home = 1 << 20 + permuted(ordinal % hosts, below: hosts, seed: seed)
    let user = population.person(.infectedHome, home, 0)
    let shown = visit(by: user, at: moment + 20_000, .home)
    let event = random.pick(shown).time
    var line = PlannedLine()
    (line.address, line.agent, line.family, line.network) = (user.address, user.agent, .tdl4, 1)
    line.visitor = newVisitor()
    let clicked = event + Int64(random.within(200...3_000))
    let feed = serve(line, ads: random.within(2...6), at: clicked - Int64(random.within(5_000...15_000)))
    let impression = random.pick(feed)
    var habits = VisitPlanner.hollow
    (habits.arrivalPercent, habits.outcomePercent) = (30, 0)
    click(impression, after: max(1_050, Int(clicked - impression.time)), habits)
  }

  /// ClickBot.A: a computer looks something up at a search engine of the network's own and clicks on an ad, which
  /// together all do fewer than 20 times a day with each.
  mutating func clickSparingly(at moment: Int64) {
    if day(of: moment) != clickedDay {
      clickedDay = day(of: moment)
      clickedCreatives = Array(repeating: 0, count: 4 * inventory.campaigns.count)
    }
    var line = hijacked(.clickBotA)
    let publisher = ringPublisher(.clickBotA)
    let placements = inventory.publishers[publisher].placements
    line.page = UInt32(random.below(Int(PlannedLine.noPage)))
    line.server = UInt8(random.below(scenario.servers))
    let impression = show(
      line, placement: placements.lowerBound + random.below(placements.count), opened: moment, dwell: 20_000,
      Habits(clickRate: 0))
    let campaign = Int(impression.campaign)
    let creative = 4 * campaign + Int(impression.ad % UInt64(inventory.campaigns[campaign].creatives))
    guard clickedCreatives[creative] < 19 else { return }
    clickedCreatives[creative] += 1
    click(
      impression, after: random.within(1_200...15_000), Habits(clickRate: 0, seeksButton: false, outcomePercent: 0))
  }

  /// Click flooding: an app on somebody's phone says that ads were shown and clicked, a hundred times as often as
  /// people click. Of one click in 20 a purchase is claimed, which came when it came: any time in the next 7 days.
  mutating func floodWithClicks(at moment: Int64) {
    let line = phone(.clickFlood)
    var clock = moment
    for _ in 0..<random.within(4...12) {
      let impression = serve(line, ads: 1, at: clock)[0]
      clock += Int64(random.within(2_000...20_000))
      guard random.happens(millionths: min(900_000, 100 * scenario.clickRate)) else { continue }
      let delay = random.within(1_100...8_000)
      click(impression, after: delay, VisitPlanner.hollow)
      guard random.happens(percent: 5) else { continue }
      var purchase = impression
      (purchase.kind, purchase.detail) = (.conversion, UInt32(random.within(500...25_000)))
      purchase.time += Int64(delay + random.below(7 * 86_400_000))
      emitLater(purchase)
    }
  }

  /// Click injection: an app that shows some ads and, when it learns of a purchase, claims a click on one of them 1 to 8
  /// seconds before it.
  mutating func injectClick(at moment: Int64) {
    let impression = random.pick(serve(phone(.clickInjection), ads: random.within(3...9), at: moment))
    let delay = random.within(1_100...20_000)
    click(impression, after: delay, VisitPlanner.hollow)
    emit(
      impression, .conversion, at: impression.time + Int64(delay + random.within(1_000...8_000)),
      UInt32(random.within(500...25_000)))
  }

  /// Somebody's phone with one of the network's apps.
  private mutating func phone(_ family: Family) -> PlannedLine {
    let person = population.anybody(random.happens(percent: 50) ? .home : .carrier, &random)
    var line = PlannedLine()
    (line.address, line.agent) = (person.address, agents.choose(person.key, isMobile: true))
    // The app has an id of its own, always the same.
    (line.visitor, line.family, line.network) = (StableHash.of(person.key, 17), family, 1)
    return line
  }

  /// Collusion of sites: who looks at one of three is sent on to one of three others, where a click is made.
  mutating func sendOn(at moment: Int64) {
    let person = population.anybody(.home, &random)
    var line = template(person, at: moment, .referrerRing)
    line.network = 1
    let ring = inventory.rings[Int(Family.referrerRing.rawValue)]
    let sender = ring.lowerBound + random.below(ring.count / 2)
    let dwell = random.within(1_500...6_000)
    open(newPage(sender), of: sender, line, at: moment, dwell: dwell, callsTag: false, ads: 1, Habits(clickRate: 0))
    let receiver = sender + ring.count / 2
    let shown = open(
      newPage(receiver), of: receiver, line, at: moment + Int64(dwell), dwell: 8_000, callsTag: false, ads: 1,
      Habits(clickRate: 0))
    if random.happens(percent: 70) {
      click(
        shown[0], after: random.within(1_100...4_000),
        Habits(clickRate: 0, seeksButton: false, outcomePercent: 0))
    }
  }
}
