public import AssayModel

/// Decides from the samples of one impression whether it was viewable, under every standard at once.
///
/// Two kinds of samples are read (sources differ in it, and a log may mix them): a *poll* says what was seen at one
/// moment, and a stretch is only as long as polls in view follow each other without a gap; an *edge*
/// (`ExposureSample.State.edge`, OMID `geometryChange`) holds until the next sample.
///
/// Where no stretch suffices, the impression is *not viewable* if it was measured for as long as the standard asks, or
/// measured at all and its session has ended; else nobody can know, and it stays *undetermined*.
public struct ViewabilityEvaluator: Sendable {
  /// What has to be known of a creative.
  public struct Creative: Sendable, Equatable {
    /// Whether it is a video.
    public var isVideo: Bool
    /// Whether its area is at least `ViewabilityStandard.largeArea`.
    public var isLarge: Bool
    /// Length of a video in milliseconds, nil where it is not known.
    public var length: Int32?

    /// A creative; an ordinary display ad where nothing is said.
    public init(isVideo: Bool = false, isLarge: Bool = false, length: Int32? = nil) {
      self.isVideo = isVideo
      self.isLarge = isLarge
      self.length = length
    }
  }

  private let settings: ViewabilitySettings
  /// What is asked of each kind of creative: small and large display ads, small and large videos.
  private let questions: [[Question]]

  /// A rule that several standards may have in common for one kind of creative: it is followed once for all of them.
  private struct Question: Sendable {
    var rule: ViewabilityStandard.Rule
    /// The rule applied to a creative of this kind and of unknown length.
    var requirement: ViewabilityRequirement
    /// For each of the standards the lower bit of its outcome.
    var standards: UInt16

    /// The rule applied to a creative of this kind.
    func requirement(of creative: Creative) -> ViewabilityRequirement {
      // Nearly all creatives have no length: it is known of videos alone.
      creative.length == nil ? requirement : ViewabilityRequirement(rule, creative)
    }
  }

  /// An evaluator for the standards, at most eight: so many fit `ViewabilityOutcomes`.
  public init(
    _ settings: ViewabilitySettings = ViewabilitySettings(), standards: [ViewabilityStandard] = ViewabilityStandard.all
  ) {
    precondition(standards.count <= 8, "ViewabilityOutcomes has two bits for each of eight standards")
    self.settings = settings
    questions = [(false, false), (false, true), (true, false), (true, true)].map { isVideo, isLarge in
      var questions: [Question] = []
      for (standard, bit) in zip(standards, stride(from: UInt16(0), to: 16, by: 2)) {
        var rule = isVideo ? standard.video : standard.display
        rule.share = isLarge ? rule.largeShare : rule.share
        rule.largeShare = rule.share
        if let known = questions.firstIndex(where: { $0.rule == rule }) {
          questions[known].standards |= 1 << bit
        } else {
          let requirement = ViewabilityRequirement(rule, Creative(isVideo: isVideo, isLarge: isLarge))
          questions.append(Question(rule: rule, requirement: requirement, standards: 1 << bit))
        }
      }
      return questions
    }
  }

  /// The outcome of one impression from its samples.
  ///
  /// - Parameter samples: All its samples in order of time (milliseconds since rendering); repetitions do no harm.
  /// - Complexity: O(samples × different rules), no memory.
  public func evaluate(_ samples: Span<ExposureSample>, of creative: Creative) -> ViewabilityOutcomes {
    let poll = settings.mode == .polls ? interval(of: creative) : nil
    let clock = ExposureClock(interval: interval(of: creative))
    var outcomes = ViewabilityOutcomes()
    var watch: ExposureWatch?
    for question in questions(about: creative) {
      // Nothing can be said where the time depends on a length that nobody knows.
      let requirement = question.requirement(of: creative)
      guard let needed = requirement.milliseconds else { continue }
      if ViewabilityEvaluator.isReached(ViewStretch(requirement, poll: poll), samples, clock) {
        outcomes.rawValue |= question.standards &* UInt16(Viewability.viewable.rawValue)
        continue
      }
      let watched = watch ?? ViewabilityEvaluator.watch(samples, clock)
      watch = watched
      if watched.suffices(for: needed, slack: poll ?? 0) {
        outcomes.rawValue |= question.standards &* UInt16(Viewability.notViewable.rawValue)
      }
    }
    return outcomes
  }

  /// Whether the ad was in view for long enough; what comes after that is not looked at. (Rule by rule over the few
  /// samples: all that is followed then stays in registers.)
  private static func isReached(
    _ stretch: ViewStretch, _ samples: Span<ExposureSample>, _ clock: ExposureClock
  ) -> Bool {
    var (stretch, clock) = (stretch, clock)
    for index in samples.indices {
      guard let step = clock.advance(to: samples[index]) else { continue }
      stretch.advance(step)
      if stretch.isReached { return true }
    }
    return false
  }

  /// How well the impression was watched to the last sample.
  private static func watch(_ samples: Span<ExposureSample>, _ clock: ExposureClock) -> ExposureWatch {
    var (watch, clock) = (ExposureWatch(), clock)
    for index in samples.indices {
      if let step = clock.advance(to: samples[index]) { watch.advance(step) }
    }
    return watch
  }

  /// The outcome of an impression of which only the ad server's own verdict is known.
  ///
  /// Such a verdict is on the headline standard, the MRC's. It is taken over for each standard that asks the same of
  /// this creative, and for no other.
  public func outcomes(declared: Viewability, of creative: Creative) -> ViewabilityOutcomes {
    // The first question is the headline standard's. Rules that differ may still ask the same where a length is unknown.
    let questions = questions(about: creative)
    guard let headline = questions.first else { return ViewabilityOutcomes() }
    let asked = headline.requirement(of: creative)
    var outcomes = ViewabilityOutcomes()
    for question in questions where question.requirement(of: creative) == asked {
      outcomes.rawValue |= question.standards &* UInt16(declared.rawValue)
    }
    return outcomes
  }

  private func questions(about creative: Creative) -> [Question] {
    questions[(creative.isVideo ? 2 : 0) + (creative.isLarge ? 1 : 0)]
  }

  private func interval(of creative: Creative) -> Int32 {
    creative.isVideo ? settings.videoInterval : settings.displayInterval
  }
}
