internal import AssayModel

/// Finds the impression id in a log line again: an event keeps only its hash, and the text of the line that has this
/// hash is the id, whatever format and profile say where it stands. That another text has it too is as likely as two
/// ids that meet (`StableHash`).
enum ImpressionFinder {
  /// The id whose hash an event carries; nil where no part of the line has it, as where a format writes it in a way of
  /// its own, or the line is made of thousands of separators.
  ///
  /// - Complexity: O(n) for a line of n bytes: besides its parts, at most `most` bytes of longer texts are tried.
  static func id(in line: [UInt8], hash: UInt64) -> String? {
    if hash == 0 { return nil }
    // Nearly every id stands between two separators, as it is, and has none in it.
    if let id = part(of: line, hash: hash) { return id }
    let readings = LineReading.all(of: line)
    for reading in readings.dropFirst() {
      if let id = part(of: reading, hash: hash) { return id }
    }
    for reading in readings {
      if let id = text(in: reading, hash: hash, budget: most / readings.count) { return id }
    }
    return nil
  }

  /// Bytes of an id that has separators in it at most: seven UUIDs joined by one. Our own choice.
  private static let longest = 256
  /// Bytes that are hashed for one line at most, parts aside: 23 times what a combined line of 263 bytes with 63
  /// separators needs, so that the several readings of a longer one have room too, and a hostile line costs milliseconds.
  private static let most = 4 << 20

  /// The text between one separator and the next that has the hash.
  private static func part(of line: [UInt8], hash: UInt64) -> String? {
    let bytes = line.span
    var start = 0
    while start < bytes.count {
      var end = start
      while end < bytes.count, !isSeparator(bytes, end) { end += 1 }
      if end > start, StableHash.of(bytes: bytes.extracting(start..<end)) == hash { return text(line[start..<end]) }
      start = end + 1
    }
    return nil
  }

  /// The text between any two separators that has the hash; nil too once so many bytes have been tried.
  private static func text(in line: [UInt8], hash: UInt64, budget: Int) -> String? {
    let bytes = line.span
    let ends = bytes.indices.filter { isSeparator(bytes, $0) } + [bytes.count]
    var (left, start, first) = (budget, 0, 0)
    while start < bytes.count {
      while ends[first] < start { first += 1 }
      for end in ends[first...] {
        if end - start > longest { break }
        left -= end - start
        if left < 0 { return nil }
        if end > start, StableHash.of(bytes: bytes.extracting(start..<end)) == hash { return text(line[start..<end]) }
      }
      start = ends[first] + 1
    }
    return nil
  }

  private static func text(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }

  /// What may end an id, or stand in it; two low lines part the values that Revive packs.
  private static func isSeparator(_ line: Span<UInt8>, _ index: Int) -> Bool {
    switch line[index] {
    case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\""), UInt8(ascii: "&"), UInt8(ascii: ","),
      UInt8(ascii: ";"), UInt8(ascii: "|"), UInt8(ascii: "\r"), UInt8(ascii: "="), UInt8(ascii: "?"),
      UInt8(ascii: "/"), UInt8(ascii: ":"), UInt8(ascii: "#"), UInt8(ascii: "\\"), UInt8(ascii: "'"),
      UInt8(ascii: "<"), UInt8(ascii: ">"):
      true
    case UInt8(ascii: "_"):
      index + 1 < line.count && line[index + 1] == UInt8(ascii: "_")
        || index > 0 && line[index - 1] == UInt8(ascii: "_")
    default: false
    }
  }
}
