internal import AssayIngest
internal import AssayModel
internal import AssayParsing

/// Which profile a run uses: the one that was asked for, or the one that fits the first lines of the input.
struct ProfileChooser {
  /// How many inputs are looked at before the answer is `weblog`.
  static let inputsLookedAt = 8

  let settings: Settings
  let progress: RunProgress

  /// The profile and the queue of inputs, some of them already opened.
  ///
  /// - Throws: `settings` for a profile or format that does not exist; what opening an input throws.
  func choose(_ files: [InputFile]) throws(AssayError) -> (profile: Profile, wasDetected: Bool, queue: LaneQueue) {
    if let name = settings.profile {
      let profile = try ProfileReader.profile(named: name)
      let chooser = try FormatChooser(named: settings.logFormat ?? profile.format)
      return (profile, false, LaneQueue(files, settings: settings, chooser: chooser, progress: progress))
    }
    let chooser = try FormatChooser(named: settings.logFormat)
    let queue = LaneQueue(files, settings: settings, chooser: chooser, progress: progress)
    var found = Profile.weblog
    for source in files.indices.prefix(ProfileChooser.inputsLookedAt) {
      let lane = try queue.open(source)
      let preview = lane.preview
      if preview.isEmpty { continue }
      found = try ProfileDetection.detect(preview.span) { request throws(AssayError) in
        try lane.format.makeParser(request)
      }.profile
      if found != .weblog { break }
    }
    return (found, true, queue)
  }
}
