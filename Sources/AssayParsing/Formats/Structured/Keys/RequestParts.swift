/// The parts of `GET /path?query HTTP/1.1` (RFC 9112 §3), as far as they are there: logs keep what clients sent, and
/// scanners send anything.
struct RequestParts: Equatable {
  /// The method, where a token (RFC 9110 §5.6.2) stands before a space; empty where the request is.
  var method: Range<Int>?
  /// The target; all of the text where there is no method. May contain spaces.
  var target: Range<Int>
  /// `HTTP/1.1`, where it stands at the end.
  var version: Range<Int>?

  /// Reads `bytes[start..<end]`.
  init(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) {
    target = start..<end
    if start == end { method = start..<end }
    let space = firstIndex(of: UInt8(ascii: " "), in: bytes, from: start, to: end)
    guard space > start, RequestParts.isToken(bytes, start, space) else { return }
    method = start..<space
    target = space + 1..<end
    var last = end - 1
    while last > space, bytes[last] != UInt8(ascii: " ") { last -= 1 }
    if RequestParts.isVersion(bytes, last + 1, end) {
      version = last + 1..<end
      target = min(space + 1, last)..<last
    }
  }

  private static func isToken(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    for index in start..<end {
      let byte = bytes[index]
      guard (byte | 0x20) &- 0x61 < 26 || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") else { return false }
    }
    return true
  }

  private static func isVersion(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    guard end - start >= 6 else { return false }
    let isHTTP =
      bytes[start] | 0x20 == UInt8(ascii: "h") && bytes[start + 1] | 0x20 == UInt8(ascii: "t")
      && bytes[start + 2] | 0x20 == UInt8(ascii: "t") && bytes[start + 3] | 0x20 == UInt8(ascii: "p")
    return isHTTP && bytes[start + 4] == UInt8(ascii: "/")
  }
}
