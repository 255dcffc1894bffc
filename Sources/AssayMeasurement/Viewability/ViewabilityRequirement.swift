internal import AssayModel

/// A standard's rule applied to one creative: what each sample must show, and for how long.
struct ViewabilityRequirement: Equatable, BitwiseCopyable, Sendable {
  /// Smallest share in view, in hundredths of a percent.
  let share: UInt16
  /// States that a sample in view must have.
  let required: ExposureSample.State
  /// States that it must not have.
  let forbidden: ExposureSample.State
  /// For how many milliseconds; nil where that depends on a length that nobody knows.
  let milliseconds: Int32?
  /// Whether separate stretches are added up.
  let isCumulative: Bool

  init(_ rule: ViewabilityStandard.Rule, _ creative: ViewabilityEvaluator.Creative) {
    share = creative.isLarge ? rule.largeShare : rule.share
    var required: ExposureSample.State = .focused
    var forbidden: ExposureSample.State = [.hidden, .unmeasurable]
    if creative.isVideo {
      required.insert(.playing)
      forbidden.insert(.replayed)
    }
    if rule.needsSound { required.insert(.audible) }
    if rule.needsUserInitiation { required.insert(.userInitiated) }
    self.required = required
    self.forbidden = forbidden
    isCumulative = rule.isCumulative
    milliseconds =
      switch rule.time {
      case .milliseconds(let milliseconds): milliseconds
      case .percentOfLength(let percent):
        // Rounded up: half of an odd number of milliseconds is not reached a millisecond early.
        creative.length.map { Int32(clamping: (Int64($0) * Int64(percent) + 99) / 100) }
      }
  }

  /// Whether the ad is in view at a sample.
  func isMet(by sample: ExposureSample) -> Bool {
    sample.share >= share && sample.state.rawValue & (required.rawValue | forbidden.rawValue) == required.rawValue
  }
}
