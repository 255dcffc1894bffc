import Assay
import AssayMeasurement
import AssayModel
import Foundation
import TestSupport
import Testing

@Suite struct SettingsTests {
  private let bench = Workbench()

  private func failure(_ body: () throws -> Void) -> AssayError? {
    do {
      try body()
      return nil
    } catch {
      return error as? AssayError
    }
  }

  @Test func `the last layer that speaks wins, and each value knows where it came from`() throws {
    let file = bench.write("time-zone: Europe/Berlin\njobs: 2\nsessions:\n  inactivity: 600\n", to: "assay.yaml")
    var settings = Settings()
    try settings.read(file: file)
    try settings.read(environment: ["ASSAY_JOBS": "3", "ASSAY_SESSIONS_LONGEST": "7200", "HOME": "/x"])
    try settings.set("jobs", "4", from: "--jobs")
    #expect(settings.timeZone == "Europe/Berlin" && settings.jobs == 4)
    #expect(settings.sessionInactivity == 600 && settings.longestSession == 7_200)
    #expect(
      settings.origins == [
        "time-zone": file, "jobs": "--jobs", "sessions.inactivity": file,
        "sessions.longest": "ASSAY_SESSIONS_LONGEST",
      ])
    let lines = settings.lines
    #expect(lines.first { $0.key == "memory" }?.origin == "standard")
    #expect(lines.first { $0.key == "jobs" }?.value == "4")
  }

  @Test func `a variable that sets nothing is told, with the nearest that does`() {
    let remarks = Settings.remarks(onEnvironment: [
      "ASSAY_TIMEZONE": "UTC", "ASSAY_JOBS": "2", "ASSAY": "x", "HOME": "/x", "ASSAY_\u{1b}[31m": "x",
    ])
    #expect(remarks.count == 2)
    #expect(remarks[1].contains("ASSAY_TIMEZONE") && remarks[1].hasSuffix("Did you mean ASSAY_TIME_ZONE?"))
    #expect(remarks[0].contains("ASSAY_\\x1b[31m") && !remarks[0].contains("\u{1b}"))
  }

  @Test func `a settings file that is no text is told in a line, without its bytes`() throws {
    var settings = Settings()
    for (bytes, line) in [([0x7f, 0x45, 0xff, 0x1b], nil), (Array("jobs: 2\n\u{1b}[31m: \u{7}x\n".utf8), 2)] {
      let error = failure { try settings.read(file: bench.folder.write(bytes, to: "binary.yaml")) }
      #expect(
        error?.code == .settings && error?.cause == nil && error?.location?.line == line, "\(String(describing: error))"
      )
      let text = error?.description ?? ""
      #expect(text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7f } && !text.contains("\\x"), "\(text)")
    }
  }

  @Test func `what is printed reads back to the same settings`() throws {
    var settings = Settings()
    for (key, value) in [
      ("time-zone", "America/New_York"), ("log-format", "nginx:'$remote_addr \"$request\"'"), ("since", "2026-11-01"),
      ("memory", "64MiB"), ("read.largest-unreadable-share", "0.25"), ("lists", "my lists: all #1"),
      ("profile", "yes"), ("temporary-directory", "/var/tmp/with 'quotes'"),
      ("detectors.fast-click.display", "750"), ("detectors.address-rate.tail", "1e-07"),
      ("detectors.tor-exit.enabled", "false"), ("detectors.data-centre.shadow", "true"),
    ] { try settings.set(key, value, from: "test") }
    var again = Settings()
    try again.read(file: bench.write(settings.yaml, to: "printed.yaml"))
    #expect(again.lines.map(\.key) == settings.lines.map(\.key))
    for (one, other) in zip(settings.lines, again.lines) { #expect(one.value == other.value, "\(one.key)") }
    #expect(again.thresholds == settings.thresholds && again.memory == 64 << 20)
    // The standard settings too, and an empty file says nothing.
    try again.read(file: bench.write(Settings().yaml, to: "standard.yaml"))
    var untouched = Settings()
    try untouched.read(file: bench.write("", to: "empty.yaml"))
    try untouched.read(file: bench.write("# nothing\n", to: "comment.yaml"))
    #expect(untouched.origins.isEmpty)
  }

  @Test(arguments: [
    ("time-zone: UTC\njobz: 2\n", 2, 1, "jobs"),
    ("sessions:\n  inactivity: 600\n  longests: 3\n", 3, 3, "sessions.longest"),
    ("jobs: 0\n", 1, 1, "1 to 256"), ("jobs: [1, 2]\n", 1, 7, "one value"),
    ("memory: lots\n", 1, 1, "number"),
    ("detectors:\n  fast-clik:\n    display: 5\n", 2, 3, "Did you mean “fast-click”?"),
    ("detectors.fast-clik.display: 5\n", 1, 1, "Did you mean “detectors.fast-click.display”?"),
    ("detectors:\n  fast-click:\n    displai: 5\n", 3, 5, "display"),
    ("detectors:\n  fast-click:\n    display: -1\n", 3, 5, "60000"),
    ("detectors:\n  fast-click:\n    enabled: perhaps\n", 3, 5, "true or false"),
    ("- a\n- b\n", 1, 1, "key: value"), ("just words\n", 1, 1, "key: value"),
  ])
  func `a mistake in a settings file is told with line and column and what it should be`(
    text: String, line: Int, column: Int, hint: String
  ) throws {
    let file = bench.write(text, to: "bad.yaml")
    var settings = Settings()
    let error = try #require(failure { try settings.read(file: file) })
    #expect(error.code == .settings && error.location?.source == file)
    #expect(error.location?.line == line && error.location?.column == column, "\(error)")
    #expect(error.description.replacing(",", with: "").contains(hint), "\(error)")
  }

  @Test(arguments: ["a: [1\n", "a: b: c\n", "a: 'open\n", "jobs: 1\njobs: 2\n", "\ta: 1\n"])
  func `what is no YAML is told with its line`(text: String) throws {
    var settings = Settings()
    let error = try #require(failure { try settings.read(file: bench.write(text, to: "bad.yaml")) })
    #expect(error.code == .settings && error.location?.line != nil, "\(error)")
  }

  @Test func `a settings file that is not there is told`() {
    var settings = Settings()
    #expect(failure { try settings.read(file: bench.path("none.yaml")) }?.code == .noInput)
  }

  @Test func `a wrong variable of the environment is told by its name`() throws {
    var settings = Settings()
    let error = try #require(failure { try settings.read(environment: ["ASSAY_JOBS": "many"]) })
    #expect(error.code == .settings && error.description.contains("ASSAY_JOBS"), "\(error)")
  }

  @Test(arguments: [
    ("1048576", 1 << 20), ("1024K", 1 << 20), ("1024k", 1 << 20), ("2M", 2 << 20), ("256MiB", 256 << 20),
    ("2GB", 2 << 30), ("1g", 1 << 30), ("1TiB", 1 << 40), ("1048576B", 1 << 20),
  ])
  func `sizes`(text: String, bytes: Int) throws {
    var settings = Settings()
    try settings.set("memory", text, from: "test")
    #expect(settings.memory == bytes)
  }

  @Test(arguments: ["", "M", "-1M", "1.5G", "12 parsecs", "1MiBB", "99999999999999999999", "9999999999T", "1K", "١٠M"])
  func `sizes that are none or out of range`(text: String) {
    var settings = Settings()
    #expect(failure { try settings.set("memory", text, from: "test") }?.code == .settings)
  }

  @Test func `the window on a visitor is a number of events, or unset`() throws {
    var settings = Settings()
    for (text, events) in [("64", 64), ("1000000000", 1_000_000_000), ("", nil)] as [(String, Int?)] {
      try settings.set("sessions.window", text, from: "test")
      #expect(settings.visitorWindow == events)
    }
    for text in ["63", "1000000001", "many", "-64"] {
      #expect(failure { try settings.set("sessions.window", text, from: "test") }?.code == .settings, "\(text)")
    }
  }

  @Test func `a key that does not exist is told with the nearest`() throws {
    var settings = Settings()
    for (key, near) in [("time-zome", "time-zone"), ("detectors.data-center.shadow", "detectors.data-centre.shadow")] {
      let error = try #require(failure { try settings.set(key, "x", from: "test") })
      #expect(error.code == .settings && error.message.contains("“\(near)”"), "\(error)")
    }
    for key in ["", "detectors", "detectors.", "detectors.fast-click", "detectors..", "x.y.z"] {
      #expect(failure { try settings.set(key, "1", from: "test") }?.code == .settings, "\(key)")
    }
  }

  @Test func `what can change a result changes the hash of the settings, and nothing else does`() async throws {
    let log = bench.write(combined("/ad/impression?imp=1&cid=c"), to: "a.log")
    func hash(_ settings: [String: String]) async throws -> String {
      try await bench.audit([log], settings).result.tool.settingsSHA256
    }
    let standard = try await hash([:])
    for same in [["jobs": "3"], ["memory": "2MiB"], ["read.largest-unreadable-share": "1"]] {
      #expect(try await hash(same) == standard, "\(same)")
    }
    var seen: Set = [standard]
    for other in [
      ["time-zone": "Europe/Berlin"], ["sessions.inactivity": "60"], ["since": "2020-01-01"], ["profile": "vast"],
      ["detectors.fast-click.display": "5"], ["detectors.fast-click.enabled": "false"],
      ["detectors.fast-click.shadow": "true"], ["read.longest-line": "2048"], ["log-format": "combined"],
      ["sessions.window": "100000"],
    ] { #expect(seen.insert(try await hash(other)).inserted, "\(other)") }
  }

  @Test func `inputs are hashed where somebody sees it, or as it was said`() async throws {
    let log = bench.write(combined("/"), to: "a.log")
    func hash(_ value: String?, shown: Bool, store: String? = nil) async throws -> String {
      var settings = Settings()
      if let value { try settings.set("read.hash-inputs", value, from: "test") }
      var audit = Audit(inputs: [log], settings: settings)
      audit.showsHashes = shown
      audit.rows.store = store
      return try await audit.run().result.inputs[0].sha256
    }
    let wanted = try await hash("yes", shown: false)
    #expect(wanted.count == 64)
    for value in ["auto", nil] {
      #expect(try await hash(value, shown: true) == wanted)
      #expect(try await hash(value, shown: false).isEmpty)
      #expect(try await hash(value, shown: false, store: bench.path("audit.db")) == wanted)
    }
    #expect(try await hash("true", shown: false) == wanted)
    #expect(try await hash("false", shown: true).isEmpty)
    #expect(try await hash("no", shown: true, store: bench.path("audit.db")).isEmpty)
    let error = #expect(throws: AssayError.self) {
      var settings = Settings()
      try settings.set("read.hash-inputs", "maybe", from: "test")
    }
    #expect(error?.code == .settings && error?.message.contains("auto, yes or no") == true)
  }

  @Test func `names that do not exist are told with the nearest before anything is read`() async throws {
    let log = bench.write(combined("/ad/impression?imp=1"), to: "a.log")
    for (key, value, near) in [
      ("profile", "generik", "generic"), ("log-format", "combned", "combined"),
    ] {
      let error = await #expect(throws: AssayError.self) { try await bench.audit([log], [key: value]) }
      #expect(error?.code == .settings && error?.message.contains(near) == true)
    }
    let list = await #expect(throws: AssayError.self) { try await bench.audit([log], ["lists": bench.path("none")]) }
    #expect(list?.code == .noInput && list?.location?.source == bench.path("none"))
    bench.write("64500\nAS64501 # mine\nfoo\n", to: "lists/asn.txt")
    let entry = await #expect(throws: AssayError.self) { try await bench.audit([log], ["lists": bench.path("lists")]) }
    #expect(entry?.code == .settings && entry?.location?.source == "asn.txt" && entry?.location?.line == 3)
  }
}
