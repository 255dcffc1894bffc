import AssayModel

extension VisitPlanner {
  /// How whoever opened the page treats the ads on it.
  struct Habits {
    /// Mean click rate on ads not out of view, in millionths.
    var clickRate: Int
    /// Whether clicks seek the call to action, as a person's do.
    var seeksButton = true
    /// Whether the ads are measured.
    var isMeasured = true
    /// Whether clicks come from the keyboard: at 0, 0.
    var usesKeyboard = false
    /// Whether each ad is clicked as likely as any other, whoever sees it.
    var clicksEvenly = false
    /// Percent of the clicks that lead to the landing page.
    var arrivalPercent = 90
    /// Percent of the arrivals that lead to a form, and to a purchase.
    var outcomePercent = 12
    /// Whether nothing of the ads is ever in view.
    var isOutOfView = false
    /// The campaign of every ad; nil for any that has bought the placement.
    var campaign: UInt32?
    /// Milliseconds from the page to an ad's request and on to its rendering; nil for a browser's varying ones.
    var latency: Int?
  }

  /// Shows one ad on a page that was opened at `moment` and is left `dwell` milliseconds later: request, impression,
  /// exposure or video progress, and perhaps a click with what follows.
  ///
  /// - Parameter template: who, from where, on which page and server, for which family.
  /// - Returns: the impression; at the end of the log where it is not in it.
  @discardableResult
  mutating func show(
    _ template: PlannedLine, placement: Int, opened moment: Int64, dwell: Int, _ habits: Habits
  ) -> PlannedLine {
    var line = template
    line.ad = random.next()
    line.placement = UInt32(placement)
    line.campaign = habits.campaign ?? campaign(on: line.placement)
    let requested = habits.latency ?? random.within(80...450)
    let rendered = requested + (habits.latency ?? random.within(40...260))
    let limit = habits.isMeasured ? max(200, dwell - rendered) : 0
    let place = inventory.placements[placement]
    let trace = ExposureTrace(seed: line.ad, place, limit: limit, isOutOfView: habits.isOutOfView)
    let detail = UInt32(limit) | (habits.isOutOfView ? PlannedLine.outOfView : 0)
    let shown = moment + Int64(rendered)
    // What is measured must be told before the log ends, or the impression would be judged without it.
    let isComplete = isLogged(shown + Int64(trace.length))
    emit(line, .adRequest, at: isComplete ? moment + Int64(requested) : end)
    emit(line, .impression, at: isComplete ? shown : end, detail)
    if trace.count > 0 { emit(line, .exposure, at: isComplete ? shown + Int64(trace.length) : end, detail) }
    if place.isVideo && isComplete { playVideo(line, from: shown, for: limit) }
    (line.time, line.kind, line.detail) = (isComplete ? shown : end, .impression, detail)
    if trace.outcome != .notViewable, isComplete { considerClick(line, dwell: dwell - rendered, habits) }
    return line
  }

  /// Adds a line like another one, of a kind, at a moment.
  mutating func emit(_ template: PlannedLine, _ kind: EventKind, at moment: Int64, _ detail: UInt32 = 0) {
    var line = template
    (line.kind, line.time, line.detail) = (kind, moment, detail)
    emit(line)
  }

  /// A video of 15 seconds tells its start and quartiles while the page is open.
  private mutating func playVideo(_ line: PlannedLine, from shown: Int64, for limit: Int) {
    for percent in [0, 25, 50, 75, 100] where 150 * percent + 150 <= limit {
      emit(line, .video, at: shown + Int64(150 * percent + 150), UInt32(percent))
    }
  }

  /// People differ in how they like a campaign; whoever likes it may click before the page is left.
  private mutating func considerClick(_ impression: PlannedLine, dwell: Int, _ habits: Habits) {
    if habits.clicksEvenly {
      guard random.happens(millionths: habits.clickRate) else { return }
    } else {
      guard likes(impression, habits) else { return }
    }
    // A second at least: nobody reads and aims in less.
    let delay = min(1_050 + clickDelay.draw(&random), dwell)
    guard delay >= 1_050 else { return }
    click(impression, after: delay, habits)
  }

  /// Whether somebody likes an ad enough to click on it.
  private mutating func likes(_ impression: PlannedLine, _ habits: Habits) -> Bool {
    let liking = clickPropensity.value(
      at: StableHash.of(
        impression.visitor ^ impression.address.low, UInt64(impression.agent), UInt64(impression.campaign)))
    return random.happens(millionths: min(900_000, habits.clickRate * liking / 1_000))
  }

  /// A click, perhaps an accidental second one, and what it leads to.
  mutating func click(_ impression: PlannedLine, after delay: Int, _ habits: Habits) {
    let moment = impression.time + Int64(delay)
    let position = habits.usesKeyboard ? 0 : clickPosition(impression, seeksButton: habits.seeksButton)
    emit(impression, .click, at: moment, position)
    if impression.family.truth == .valid && random.happens(percent: 8) {
      var second = impression
      second.family = .doubleClick
      emit(second, .click, at: moment + Int64(random.within(90...900)), position)
    }
    guard random.happens(percent: habits.arrivalPercent) else { return }
    let landed = moment + Int64(random.within(300...1_500))
    emit(impression, .page, at: landed, PlannedLine.Document.landing.rawValue)
    if random.happens(percent: habits.outcomePercent) {
      emit(impression, .form, at: landed + Int64(random.within(12_000...120_000)))
    }
    if random.happens(percent: habits.outcomePercent) {
      let bought = landed + 20_000 + Int64(min(purchaseDelay.draw(&random), 10_800_000))
      emit(impression, .conversion, at: bought, UInt32(random.within(500...25_000)))
    }
  }

  /// Where a click lands: two thirds around the creative's button, the rest anywhere (20 to 50 % are diffuse:
  /// detection.md §10.1).
  mutating func clickPosition(_ impression: PlannedLine, seeksButton: Bool) -> UInt32 {
    let place = inventory.placements[Int(impression.placement)]
    let (width, height) = (max(1, place.width), max(1, place.height))
    guard seeksButton, random.happens(percent: 66) else {
      return UInt32(random.below(width) << 16 | random.below(height))
    }
    let creative = StableHash.of(UInt64(impression.campaign), UInt64(place.width), UInt64(place.height))
    func coordinate(_ size: Int, _ share: Int) -> Int {
      // The button stands in the second half; two thirds of the clicks lie within a sixteenth of the size.
      let button = size / 2 + choice(creative &* UInt64(share), below: max(1, size / 3))
      return min(max(0, button + spread.draw(&random) * size / 16_000), size - 1)
    }
    return UInt32(coordinate(width, 1) << 16 | coordinate(height, 3))
  }
}
