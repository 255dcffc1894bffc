public import AssayModel

/// How samples of an ad's exposure are read. The report prints it, since a slower poll or another reading gives other
/// numbers.
public struct ViewabilitySettings: Sendable, Equatable {
  /// How the time in view is measured.
  public enum Mode: String, Sendable, CaseIterable {
    /// From the first to the last sample in view, the strict reading: ten samples a tenth of a second apart span 0.9 s.
    case elapsed
    /// By the number of polls in view, as OpenVV does: ten polls of a tenth of a second are a second.
    case polls
  }

  /// How the time in view is measured.
  public var mode: Mode
  /// Milliseconds between two polls of a display ad; 10 to 10,000. MRC: 100.
  public var displayInterval: Int32
  /// Milliseconds between two polls of a video ad; 10 to 10,000. MRC and OpenVV: 200.
  public var videoInterval: Int32

  /// Between polls more than so many intervals apart anything may have happened: the stretch is broken (our policy:
  /// one lost poll, or two, is the network; three is not).
  public static let longestGap: Int32 = 3

  /// Settings, the standard ones where nothing is said.
  public init(mode: Mode = .elapsed, displayInterval: Int32 = 100, videoInterval: Int32 = 200) {
    self.mode = mode
    self.displayInterval = displayInterval
    self.videoInterval = videoInterval
  }

  /// Checks the ranges.
  ///
  /// - Throws: `settings`, naming the key, its value and what it may be.
  public func validate() throws(AssayError) {
    for (key, value) in [("display-interval", displayInterval), ("video-interval", videoInterval)]
    where !(10...10_000).contains(value) {
      throw AssayError(.settings, "viewability.\(key) is \(value); it must lie between 10 and 10000 milliseconds.")
    }
  }
}
