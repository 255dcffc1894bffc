import AssayModel

/// How much of one ad was in view while its page was open: the samples that its exposure beacon carries, and what they
/// amount to under the MRC's rules (50 % of the pixels for 1 s; from 242,500 pixels on 30 %; videos 2 s of playing).
///
/// A function of its arguments, so that nothing has to be kept between the impression and its exposure. Nine of ten
/// ads are measured. The samples are the edges at which something changes; where the rule was met, one more sample
/// says so at or after the moment itself, so that evaluators of polls and of edges must agree.
struct ExposureTrace: Sendable {
  /// At most five.
  private var storage = InlineArray<5, ExposureSample>(repeating: ExposureSample(milliseconds: 0, share: 0))
  /// How many samples there are; none where no exposure is sent.
  private(set) var count = 0
  /// What the samples amount to.
  private(set) var outcome = Viewability.undetermined

  /// The sample with this ordinal.
  subscript(_ ordinal: Int) -> ExposureSample { storage[ordinal] }

  /// When the measurement ended and the beacon was sent: milliseconds since the ad began to render.
  var length: Int { count == 0 ? 0 : Int(storage[count - 1].milliseconds) }

  /// The trace of one ad.
  ///
  /// - Parameters:
  ///   - seed: what makes it different from others.
  ///   - placement: where it stood; an ad of at most one pixel is never measured.
  ///   - limit: milliseconds that the page stayed open after the ad began to render; 0 for an ad without exposure.
  ///   - isOutOfView: whether the window has no size.
  init(seed: UInt64, _ placement: Inventory.Placement, limit: Int, isOutOfView: Bool = false) {
    guard limit > 0, placement.width * placement.height > 1 else { return }
    var random = RandomSource(seed: seed)
    let state: ExposureSample.State = placement.isVideo ? [.focused, .edge, .playing] : [.focused, .edge]
    let length = min(limit, 1_600 + min(random.below(6_400), random.below(6_400)))
    let measured = random.below(100)
    if measured < 7 { return }
    if measured < 10 {
      append(0, 0, [.unmeasurable, .edge])
      append(length, 0, [.unmeasurable, .edge, .finished])
      return
    }
    if isOutOfView {
      append(0, 0, state)
      append(length, 0, state.union(.finished))
      outcome = .notViewable
      return
    }
    let isLarge = placement.width * placement.height >= 242_500 && !placement.isVideo
    let (threshold, needed) = (isLarge ? 3_000 : 5_000, placement.isVideo ? 2_000 : 1_000)
    var script = Script(random: random, length: length, threshold: threshold, needed: needed, state: state)
    script.play(into: &self)
  }

  fileprivate mutating func append(_ milliseconds: Int, _ share: Int, _ state: ExposureSample.State) {
    storage[count] = ExposureSample(
      milliseconds: Int32(truncatingIfNeeded: milliseconds), share: UInt16(truncatingIfNeeded: share), state: state)
    count += 1
  }

  fileprivate mutating func conclude(_ outcome: Viewability) { self.outcome = outcome }
}

/// What happens to an ad that can be measured.
private struct Script {
  var random: RandomSource
  /// Milliseconds until the measurement ends.
  let length: Int
  /// Share of the pixels that counts as in view, in hundredths of a percent.
  let threshold: Int
  /// Milliseconds in view that make it viewable.
  let needed: Int
  /// State of tab and player while all is well.
  let state: ExposureSample.State

  mutating func play(into trace: inout ExposureTrace) {
    trace.conclude(.notViewable)
    switch random.below(100) {
    case 0..<46: watch(from: 0, &trace)
    case 46..<78: watch(from: random.within(200...1_500), &trace)
    case 78..<85: interrupt(with: state, share: random.below(threshold), &trace)
    case 85..<92:
      // A video stalls or the tab is left: the pixels stay where they are.
      let stalled = state.contains(.playing) && random.happens(percent: 50)
      interrupt(with: stalled ? [.focused, .edge] : state.subtracting(.focused), share: 10_000, &trace)
    default:
      trace.append(0, low(), state)
      trace.append(length, low(), state.union(.finished))
    }
  }

  /// In view from a moment on until the end.
  private mutating func watch(from start: Int, _ trace: inout ExposureTrace) {
    if start > 0 { trace.append(0, low(), state) }
    guard start < length else {
      trace.append(length, low(), state.union(.finished))
      return
    }
    trace.append(start, high(), state)
    let slack = length - start - needed
    if slack > 0 { trace.append(start + needed + random.below(min(300, slack)), high(), state) }
    if slack >= 0 { trace.conclude(.viewable) }
    trace.append(length, high(), state.union(.finished))
  }

  /// In view from the start, but not for as long as it takes.
  private mutating func interrupt(
    with other: ExposureSample.State, share: Int, _ trace: inout ExposureTrace
  ) {
    let moment = min(random.within(150...needed - 50), length - 1)
    trace.append(0, high(), state)
    trace.append(moment, share, other)
    trace.append(length, share, other.union(.finished))
  }

  private mutating func low() -> Int { random.happens(percent: 40) ? 0 : random.below(threshold) }

  /// Often all of it, sometimes exactly as much as counts.
  private mutating func high() -> Int {
    switch random.below(20) {
    case 0...1: threshold
    case 2...8: 10_000
    default: threshold + random.below(10_001 - threshold)
    }
  }
}
