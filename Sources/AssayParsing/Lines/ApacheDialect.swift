package import AssayModel

/// Apache's `LogFormat` (mod_log_config), as it stands in the configuration or as its value alone.
struct ApacheDialect {
  private let bytes: [UInt8]
  /// Where each byte stands in what the user gave.
  private let offsets: [Int]
  private var index = 0
  private var builder: LinePattern.Builder

  /// Compiles a format.
  ///
  /// - Throws: `.settings` with the column of a directive that is not known, or that cannot be told from the one before.
  static func pattern(_ text: String, id: String) throws(AssayError) -> LinePattern {
    var dialect = ApacheDialect(text, id: id)
    return try dialect.compile()
  }

  private init(_ text: String, id: String) {
    (bytes, offsets) = ApacheDialect.unwrapped(Array(text.utf8))
    builder = LinePattern.Builder(id: id)
  }

  private mutating func compile() throws(AssayError) -> LinePattern {
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "%") {
        try addDirective()
      } else {
        builder.add(literal: [bytes[index]])
        index += 1
      }
    }
    return builder.finish()
  }

  /// `%`, perhaps `!400,501` or `>`, perhaps `{name}`, and a letter.
  private mutating func addDirective() throws(AssayError) {
    let start = index
    index += 1
    while index < bytes.count, isModifier(bytes[index]) { index += 1 }
    var argument: String?
    if index < bytes.count, bytes[index] == UInt8(ascii: "{") {
      guard let close = bytes[index...].firstIndex(of: UInt8(ascii: "}")) else {
        throw error("the brace after “%” is never closed", at: start)
      }
      argument = String(decoding: bytes[index + 1..<close], as: UTF8.self)
      index = close + 1
    }
    guard index < bytes.count else { throw error("a letter was expected after “%”", at: start) }
    let letter = Character(Unicode.Scalar(bytes[index]))
    index += 1
    if letter == "%" {
      builder.add(literal: "%".utf8)
      return
    }
    let text = "%" + (argument.map { "{\($0)}" } ?? "") + String(letter)
    if letter == "q", builder.endsWithField, builder.lastField == .path {
      builder.replaceLast(.text, .target)
      return
    }
    if letter == "t", argument == nil {
      if builder.endsWithField { throw adjacent(text, start) }
      builder.add(literal: "[".utf8)
      builder.add(.time(.commonLog), names: ["t"], title: "time")
      builder.add(literal: "]".utf8)
      return
    }
    if builder.endsWithField { throw adjacent(text, start) }
    guard try add(letter, argument, start) else {
      throw error("“\(text)” is not a directive of Apache's LogFormat", at: start)
    }
  }

  private func isModifier(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "!"), UInt8(ascii: ","), 48...57: true
    default: false
    }
  }

  /// Adds the field of a directive; false where there is no such letter.
  private mutating func add(_ letter: Character, _ argument: String?, _ start: Int) throws(AssayError) -> Bool {
    let name = argument.map(columnName)
    let names = name.map { [$0] } ?? [String(letter)]
    switch letter {
    case "h": builder.add(.text, .address, names: names)
    case "a": builder.add(.text, argument == nil ? .address : nil, names: argument == nil ? names : ["peer"])
    case "u": builder.add(.text, .user, names: names)
    case "r": builder.add(.request, names: names, title: "request")
    case "s": builder.add(.number, .status, names: names)
    case "b", "B", "O": builder.add(.number, .bytes, names: names)
    case "D", "T": builder.add(.number, .duration, names: names)
    case "m": builder.add(.text, .method, names: names)
    case "U": builder.add(.text, .path, names: names)
    case "q": builder.add(.query, .query, names: names)
    case "H": builder.add(.text, .protocolVersion, names: names)
    case "v", "V": builder.add(.text, .host, names: names)
    case "t": try addTime(argument ?? "", start)
    case "i": addHeader(name ?? "")
    case "C", "x", "e", "n", "o", "^": builder.add(.text, nil, names: names)
    case "I", "S", "P", "p", "k": builder.add(.number, nil, names: names)
    case "l", "L", "f", "A", "R", "X": builder.add(.text, nil, names: names)
    default: return false
    }
    return true
  }

  /// A request header, by its name as `columnName` writes it.
  private mutating func addHeader(_ name: String) {
    switch name {
    case "user_agent": builder.add(.text, .userAgent, names: [name])
    case "referer", "referrer": builder.add(.text, .referrer, names: [name])
    case "x_forwarded_for": builder.add(.list, .forwardedFor, names: [name])
    case "host", "x_forwarded_host": builder.add(.text, .host, names: [name])
    case "cookie": builder.add(.text, .cookie, names: [name])
    case "accept_language": builder.add(.text, .acceptLanguage, names: [name])
    case "sec_purpose", "purpose", "x_purpose", "x_moz": builder.add(.text, .purpose, names: [name])
    case "x_request_id": builder.add(.text, .requestID, names: [name])
    default:
      let field: Field? =
        name.hasPrefix("sec_ch_") ? .clientHints : name.hasPrefix("sec_fetch_") ? .fetchMetadata : nil
      builder.add(.text, field, names: [name])
    }
  }

  /// `%{…}t`: a count since the epoch in a unit, a fraction, or strftime's letters; `begin:` and `end:` say when it was
  /// taken.
  private mutating func addTime(_ argument: String, _ start: Int) throws(AssayError) {
    var format = argument
    for prefix in ["begin:", "end:"] where format.hasPrefix(prefix) { format.removeFirst(prefix.count) }
    var pattern: TimePattern
    switch format {
    case "", "sec": pattern = try TimePattern("%s", .strftime)
    case "msec": pattern = TimePattern(parts: [.epoch(unit: 1_000)])
    case "usec": pattern = TimePattern(parts: [.epoch(unit: 1)])
    case "msec_frac", "usec_frac": pattern = TimePattern(parts: [.fraction])
    default: pattern = try TimePattern(format, .strftime, column: offsets[start] + 2)
    }
    builder.add(.timePattern(builder.ordinal(of: pattern)), names: ["t"], title: "time")
  }

  private func adjacent(_ text: String, _ start: Int) -> AssayError {
    error("nothing stands between “\(text)” and the directive before it, so that no one can tell them apart", at: start)
  }

  private func error(_ message: String, at start: Int) -> AssayError {
    AssayError(.settings, message, at: .init(source: "Apache LogFormat", column: offsets[start] + 1))
  }

  /// Takes `LogFormat "…" name` off and resolves the backslashes of the configuration file.
  private static func unwrapped(_ bytes: [UInt8]) -> (bytes: [UInt8], offsets: [Int]) {
    var index = bytes.firstIndex { $0 != 32 && $0 != 9 } ?? 0
    let isDirective = bytes[index...].starts(with: Array("LogFormat".utf8))
    if isDirective {
      index += "LogFormat".utf8.count
      while index < bytes.count, bytes[index] == 32 || bytes[index] == 9 { index += 1 }
    }
    let isEscaped = bytes.indices.dropLast().contains {
      bytes[$0] == UInt8(ascii: "\\") && bytes[$0 + 1] == UInt8(ascii: "\"")
    }
    let isQuoted = index < bytes.count && bytes[index] == UInt8(ascii: "\"") && (isDirective || isEscaped)
    if isQuoted { index += 1 }
    var (text, offsets): ([UInt8], [Int]) = ([], [])
    while index < bytes.count {
      var byte = bytes[index]
      if isQuoted, byte == UInt8(ascii: "\"") { break }
      if byte == UInt8(ascii: "\\"), index + 1 < bytes.count {
        index += 1
        switch bytes[index] {
        case UInt8(ascii: "t"): byte = 9
        case UInt8(ascii: "n"): byte = 10
        default: byte = bytes[index]
        }
      }
      text.append(byte)
      offsets.append(index)
      index += 1
    }
    return (text, offsets)
  }
}

extension FormatCatalog {
  /// A format in Apache's words.
  package static func apache(_ text: String) throws(AssayError) -> ResolvedFormat {
    ResolvedFormat(
      try ApacheDialect.pattern(text, id: "apache-format"), title: "Apache LogFormat as given",
      reference: "https://httpd.apache.org/docs/2.4/mod/mod_log_config.html#formats")
  }
}
