/// What has to be seen of an ad, and for how long, before somebody calls it viewable.
///
/// All limits are inclusive: exactly 50 % for exactly one second is viewable.
public struct ViewabilityStandard: Sendable, Equatable {
  /// kebab-case, stable: `mrc`.
  public var id: String
  /// In words.
  public var title: String
  /// What it asks of ads that are no video.
  public var display: Rule
  /// What it asks of video ads.
  public var video: Rule

  /// What a standard asks of one kind of ad.
  public struct Rule: Sendable, Equatable {
    /// Smallest share of the ad's pixels in view, in hundredths of a percent.
    public var share: UInt16
    /// Smallest share for ads of at least `ViewabilityStandard.largeArea` pixels; equal to `share` where size does not
    /// matter.
    public var largeShare: UInt16
    /// How long.
    public var time: Time
    /// Whether separate stretches of time are added up; else one stretch must suffice.
    public var isCumulative: Bool
    /// Whether the sound must be on.
    public var needsSound: Bool
    /// Whether the person must have started the video.
    public var needsUserInitiation: Bool

    /// A rule from its parts.
    public init(
      share: UInt16, largeShare: UInt16? = nil, time: Time, isCumulative: Bool = false, needsSound: Bool = false,
      needsUserInitiation: Bool = false
    ) {
      self.share = share
      self.largeShare = largeShare ?? share
      self.time = time
      self.isCumulative = isCumulative
      self.needsSound = needsSound
      self.needsUserInitiation = needsUserInitiation
    }
  }

  /// How long an ad must be in view.
  public enum Time: Sendable, Equatable {
    /// So many milliseconds.
    case milliseconds(Int32)
    /// Such a percentage of the creative's length.
    case percentOfLength(Int32)
  }

  /// A standard from its parts.
  public init(id: String, title: String, display: Rule, video: Rule) {
    self.id = id
    self.title = title
    self.display = display
    self.video = video
  }

  /// From so many CSS pixels on an ad is large: 970 × 250, which itself counts (MRC Viewable Ad Impression Measurement
  /// Guidelines, large-size display ads).
  public static let largeArea = 242_500

  /// The standards that every audit reports, the headline one first; `ViewabilityOutcomes` and `LedgerRow` are indexed
  /// like this.
  public static let all: [ViewabilityStandard] = [mrc, mrcWithoutLargeAds, groupMInStream, groupMSocial, fullSecond]

  /// The MRC's own (2014, 2015), with its optional rule for large display ads.
  static let mrc = ViewabilityStandard(
    id: "mrc", title: "MRC: 50 % for 1 s (large display ads 30 %, video 2 s)",
    display: Rule(share: 5_000, largeShare: 3_000, time: .milliseconds(1_000)),
    video: Rule(share: 5_000, time: .milliseconds(2_000)))

  /// The MRC's without the optional rule, whose use has to be disclosed.
  static let mrcWithoutLargeAds = ViewabilityStandard(
    id: "mrc-without-large-ads", title: "MRC without the rule for large ads: 50 % for 1 s (video 2 s)",
    display: Rule(share: 5_000, time: .milliseconds(1_000)),
    video: Rule(share: 5_000, time: .milliseconds(2_000)))

  /// GroupM's (2017) for video inside a player; half the length may be made of several stretches, as OpenVV's
  /// configuration of it has it.
  static let groupMInStream = ViewabilityStandard(
    id: "groupm-in-stream",
    title: "GroupM: 100 % for 1 s (in-stream video: half its length, with sound, started by the person)",
    display: Rule(share: 10_000, time: .milliseconds(1_000)),
    video: Rule(
      share: 10_000, time: .percentOfLength(50), isCumulative: true, needsSound: true, needsUserInitiation: true))

  /// GroupM's (2017) for video in feeds and articles, where starting by itself and silence are allowed.
  static let groupMSocial = ViewabilityStandard(
    id: "groupm-social", title: "GroupM: 100 % for 1 s (social and outstream video: half its length)",
    display: Rule(share: 10_000, time: .milliseconds(1_000)),
    video: Rule(share: 10_000, time: .percentOfLength(50), isCumulative: true))

  /// Every pixel for a second, whatever the ad (AdCOM event type 4, Xandr `100pv1s`).
  static let fullSecond = ViewabilityStandard(
    id: "full-second", title: "100 % for 1 s",
    display: Rule(share: 10_000, time: .milliseconds(1_000)),
    video: Rule(share: 10_000, time: .milliseconds(1_000)))
}
