public import AssayModel

/// What a parser made of one line.
public enum LineOutcome: Sendable, Equatable {
  /// A record; the fields hold it.
  case record
  /// Nothing by rule: a blank line, a comment, a header or directive.
  case ignored
  /// Not what the format says. `column` is the first byte that could not be understood, from 0; `name` the dotted
  /// issue name, `expected` what should have stood there: “a closing quote”.
  case malformed(column: Int, name: String, expected: String)
}

/// Reads the lines of one file. A value of its own for each file (and, where the format is `splittable`, for each
/// chunk): header-driven formats keep the header in it.
///
/// It sees whole lines without their line end (neither `\n` nor a `\r` before it), never does input or output, never
/// traps, and is linear in the line's length. Time is part of its work: it sets `microseconds` and `hasTime`.
public protocol LineParser: Sendable {
  /// Reads one line into `fields`, which the caller has reset.
  mutating func parse(_ line: Span<UInt8>, into fields: inout LineFields) -> LineOutcome
}

/// What the caller wants of a parser beyond the standard fields.
public struct ParserRequest: Sendable {
  /// Names of further columns or keys, as the header (CSV, W3C) or the object (JSON: nested with dots) calls them;
  /// compared without case and with runs of other characters than letters and digits read as one `_`. At most
  /// `LineFields.maximumColumns`.
  public var columns: [String]

  /// A request.
  public init(columns: [String] = []) { self.columns = columns }
}

/// A log format: one value in one file, listed in `FormatCatalog`.
public protocol LogFormat: Sendable {
  /// What it is.
  static var card: FormatCard { get }
  /// Real-looking lines of it with what each must give; at least one malformed. They are its tests.
  static var samples: [FormatSample] { get }
  /// A parser for a file of this format.
  static func makeParser(_ request: ParserRequest) throws(AssayError) -> any LineParser
}

/// A format on one page.
public struct FormatCard: Sendable {
  /// kebab-case id; also the file and the fixture folder.
  public var id: String
  /// Other names by which people ask for it (`COMBINED`, Matomo's names).
  public var aliases: [String]
  /// In words.
  public var title: String
  /// Where the vendor describes it.
  public var reference: String
  /// Whether any line can be understood alone, so that a file may be cut anywhere at a line end.
  public var splittable: Bool
  /// Between equally sure formats the one with the higher number is chosen: how much a line that fits says.
  public var specificity: Int
  /// Whether its parser takes a syslog prefix off by itself, so that detection need not try it behind one.
  public var includesSyslog: Bool
  /// Whether it takes records of anybody's making, so that it fits the logs of other formats too.
  public var takesAnything: Bool

  /// A card from its parts.
  public init(
    id: String, aliases: [String] = [], title: String, reference: String, splittable: Bool, specificity: Int,
    includesSyslog: Bool = false, takesAnything: Bool = false
  ) {
    self.id = id
    self.aliases = aliases
    self.title = title
    self.reference = reference
    self.splittable = splittable
    self.specificity = specificity
    self.includesSyslog = includesSyslog
    self.takesAnything = takesAnything
  }
}

/// One line of a format and what it must give.
public struct FormatSample: Sendable {
  /// The line, or several (header first) joined with newlines; what is expected holds for the last of them.
  public var text: String
  /// Expected outcome: `nil` for a record, else the name of the issue, or `ignored`.
  public var issue: String?
  /// Expected fields of a record, by name, as text after unescaping.
  public var fields: [Field: String]
  /// Expected time, ISO 8601 in UTC as `Timestamp.iso8601` writes it; nil where the line has none.
  public var time: String?

  /// A sample of a record.
  public init(_ text: String, time: String? = nil, _ fields: [Field: String] = [:]) {
    self.text = text
    self.time = time
    self.fields = fields
  }

  /// A sample of a line that is not understood, with the issue's name, or one that is ignored.
  public init(_ text: String, issue: String) {
    self.text = text
    self.issue = issue
    fields = [:]
  }
}
