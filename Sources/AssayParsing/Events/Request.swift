internal import AssayModel

/// What is located of one record before anything is taken from it.
struct Request {
  var method = RequestMethod.none
  var methodPiece = Piece.none
  /// Path, or the whole target where it is no path (`*`, `host:port`).
  var path = Piece.none
  var query = Piece.none
  /// Host that was asked, without port.
  var host = Piece.none
  var referrer: Piece?
  /// HTTP status, 0 for none.
  var status: UInt16 = 0
  var values = RequestValues()
  /// Where the bytes of `LineFields.scratch` begin in the bytes at work.
  var scratchStart = 0

  /// A field of the line, or nil.
  @inline(__always)
  func piece(_ field: Field, _ fields: LineFields) -> Piece? { piece(fields.range(field)) }

  @inline(__always)
  private func piece(_ range: FieldRange?) -> Piece? {
    guard let range else { return nil }
    let start = Int(range.start) &+ (range.inScratch ? scratchStart : 0)
    return Piece(start, start &+ Int(range.count))
  }

  /// What stands at a place, or nil.
  @inline(__always)
  func piece(at place: CompiledPlace, _ bytes: Span<UInt8>, _ fields: LineFields) -> Piece? {
    if place.source == .value { return values[Int(place.index)] }
    return otherPiece(at: place, bytes, fields)
  }

  private func otherPiece(at place: CompiledPlace, _ bytes: Span<UInt8>, _ fields: LineFields) -> Piece? {
    switch place.source {
    case .value: return nil
    case .column: return piece(fields.range(column: Int(place.index)))
    case .segment: return segment(Int(place.index), bytes)
    case .host: return host.count > 0 ? host : nil
    case .referrerHost:
      guard let referrer else { return nil }
      let found = Request.authority(bytes, from: referrer.lower, to: referrer.upper)
      return found.map { Request.host(bytes, from: $0.lowerBound, to: $0.upperBound) }
    }
  }

  /// The n-th segment of the path from 1, or from its end with −1.
  private func segment(_ number: Int, _ bytes: Span<UInt8>) -> Piece? {
    let slash = UInt8(ascii: "/")
    var left = abs(number)
    var (start, end) = (path.lower, path.upper)
    if number > 0 {
      if start < end, bytes[start] == slash { start += 1 }
      while true {
        let found = firstIndex(of: slash, in: bytes, from: start, to: end)
        left -= 1
        if left == 0 { return percentPiece(bytes, from: start, to: found < 0 ? end : found) }
        if found < 0 { return nil }
        start = found + 1
      }
    }
    while true {
      var place = end
      while place > start, bytes[place - 1] != slash { place -= 1 }
      left -= 1
      if left == 0 { return percentPiece(bytes, from: place, to: end) }
      if place <= start { return nil }
      end = place - 1
    }
  }

  private func percentPiece(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> Piece? {
    if start >= end { return nil }
    let isEncoded = firstIndex(of: UInt8(ascii: "%"), in: bytes, from: start, to: end) >= 0
    return Piece(start, end, isEncoded ? .percent : .plain)
  }
}

extension Request {
  /// Finds method, target, host, status and referrer in the fields of a line.
  ///
  /// - Complexity: O(length of the target).
  @inline(__always)
  mutating func locate(_ bytes: Span<UInt8>, _ fields: LineFields) {
    (path, query, host) = (.none, .none, .none)
    values.reset()
    methodPiece = piece(.method, fields) ?? .none
    method = RequestMethod(bytes, from: methodPiece.lower, to: methodPiece.upper)
    status = Request.status(bytes, piece(.status, fields) ?? .none)
    referrer = piece(.referrer, fields)
    if let field = piece(.host, fields), !field.isBlank(bytes) {
      host = Request.host(bytes, from: field.lower, to: field.upper)
    }
    if let target = piece(.target, fields) {
      split(bytes, from: target.lower, to: target.upper)
    } else {
      path = piece(.path, fields) ?? .none
      if path.isBlank(bytes) { path = .none }
    }
    if query.count == 0, let field = piece(.query, fields), !field.isBlank(bytes) { query = field }
  }

  /// Splits a request target (RFC 9112 §3.2): origin form, absolute form, or neither.
  @inline(__always)
  private mutating func split(_ bytes: Span<UInt8>, from first: Int, to end: Int) {
    var start = first
    if start < end, bytes[start] != UInt8(ascii: "/"),
      let authority = Request.authority(bytes, from: start, to: end)
    {
      host = Request.host(bytes, from: authority.lowerBound, to: authority.upperBound)
      start = authority.upperBound
    }
    let mark = firstIndex(of: UInt8(ascii: "?"), in: bytes, from: start, to: end)
    path = Piece(start, mark < 0 ? end : mark)
    if path.isBlank(bytes) { path = .none }
    if mark >= 0 { query = Piece(mark &+ 1, end) }
  }

  /// The authority of an absolute URL, or nil.
  static func authority(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> Range<Int>? {
    var place = start
    while place < end, bytes[place] | 0x20 &- 97 < 26 || place > start && isSchemeByte(bytes[place]) { place += 1 }
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

  private static func isSchemeByte(_ byte: UInt8) -> Bool {
    byte &- 48 < 10 || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
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
