internal import AssayModel

/// What happened between one sample of an impression and the next, whatever the standard.
struct ExposureStep {
  /// The sample that was reached.
  let sample: ExposureSample
  /// Milliseconds since the one before it (since rendering, for the first).
  let gap: Int32
  /// Whether the sample before it holds up to this one.
  let isHeld: Bool
  /// Whether a stretch may go on across the step: it is held, or short enough for polls.
  let isContinuous: Bool
}

/// Goes from sample to sample of an impression.
struct ExposureClock {
  /// Milliseconds between two polls.
  let interval: Int32
  private var last: ExposureSample.State?
  private var time: Int32 = 0

  init(interval: Int32) { self.interval = interval }

  /// Goes on to the next sample; nil for a poll from before the ad rendered, which says nothing. An edge from before
  /// still holds when the ad renders, and counts from there.
  @inline(__always)
  mutating func advance(to sample: ExposureSample) -> ExposureStep? {
    if sample.milliseconds < 0, !sample.state.contains(.edge) { return nil }
    let now = max(time, sample.milliseconds)
    let gap = now - time
    let isHeld = last.map { $0.contains(.edge) && !$0.contains(.finished) } ?? false
    (last, time) = (sample.state, now)
    return ExposureStep(
      sample: sample, gap: gap, isHeld: isHeld,
      isContinuous: isHeld || gap <= ViewabilitySettings.longestGap * interval)
  }
}

/// Follows how well an impression was watched: whether at all, for how long, and whether to its end.
struct ExposureWatch {
  private var last: ExposureSample.State?
  private var observed: Int32 = 0
  private var isMeasured = false
  private var isFinished = false

  /// Goes on by a step.
  mutating func advance(_ step: ExposureStep) {
    let isMeasurable = !step.sample.state.contains(.unmeasurable)
    if let last {
      let wasWatched = step.isContinuous && !last.contains(.unmeasurable) && (step.isHeld || isMeasurable)
      if wasWatched { observed += step.gap }
    }
    // The edge that ends a session holds for no time: it measures nothing.
    if isMeasurable, !step.sample.state.isSuperset(of: [.edge, .finished]) { isMeasured = true }
    if step.sample.state.contains(.finished) { isFinished = true }
    last = step.sample.state
  }

  /// Whether enough was watched to say that an ad was not in view for so many milliseconds: it was measured for as many
  /// of them, or its session is over and was measured at all, so that nothing can come any more. `slack` is what the
  /// last poll stands for where polls are counted.
  func suffices(for milliseconds: Int32, slack: Int32) -> Bool {
    isMeasured && (Int64(observed) + Int64(slack) >= Int64(milliseconds) || isFinished)
  }
}

/// Follows one standard: for how long the ad has been in view.
struct ViewStretch {
  private let requirement: ViewabilityRequirement
  /// What a poll in view stands for, in milliseconds, where polls are counted; else time is.
  private let poll: Int32?
  private let needed: Int64
  private var length: Int64 = 0
  private var sincePoll: Int32 = 0
  private var wasMet = false
  /// Whether the ad was in view for long enough.
  private(set) var isReached = false

  init(_ requirement: ViewabilityRequirement, poll: Int32?) {
    self.requirement = requirement
    self.poll = poll
    needed = requirement.milliseconds.map(Int64.init) ?? .max
  }

  @inline(__always)
  mutating func advance(_ step: ExposureStep) {
    let isMet = requirement.isMet(by: step.sample)
    let continues = wasMet && step.isContinuous
    wasMet = isMet
    if !continues && !requirement.isCumulative { length = 0 }
    let isHeld = continues && step.isHeld
    if !isMet && !isHeld { return }
    if isHeld || continues && poll == nil {
      length += Int64(step.gap)
    } else if let poll, isMet, !step.sample.state.contains(.edge) {
      count(poll, continues: continues, gap: step.gap)
    }
    isReached = isReached || length >= needed
  }

  /// Counts a poll in view, unless it only repeats the last: less than half an interval lies between them.
  private mutating func count(_ poll: Int32, continues: Bool, gap: Int32) {
    sincePoll += gap
    if continues && sincePoll < poll / 2 { return }
    length += Int64(poll)
    sincePoll = 0
  }
}
