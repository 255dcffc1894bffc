internal import AssayModel

extension Setting {
  /// Every key but those of the detectors (`detectors.<id>.<name>`), in the order in which they are shown.
  public static let all: [Setting] = [
    text("profile", "Built-in profile or path of a profile file; unset: chosen by looking at the input.", \.profile),
    text(
      "log-format", "Id of a log format or a pasted format string; unset: told by content, file by file.",
      \.logFormat),
    Setting(
      key: "lists",
      help:
        "Files and folders of robot and network lists, with commas between; KIND= before one says what it is. Unset: "
        + "the built-in robots only.", changesResult: true, takesSeveral: true,
      read: { text, settings throws(AssayError) in
        settings.lists = text.split(separator: ",").map(String.init)
      }, write: { $0.lists.isEmpty ? nil : $0.lists.joined(separator: ",") }),
    Setting(
      key: "time-zone", help: "Time zone of the ledger's days: a name such as Europe/Berlin.", changesResult: true,
      read: { text, settings throws(AssayError) in settings.timeZone = text }, write: { $0.timeZone }),
    text("since", "Events before this time are counted and not judged: 2026-11-01 or 2026-11-01T08:00:00Z.", \.since),
    text("until", "Events at this time and later are counted and not judged.", \.until),
    number(
      "sessions.inactivity", "Seconds without an event that end a session (IAB, JICWEBS: 1800).",
      \.sessionInactivity, 1...86_400),
    number("sessions.longest", "Seconds that a session may last.", \.longestSession, 60...604_800),
    Setting(
      key: "sessions.window",
      help: "Events of one visitor that are looked at together, 64 to 1000000000, about 450 bytes each; unset: 262144.",
      changesResult: true,
      read: { text, settings throws(AssayError) in
        if text.isEmpty { return settings.visitorWindow = nil }
        guard let events = Int(text), (64...1_000_000_000).contains(events) else {
          throw AssayError(
            .settings, "sessions.window is “\(text)”; it must be a number of events from 64 to 1000000000.")
        }
        settings.visitorWindow = events
      }, write: { $0.visitorWindow.map(String.init) }),
    number(
      "read.longest-line", "Bytes of the longest line; a longer one is an issue.", \.longestLine, 1_024...(1 << 30),
      hint: " bytes, such as 1MiB", parse: parseSize),
    number(
      "read.largest-expansion",
      "How many times its size a compressed input may expand, once it gave 1 GiB, before it is read no further.",
      \.largestExpansion, 1...1_000_000),
    Setting(
      key: "read.hash-inputs",
      help: "Whether each input's SHA-256 is worked out: yes, no, or auto, which is yes with --json or -o.",
      changesResult: false,
      read: { text, settings throws(AssayError) in
        if let hashing = Settings.InputHashing(rawValue: text) { return settings.inputHashing = hashing }
        guard let isWanted = try? Settings.flag("read.hash-inputs", text) else {
          throw AssayError(.settings, "read.hash-inputs is “\(text)”; it must be auto, yes or no.")
        }
        settings.inputHashing = isWanted ? .yes : .no
      }, write: { $0.inputHashing.rawValue }),
    Setting(
      key: "read.largest-unreadable-share",
      help: "The run fails with exit code 65 where more than this share of the lines cannot be read, 0 to 1.",
      changesResult: false,
      read: { text, settings throws(AssayError) in
        guard let share = Double(text), (0...1).contains(share) else {
          throw AssayError(.settings, "read.largest-unreadable-share is “\(text)”; it must be a number from 0 to 1.")
        }
        settings.largestUnreadableShare = Int((share * 1_000_000).rounded())
      }, write: { String(Double($0.largestUnreadableShare) / 1_000_000) }),
    number("jobs", "Workers that run at once.", \.jobs, 1...256, changesResult: false),
    number(
      "memory", "Bytes of events held in memory before they are spilled to disk: 256MiB, 2GiB.", \.memory,
      (1 << 20)...(1 << 44), changesResult: false, hint: " bytes, such as 256MiB or 2GiB", parse: parseSize),
    Setting(
      key: "temporary-directory", help: "Folder of spilled events.", changesResult: false,
      read: { text, settings throws(AssayError) in settings.temporaryDirectory = text },
      write: { $0.temporaryDirectory }),
  ]

  /// A text that may be unset.
  private static func text(
    _ key: String, _ help: String, _ path: any WritableKeyPath<Settings, String?> & Sendable
  ) -> Setting {
    Setting(
      key: key, help: help, changesResult: true,
      read: { text, settings throws(AssayError) in settings[keyPath: path] = text.isEmpty ? nil : text },
      write: { $0[keyPath: path] })
  }

  /// A whole number in a range.
  private static func number(
    _ key: String, _ help: String, _ path: any WritableKeyPath<Settings, Int> & Sendable, _ range: ClosedRange<Int>,
    changesResult: Bool = true, hint: String = "", parse: @escaping @Sendable (String) -> Int? = { Int($0) }
  ) -> Setting {
    Setting(
      key: key, help: help, changesResult: changesResult,
      read: { text, settings throws(AssayError) in
        guard let value = parse(text), range.contains(value) else {
          throw AssayError(
            .settings,
            "\(key) is “\(text)”; it must be a number from \(range.lowerBound) to \(range.upperBound)\(hint).")
        }
        settings[keyPath: path] = value
      }, write: { String($0[keyPath: path]) })
  }

  /// A number of bytes: `1048576`, `512K`, `256MiB`, `2G`; units are powers of 1,024.
  @Sendable static func parseSize(_ text: String) -> Int? {
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    guard let number = Int(digits) else { return nil }
    let shifts = ["": 0, "b": 0, "k": 10, "m": 20, "g": 30, "t": 40]
    var unit = text.dropFirst(digits.count).lowercased()
    if unit.hasSuffix("ib") { unit.removeLast(2) } else if unit.count == 2, unit.hasSuffix("b") { unit.removeLast() }
    guard let shift = shifts[unit] else { return nil }
    let (value, overflow) = number.multipliedReportingOverflow(by: 1 << shift)
    return overflow ? nil : value
  }
}
