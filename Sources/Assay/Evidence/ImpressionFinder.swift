internal import AssayModel

/// Finds the impression id in a log line again: an event keeps only its hash, and the text of the line that has this
/// hash is the id, whatever format and profile say where it stands. That another text has it too is as likely as two
/// ids that meet (`StableHash`).
enum ImpressionFinder {
  /// The id whose hash an event carries; nil where no part of the line has it, as where the format unescapes it in a
  /// way of its own.
  ///
  /// - Complexity: O(n) for a line of n bytes: a text is tried only up to the `ahead`-th separator behind its start.
  static func id(in line: [UInt8], hash: UInt64) -> String? {
    if hash == 0 { return nil }
    // Nearly every id stands between two separators and has none in it.
    return id(in: line, hash: hash, ahead: 1) ?? id(in: line, hash: hash, ahead: ahead)
  }

  /// How many parts of a line an id may be made of (`a:b/c`).
  private static let ahead = 8

  private static func id(in line: [UInt8], hash: UInt64, ahead: Int) -> String? {
    let bytes = line.span
    var start = 0
    while start < bytes.count {
      var (end, separators) = (start, 0)
      while separators < ahead {
        while end < bytes.count, !isSeparator(bytes, end) { end += 1 }
        if end > start, let id = text(bytes.extracting(start..<end), hash: hash) { return id }
        if end == bytes.count || isStrong(bytes[end]) { break }
        end += 1
        separators += 1
      }
      while start < bytes.count, !isSeparator(bytes, start) { start += 1 }
      start += 1
    }
    return nil
  }

  /// The text that some bytes stand for, if it has the hash: as they are, or decoded as in a URL.
  private static func text(_ bytes: Span<UInt8>, hash: UInt64) -> String? {
    if StableHash.of(bytes: bytes) == hash { return String(decoding: copy(bytes), as: UTF8.self) }
    var (hasPercent, hasPlus) = (false, false)
    for index in bytes.indices {
      if bytes[index] == UInt8(ascii: "%") { hasPercent = true }
      if bytes[index] == UInt8(ascii: "+") { hasPlus = true }
    }
    for plusIsSpace in [false, true] where plusIsSpace ? hasPlus : hasPercent {
      let decoded = decoded(copy(bytes), plusIsSpace: plusIsSpace)
      if StableHash.of(bytes: decoded.span) == hash { return String(decoding: decoded, as: UTF8.self) }
    }
    return nil
  }

  private static func copy(_ bytes: Span<UInt8>) -> [UInt8] { bytes.indices.map { bytes[$0] } }

  /// With `%41` and, in a query, `+` resolved (WHATWG URL, application/x-www-form-urlencoded).
  private static func decoded(_ bytes: [UInt8], plusIsSpace: Bool) -> [UInt8] {
    var (output, index) = ([UInt8](), 0)
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count, let high = hexDigit(bytes[index + 1]),
        let low = hexDigit(bytes[index + 2])
      {
        output.append(high << 4 | low)
        index += 3
      } else {
        output.append(bytes[index] == UInt8(ascii: "+") && plusIsSpace ? UInt8(ascii: " ") : bytes[index])
        index += 1
      }
    }
    return output
  }

  /// What ends an id in every format.
  private static func isStrong(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\""), UInt8(ascii: "&"), UInt8(ascii: ","),
      UInt8(ascii: ";"), UInt8(ascii: "|"), UInt8(ascii: "\r"):
      true
    default: false
    }
  }

  /// What may end an id, or stand in it; two low lines part the values that Revive packs.
  private static func isSeparator(_ line: Span<UInt8>, _ index: Int) -> Bool {
    switch line[index] {
    case UInt8(ascii: "="), UInt8(ascii: "?"), UInt8(ascii: "/"), UInt8(ascii: ":"), UInt8(ascii: "#"),
      UInt8(ascii: "\\"), UInt8(ascii: "'"):
      true
    case UInt8(ascii: "_"):
      index + 1 < line.count && line[index + 1] == UInt8(ascii: "_")
        || index > 0 && line[index - 1] == UInt8(ascii: "_")
    default: isStrong(line[index])
    }
  }
}
