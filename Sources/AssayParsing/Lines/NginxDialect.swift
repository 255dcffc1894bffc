package import AssayModel

/// nginx's `log_format` (ngx_http_log_module), as it stands in the configuration or as its value alone.
enum NginxDialect {
  /// Compiles a format.
  ///
  /// - Parameters:
  ///   - text: `log_format main '…' '…';`, the quoted pieces, or the bare value.
  ///   - optional: more of the format that older lines do not have.
  ///   - greedy: a variable whose text the server does not escape; the last occurrence of what follows it ends it.
  /// - Throws: `.settings` with the column of what cannot be understood.
  static func pattern(_ text: String, id: String, optional: String = "", greedy: String? = nil) throws(AssayError)
    -> LinePattern
  {
    let source = try unwrapped(text)
    let builder = LinePattern.Builder(id: id, escaping: source.escaping)
    return try pattern(source, text, builder, optional: optional, greedy: greedy)
  }

  /// Compiles a format that begins like Common Log: `[host] client identity user [time] `, and then `tail`.
  static func commonLog(_ tail: String, id: String, requiresHost: Bool = false) throws(AssayError) -> LinePattern {
    var builder = LinePattern.Builder(id: id)
    builder.add(.head(requiresHost: requiresHost), title: "client")
    builder.add(literal: " [".utf8)
    builder.add(.time(.any), names: ["time_local"], title: "time")
    builder.add(literal: "] ".utf8)
    return try pattern((Array(tail.utf8).enumerated().map { ($1, $0) }, .backslash), tail, builder)
  }

  private static func pattern(
    _ source: (value: [Placed], escaping: Escaping), _ text: String, _ start: LinePattern.Builder,
    optional: String = "", greedy: String? = nil
  ) throws(AssayError) -> LinePattern {
    var builder = start
    try add(source.value, to: &builder, source: text, greedy: greedy)
    if !optional.isEmpty {
      builder.beginOptional()
      try add(Array(optional.utf8).enumerated().map { ($1, $0) }, to: &builder, source: optional, greedy: greedy)
    }
    return builder.finish()
  }

  /// A byte of the format and where it stands in what the user gave.
  private typealias Placed = (byte: UInt8, offset: Int)

  private static func add(
    _ value: [Placed], to builder: inout LinePattern.Builder, source: String, greedy: String?
  ) throws(AssayError) {
    var index = 0
    while index < value.count {
      guard value[index].byte == UInt8(ascii: "$") else {
        builder.add(literal: [value[index].byte])
        index += 1
        continue
      }
      let start = value[index].offset
      let isBraced = index + 1 < value.count && value[index + 1].byte == UInt8(ascii: "{")
      var end = index + (isBraced ? 2 : 1)
      let nameStart = end
      while end < value.count, isNameByte(value[end].byte) { end += 1 }
      let name = String(decoding: value[nameStart..<end].map(\.byte), as: UTF8.self)
      if name.isEmpty || isBraced && (end == value.count || value[end].byte != UInt8(ascii: "}")) {
        throw AssayError(
          .settings,
          "a variable name was expected after “$”: write a literal dollar sign by another variable, as nginx does",
          at: .init(source: "nginx log_format", column: start + 1))
      }
      if builder.endsWithField {
        throw AssayError(
          .settings, "nothing stands between “$\(name)” and the variable before it, so that no one can tell them apart",
          at: .init(source: "nginx log_format", column: start + 1))
      }
      add(variable: name, to: &builder, isGreedy: name == greedy)
      index = isBraced ? end + 1 : end
    }
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    byte &- 48 < 10 || (byte | 0x20) &- UInt8(ascii: "a") < 26 || byte == UInt8(ascii: "_")
  }

  /// Adds one variable: those that `Field` knows, and all others as columns by their name.
  private static func add(variable name: String, to builder: inout LinePattern.Builder, isGreedy: Bool) {
    var names = [name]
    for prefix in ["http_", "arg_", "cookie_", "sent_http_"] where name.hasPrefix(prefix) {
      names.append(String(name.dropFirst(prefix.count)))
    }
    switch name {
    case "time_local": builder.add(.time(.commonLog), names: names)
    case "time_iso8601": builder.add(.time(.iso8601), names: names)
    case "msec": builder.add(.time(.epoch), names: names)
    case "time": builder.add(.time(.any), names: names)
    case "captured_request_headers": builder.add(.capturedHeaders, names: names)
    case "request": builder.add(.request, names: names, title: "request")
    case "remote_addr": builder.add(.text, .address, names: names)
    case "http_x_forwarded_for", "proxy_add_x_forwarded_for": builder.add(.list, .forwardedFor, names: names)
    default:
      if let field = fields[name] {
        builder.add(numbers.contains(field) ? .number : .text, field, names: names, isGreedy: isGreedy)
      } else if name.hasPrefix("http_sec_ch_") {
        builder.add(.text, .clientHints, names: names)
      } else if name.hasPrefix("http_sec_fetch_") {
        builder.add(.text, .fetchMetadata, names: names)
      } else if countNames.contains(name) {
        builder.add(.number, names: names)
      } else {
        builder.add(name.hasPrefix("upstream_") ? .list : .text, names: names, isGreedy: isGreedy)
      }
    }
  }

  private static let numbers: Set<Field> = [.status, .bytes, .duration]

  /// Variables that are numbers and no standard field.
  private static let countNames: Set<String> = [
    "request_count", "request_length", "bytes_received", "received_bytes", "connection", "connection_requests",
    "remote_port", "server_port",
  ]

  /// Variables of nginx and its usual modules (nginx.org/en/docs/varindex.html) that are a standard field.
  private static let fields: [String: Field] = [
    "remote_user": .user, "request_method": .method, "request_uri": .target, "uri": .path,
    "document_uri": .path, "args": .query, "query_string": .query, "server_protocol": .protocolVersion,
    "status": .status, "body_bytes_sent": .bytes, "bytes_sent": .bytes, "http_referer": .referrer,
    "http_user_agent": .userAgent, "host": .host, "http_host": .host, "server_name": .host, "http_cookie": .cookie,
    "request_time": .duration, "request_id": .requestID,
    "http_accept_language": .acceptLanguage, "http_sec_purpose": .purpose, "http_purpose": .purpose,
    "http_x_purpose": .purpose, "http_x_moz": .purpose, "http_ssl_ja3": .ja3, "ssl_ja3": .ja3,
    "http_ssl_ja3_hash": .ja3, "ssl_ja3_hash": .ja3, "ssl_ja4": .ja4, "http_ssl_ja4": .ja4,
    "geoip_country_code": .country, "geoip2_country_code": .country, "geoip2_data_country_code": .country,
    "geoip2_data_country_iso_code": .country, "geoip_asn": .asn, "geoip2_asn": .asn, "scheme": .scheme,
  ]

  /// Takes the directive and the quotation marks off.
  private static func unwrapped(_ text: String) throws(AssayError) -> (value: [Placed], escaping: Escaping) {
    let bytes = Array(text.utf8)
    var index = skipSpace(bytes, 0)
    let isDirective = bytes[index...].starts(with: Array("log_format".utf8))
    let isQuoted = index < bytes.count && (bytes[index] == UInt8(ascii: "'") || bytes[index] == UInt8(ascii: "\""))
    guard isDirective || isQuoted && closesAtEnd(bytes, index) else {
      return (bare(bytes), .backslash)
    }
    if isDirective {
      for _ in 0..<2 {  // the directive and the format's name
        while index < bytes.count, !isBlank(bytes[index]) { index += 1 }
        index = skipSpace(bytes, index)
      }
    }
    var (value, escaping): ([Placed], Escaping) = ([], .backslash)
    while index < bytes.count, bytes[index] != UInt8(ascii: ";") {
      let start = index
      let token = try token(bytes, &index)
      let word = String(decoding: token.map(\.byte), as: UTF8.self)
      if value.isEmpty, word.hasPrefix("escape="), bytes[start] == UInt8(ascii: "e") {
        switch word {
        case "escape=none": escaping = .none
        case "escape=default", "escape=json": escaping = .backslash
        default:
          throw AssayError(
            .settings, "“\(word)” is none of escape=default, escape=json and escape=none",
            at: .init(source: "nginx log_format", column: start + 1))
        }
      } else {
        value += token
      }
      index = skipSpace(bytes, index)
    }
    if value.isEmpty {
      throw AssayError(
        .settings, "the log_format has no value: paste the whole directive, up to its semicolon",
        at: .init(source: "nginx log_format", column: bytes.count))
    }
    return (value, escaping)
  }

  /// One word of the configuration, without its quotation marks and with its escapes resolved.
  private static func token(_ bytes: [UInt8], _ index: inout Int) throws(AssayError) -> [Placed] {
    var token: [Placed] = []
    let mark = bytes[index]
    let isQuoted = mark == UInt8(ascii: "'") || mark == UInt8(ascii: "\"")
    let start = index
    if isQuoted { index += 1 }
    while index < bytes.count {
      let byte = bytes[index]
      if isQuoted ? byte == mark : isBlank(byte) || byte == UInt8(ascii: ";") { break }
      if byte == UInt8(ascii: "\\"), index + 1 < bytes.count {
        index += 1
        token += escaped(bytes, index)
      } else {
        token.append((byte, index))
      }
      index += 1
    }
    if isQuoted {
      guard index < bytes.count else {
        throw AssayError(
          .settings, "the quotation mark that opens here is never closed",
          at: .init(source: "nginx log_format", column: start + 1))
      }
      index += 1
    }
    return token
  }

  /// The value without its quotation marks: the same escapes, since it was taken out of a configuration.
  private static func bare(_ bytes: [UInt8]) -> [Placed] {
    var value: [Placed] = []
    var index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "\\"), index + 1 < bytes.count {
        index += 1
        value += escaped(bytes, index)
      } else {
        value.append((bytes[index], index))
      }
      index += 1
    }
    return value
  }

  /// What a backslash and the byte behind it stand for (`ngx_conf_read_token`); others stay two bytes.
  private static func escaped(_ bytes: [UInt8], _ index: Int) -> [Placed] {
    switch bytes[index] {
    case UInt8(ascii: "t"): [(9, index)]
    case UInt8(ascii: "n"): [(10, index)]
    case UInt8(ascii: "r"): [(13, index)]
    case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "\\"), UInt8(ascii: " "): [(bytes[index], index)]
    default: [(UInt8(ascii: "\\"), index - 1), (bytes[index], index)]
    }
  }

  /// Whether a text that begins with a quotation mark is quoted as a whole (rather than a format that happens to begin
  /// with a quoted field).
  private static func closesAtEnd(_ bytes: [UInt8], _ start: Int) -> Bool {
    var end = bytes.count
    while end > start, isBlank(bytes[end - 1]) || bytes[end - 1] == UInt8(ascii: ";") { end -= 1 }
    guard end - start >= 2, bytes[end - 1] == bytes[start] else { return false }
    // Inside a whole that is quoted with ", the same mark is escaped; inside '…' it does not occur in practice.
    var (index, isOpen) = (start, false)
    while index < end {
      if bytes[index] == UInt8(ascii: "\\") {
        index += 1
      } else if bytes[index] == bytes[start] {
        isOpen.toggle()
      } else if !isOpen, !isBlank(bytes[index]) {
        return false
      }
      index += 1
    }
    return !isOpen
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 32 || byte &- 9 < 5 }

  private static func skipSpace(_ bytes: [UInt8], _ start: Int) -> Int {
    var index = start
    while index < bytes.count, isBlank(bytes[index]) { index += 1 }
    return index
  }
}

extension FormatCatalog {
  /// A format in nginx's words.
  package static func nginx(_ text: String) throws(AssayError) -> ResolvedFormat {
    ResolvedFormat(
      try NginxDialect.pattern(text, id: "nginx-format"), title: "nginx log_format as given",
      reference: "https://nginx.org/en/docs/http/ngx_http_log_module.html#log_format")
  }
}
