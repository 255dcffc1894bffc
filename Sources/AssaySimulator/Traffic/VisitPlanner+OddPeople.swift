import AssayModel

/// People who look like robots at first sight: what a detector says of them is wrong.
extension VisitPlanner {
  /// Somebody leaves a page open on which one placement asks for a new ad every 30 seconds.
  mutating func openRefreshingPage(at moment: Int64) {
    let publisher = publisher()
    var line = template(population.anybody(.home, &random), at: moment, .autoRefresh)
    line.page = newPage(publisher)
    line.server = UInt8(random.below(scenario.servers))
    let placement = inventory.publishers[publisher].refreshing
    for turn in 0..<min(random.within(4...40), longest / 3) {
      let shown = moment + Int64(turn) * 30_000 + Int64(random.within(0...60))
      show(line, placement: placement, opened: shown, dwell: 29_500, personal)
    }
  }

  /// A class of children on the way, all with the school's tablets, behind one address.
  mutating func rideSchoolBus(at moment: Int64) {
    let bus = random.below(population.count(.bus))
    let tablet = population.person(.bus, bus, 0)
    let publisher = publisher()
    let children = min(population.people(in: .bus, bus), max(4, longest / 8))
    for child in 0..<children {
      var person = population.person(.bus, bus, child)
      (person.address, person.agent, person.isPrivate) = (tablet.address, tablet.agent, false)
      let boarded = moment + Int64(random.below(900_000))
      let line = template(person, at: boarded, .schoolBus)
      var clock = boarded
      for page in 0..<random.within(1...3) {
        let dwell = min(max(1_000, self.dwell.draw(&random)), 300_000)
        open(newPage(publisher), of: publisher, line, at: clock, dwell: dwell, callsTag: page == 0, personal)
        clock += Int64(dwell)
      }
    }
  }

  /// An office where everybody opens the same page when work begins.
  mutating func openOfficeMorning(at moment: Int64) {
    let office = random.below(population.count(.office))
    let publisher = publisher()
    let colleagues = min(population.people(in: .office, office), 80, max(4, longest / 6))
    for number in 0..<colleagues {
      let opened = moment + Int64(random.below(150_000))
      let line = template(population.person(.office, office, number), at: opened, .morningOffice)
      let dwell = min(max(1_000, self.dwell.draw(&random)), 300_000)
      open(0, of: publisher, line, at: opened, dwell: dwell, callsTag: true, personal)
    }
  }

  /// Somebody who is read to: one page after another in order, long on each, clicks from the keyboard.
  mutating func listen(at moment: Int64) {
    let line = template(population.anybody(.home, &random), at: moment, .screenReader)
    let publisher = publisher()
    var habits = personal
    habits.usesKeyboard = true
    var (clock, page) = (moment, newPage(publisher))
    for number in 0..<pageCount() {
      let dwell = min(max(1_000, self.dwell.draw(&random)) + self.dwell.draw(&random), 900_000)
      open(page, of: publisher, line, at: clock, dwell: dwell, callsTag: number == 0, habits)
      clock += Int64(dwell)
      page = (page + 1) % UInt32(inventory.publishers[publisher].pages)
    }
  }
}
