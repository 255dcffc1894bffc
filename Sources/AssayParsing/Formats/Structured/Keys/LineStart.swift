/// What may stand before the first byte that says something.
package enum LineStart {
  /// The index after the byte order mark with which some editors and exports begin a file (RFC 3629 §6), or 0.
  static func afterByteOrderMark(_ line: Span<UInt8>) -> Int {
    line.count >= 3 && line[0] == 0xef && line[1] == 0xbb && line[2] == 0xbf ? 3 : 0
  }

  /// Whether there is nothing but spaces and tabs from `start` on.
  package static func isBlank(_ line: Span<UInt8>, from start: Int = 0) -> Bool {
    for index in start..<line.count where line[index] != 0x20 && line[index] != 0x09 { return false }
    return true
  }
}
