/// Something odd about one record or one input: never an exception, never silent. Issues are counted by name; the
/// first few of each are kept with their place.
public struct Issue: Sendable, Equatable {
  /// Dotted name, stable: `line.too-long`, `gzip.truncated`, `combined.no-closing-quote`.
  public var name: String
  /// Where.
  public var position: SourcePosition
  /// Column of the first byte that could not be understood, from 0; nil where the issue is not about one.
  public var column: Int?
  /// A sentence for a person: what, and what to do.
  public var message: String
  /// Ordinal of the line in its chunk, from 0, as in `Event`: what the line number is worked out from.
  public var lineInChunk: UInt32

  /// An issue from its parts.
  public init(
    name: String, position: SourcePosition, column: Int? = nil, message: String, lineInChunk: UInt32 = 0
  ) {
    self.name = name
    self.position = position
    self.column = column
    self.message = message
    self.lineInChunk = lineInChunk
  }
}

/// Issues counted by name, with the first samples of each in the order of their positions. Merging is associative and
/// does not depend on order.
///
/// - Complexity: O(names × `samplesKept`) memory, whatever the input.
public struct IssueLog: Sendable, Equatable {
  /// How many samples of each name are kept.
  public static let samplesKept = 3

  /// What is known of one name.
  public struct Entry: Sendable, Equatable {
    /// How often it happened.
    public var count: Int
    /// How many of those were input lines that gave no event: the part that the accounting equation adds up.
    public var lines: Int
    /// The first ones by position.
    public var samples: [Issue]

    /// An entry from its parts.
    public init(count: Int, lines: Int, samples: [Issue]) {
      self.count = count
      self.lines = lines
      self.samples = samples
    }
  }

  /// By name.
  public private(set) var entries: [String: Entry] = [:]

  /// An empty log.
  public init() {}

  /// Counts one issue. `losesLine` says that a line gave no event because of it.
  public mutating func add(_ issue: Issue, losesLine: Bool) {
    var entry = entries.removeValue(forKey: issue.name) ?? Entry(count: 0, lines: 0, samples: [])
    entry.count += 1
    entry.lines += losesLine ? 1 : 0
    IssueLog.insert(issue, into: &entry.samples)
    entries[issue.name] = entry
  }

  /// Adds another log to this one.
  public mutating func merge(_ other: IssueLog) {
    for (name, theirs) in other.entries {
      var entry = entries.removeValue(forKey: name) ?? Entry(count: 0, lines: 0, samples: [])
      entry.count += theirs.count
      entry.lines += theirs.lines
      for sample in theirs.samples { IssueLog.insert(sample, into: &entry.samples) }
      entries[name] = entry
    }
  }

  /// How many input lines gave no event because of an issue.
  public var lines: Int { entries.values.reduce(0) { $0 + $1.lines } }

  /// The names in byte order with their entries: the order of every output.
  public var sorted: [(name: String, entry: Entry)] {
    entries.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map { ($0.key, $0.value) }
  }

  private static func insert(_ issue: Issue, into samples: inout [Issue]) {
    if samples.count == samplesKept, let last = samples.last, !(issue.position < last.position) { return }
    let place = samples.firstIndex { issue.position < $0.position } ?? samples.count
    samples.insert(issue, at: place)
    if samples.count > samplesKept { samples.removeLast() }
  }
}
