import AssayModel

/// Traffic of people that must not be counted.
extension VisitPlanner {
  /// A person's visit to a page that also has a placement of no size.
  mutating func showInvisibly(at moment: Int64) {
    let impressions = visit(by: population.anybody(.home, &random), at: moment, .home)
    for (number, shown) in impressions.enumerated() where number % 2 == 0 {
      var line = shown
      line.family = .invisiblePlacement
      let publisher = inventory.placements[Int(shown.placement)].publisher
      show(
        line, placement: inventory.publishers[publisher].invisible, opened: shown.time, dwell: 1_000,
        Habits(clickRate: 0, isMeasured: false))
    }
  }

  /// The agency looks whether its ads work; the requests say that they are tests.
  mutating func testOwnAds(at moment: Int64) {
    let person = population.person(.office, 0, random.below(10))
    let line = template(person, at: moment, .selfTest)
    browse(line, at: moment, pages: random.within(1...2), Habits(clickRate: 300_000))
  }
}
