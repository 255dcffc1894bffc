internal import ArgumentParser
internal import Assay
internal import AssayModel
internal import Foundation

/// The flags that lay settings over file and environment; the same for every command that has settings.
struct SettingOptions: ParsableArguments {
  @Option(
    name: .customLong("settings"), help: ArgumentHelp("Settings file (YAML); see `assay settings`.", valueName: "file"))
  var settingsFile: String?

  @Option(help: ArgumentHelp("Profile: generic, revive, cm360, vast, weblog, or a profile file.", valueName: "name"))
  var profile: String?

  @Option(
    help: ArgumentHelp("Log format by name, or a pasted format string; see `assay formats`.", valueName: "format"))
  var logFormat: String?

  @Option(
    help: ArgumentHelp(
      "Robot and network lists: a file or folder, with data-centre= or another kind before it where its name does not "
        + "say what it is. Repeatable.", valueName: "path"))
  var lists: [String] = []

  @Option(
    help: ArgumentHelp("Judge only events from this time on: 2026-11-01, 2026-11-01T08:00:00Z.", valueName: "time"))
  var since: String?

  @Option(help: ArgumentHelp("Judge only events before this time.", valueName: "time"))
  var until: String?

  @Option(name: .customLong("tz"), help: ArgumentHelp("Time zone of the days: Europe/Berlin.", valueName: "zone"))
  var timeZone: String?

  @Option(
    name: [.customShort("j", allowingJoined: true), .long], help: ArgumentHelp("Workers at once.", valueName: "n"))
  var jobs: String?

  @Option(help: ArgumentHelp("Bytes of events in memory before they are spilled: 256MiB.", valueName: "size"))
  var memory: String?

  @Option(
    name: .customLong("set"),
    help: ArgumentHelp("Any setting, as `assay settings` names it. Repeatable.", valueName: "key=value"))
  var assignments: [String] = []

  /// The settings with all layers laid.
  func settings() throws(AssayError) -> Settings {
    var layered = Settings()
    try layered.set(
      "jobs", String(min(256, max(1, ProcessInfo.processInfo.activeProcessorCount))), from: "this machine")
    if let folder = ProcessInfo.processInfo.environment["TMPDIR"], !folder.isEmpty {
      try layered.set("temporary-directory", folder, from: "TMPDIR")
    }
    if let settingsFile { try layered.read(file: settingsFile) }
    try layered.read(environment: ProcessInfo.processInfo.environment)
    for remark in Settings.remarks(onEnvironment: ProcessInfo.processInfo.environment) {
      Console.error("assay: \(remark)")
    }
    let flags: [(key: String, flag: String, value: String?)] = [
      ("profile", "--profile", profile), ("log-format", "--log-format", logFormat),
      ("lists", "--lists", lists.isEmpty ? nil : lists.joined(separator: ",")),
      ("since", "--since", since), ("until", "--until", until), ("time-zone", "--tz", timeZone),
      ("jobs", "--jobs", jobs), ("memory", "--memory", memory),
    ]
    for (key, flag, value) in flags {
      if let value { try layered.set(key, value, from: flag) }
    }
    for assignment in assignments {
      let parts = assignment.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      guard parts.count == 2 else { throw AssayError(.usage, "“--set \(assignment)” must be --set key=value.") }
      try layered.set(parts[0], parts[1], from: "--set")
    }
    return layered
  }
}
