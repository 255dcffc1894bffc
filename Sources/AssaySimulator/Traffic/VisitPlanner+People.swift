import AssayModel

extension VisitPlanner {
  /// What a person does.
  var personal: Habits { Habits(clickRate: scenario.clickRate) }

  /// A line that says who and from where.
  mutating func template(_ person: Population.Person, at moment: Int64, _ family: Family) -> PlannedLine {
    var line = PlannedLine()
    line.address = person.address
    line.visitor = population.visitor(person, day: day(of: moment))
    line.agent = person.agent
    line.family = family
    return line
  }

  /// A visit of a person to one publisher: pages one after another, now and then back to the one before.
  ///
  /// - Returns: the impressions.
  @discardableResult
  mutating func visit(by person: Population.Person, at moment: Int64, _ family: Family) -> [PlannedLine] {
    browse(template(person, at: moment, family), at: moment, pages: pageCount(), personal)
  }

  /// Pages of a visit: geometric with the scenario's mean, 40 at most.
  mutating func pageCount() -> Int {
    var pages = 1
    while pages < 40 && random.below(scenario.pagesPerVisit) >= 100 { pages += 1 }
    return pages
  }

  /// Opens pages of one publisher, dwelling on each as people do.
  ///
  /// - Returns: the impressions.
  @discardableResult
  mutating func browse(
    _ visitor: PlannedLine, at moment: Int64, pages: Int, backPercent: Int = 38, _ habits: Habits
  ) -> [PlannedLine] {
    let publisher = publisher()
    var impressions: [PlannedLine] = []
    var (clock, page, previous) = (moment, newPage(publisher), UInt32?.none)
    for number in 0..<pages {
      if number > 0 {
        // Back to the page before (detection.md §10.1), or on to another.
        let next = previous.flatMap { random.happens(percent: backPercent) ? $0 : nil } ?? newPage(publisher)
        (previous, page) = (page, next)
      }
      // Nobody leaves in less than a second or stays for longer than a quarter of an hour.
      let dwell = min(max(1_000, self.dwell.draw(&random)), 900_000)
      impressions += open(page, of: publisher, visitor, at: clock, dwell: dwell, callsTag: number == 0, habits)
      clock += Int64(dwell)
    }
    return impressions
  }

  /// Opens one page and shows the ads on it.
  ///
  /// - Returns: the impressions.
  @discardableResult
  mutating func open(
    _ page: UInt32, of publisher: Int, _ visitor: PlannedLine, at moment: Int64, dwell: Int, callsTag: Bool,
    ads limit: Int? = nil, _ habits: Habits
  ) -> [PlannedLine] {
    var line = visitor
    line.page = page
    line.server = UInt8(random.below(scenario.servers))
    let places = inventory.publishers[publisher].placements
    line.placement = UInt32(places.lowerBound)
    // The script is cached for most.
    if callsTag && random.happens(percent: 25) {
      emit(line, .page, at: moment + 20, PlannedLine.Document.tag.rawValue)
    }
    let count = min(places.count, random.within(1...(limit ?? scenario.adsPerPage)))
    let first = random.below(places.count)
    return (0..<count).map { number in
      let placement = places.lowerBound + (first + number) % places.count
      return show(line, placement: placement, opened: moment, dwell: dwell, habits)
    }
  }

  /// One of a publisher's pages.
  mutating func newPage(_ publisher: Int) -> UInt32 {
    UInt32(random.below(inventory.publishers[publisher].pages))
  }
}
