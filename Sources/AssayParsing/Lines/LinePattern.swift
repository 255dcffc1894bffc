internal import AssayModel

/// A log line as a list of fields with fixed text between them: what nginx's `log_format`, Apache's `LogFormat` and
/// GoAccess's format strings all describe. They compile to it, and so do the formats of the catalogue; one engine
/// (`LinePattern+Matching.swift`) reads the lines of all.
///
/// A space in the fixed text stands for one or more, because real servers align columns; what follows the last field
/// after a space is tolerated, because formats grow at their end.
package struct LinePattern: Sendable {
  /// What a capture is, and so how its end is found and what is done with it.
  enum Kind: Sendable, Equatable {
    /// Any text up to the fixed text that follows.
    case text
    /// A number, or `-` (with digits behind it or without).
    case number
    /// Values with `, ` or ` : ` between them, where a space does not end the text.
    case list
    /// A whole request line.
    case request
    /// A query string with its question mark, or nothing.
    case query
    /// Client addresses in the order of the proxies: the first becomes the client.
    case forwarded
    /// Everything before the time of a Common Log line: `[host] client identity user`.
    case head(requiresHost: Bool)
    /// Captured headers without their names.
    case capturedHeaders
    /// A moment in a notation that ends itself.
    case time(TimeNotation)
    /// A part of a moment, or all of it: ordinal of a `TimePattern`.
    case timePattern(Int)
    /// A day alone, in either of the usual notations.
    case anyDate
    /// A time of day alone.
    case anyClock
    /// What follows a time of day that was read without its zone: a zone or a fraction, if it is one.
    case afterClock
  }

  /// The notations of a moment that need no description.
  enum TimeNotation: Sendable {
    /// Common Log or ISO 8601, told by the third byte.
    case any
    /// Common Log.
    case commonLog
    /// ISO 8601.
    case iso8601
    /// A count since the epoch.
    case epoch
  }

  /// Some fixed text: a part of `texts`.
  struct Text: Sendable {
    /// First byte.
    var start = 0
    /// Number of bytes.
    var count = 0
  }

  /// One field of the line and the fixed text after it. It holds no references, because the engine copies it for every
  /// line.
  struct Capture: Sendable {
    /// What it is.
    var kind: Kind
    /// Index in `LineFields` (`Field`), or nil for none.
    var field: Field?
    /// Column that the profile asked for, or nil.
    var column: Int?
    /// The fixed text that ends it; empty for the end of a word, or of the line.
    var stop = Text()
    /// Whether fixed text with a quotation mark stands on both sides: marks inside are escaped.
    var isQuoted = false
    /// Whether the *last* occurrence of the stop ends it, not the first: for text that its format does not escape.
    var isGreedy = false
    /// Whether the field may be longer than a word at the end of the line.
    var reachesLineEnd = false
  }

  /// What a capture is called.
  struct Label: Sendable {
    /// Names by which a profile may ask for it.
    var names: [String]
    /// In words, for messages.
    var title: String
  }

  /// Id of the format: the first part of the issues' names.
  var id: String
  /// All fixed texts, one after the other.
  var texts: [UInt8] = []
  /// Fixed text before the first field.
  var lead = Text()
  /// The fields.
  var captures: [Capture] = []
  /// Their names.
  var labels: [Label] = []
  /// Notations that `Kind.timePattern` refers to.
  var timePatterns: [TimePattern] = []
  /// How the format escapes.
  var escaping = Escaping.backslash
  /// From this field on the line may end: fields that later versions of a format added.
  var optionalFrom = Int.max
  /// Fixed text before the first optional field.
  var optionalLead = Text()

  /// Whether any field gives a time.
  var hasTime: Bool {
    captures.contains { capture in
      switch capture.kind {
      case .time, .timePattern, .anyDate: true
      default: false
      }
    }
  }

  /// The same pattern with the columns that a profile asked for.
  func bound(to request: ParserRequest) -> LinePattern {
    var pattern = self
    for (column, name) in request.columns.prefix(LineFields.maximumColumns).enumerated() {
      let wanted = columnName(name)
      if let index = labels.firstIndex(where: { $0.names.contains(wanted) }) {
        pattern.captures[index].column = column
      }
    }
    return pattern
  }
}

/// A column's name as `ParserRequest` compares it: without case, runs of other characters than letters and digits as
/// one `_`, none at the ends.
func columnName(_ name: String) -> String {
  var text = ""
  for byte in name.utf8 {
    switch byte {
    case 0x30...0x39, 0x61...0x7a: text.unicodeScalars.append(Unicode.Scalar(byte))
    case 0x41...0x5a: text.unicodeScalars.append(Unicode.Scalar(byte | 0x20))
    default: if !text.isEmpty, text.utf8.last != UInt8(ascii: "_") { text += "_" }
    }
  }
  if text.utf8.last == UInt8(ascii: "_") { text.removeLast() }
  return text
}

extension LinePattern {
  /// Joins fixed text and fields in order into a pattern. The dialects feed it.
  struct Builder {
    private var pattern: LinePattern
    private var literal: [UInt8] = []
    private var lead: [UInt8] = []
    private var optionalLead: [UInt8] = []
    private var stops: [[UInt8]] = []
    private var fieldsSet: Set<Field> = []

    /// Nothing yet, for a format with this id.
    init(id: String, escaping: Escaping = .backslash) {
      pattern = LinePattern(id: id)
      pattern.escaping = escaping
    }

    /// Whether the last thing added was a field: a second field right after it could not be told apart.
    var endsWithField: Bool {
      literal.isEmpty && !pattern.captures.isEmpty && pattern.optionalFrom != pattern.captures.count
    }

    /// Whether the last field ends where its text does, whatever follows: a time.
    var lastEndsItself: Bool {
      switch pattern.captures.last?.kind {
      case .time, .timePattern, .anyDate, .anyClock: true
      default: false
      }
    }

    /// The fixed text since the last field; nil before the first.
    var pendingText: [UInt8]? { pattern.captures.isEmpty ? nil : literal }

    /// Forgets a point that stands alone after the last field.
    mutating func dropPoint() {
      if literal == [UInt8(ascii: ".")] { literal = [] }
    }

    /// The standard field that was added last.
    var lastField: Field? { pattern.captures.last?.field }

    /// Adds fixed text.
    mutating func add(literal text: some Sequence<UInt8>) { literal += text }

    /// Adds a field. Only the first column that claims a standard field gets it.
    mutating func add(
      _ kind: Kind, _ field: Field? = nil, names: [String] = [], title: String? = nil, isGreedy: Bool = false
    ) {
      closeField()
      var capture = Capture(kind: kind, field: field)
      if let field, !fieldsSet.insert(field).inserted { capture.field = nil }
      if kind == .request { capture.field = nil }
      capture.isGreedy = isGreedy
      let before = pattern.optionalFrom == pattern.captures.count ? optionalLead : stops.last ?? lead
      capture.isQuoted = before.last == UInt8(ascii: "\"")
      capture.reachesLineEnd = field == .userAgent || field == .referrer || field == .target || kind == .request
      pattern.captures.append(capture)
      pattern.labels.append(Label(names: names, title: title ?? field.map(\.title) ?? names.first ?? "a value"))
      stops.append([])
    }

    /// Replaces what the last field is: `%U` followed by `%q` is one target.
    mutating func replaceLast(_ kind: Kind, _ field: Field) {
      guard let last = pattern.captures.indices.last else { return }
      pattern.captures[last].kind = kind
      pattern.captures[last].field = field
      pattern.labels[last].title = field.title
    }

    /// Ordinal of a time notation.
    mutating func ordinal(of time: TimePattern) -> Int {
      if let index = pattern.timePatterns.firstIndex(of: time) { return index }
      pattern.timePatterns.append(time)
      return pattern.timePatterns.count - 1
    }

    /// What follows may be missing.
    mutating func beginOptional() {
      closeField()
      pattern.optionalFrom = pattern.captures.count
    }

    /// The whole.
    mutating func finish() -> LinePattern {
      closeField()
      pattern.lead = place(lead)
      pattern.optionalLead = place(optionalLead)
      for (index, stop) in stops.enumerated() {
        pattern.captures[index].stop = place(stop)
        pattern.captures[index].isQuoted = pattern.captures[index].isQuoted && stop.first == UInt8(ascii: "\"")
      }
      return pattern
    }

    private mutating func place(_ text: [UInt8]) -> Text {
      defer { pattern.texts += text }
      return Text(start: pattern.texts.count, count: text.count)
    }

    private mutating func closeField() {
      defer { literal = [] }
      if pattern.captures.isEmpty {
        lead += literal
      } else if pattern.optionalFrom == pattern.captures.count {
        optionalLead += literal
      } else {
        stops[stops.count - 1] += literal
      }
    }
  }
}

extension Field {
  /// In words: “user agent”.
  var title: String {
    var words = ""
    for scalar in "\(self)".unicodeScalars {
      words += scalar.properties.isUppercase ? " " + scalar.properties.lowercaseMapping : String(scalar)
    }
    return words
  }
}
