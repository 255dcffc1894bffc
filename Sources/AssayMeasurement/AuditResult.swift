public import AssayModel

/// Everything that an audit found, as every report shows it: numbers, names and evidence; no events.
///
/// The result is a function of inputs, lists and settings alone: arrays come in a stated order, and nothing in it
/// depends on threads, on the order of files or on a clock.
public struct AuditResult: Sendable {
  /// Version of the shape of this value and of its JSON.
  public static let schema = "assay/audit/1"
  /// Name of the issue by which a result says that not all of the input was read because somebody stopped the run.
  public static let interruptedIssue = "run.interrupted"
  /// Name of the issue by which a result says that a sum of money in it is larger than `Money` holds, and shown as that.
  public static let moneyIssue = "ledger.money-too-large"

  /// Name of the issue by which a result says that no rule of the profile fits a single event.
  public static let noMatchIssue = "profile.no-match"

  /// Program and settings that made it.
  public var tool: Tool
  /// What was read, in byte order of the paths.
  public var inputs: [Input]
  /// What was found and not read, in byte order of the paths: the program's own files, of which no line is counted.
  public var leftOut: [LeftOutInput]
  /// Lines and events: the accounting equation.
  public var accounting: Accounting
  /// Odd things by name, in byte order of the names.
  public var issues: [NamedIssue]
  /// How much of the judged events carried each field, in the order of `Requirement.allCases`.
  public var coverage: [Coverage]
  /// Names of the viewability standards, the headline one first; `LedgerRow` is indexed like this.
  public var standards: [Standard]
  /// Whether impressions are counted on begin-to-render, or are tracked ads only (standards.md §5.1).
  public var countsRenderedImpressions: Bool
  /// Whether page views are judged and counted in the ledger: the profile has no ads.
  public var judgesPages: Bool
  /// Sum of everything.
  public var totals: LedgerRow
  /// Rows by campaign, placement, creative, publisher, seller: indexed by `Dimension.rawValue`; by gross impressions
  /// descending, then gross clicks descending, then name in byte order. The empty name is "not given".
  public var byDimension: [[NamedRow]]
  /// Rows by local day, ascending; the name is the ISO date.
  public var byDay: [NamedRow]
  /// Time zone of the days.
  public var timeZone: String
  /// What each detector did, in catalogue order.
  public var detectors: [DetectorResult]
  /// Sessions and visitors.
  public var population: Population
  /// The first flagged events of each detector in the total order, with their evidence.
  public var samples: [Sample]
  /// The flagged addresses with the most invalid events, descending, then by address; a bounded number.
  public var worstAddresses: [AddressResult]
  /// The networks that were found, the one with most events first.
  public var networks: [NetworkResult]

  /// A row of the ledger and what it is about.
  public struct NamedRow: Sendable, Equatable {
    /// Campaign, placement, …, or ISO date; empty where the log does not say.
    public var name: String
    /// Its counts.
    public var row: LedgerRow

    /// A row with its name.
    public init(name: String, row: LedgerRow) {
      self.name = name
      self.row = row
    }
  }

  /// An odd thing by name.
  public struct NamedIssue: Sendable, Equatable {
    /// Dotted name.
    public var name: String
    /// How often, and the first samples.
    public var entry: IssueLog.Entry
    /// Line numbers of the samples, from 1, by their ordinals; empty or shorter where lines were not counted.
    public var sampleLines: [Int]

    /// An issue with its name.
    public init(name: String, entry: IssueLog.Entry, sampleLines: [Int] = []) {
      self.name = name
      self.entry = entry
      self.sampleLines = sampleLines
    }
  }

  /// Program and settings.
  public struct Tool: Sendable {
    /// Version of the program.
    public var version: String
    /// SHA-256 of the canonical settings, lower-case hexadecimal.
    public var settingsSHA256: String
    /// The profile used, and whether it was asked for or chosen by looking at the input.
    public var profile: String
    /// Whether the profile was chosen by the program.
    public var profileWasDetected: Bool
    /// Lists loaded, in byte order of their names.
    public var lists: [List]
    /// What of the lists was left out and why, in byte order of their names.
    public var listRemarks: [ListRemark]

    /// A tool's description.
    public init(
      version: String, settingsSHA256: String, profile: String, profileWasDetected: Bool, lists: [List],
      listRemarks: [ListRemark] = []
    ) {
      self.version = version
      self.settingsSHA256 = settingsSHA256
      self.profile = profile
      self.profileWasDetected = profileWasDetected
      self.lists = lists
      self.listRemarks = listRemarks
    }
  }

  /// One list of robots or networks.
  public struct List: Sendable, Equatable {
    /// File name, or `built-in robots`.
    public var name: String
    /// What it is read as.
    public var kind: String
    /// Entries.
    public var entries: Int
    /// The version or date that it gives itself, nil where it gives none.
    public var version: String?
    /// SHA-256 of its content.
    public var sha256: String

    /// A list's description.
    public init(name: String, kind: String, entries: Int, version: String? = nil, sha256: String) {
      self.name = name
      self.kind = kind
      self.entries = entries
      self.version = version
      self.sha256 = sha256
    }
  }

  /// A sentence about a file among the lists of which something was left out.
  public struct ListRemark: Sendable, Equatable {
    /// File name.
    public var name: String
    /// What was left out and why.
    public var text: String

    /// A remark on a file.
    public init(name: String, text: String) {
      self.name = name
      self.text = text
    }
  }

  /// One input.
  public struct Input: Sendable {
    /// Path as given.
    public var path: String
    /// SHA-256 of the file as it lies there, empty where it was not computed (standard input).
    public var sha256: String
    /// Size of the file as it lies there.
    public var bytes: Int64
    /// `plain`, `gzip`, `zstd`, `bzip2`, `xz`.
    public var compression: String
    /// Id of the log format.
    public var format: String
    /// Lines read.
    public var lines: Int64
    /// Events made of them.
    public var events: Int64
    /// Lines that gave no event by rule: blank, comment, header.
    public var ignored: Int64
    /// Lines that gave no event because of an issue.
    public var unreadable: Int64
    /// First event time.
    public var firstTime: Timestamp?
    /// Last event time.
    public var lastTime: Timestamp?

    /// An input's description.
    public init(
      path: String, sha256: String, bytes: Int64, compression: String, format: String, lines: Int64, events: Int64,
      ignored: Int64, unreadable: Int64, firstTime: Timestamp?, lastTime: Timestamp?
    ) {
      self.path = path
      self.sha256 = sha256
      self.bytes = bytes
      self.compression = compression
      self.format = format
      self.lines = lines
      self.events = events
      self.ignored = ignored
      self.unreadable = unreadable
      self.firstTime = firstTime
      self.lastTime = lastTime
    }
  }

  /// A file among the inputs that is none.
  public struct LeftOutInput: Sendable, Equatable {
    /// Path as found.
    public var path: String
    /// Dotted name, stable: `input.own-output` for what the run itself writes, `input.own-report` for what an earlier
    /// one wrote, `input.dangling-link` for a link to nothing, `input.no-file` for a pipe, socket or device.
    public var name: String
    /// Why, as a sentence about it.
    public var reason: String

    /// A file that is left out.
    public init(path: String, name: String, reason: String) {
      self.path = path
      self.name = name
      self.reason = reason
    }
  }

  /// `lines = events + ignored + unreadable`, always.
  public struct Accounting: Sendable, Equatable {
    /// Lines read.
    public var lines: Int64
    /// Events made of them, before `--since` and `--until`.
    public var events: Int64
    /// Lines that gave no event by rule: blank, comment, header.
    public var ignored: Int64
    /// Lines that gave no event because of an issue.
    public var unreadable: Int64
    /// Of the events, those outside `--since` and `--until`: read, counted, not judged.
    public var outsidePeriod: Int64
    /// Of the events, how many are of each kind, by `EventKind.rawValue`.
    public var byKind: [Int64]

    /// Accounts.
    public init(
      lines: Int64 = 0, events: Int64 = 0, ignored: Int64 = 0, unreadable: Int64 = 0, outsidePeriod: Int64 = 0,
      byKind: [Int64] = Array(repeating: 0, count: EventKind.allCases.count)
    ) {
      self.lines = lines
      self.events = events
      self.ignored = ignored
      self.unreadable = unreadable
      self.outsidePeriod = outsidePeriod
      self.byKind = byKind
    }

    /// Whether the equation holds.
    public var balances: Bool { lines == events + ignored + unreadable && events == byKind.reduce(0, +) }
  }

  /// How many judged events carried a field.
  public struct Coverage: Sendable, Equatable {
    /// The field.
    public var requirement: Requirement
    /// Judged events that carried it.
    public var carried: Int64
    /// Judged events for which it matters.
    public var of: Int64

    /// Coverage of a field.
    public init(requirement: Requirement, carried: Int64, of: Int64) {
      self.requirement = requirement
      self.carried = carried
      self.of = of
    }
  }

  /// A viewability standard's name.
  public struct Standard: Sendable, Equatable {
    /// Id: `mrc`.
    public var id: String
    /// In words: `MRC: 50 % for 1 s (large display 30 %, video 2 s)`.
    public var title: String

    /// A standard's name.
    public init(id: String, title: String) {
      self.id = id
      self.title = title
    }
  }

  /// What one detector did.
  public struct DetectorResult: Sendable {
    /// Its card.
    public var card: DetectorCard
    /// Why it could not work, nil where it could.
    public var notMeasurable: String?
    /// Judged events on which it fired.
    public var events: Int64
    /// Judged events for which its category is the primary one.
    public var primaryEvents: Int64
    /// Sessions with such an event.
    public var sessions: Int64
    /// Price of the events for which it is the primary reason.
    public var value: Money

    /// A detector's result.
    public init(
      card: DetectorCard, notMeasurable: String?, events: Int64, primaryEvents: Int64, sessions: Int64, value: Money
    ) {
      self.card = card
      self.notMeasurable = notMeasurable
      self.events = events
      self.primaryEvents = primaryEvents
      self.sessions = sessions
      self.value = value
    }
  }

  /// Counts of who was there.
  public struct Population: Sendable, Equatable {
    /// Visitors: different keys.
    public var visitors: Int64
    /// Sessions.
    public var sessions: Int64
    /// Different addresses.
    public var addresses: Int64
    /// Different user agents (blank included, not-logged not).
    public var userAgents: Int64

    /// Counts.
    public init(visitors: Int64 = 0, sessions: Int64 = 0, addresses: Int64 = 0, userAgents: Int64 = 0) {
      self.visitors = visitors
      self.sessions = sessions
      self.addresses = addresses
      self.userAgents = userAgents
    }
  }

  /// A flagged event with its evidence.
  public struct Sample: Sendable {
    /// The event and its verdict.
    public var event: JudgedEvent
    /// SHA-256 of the line, empty where the source cannot be read again.
    public var lineSHA256: String

    /// A sample.
    public init(event: JudgedEvent, lineSHA256: String) {
      self.event = event
      self.lineSHA256 = lineSHA256
    }
  }

  /// One address with invalid events.
  public struct AddressResult: Sendable, Equatable {
    /// The address.
    public var address: Address
    /// Judged events from it.
    public var events: Int64
    /// Invalid ones among them.
    public var invalid: Int64

    /// An address's result.
    public init(address: Address, events: Int64, invalid: Int64) {
      self.address = address
      self.events = events
      self.invalid = invalid
    }
  }

  /// A result from its parts.
  public init(
    tool: Tool, inputs: [Input], leftOut: [LeftOutInput] = [], accounting: Accounting, issues: [NamedIssue],
    coverage: [Coverage], standards: [Standard], countsRenderedImpressions: Bool, judgesPages: Bool, totals: LedgerRow,
    byDimension: [[NamedRow]], byDay: [NamedRow], timeZone: String,
    detectors: [DetectorResult], population: Population, samples: [Sample], worstAddresses: [AddressResult],
    networks: [NetworkResult] = []
  ) {
    self.tool = tool
    self.inputs = inputs
    self.leftOut = leftOut
    self.accounting = accounting
    self.issues = issues
    self.coverage = coverage
    self.standards = standards
    self.countsRenderedImpressions = countsRenderedImpressions
    self.judgesPages = judgesPages
    self.totals = totals
    self.byDimension = byDimension
    self.byDay = byDay
    self.timeZone = timeZone
    self.detectors = detectors
    self.population = population
    self.samples = samples
    self.worstAddresses = worstAddresses
    self.networks = networks
  }
}
