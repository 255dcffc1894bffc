import AssayModel

/// Networks that forge where ads are shown: Methbot and HyphBot.
extension VisitPlanner {
  /// A server that poses as a home watches videos on pages that the publisher does not have. Each of the network's
  /// addresses is used as often as any other, and nothing is fetched but what pays.
  mutating func watchFromServer(at moment: Int64) {
    var line = PlannedLine()
    line.address = forgedNetworks.address(turn: ordinal)
    line.agent = UInt32(agents.stale.lowerBound + random.below(agents.stale.count))
    (line.visitor, line.family, line.network) = (newVisitor(), .methbot, 1)
    let habits = Habits(clickRate: scenario.clickRate, seeksButton: false, clicksEvenly: true, arrivalPercent: 0)
    var clock = moment
    for _ in 0..<8 {
      let placement = inventory.forged.lowerBound + random.below(inventory.forged.count)
      let publisher = inventory.placements[placement].publisher
      line.page = UInt32(inventory.publishers[publisher].pages + random.below(250_267))
      line.server = UInt8(random.below(scenario.servers))
      let dwell = random.within(16_000...45_000)
      show(line, placement: placement, opened: clock, dwell: dwell, habits)
      clock += Int64(dwell)
    }
  }

  /// A browser on an infected computer is led from one generated address to the next, nine of ten times to a video.
  mutating func visitPhonySites(at moment: Int64) {
    var line = hijacked(.hyphbot)
    var clock = moment
    for _ in 0..<random.within(3...10) {
      let publisher = inventory.publishers[ringPublisher(.hyphbot)]
      // The player comes last.
      let placement =
        random.happens(percent: 90)
        ? publisher.placements.upperBound - 1
        : publisher.placements.lowerBound + random.below(publisher.placements.count - 1)
      line.page = UInt32(random.below(Int(PlannedLine.noPage)))
      line.server = UInt8(random.below(scenario.servers))
      let dwell = random.within(16_000...40_000)
      show(
        line, placement: placement, opened: clock, dwell: dwell,
        Habits(clickRate: scenario.clickRate, seeksButton: false, clicksEvenly: true, outcomePercent: 0))
      clock += Int64(dwell)
    }
  }
}
