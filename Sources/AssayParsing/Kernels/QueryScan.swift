/// Finds the wanted parameters of a query in which nothing is percent-encoded and after which at least eight more bytes
/// stand; `Request.scanQuery` is the readable version for every other query, and a test holds the two together.
///
/// The busiest loop over bytes that is not the C library's: pointers instead of spans, since bounds checks on names,
/// values and table more than doubled it.
///
/// - Parameters:
///   - given: the parameters found before.
///   - pieces: gets the place of every wanted parameter that is found, the first of equal names.
/// - Returns: `given` with the bits of those that were found.
/// - Complexity: O(end − start).
@inline(never)
func scanPlainParameters(
  _ bytes: Span<UInt8>, from start: Int, to end: Int, _ names: NameTable, _ given: UInt64, _ pieces: inout [Piece]
) -> UInt64 {
  precondition(start >= 0 && end >= 0 && end <= bytes.count &- 8, "eight bytes must stand behind a plain query")
  precondition(pieces.count == Request.maximumValues, "every ordinal must have its piece")
  return unsafe bytes.withUnsafeBytes { buffer in
    unsafe names.entries.withUnsafeBufferPointer { entries in
      unsafe pieces.withUnsafeMutableBufferPointer { pieces in
        guard let base = buffer.baseAddress, let table = entries.baseAddress, let row = pieces.baseAddress else {
          return given
        }
        // Safe because every load begins below end and so ends inside the bytes; the mask keeps places inside the
        // table; and ordinals are below the number of bits, which is the number of pieces.
        return unsafe scan(base, start, end, table, names, given, row)
      }
    }
  }
}

@inline(__always)
private func scan(
  _ base: UnsafeRawPointer, _ start: Int, _ end: Int, _ table: UnsafePointer<NameTable.Entry>, _ names: NameTable,
  _ given: UInt64, _ pieces: UnsafeMutablePointer<Piece>
) -> UInt64 {
  let (equals, ampersand) = (broadcast(UInt8(ascii: "=")), broadcast(UInt8(ascii: "&")))
  let mask = names.mask
  var found = given
  var place = start
  while place < end {
    let head = unsafe base.loadUnaligned(fromByteOffset: place, as: UInt64.self)
    var stops = zeroBytes(head ^ equals) | zeroBytes(head ^ ampersand)
    var nameEnd = place
    while stops == 0 {
      nameEnd &+= 8
      if nameEnd >= end { break }
      let next = unsafe base.loadUnaligned(fromByteOffset: nameEnd, as: UInt64.self)
      stops = zeroBytes(next ^ equals) | zeroBytes(next ^ ampersand)
    }
    nameEnd = min(stops == 0 ? end : nameEnd &+ stops.trailingZeroBitCount &>> 3, end)
    var (valueStart, valueEnd) = (nameEnd, nameEnd)
    if unsafe nameEnd < end && base.load(fromByteOffset: nameEnd, as: UInt8.self) == UInt8(ascii: "=") {
      valueStart = nameEnd &+ 1
      valueEnd = valueStart
      while valueEnd < end {
        let next = zeroBytes(unsafe base.loadUnaligned(fromByteOffset: valueEnd, as: UInt64.self) ^ ampersand)
        if next != 0 {
          valueEnd &+= next.trailingZeroBitCount &>> 3
          break
        }
        valueEnd &+= 8
      }
      valueEnd = min(valueEnd, end)
    }
    let length = nameEnd &- place
    let key = lowBytes(head, length)
    var cell = NameTable.place(key, length, mask: mask)
    var entry = unsafe table[cell]
    while entry.length != 0 {
      if entry.head == key, Int(entry.length) == length,
        unsafe length <= 8 || names.isLong(entry.ordinal, UnsafeRawBufferPointer(start: base + place, count: length))
      {
        let bit: UInt64 = 1 &<< UInt64(truncatingIfNeeded: entry.ordinal)
        if found & bit == 0 {
          found |= bit
          unsafe pieces[Int(entry.ordinal)] = Piece(valueStart, valueEnd)
        }
        break
      }
      cell = (cell &+ 1) & mask
      entry = unsafe table[cell]
    }
    place = valueEnd &+ 1
  }
  return found
}

extension NameTable {
  /// Whether a name of more than eight bytes, whose head and length fit, is the one with an ordinal.
  fileprivate func isLong(_ ordinal: Int32, _ name: UnsafeRawBufferPointer) -> Bool {
    // Safe because the buffer covers the name and is only read.
    unsafe longNames[ordinal]?.elementsEqual(name) ?? false
  }
}
