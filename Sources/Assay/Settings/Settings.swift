internal import AssayIngest
public import AssayModel
internal import AssayParsing

/// Everything that steers a run, and where each value came from. Laid in layers: standard values, then a settings
/// file, then the environment (`ASSAY_…`), then flags; the last one that speaks wins.
///
/// `Setting.all` names every key once; file, environment, flags and `assay settings` all read that list.
public struct Settings: Sendable {
  /// Name of a built-in profile or path of a profile file; nil chooses by looking at the input.
  public var profile: String?
  /// Id of a log format or a pasted format string; nil tells it by content, file by file.
  public var logFormat: String?
  /// Files and folders of lists, each with `KIND=` before it where its kind is said; none uses the built-in robots only.
  public var lists: [String] = []
  /// Name of the time zone of days in the ledger, and of `since` and `until` where they give none.
  public var timeZone = "UTC"
  /// Events before it are counted and not judged, as written.
  public var since: String?
  /// Events at it and later are counted and not judged, as written.
  public var until: String?
  /// How many workers run at once.
  public var jobs = 1
  /// Bytes of events that are held before they are spilled to disk.
  public var memory = 256 << 20
  /// Folder of spilled events.
  public var temporaryDirectory = "/tmp"
  /// A line that is longer, in bytes, is an issue.
  public var longestLine = 1 << 20
  /// A compressed input that expands more than so many times is read no further, once it has given 1 GiB.
  public var largestExpansion = ReadLimits.standardExpansion
  /// When the SHA-256 of each input is worked out.
  public var inputHashing = InputHashing.auto
  /// The run fails (exit code 65) where more than this share of the lines cannot be read, in millionths.
  public var largestUnreadableShare = 500_000
  /// Seconds without an event after which a session has ended.
  public var sessionInactivity = 1_800
  /// Seconds that a session may last.
  public var longestSession = 43_200
  /// How many events of one visitor are looked at together; nil for the standard, `VisitorWindow.standardEvents`.
  public var visitorWindow: Int?
  /// Thresholds that differ from the standard: detector id, name on its card, value.
  public var thresholds: [String: [String: Double]] = [:]
  /// Detectors that do not run.
  public var disabledDetectors: Set<String> = []
  /// Detectors that are reported and not applied.
  public var shadowDetectors: Set<String> = []
  /// Where each value came from, by key; a key that is missing has its standard value.
  public internal(set) var origins: [String: String] = [:]

  /// Settings files that were read.
  var settingsFiles: [String] = []

  /// The standard values.
  public init() {}

  /// When the SHA-256 of each input is worked out: it pins every finding to its bytes, and costs more than anything else
  /// on plain files (1.6 GB/s a core with the processor's instructions).
  public enum InputHashing: String, Sendable, CaseIterable {
    /// Where something is written that shows it (`Audit.showsHashes`).
    case auto
    /// Always.
    case yes
    /// Never.
    case no
  }

  /// Lays a value over what is there.
  ///
  /// - Throws: `settings` for a key that does not exist (with the nearest one) or a value that it cannot have.
  public mutating func set(_ key: String, _ text: String, from origin: String) throws(AssayError) {
    if key.hasPrefix("detectors.") {
      try setDetector(key, text)
    } else {
      guard let setting = Setting.all.first(where: { $0.key == key }) else {
        let near = nearest(key, in: Setting.all.map(\.key)).map { " Did you mean “\($0)”?" } ?? ""
        throw AssayError(.settings, "There is no setting “\(key)”.\(near)")
      }
      try setting.read(text, &self)
    }
    origins[key] = origin
  }
}

/// One key of the settings: its name, what it means, and how it is read and written.
public struct Setting: Sendable {
  /// Dotted, kebab-case: `time-zone`.
  public var key: String
  /// What it means, units and range included.
  public var help: String
  /// Whether it can change a result (and belongs to the hash of the settings), or only how the run goes.
  public var changesResult: Bool
  /// Whether a settings file may give a sequence, and the command line the flag again and again.
  var takesSeveral = false
  let read: @Sendable (String, inout Settings) throws(AssayError) -> Void
  /// Its value as text, or nil where nothing is set.
  public let write: @Sendable (Settings) -> String?

  /// The variable of the environment: `ASSAY_TIME_ZONE`.
  public var variable: String {
    "ASSAY_" + String(key.uppercased().map { $0 == "-" || $0 == "." ? "_" : $0 })
  }
}
