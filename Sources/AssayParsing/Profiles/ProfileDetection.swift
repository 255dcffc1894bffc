public import AssayModel

/// Finds out which profile a log is written to.
public enum ProfileDetection {
  /// The share of the sample's events that must be of a profile's own kinds: 1 in 200. Beacons may stand among
  /// thousands of page requests, but a single odd path in a large web log is no ad server. Chosen by us.
  public static let leastShare = 1.0 / 200

  /// What was found.
  public struct Result: Sendable {
    /// The profile that fits.
    public var profile: Profile
    /// Lines of the sample that gave an event under it.
    public var events: Int64
    /// Of those, how many have a meaning beyond a page view.
    public var own: Int64
  }

  /// Tries the built-in profiles on the first lines of a log, in the order of the catalogue. The first that finds an
  /// impression or a click, and a meaning in at least `leastShare` of the events, wins; else it is `weblog`.
  ///
  /// - Parameters:
  ///   - sample: whole lines.
  ///   - makeParser: a parser of the log's format for what a profile asks for; called once a profile.
  /// - Throws: what `makeParser` throws.
  /// - Complexity: O(profiles × bytes).
  public static func detect(
    _ sample: Span<UInt8>, makeParser: (ParserRequest) throws(AssayError) -> any LineParser
  ) throws(AssayError) -> Result {
    for profile in ProfileCatalog.all where !profile.judgesPages {
      let result = try measure(profile, sample, makeParser: makeParser)
      let isEnough = Double(result.own) >= leastShare * Double(result.events)
      if result.own > 0, isEnough { return result }
    }
    return try measure(.weblog, sample, makeParser: makeParser)
  }

  private static func measure(
    _ profile: Profile, _ sample: Span<UInt8>, makeParser: (ParserRequest) throws(AssayError) -> any LineParser
  ) throws(AssayError) -> Result {
    var mapper = try LineMapper(profile: profile, options: MapOptions())
    var parser = try makeParser(mapper.request)
    _ = mapper.map(sample, source: 0, offset: 0, parser: &parser)
    let counts = mapper.batch.counts
    func count(_ kind: EventKind) -> Int64 { counts.byKind[Int(kind.rawValue)] }
    // Without an impression or a click there is nothing to audit, whatever else looks alike.
    let own = count(.impression) + count(.click) > 0 ? counts.events - count(.page) : 0
    return Result(profile: profile, events: counts.events, own: own)
  }
}
