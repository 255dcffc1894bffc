internal import AssayIngest
internal import AssayMeasurement
public import AssayModel
internal import AssayParsing
internal import AssaySessions

extension Settings {
  /// What readers may take on.
  var readLimits: ReadLimits {
    var limits = ReadLimits()
    limits.longestLine = longestLine
    limits.largestExpansion = largestExpansion
    return limits
  }

  /// When sessions end.
  var sessionSettings: SessionSettings {
    SessionSettings(inactivitySeconds: Int64(sessionInactivity), longestSeconds: Int64(longestSession))
  }

  /// How many events of one visitor are looked at together.
  var windowEvents: Int { visitorWindow ?? VisitorWindow.standardEvents }

  /// Which events are judged.
  ///
  /// - Throws: `settings` where a time cannot be read, or the period is empty.
  func mapOptions() throws(AssayError) -> MapOptions {
    var options = MapOptions()
    options.tableSecret = .random(in: .min ... .max)
    if let since { options.since = try TimeZones.moment(since, zone: timeZone, key: "since") }
    if let until { options.until = try TimeZones.moment(until, zone: timeZone, key: "until") }
    if let since = options.since, let until = options.until, until <= since {
      throw AssayError(.settings, "The period is empty: until must be later than since.")
    }
    return options
  }

  /// Checks what only shows when a run begins: that the profile, the format, the lists and the time zone exist, and
  /// that the times can be read.
  ///
  /// - Throws: `settings` or `noInput`, naming what is wrong.
  public func validate() throws(AssayError) {
    if let profile { _ = try ProfileReader.profile(named: profile) }
    if let logFormat { _ = try FormatCatalog.format(named: logFormat) }
    _ = try ListLoader(lists)
    _ = try mapOptions()
    _ = try TimeZones.calendar(
      timeZone, from: Timestamp(microseconds: 0), to: Timestamp(microseconds: 0))
    try sessionSettings.validate()
  }

  /// The sentence that says that too much of the input could not be read, or nil. Lines of error logs are not held
  /// against it: they are known for what they are, and a folder of a server's logs holds them by right.
  func complaint(about result: AuditResult) -> AssayError? {
    let known = Int64(result.issues.first { $0.name == ErrorLogLine.issue }?.entry.lines ?? 0)
    let readable = result.accounting.lines - result.accounting.ignored - known
    let unreadable = result.accounting.unreadable - known
    guard readable > 0, unreadable * 1_000_000 > readable * Int64(largestUnreadableShare) else { return nil }
    return AssayError(
      .unreadable,
      "\(unreadable) of \(readable) lines could not be read. See what `assay detect-format FILE` says of "
        + "the input, or name its format with --log-format.")
  }
}
