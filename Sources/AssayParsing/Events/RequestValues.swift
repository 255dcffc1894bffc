/// The wanted values of one request: query parameters, packed parameters and cookies share one row of ordinals.
struct RequestValues {
  /// How many values a profile may look for: the bits of `given`.
  static let maximum = 64

  private var pieces = InlineArray<64, Piece>(repeating: .none)
  /// Bit n: the value with ordinal n is there (it may be empty).
  private(set) var given: UInt64 = 0

  /// Forgets the last request.
  @inline(__always)
  mutating func reset() { given = 0 }

  /// Keeps a value, unless there is one: of repeated names the first counts.
  @inline(__always)
  mutating func keep(_ ordinal: Int, _ piece: Piece) {
    let bit: UInt64 = 1 << UInt64(truncatingIfNeeded: ordinal)
    if given & bit != 0 { return }
    given |= bit
    pieces[ordinal] = piece
  }

  /// A value, or nil where the request has none.
  @inline(__always)
  subscript(_ ordinal: Int) -> Piece? {
    given & 1 << UInt64(truncatingIfNeeded: ordinal) == 0 ? nil : pieces[ordinal]
  }
}

extension RequestValues {
  /// Takes the wanted parameters out of a query: `name=value` joined by `&`, a name without `=` having an empty
  /// value. One pass, eight bytes at a time; names that are percent-encoded are decoded first.
  ///
  /// - Complexity: O(to − from).
  @inline(__always)
  mutating func scanQuery(
    _ bytes: Span<UInt8>, from start: Int, to end: Int, _ names: NameTable, _ scratch: inout [UInt8]
  ) {
    var place = start
    while place < end {
      let head = word(bytes, at: place)
      var nameEnd = place
      var isEncoded = false
      var current = head
      while true {
        let stops =
          zeroBytes(current ^ broadcast(UInt8(ascii: "="))) | zeroBytes(current ^ broadcast(UInt8(ascii: "&")))
        let codes =
          zeroBytes(current ^ broadcast(UInt8(ascii: "%"))) | zeroBytes(current ^ broadcast(UInt8(ascii: "+")))
        if stops != 0 {
          isEncoded = isEncoded || codes & ((stops & (0 &- stops)) &- 1) != 0
          nameEnd &+= stops.trailingZeroBitCount >> 3
          break
        }
        isEncoded = isEncoded || codes != 0
        nameEnd &+= 8
        if nameEnd >= end { break }
        current = word(bytes, at: nameEnd)
      }
      if nameEnd > end { nameEnd = end }
      var valueEnd = nameEnd
      var encoding = Piece.Encoding.plain
      let valueStart = nameEnd < end && bytes[nameEnd] == UInt8(ascii: "=") ? nameEnd &+ 1 : nameEnd
      if valueStart > nameEnd {
        valueEnd = valueStart
        while valueEnd < end {
          current = word(bytes, at: valueEnd)
          let stops = zeroBytes(current ^ broadcast(UInt8(ascii: "&")))
          let codes =
            zeroBytes(current ^ broadcast(UInt8(ascii: "%"))) | zeroBytes(current ^ broadcast(UInt8(ascii: "+")))
          if codes & ((stops & (0 &- stops)) &- 1) != 0 { encoding = .form }
          if stops != 0 {
            valueEnd &+= stops.trailingZeroBitCount >> 3
            break
          }
          valueEnd &+= 8
        }
        if valueEnd > end { valueEnd = end }
      }
      if nameEnd > place {
        let ordinal =
          isEncoded
          ? findEncoded(Piece(place, nameEnd, .form), of: bytes, names, &scratch)
          : names.find(
            head: lowBytes(head, nameEnd &- place), bytes, from: place, length: nameEnd &- place)
        if ordinal >= 0 { keep(ordinal, Piece(valueStart, valueEnd, encoding)) }
      }
      place = valueEnd &+ 1
    }
  }

  private func findEncoded(_ name: Piece, of bytes: Span<UInt8>, _ names: NameTable, _ scratch: inout [UInt8]) -> Int {
    withText(name, of: bytes, &scratch) { text, start, end in names.find(text, from: start, to: end) }
  }

  /// Takes the wanted names out of a parameter that packs several (see `Place.packed`): a digit, a delimiter of so
  /// many bytes, then `name=value` joined by it. A value keeps its percent-encoding until it is read.
  ///
  /// - Complexity: O(length × delimiter).
  mutating func scanPacked(_ bytes: Span<UInt8>, _ whole: Piece, _ names: NameTable) {
    let end = whole.upper
    guard whole.length > 1, bytes[whole.lower] &- 48 < 10 else { return }
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
    let isEncoded = firstIndex(of: UInt8(ascii: "%"), in: bytes, from: start, to: end) >= 0
    return Piece(start, end, isEncoded ? .percent : .plain)
  }
}
