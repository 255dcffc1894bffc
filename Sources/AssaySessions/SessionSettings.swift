public import AssayModel

/// When a session ends.
public struct SessionSettings: Sendable, Equatable {
  /// Seconds without an event after which the next one begins a new session; 1 to 86,400. The standard value is the
  /// industry's 30 minutes (IAB/JICWEBS visit definition); a gap of exactly so much ends the session.
  public var inactivitySeconds: Int64
  /// Seconds after its first event at which a session ends even though events keep coming; 1 to 604,800, and not less
  /// than `inactivitySeconds`. The standard value of 12 hours keeps a machine that never pauses from being one visit.
  public var longestSeconds: Int64

  /// Settings, the standard ones where nothing is said.
  public init(inactivitySeconds: Int64 = 1_800, longestSeconds: Int64 = 43_200) {
    self.inactivitySeconds = inactivitySeconds
    self.longestSeconds = longestSeconds
  }

  /// Checks the ranges.
  ///
  /// - Throws: `settings`, naming the key, its value and what it may be.
  public func validate() throws(AssayError) {
    guard (1...86_400).contains(inactivitySeconds) else {
      throw AssayError(
        .settings, "sessions.inactivity-seconds is \(inactivitySeconds); it must lie between 1 and 86400 (a day).")
    }
    guard (inactivitySeconds...604_800).contains(longestSeconds) else {
      throw AssayError(
        .settings,
        "sessions.longest-seconds is \(longestSeconds); it must lie between sessions.inactivity-seconds "
          + "(\(inactivitySeconds)) and 604800 (a week).")
    }
  }
}
