internal import AssayIngest
internal import AssayModel
internal import AssayParsing

/// Which profile a run uses: the one that was asked for, or the one that fits the first lines of the input.
struct ProfileChooser {
  /// How many inputs are looked at before the answer is `weblog`.
  static let inputsLookedAt = 8

  let settings: Settings
  /// Whether the SHA-256 of each input is worked out.
  let hashing: Bool
  let progress: RunProgress

  /// The profile and the queue of inputs, some of them already opened.
  ///
  /// - Throws: `settings` for a profile or format that does not exist; what opening an input throws.
  func choose(_ files: [InputFile]) throws(AssayError) -> (profile: Profile, wasDetected: Bool, queue: LaneQueue) {
    if let name = settings.profile {
      let profile = try ProfileReader.profile(named: name)
      let chooser = try FormatChooser(named: settings.logFormat ?? profile.format)
      return (profile, false, queue(files, chooser))
    }
    let chooser = try FormatChooser(named: settings.logFormat)
    let queue = queue(files, chooser)
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

  private func queue(_ files: [InputFile], _ chooser: FormatChooser) -> LaneQueue {
    LaneQueue(files, settings: settings, hashing: hashing, chooser: chooser, progress: progress)
  }
}
