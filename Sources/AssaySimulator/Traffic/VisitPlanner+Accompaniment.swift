import AssayModel

/// More people who look odd, and what browsers and their guards ask for on their own.
extension VisitPlanner {
  /// A pupil at school, where hundreds share an address and most of them have the school's computers.
  mutating func visitAtSchool(at moment: Int64) {
    let school = random.below(population.count(.school))
    var pupil = population.person(.school, school, random.below(population.people(in: .school, school)))
    if choice(StableHash.of(pupil.key, 23), below: 100) < 85 {
      pupil.agent = population.person(.school, school, 0).agent
    }
    pupil.address = population.person(.school, school, 0).address
    visit(by: pupil, at: moment, .school)
  }

  /// Somebody whose browser forgets the id after every visit.
  mutating func visitPrivately(at moment: Int64) {
    var line = template(population.anybody(.home, &random), at: moment, .privateMode)
    line.visitor = newVisitor()
    browse(line, at: moment, pages: pageCount(), personal)
  }

  /// Somebody who comes out of a provider's tunnel: one of 16 addresses, in networks like a hosting company's that no
  /// list has, as lists of tunnels are to be exempt.
  mutating func visitThroughTunnel(at moment: Int64) {
    let person = population.anybody(.home, &random)
    var line = template(person, at: moment, .vpn)
    let exit = StableHash.of(scenario.seed, 0x7475_6e6e, UInt64(choice(StableHash.of(person.key, 19), below: 16)))
    line.address = Address(v4: 0xfc00_0000 | UInt32(exit % 4) << 16 | UInt32(exit >> 48))
    browse(line, at: moment, pages: pageCount(), personal)
  }

  /// A browser fetches pages that are never opened: their ads are asked for and not shown. A log in combined format
  /// does not say why, so nothing can be known by its declaration.
  mutating func prefetchPages(at moment: Int64) {
    let visited = visit(by: population.anybody(.home, &random), at: moment, .home)
    var line = visited[0]
    line.family = .prefetch
    let publisher = inventory.placements[Int(line.placement)].publisher
    let placements = inventory.publishers[publisher].placements
    var clock = line.time + Int64(random.within(500...2_500))
    for _ in 0..<random.within(2...5) {
      (line.page, line.placement) = (newPage(publisher), UInt32(placements.lowerBound + random.below(placements.count)))
      emit(line, .adRequest, at: clock)
      clock += Int64(random.within(20...200))
    }
  }

  /// Somebody's antivirus program hands every address on to its maker, who fetches it again 2 to 20 seconds later:
  /// the same events from a few addresses with one browser.
  mutating func visitGuarded(at moment: Int64) {
    visit(by: population.anybody(.home, &random), at: moment, .home)
    let address = Address(v4: 0xfd40_1000 | UInt32(random.below(1 << 10)))
    for var line in lines where line.kind == .impression || line.kind == .click {
      (line.family, line.address, line.agent) = (.antivirus, address, UInt32(agents.stale.lowerBound))
      if line.kind == .impression { line.detail = 0 }
      line.time += Int64(random.within(2_000...20_000))
      emit(line)
    }
  }
}
