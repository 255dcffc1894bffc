import AssayMeasurement
import AssayModel

/// The evaluator's twin: each standard by itself, each stretch looked for from each sample, nothing carried along.
/// What it says is what standards.md §1.5 asks; how long it takes does not matter.
struct SlowViewability {
  var rule: ViewabilityStandard.Rule
  var creative: ViewabilityEvaluator.Creative
  var settings: ViewabilitySettings

  /// One sample in its place: times do not go back, and nothing counts from before the ad rendered.
  private struct Placed {
    var time: Int
    var sample: ExposureSample

    var isMeasurable: Bool { !sample.state.contains(.unmeasurable) }
    var isEdge: Bool { sample.state.contains(.edge) }
    var holds: Bool { isEdge && !sample.state.contains(.finished) }
  }

  func outcome(_ samples: [ExposureSample]) -> Viewability {
    guard let needed else { return .undetermined }
    var placed: [Placed] = []
    for sample in samples where sample.milliseconds >= 0 || sample.state.contains(.edge) {
      placed.append(Placed(time: max(placed.last?.time ?? 0, Int(sample.milliseconds), 0), sample: sample))
    }
    let length = settings.mode == .polls ? pollsInView(placed) * interval : timeInView(placed)
    if placed.contains(where: isInView), length >= needed { return .viewable }
    guard placed.contains(where: { $0.isMeasurable && !($0.isEdge && $0.sample.state.contains(.finished)) }) else {
      return .undetermined
    }
    if placed.contains(where: { $0.sample.state.contains(.finished) }) { return .notViewable }
    let slack = settings.mode == .polls ? interval : 0
    return timeMeasured(placed) + slack >= needed ? .notViewable : .undetermined
  }

  private var interval: Int { Int(creative.isVideo ? settings.videoInterval : settings.displayInterval) }

  private var needed: Int? {
    switch rule.time {
    case .milliseconds(let time): Int(time)
    case .percentOfLength(let percent):
      creative.length.map { length in (0...Int(length)).first { $0 * 100 >= Int(length) * Int(percent) } ?? 0 }
    }
  }

  private func isInView(_ placed: Placed) -> Bool {
    let state = placed.sample.state
    if placed.sample.share < (creative.isLarge ? rule.largeShare : rule.share) { return false }
    if !placed.isMeasurable || state.contains(.hidden) || !state.contains(.focused) { return false }
    if creative.isVideo, !state.contains(.playing) || state.contains(.replayed) { return false }
    if rule.needsSound, !state.contains(.audible) { return false }
    return !rule.needsUserInitiation || state.contains(.userInitiated)
  }

  /// Whether what was seen at a sample may have gone on to the next.
  private func goesOn(_ placed: [Placed], _ index: Int) -> Bool {
    placed[index].holds || placed[index + 1].time - placed[index].time <= 3 * interval
  }

  /// Milliseconds for which the ad was certainly in view between a sample and the next.
  private func inView(_ placed: [Placed], _ index: Int) -> Int {
    guard isInView(placed[index]), goesOn(placed, index), placed[index].holds || isInView(placed[index + 1]) else {
      return 0
    }
    return placed[index + 1].time - placed[index].time
  }

  /// The longest stretch in view, or the sum of all.
  private func timeInView(_ placed: [Placed]) -> Int {
    if rule.isCumulative { return placed.indices.dropLast().reduce(0) { $0 + inView(placed, $1) } }
    var longest = 0
    for start in placed.indices {
      var (end, length) = (start, 0)
      while end + 1 < placed.count, isInView(placed[end]), goesOn(placed, end) {
        length += inView(placed, end)
        end += 1
        longest = max(longest, length)
      }
    }
    return longest
  }

  /// The most polls in view that follow each other, or all of them; what comes before half an interval repeats the last.
  private func pollsInView(_ placed: [Placed]) -> Int {
    var (most, all) = (0, 0)
    for start in placed.indices where isInView(placed[start]) {
      if start > 0, isInView(placed[start - 1]), goesOn(placed, start - 1) { continue }
      var (count, counted, end) = (1, placed[start].time, start)
      while end + 1 < placed.count, goesOn(placed, end), isInView(placed[end + 1]) {
        end += 1
        if placed[end].time - counted >= interval / 2 { (count, counted) = (count + 1, placed[end].time) }
      }
      (most, all) = (max(most, count), all + count)
    }
    return rule.isCumulative ? all : most
  }

  private func timeMeasured(_ placed: [Placed]) -> Int {
    placed.indices.dropLast().reduce(0) { sum, index in
      let isMeasured = placed[index].isMeasurable && (placed[index].holds || placed[index + 1].isMeasurable)
      return sum + (isMeasured && goesOn(placed, index) ? placed[index + 1].time - placed[index].time : 0)
    }
  }
}
