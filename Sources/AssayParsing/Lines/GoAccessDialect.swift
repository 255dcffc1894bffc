package import AssayModel

/// GoAccess's format strings (man page goaccess(1), CUSTOM LOG/DATE FORMAT). Their letters are its own: `%u` is the user
/// agent and `%T` has decimals, where Apache means the user and whole seconds.
struct GoAccessDialect {
  /// The three formats that go with a log format; nil where the user gave none: date and time are then read in the
  /// usual notations (Common Log, ISO 8601).
  struct Notation: Equatable {
    /// `date-format`.
    var date: String?
    /// `time-format`.
    var time: String?
    /// `datetime-format`.
    var datetime: String?
  }

  private let bytes: [UInt8]
  private let times: Notation
  /// Whether the query stands in a column of its own, so that `%U` is the path alone.
  private let hasQuery: Bool
  private var index = 0
  private var builder: LinePattern.Builder

  /// Compiles a format. A `%^` after a time takes over its zone and fraction, which GoAccess itself passes over.
  ///
  /// - Throws: `.settings` with the column of a letter that is not known.
  static func pattern(_ text: String, times: Notation, id: String) throws(AssayError) -> LinePattern {
    var dialect = GoAccessDialect(text, times, id)
    return try dialect.compile()
  }

  private init(_ text: String, _ times: Notation, _ id: String) {
    bytes = Array(text.utf8)
    self.times = times
    hasQuery = text.contains("%q")
    builder = LinePattern.Builder(id: id)
  }

  private mutating func compile() throws(AssayError) -> LinePattern {
    while let byte = next() {
      switch byte {
      case UInt8(ascii: "%"): try addSpecifier()
      case UInt8(ascii: "~"): try addForwarded()
      case UInt8(ascii: "\\"):
        switch next() {
        case UInt8(ascii: "t"): builder.add(literal: [9])
        case let other?: builder.add(literal: [other])
        case nil: builder.add(literal: [byte])
        }
      default: builder.add(literal: [byte])
      }
    }
    return builder.finish()
  }

  private mutating func next() -> UInt8? {
    guard index < bytes.count else { return nil }
    index += 1
    return bytes[index - 1]
  }

  private mutating func addSpecifier() throws(AssayError) {
    let column = index
    guard let byte = next() else {
      throw error("a letter was expected after “%”", column)
    }
    let letter = Character(Unicode.Scalar(byte))
    if letter == "%" { return builder.add(literal: "%".utf8) }
    if letter == "~" { return }  // runs of spaces are passed over anyway
    if letter == "^", builder.lastEndsItself, [[], [32], [UInt8(ascii: ".")]].contains(builder.pendingText) {
      builder.dropPoint()
      builder.add(.afterClock, title: "the rest of the time")
      return
    }
    if builder.endsWithField, !builder.lastEndsItself {
      throw error(
        "nothing stands between “%\(letter)” and the field before it, so that no one can tell them apart", column)
    }
    guard try add(letter) else {
      throw error(
        "“%\(letter)” is not one of GoAccess's letters (Apache's LogFormat has others: write apache:…)", column)
    }
  }

  private mutating func add(_ letter: Character) throws(AssayError) -> Bool {
    let names = [String(letter)]
    switch letter {
    case "h": builder.add(.text, .address, names: ["h"])
    case "r": builder.add(.request, title: "request")
    case "m": builder.add(.text, .method)
    case "U": builder.add(.text, hasQuery ? .path : .target)
    case "q": builder.add(.query, .query)
    case "H": builder.add(.text, .protocolVersion)
    case "s": builder.add(.number, .status)
    case "b": builder.add(.number, .bytes)
    case "R": builder.add(.text, .referrer)
    case "u": builder.add(.text, .userAgent)
    case "v": builder.add(.text, .host)
    case "e": builder.add(.text, .user)
    case "D", "T", "L", "n": builder.add(.number, .duration)
    case "C", "K", "k", "M", "^": builder.add(.text, names: letter == "^" ? [] : names, title: "a field to pass over")
    case "d": try addTime(times.date, else: .anyDate)
    case "t": try addTime(times.time, else: .anyClock)
    case "x": try addTime(times.datetime ?? times.joined, else: .time(.any))
    default: return false
    }
    return true
  }

  private mutating func addTime(_ format: String?, else kind: LinePattern.Kind) throws(AssayError) {
    guard let format else { return builder.add(kind, title: "time") }
    let ordinal = builder.ordinal(of: try TimePattern(format, .goAccess))
    builder.add(.timePattern(ordinal), title: "time")
  }

  /// `~h{, }`: the addresses of `X-Forwarded-For`, and what may stand between them.
  private mutating func addForwarded() throws(AssayError) {
    let column = index
    guard next() == UInt8(ascii: "h"), next() == UInt8(ascii: "{"),
      let close = bytes[index...].firstIndex(of: UInt8(ascii: "}"))
    else { throw error("“~” begins “~h{, }”, the addresses of X-Forwarded-For", column) }
    index = close + 1
    builder.add(.forwarded, .forwardedFor, title: "forwarded addresses")
  }

  private func error(_ message: String, _ column: Int) -> AssayError {
    AssayError(.settings, message, at: .init(source: "GoAccess log-format", column: column))
  }
}

extension GoAccessDialect.Notation {
  /// What `%x` means without a `datetime-format`: date and time without anything between them, or a count that both are.
  fileprivate var joined: String? {
    guard let date, let time else { return date ?? time }
    return date == time ? date : date + time
  }
}

extension FormatCatalog {
  /// A format in GoAccess's words: the name of a preset, a format string, or lines of `goaccess.conf` (`log-format`,
  /// `date-format`, `time-format`, `datetime-format`, with or without the dashes and the equals sign of the command line).
  package static func goAccess(_ text: String) throws(AssayError) -> ResolvedFormat {
    if !text.isEmpty, text.utf8.allSatisfy({ isWordByte($0) }) { return try format(named: text) }
    var times = GoAccessDialect.Notation()
    var format: String?
    for line in text.split(whereSeparator: \.isNewline) {
      let (key, value) = setting(line)
      switch key {
      case "log-format": format = value
      case "date-format": times.date = value
      case "time-format": times.time = value
      case "datetime-format": times.datetime = value
      default: continue
      }
    }
    if let format, format.utf8.allSatisfy({ isWordByte($0) }) { return try self.format(named: format) }
    return ResolvedFormat(
      try GoAccessDialect.pattern(format ?? text, times: times, id: "goaccess-format"),
      title: "GoAccess log format as given", reference: "https://goaccess.io/man#custom-log")
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    (byte | 0x20) &- UInt8(ascii: "a") < 26 || byte &- 48 < 10
  }

  /// The key and the value of a line of settings; quotation marks around the value are taken off.
  private static func setting(_ line: Substring) -> (key: String, value: String) {
    let text = line.drop { $0 == " " || $0 == "\t" || $0 == "-" }
    let key = text.prefix { $0 != " " && $0 != "=" && $0 != "\t" }
    var value = text.dropFirst(key.count).drop { $0 == " " || $0 == "=" || $0 == "\t" }
    if let mark = value.first, mark == "'" || mark == "\"", value.count > 1, value.last == mark,
      key.hasSuffix("-format"),
      mark == "'" || !value.dropFirst().dropLast().contains("\"") || value.contains("\\\"")
    {
      value = value.dropFirst().dropLast()
    }
    return (String(key), String(value))
  }
}
