/// Finding the wanted values among all.
extension Request {
  /// Takes the wanted parameters out of the query: `name=value` joined by `&`, a name without `=` having an empty
  /// value. Names that are percent-encoded are decoded first.
  ///
  /// - Complexity: O(length of the query).
  @inline(__always)
  mutating func scanQuery(_ bytes: Span<UInt8>, _ names: NameTable, _ scratch: inout [UInt8]) {
    let (start, end) = (query.lower, query.upper)
    if end &+ 8 <= bytes.count, bytes.count >= 64 {
      let scan = scanParameters(bytes, from: start, to: end, names, values, row: Int(pathFacts.page))
      given = scan.found
      isPlain = isPlain && scan.isPlain
      if !scan.hasCodedName { return }
      given = 0
    }
    isPlain = isPlain && AssayParsing.isPlain(bytes, from: start, to: end)
    scanEncodedQuery(bytes, names, &scratch)
  }

  /// The same for any query.
  @inline(never)
  mutating func scanEncodedQuery(_ bytes: Span<UInt8>, _ names: NameTable, _ scratch: inout [UInt8]) {
    let end = query.upper
    var place = query.lower
    while place < end {
      let found = firstIndex(of: UInt8(ascii: "&"), in: bytes, from: place, to: end)
      let stop = found < 0 ? end : found
      let equals = firstIndex(of: UInt8(ascii: "="), in: bytes, from: place, to: stop)
      let nameEnd = equals < 0 ? stop : equals
      let ordinal = withText(Request.formPiece(bytes, from: place, to: nameEnd), of: bytes, &scratch) {
        text, start, end in names.find(text, from: start, to: end)
      }
      if ordinal >= 0 { keep(ordinal, Request.formPiece(bytes, from: equals < 0 ? stop : equals + 1, to: stop)) }
      place = stop + 1
    }
  }

  /// A piece that is form-encoded if it holds a `%` or `+`.
  private static func formPiece(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> Piece {
    let isEncoded =
      firstIndex(of: UInt8(ascii: "%"), in: bytes, from: start, to: end) >= 0
      || firstIndex(of: UInt8(ascii: "+"), in: bytes, from: start, to: end) >= 0
    return Piece(start, end, isEncoded ? .form : .plain)
  }

  /// Takes the wanted names out of a parameter that packs several (see `Place.packed`): a digit, a delimiter of so
  /// many bytes, then `name=value` joined by it. A value keeps its percent-encoding until it is read.
  ///
  /// - Complexity: O(length × delimiter).
  mutating func scanPacked(_ bytes: Span<UInt8>, _ whole: Piece, _ names: NameTable) {
    let end = whole.upper
    guard whole.count > 1, bytes[whole.lower] &- 48 < 10 else { return }
    let delimiter = (start: whole.lower + 1, count: Int(bytes[whole.lower] &- 48))
    guard delimiter.count > 0, delimiter.start + delimiter.count <= end else { return }
    let first = bytes[delimiter.start]
    var place = delimiter.start + delimiter.count
    while place < end {
      var stop = place
      while true {
        stop = firstIndex(of: first, in: bytes, from: stop, to: end)
        if stop < 0 || stop + delimiter.count > end {
          stop = end
          break
        }
        if sameBytes(bytes, at: stop, bytes, at: delimiter.start, count: delimiter.count) { break }
        stop += 1
      }
      let equals = firstIndex(of: UInt8(ascii: "="), in: bytes, from: place, to: stop)
      let nameEnd = equals < 0 ? stop : equals
      let ordinal = names.find(bytes, from: place, to: nameEnd)
      if ordinal >= 0 {
        keep(ordinal, Piece(equals < 0 ? stop : equals + 1, stop, whole.encoding))
      }
      place = stop + delimiter.count
    }
  }

  /// Takes the wanted cookies out of a `Cookie` header (RFC 6265 §4.2.1): `name=value` joined by `; `; quotes around
  /// a value are not part of it.
  ///
  /// - Complexity: O(n).
  mutating func scanCookies(_ bytes: Span<UInt8>, from start: Int, to end: Int, _ names: NameTable) {
    var place = start
    while place < end {
      let found = firstIndex(of: UInt8(ascii: ";"), in: bytes, from: place, to: end)
      let stop = found < 0 ? end : found
      while place < stop, bytes[place] == UInt8(ascii: " ") { place += 1 }
      let equals = firstIndex(of: UInt8(ascii: "="), in: bytes, from: place, to: stop)
      if equals > place {
        let ordinal = names.find(bytes, from: place, to: equals)
        if ordinal >= 0 { keep(ordinal, cookieValue(bytes, from: equals + 1, to: stop)) }
      }
      place = stop + 1
    }
  }

  private func cookieValue(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> Piece {
    var (start, end) = (start, end)
    while end > start, bytes[end - 1] == UInt8(ascii: " ") { end -= 1 }
    let quote = UInt8(ascii: "\"")
    if end - start >= 2, bytes[start] == quote, bytes[end - 1] == quote { (start, end) = (start + 1, end - 1) }
    return Request.encodedPiece(bytes, from: start, to: end)
  }
}
