internal import AssayModel

/// What is located of one record before anything is taken from it: pieces of the bytes at work.
struct Request: Sendable {
  /// How many values a profile may look for: the bits of `given`.
  static let maximumValues = RequestValues.count

  var method = RequestMethod.none
  var methodPiece = Piece.none
  /// Path, or the whole target where it is no path (`*`, `host:port`).
  var path = Piece.none
  var query = Piece.none
  /// What follows from the path alone.
  var pathFacts: PathFacts
  /// Whether neither path nor query holds a `%`, `+`, `[` or `{`: nothing to decode, no macro.
  var isPlain = true
  /// Host that was asked, without port.
  var host = Piece.none
  /// HTTP status, 0 for none.
  var status: UInt16 = 0
  /// Bit n: the wanted value with ordinal n is there (it may be empty).
  var given: UInt64 = 0
  let values = RequestValues()
  private var paths: PathCache

  /// No request yet, of a profile with these conditions.
  init(_ conditions: ConditionTable) {
    let nothing: [UInt8] = []
    pathFacts = PathFacts(nothing.span, .none, conditions)
    paths = PathCache(filler: pathFacts)
  }

  /// Keeps a value, unless there is one: of repeated names the first counts.
  @inline(__always)
  mutating func keep(_ ordinal: Int, _ piece: Piece) {
    let bit: UInt64 = 1 &<< UInt64(truncatingIfNeeded: ordinal)
    if given & bit != 0 { return }
    given |= bit
    values[ordinal] = piece
  }

  /// A wanted value, or `.none` where the request has none or it is empty.
  @inline(__always)
  func value(_ ordinal: Int) -> Piece {
    given & (1 &<< UInt64(truncatingIfNeeded: ordinal)) == 0 ? .none : values[ordinal]
  }

  /// A wanted value, or nil where the request has none.
  @inline(__always)
  subscript(_ ordinal: Int) -> Piece? {
    given & (1 &<< UInt64(truncatingIfNeeded: ordinal)) == 0 ? nil : values[ordinal]
  }

  /// Forgets the last request and begins with what the line's fields say of this one; a field that is missing is
  /// `.none`.
  ///
  /// - Complexity: O(length of the target).
  @inline(__always)
  mutating func locate(
    _ bytes: Span<UInt8>, method: Piece, status: Piece, host: Piece, target: Piece?, path: Piece, query: Piece,
    _ conditions: ConditionTable
  ) {
    given = 0
    methodPiece = method
    self.method = RequestMethod(bytes, from: method.lower, to: method.upper)
    self.status = Request.status(bytes, status)
    self.host = host.isBlank(bytes) ? .none : Request.host(bytes, from: host.lower, to: host.upper)
    self.path = path.isBlank(bytes) ? .none : path
    self.query = query.isBlank(bytes) ? .none : query
    if let target { split(bytes, from: target.lower, to: target.upper) }
    pathFacts = paths.facts(of: self.path, bytes, conditions)
    isPlain = pathFacts.isPlain
  }

  /// Splits a request target (RFC 9112 §3.2): origin form, absolute form, or neither.
  @inline(__always)
  private mutating func split(_ bytes: Span<UInt8>, from first: Int, to end: Int) {
    var start = first
    if start < end, bytes[start] != UInt8(ascii: "/"), let authority = Request.authority(bytes, from: start, to: end) {
      host = Request.host(bytes, from: authority.lowerBound, to: authority.upperBound)
      start = authority.upperBound
    }
    let mark = firstIndex(of: UInt8(ascii: "?"), in: bytes, from: start, to: end)
    path = Piece(start, mark < 0 ? end : mark)
    if path.isBlank(bytes) { path = .none }
    if mark >= 0 { query = Piece(mark &+ 1, end) }
  }

  /// A status code, 0 where there is none or none that is sensible.
  @inline(__always)
  private static func status(_ bytes: Span<UInt8>, _ piece: Piece) -> UInt16 {
    guard piece.count == 3 else { return 0 }
    var status: UInt16 = 0
    for index in piece.lower..<piece.upper {
      let digit = bytes[index] &- 48
      if digit > 9 { return 0 }
      status = status &* 10 &+ UInt16(digit)
    }
    return status
  }
}

/// Parts of URLs.
extension Request {
  /// The authority of an absolute URL, or nil.
  static func authority(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> Range<Int>? {
    var place = start
    while place < end, isSchemeByte(bytes[place]) { place += 1 }
    guard place > start, end - place >= 3, bytes[place] == UInt8(ascii: ":"),
      bytes[place + 1] == UInt8(ascii: "/"), bytes[place + 2] == UInt8(ascii: "/")
    else { return nil }
    var stop = place + 3
    while stop < end, bytes[stop] != UInt8(ascii: "/"), bytes[stop] != UInt8(ascii: "?"),
      bytes[stop] != UInt8(ascii: "#")
    {
      stop += 1
    }
    return place + 3..<stop
  }

  /// The page that a referrer names, as `Event.document` keeps it. A site alone, which is all that most browsers tell
  /// other sites by themselves (strict-origin-when-cross-origin, W3C Referrer Policy), is no page.
  ///
  /// - Complexity: O(length of the referrer).
  @inline(__always)
  static func document(_ bytes: Span<UInt8>, _ referrer: Piece) -> UInt16 {
    // “https://a.b/”: three slashes, the last of which must not be the end.
    var slashes = 0
    var index = referrer.lower
    while index < referrer.upper, slashes < 3 {
      if bytes[index] == UInt8(ascii: "/") { slashes += 1 }
      index += 1
    }
    guard slashes == 3, index < referrer.upper else { return 0 }
    // Behind the path comes what differs where the page does not.
    let query = firstIndex(of: UInt8(ascii: "?"), in: bytes, from: index, to: referrer.upper)
    let end = query < 0 ? referrer.upper : query
    let hash = UInt16(truncatingIfNeeded: stableHash(bytes, from: referrer.lower, to: end))
    return hash == 0 ? 1 : hash
  }

  private static func isSchemeByte(_ byte: UInt8) -> Bool {
    (byte | 0x20) &- 97 < 26 || byte &- 48 < 10 || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")
      || byte == UInt8(ascii: ".")
  }

  /// The host of an authority: without user, port and brackets.
  static func host(_ bytes: Span<UInt8>, from first: Int, to last: Int) -> Piece {
    var (start, end) = (first, last)
    let at = firstIndex(of: UInt8(ascii: "@"), in: bytes, from: start, to: end)
    if at >= 0 { start = at + 1 }
    if start < end, bytes[start] == UInt8(ascii: "[") {
      let closing = firstIndex(of: UInt8(ascii: "]"), in: bytes, from: start, to: end)
      if closing >= 0 { (start, end) = (start + 1, closing) }
    } else {
      let colon = firstIndex(of: UInt8(ascii: ":"), in: bytes, from: start, to: end)
      if colon >= 0 { end = colon }
    }
    for index in start..<end where bytes[index] &- 65 < 26 { return Piece(start, end, .caseless) }
    return Piece(start, end)
  }

  /// The n-th segment of the path from 1, or from its end with −1; nil where there is none.
  func segment(_ number: Int, _ bytes: Span<UInt8>) -> Piece? {
    let slash = UInt8(ascii: "/")
    var left = abs(number)
    var (start, end) = (path.lower, path.upper)
    if number > 0 {
      if start < end, bytes[start] == slash { start += 1 }
      while true {
        let found = firstIndex(of: slash, in: bytes, from: start, to: end)
        left -= 1
        if left == 0 { return Request.encodedPiece(bytes, from: start, to: found < 0 ? end : found) }
        if found < 0 { return nil }
        start = found + 1
      }
    }
    while true {
      var place = end
      while place > start, bytes[place - 1] != slash { place -= 1 }
      left -= 1
      if left == 0 { return Request.encodedPiece(bytes, from: place, to: end) }
      if place <= start { return nil }
      end = place - 1
    }
  }

  /// A piece that is percent-encoded if it holds a `%`.
  static func encodedPiece(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> Piece {
    let isEncoded = firstIndex(of: UInt8(ascii: "%"), in: bytes, from: start, to: end) >= 0
    return Piece(start, end, isEncoded ? .percent : .plain)
  }
}
