import AssayModel

/// People, or their browsers, who serve a network: click farms and pages out of sight.
extension VisitPlanner {
  /// Where one of a farm's workers sits: 50 people, 10 addresses.
  static let workersOfFarm = 50

  /// The address of a farm with this number, 0 to 9.
  static func farmAddress(_ population: Population, farm: Int, _ number: Int) -> Address {
    // Behind the homes that other robots live in, TDL-4's too.
    population.person(.infectedHome, 1 << 22 + 10 * farm + number, 0).address
  }

  /// Farms of a scenario: one to as many lines as 50 people write who do a task every four minutes of a shift.
  static func farmCount(_ scenario: SimulationScenario) -> Int {
    max(1, scenario.linesPerDay(of: .clickFarm) / (workersOfFarm * 120 * 5))
  }

  /// One task of a farm's schedule: all workers open the same page within two and a half minutes and click on the ad
  /// that they are told to click on. What comes next has nothing to do with it.
  mutating func workThroughSchedule(at moment: Int64) {
    let farm = ordinal % VisitPlanner.farmCount(scenario)
    let publisher = publisher()
    let page = newPage(publisher)
    let placements = inventory.publishers[publisher].placements
    let placement = placements.lowerBound + random.below(placements.count)
    var habits = Habits(clickRate: 0, outcomePercent: 10)
    habits.campaign = campaign(on: UInt32(placement))
    // The budget would space the tasks evenly, which no foreman does.
    let begun = moment + Int64(random.below(1_800_000))
    for worker in 0..<min(VisitPlanner.workersOfFarm, max(5, longest / 5)) {
      var person = population.person(.infectedHome, 1 << 22 + 10 * farm + worker % 10, worker)
      person.address = VisitPlanner.farmAddress(population, farm: farm, worker % 10)
      (person.agent, person.isPrivate) = (agents.choose(person.key, isMobile: true), false)
      let opened = begun + Int64(random.below(150_000))
      var line = template(person, at: opened, .clickFarm)
      (line.page, line.network) = (page, UInt16(truncatingIfNeeded: farm + 1))
      line.server = UInt8(random.below(scenario.servers))
      let dwell = min(max(6_000, self.dwell.draw(&random)), 120_000)
      let impression = show(line, placement: placement, opened: opened, dwell: dwell, habits)
      let delay = min(1_050 + clickDelay.draw(&random), dwell - 800)
      if random.happens(percent: 85) { click(impression, after: delay, habits) }
    }
  }

  /// Four sites at once in windows without size, in a browser that somebody uses, for less than five seconds.
  mutating func openOutOfSight(at moment: Int64) {
    var line = template(population.anybody(.home, &random), at: moment, .payPerView)
    line.network = 1
    var habits = Habits(clickRate: 0)
    habits.isOutOfView = true
    let ring = inventory.rings[Int(Family.payPerView.rawValue)]
    let first = random.below(ring.count)
    for number in 0..<4 {
      let publisher = ring.lowerBound + (first + number) % ring.count
      open(
        newPage(publisher), of: publisher, line, at: moment + Int64(random.below(400)),
        dwell: random.within(1_200...4_900), callsTag: false, habits)
    }
  }
}
