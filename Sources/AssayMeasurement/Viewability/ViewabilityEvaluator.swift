public import AssayModel

/// Decides from the samples of one impression whether it was viewable, under every standard at once.
///
/// Two kinds of samples are read (sources differ in it, and a log may mix them): a *poll* says what was seen at one
/// moment, and a stretch is only as long as polls in view follow each other without a gap; an *edge*
/// (`ExposureSample.State.edge`, OMID `geometryChange`) holds until the next sample.
///
/// Where no stretch suffices, the impression is *not viewable* if it was watched for as long as the standard asks, or
/// from rendering to the end of its session; else nobody can know, and it stays *undetermined*.
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
  private let display: [ViewabilityStandard.Rule]
  private let video: [ViewabilityStandard.Rule]

  /// An evaluator for the standards, at most eight: so many fit `ViewabilityOutcomes`.
  public init(
    _ settings: ViewabilitySettings = ViewabilitySettings(), standards: [ViewabilityStandard] = ViewabilityStandard.all
  ) {
    precondition(standards.count <= 8, "ViewabilityOutcomes has two bits for each of eight standards")
    self.settings = settings
    display = standards.map(\.display)
    video = standards.map(\.video)
  }

  /// The outcome of one impression from its samples.
  ///
  /// - Parameter samples: All its samples in order of time (milliseconds since rendering); repetitions do no harm.
  /// - Complexity: O(samples × standards), no memory.
  public func evaluate(_ samples: Span<ExposureSample>, of creative: Creative) -> ViewabilityOutcomes {
    let rules = creative.isVideo ? video : display
    let poll = settings.mode == .polls ? interval(of: creative) : nil
    var watch = ExposureWatch(interval: interval(of: creative))
    var stretches = InlineArray<8, ViewStretch?>(repeating: nil)
    for standard in rules.indices {
      stretches[standard] = ViewStretch(ViewabilityRequirement(rules[standard], creative), poll: poll)
    }
    for index in samples.indices {
      guard let step = watch.advance(to: samples[index]) else { continue }
      for standard in rules.indices { stretches[standard]?.advance(step) }
    }
    var outcomes = ViewabilityOutcomes()
    for standard in rules.indices {
      guard let stretch = stretches[standard], let needed = stretch.requirement.milliseconds else { continue }
      if stretch.isReached {
        outcomes[standard] = .viewable
      } else if watch.suffices(for: needed, slack: poll ?? 0) {
        outcomes[standard] = .notViewable
      }
    }
    return outcomes
  }

  /// The outcome of an impression of which only the ad server's own verdict is known.
  ///
  /// Such a verdict is on the headline standard, the MRC's. It is taken over for each standard that asks the same of
  /// this creative, and for no other.
  public func outcomes(declared: Viewability, of creative: Creative) -> ViewabilityOutcomes {
    let rules = creative.isVideo ? video : display
    var outcomes = ViewabilityOutcomes()
    guard let headline = rules.first else { return outcomes }
    let asked = ViewabilityRequirement(headline, creative)
    for standard in rules.indices where ViewabilityRequirement(rules[standard], creative) == asked {
      outcomes[standard] = declared
    }
    return outcomes
  }

  private func interval(of creative: Creative) -> Int32 {
    creative.isVideo ? settings.videoInterval : settings.displayInterval
  }
}
