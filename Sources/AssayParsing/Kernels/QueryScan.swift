/// Finds the wanted parameters of a query in which nothing is percent-encoded and after which at least eight more bytes
/// stand; `Request.scanQuery` is the readable version for every other query, and a test holds the two together.
///
/// The busiest loop over bytes that is not the C library's. Pointers instead of spans, since bounds checks on names,
/// values and table more than doubled it; and a guess, since one ad server writes the parameters of one beacon in one
/// order: the n-th parameter has the name that the n-th of the last query of this path had, or it is looked up.
///
/// - Parameters:
///   - pieces: gets the place of every wanted parameter that is found, the first of equal names.
///   - guesses: rows of `Request.guessesInRow`, for each place in a query the entry of `names` that stood there last;
///     any values will do.
///   - row: the row to use, one for each path.
/// - Returns: a bit for each parameter that was found.
/// - Complexity: O(end − start).
@inline(never)
func scanPlainParameters(
  _ bytes: Span<UInt8>, from start: Int, to end: Int, _ names: NameTable, _ pieces: inout [Piece],
  _ guesses: inout [Int32], row: Int
) -> UInt64 {
  precondition(start >= 0 && end >= 0 && end <= bytes.count &- 8, "eight bytes must stand behind a plain query")
  precondition(pieces.count == Request.maximumValues, "every ordinal must have its piece")
  precondition(row >= 0 && row < Request.guessRows && guesses.count == Request.guessRows * Request.guessesInRow)
  return unsafe bytes.withUnsafeBytes { buffer in
    unsafe names.entries.withUnsafeBufferPointer { entries in
      unsafe pieces.withUnsafeMutableBufferPointer { pieces in
        unsafe guesses.withUnsafeMutableBufferPointer { guesses in
          guard let base = buffer.baseAddress, let table = entries.baseAddress, let found = pieces.baseAddress,
            let first = guesses.baseAddress
          else { return 0 }
          // Safe because every load begins below end and so ends inside the bytes; the mask keeps places inside the
          // table; ordinals are below the number of bits, which is the number of pieces; and the row lies inside the
          // guesses, as checked above.
          return unsafe scan(base, start, end, table, names, found, first + row * Request.guessesInRow)
        }
      }
    }
  }
}

@inline(__always)
private func scan(
  _ base: UnsafeRawPointer, _ start: Int, _ end: Int, _ table: UnsafePointer<NameTable.Entry>, _ names: NameTable,
  _ pieces: UnsafeMutablePointer<Piece>, _ guesses: UnsafeMutablePointer<Int32>
) -> UInt64 {
  let mask = names.mask
  var found: UInt64 = 0
  var (place, number) = (start, 0)
  while place < end {
    let head = unsafe base.loadUnaligned(fromByteOffset: place, as: UInt64.self)
    let guess = unsafe table[number < Request.guessesInRow ? Int(truncatingIfNeeded: guesses[number]) & mask : 0]
    var (ordinal, valueStart) = (Int(guess.ordinal), place &+ Int(guess.length) &+ 1)
    // A name that ends behind the query is none of it.
    if head & guess.assignmentMask != guess.assignment || valueStart > end &+ 1 {
      let nameEnd = unsafe endOfName(base, place, end, head)
      let cell = unsafe find(base, place, nameEnd, head, table, names)
      ordinal = unsafe Int(table[cell].ordinal)
      if number < Request.guessesInRow { unsafe guesses[number] = Int32(truncatingIfNeeded: cell) }
      let hasValue = unsafe nameEnd < end && base.load(fromByteOffset: nameEnd, as: UInt8.self) == UInt8(ascii: "=")
      valueStart = hasValue ? nameEnd &+ 1 : nameEnd
    }
    var valueEnd = valueStart
    while valueEnd < end {
      let next = unsafe base.loadUnaligned(fromByteOffset: valueEnd, as: UInt64.self)
      let stops = zeroBytes(next ^ broadcast(UInt8(ascii: "&")))
      if stops != 0 {
        valueEnd &+= stops.trailingZeroBitCount &>> 3
        break
      }
      valueEnd &+= 8
    }
    // The last word, and a guess whose `=` stands just behind the end, may have led beyond it.
    (valueStart, valueEnd) = (min(valueStart, end), min(valueEnd, end))
    if ordinal >= 0 {
      let bit: UInt64 = 1 &<< UInt64(truncatingIfNeeded: ordinal)
      if found & bit == 0 {
        found |= bit
        unsafe pieces[ordinal] = Piece(valueStart, valueEnd)
      }
    }
    place = valueEnd &+ 1
    number &+= 1
  }
  return found
}

/// Where a name ends: before the next `=` or `&`, or with the query.
@inline(__always)
private func endOfName(_ base: UnsafeRawPointer, _ place: Int, _ end: Int, _ head: UInt64) -> Int {
  var (nameEnd, current) = (place, head)
  while true {
    let stops = zeroBytes(current ^ broadcast(UInt8(ascii: "="))) | zeroBytes(current ^ broadcast(UInt8(ascii: "&")))
    if stops != 0 { return min(nameEnd &+ stops.trailingZeroBitCount &>> 3, end) }
    nameEnd &+= 8
    if nameEnd >= end { return end }
    // Safe because eight bytes stand behind the end.
    current = unsafe base.loadUnaligned(fromByteOffset: nameEnd, as: UInt64.self)
  }
}

/// The entry of a name, or a free one.
@inline(__always)
private func find(
  _ base: UnsafeRawPointer, _ place: Int, _ nameEnd: Int, _ head: UInt64, _ table: UnsafePointer<NameTable.Entry>,
  _ names: NameTable
) -> Int {
  let length = nameEnd &- place
  let key = lowBytes(head, length)
  var cell = NameTable.place(key, length, mask: names.mask)
  // Safe because the mask keeps the cell inside the table, in which there is always a free one.
  while unsafe table[cell].length != 0 {
    let entry = unsafe table[cell]
    if entry.head == key, Int(entry.length) == length,
      unsafe length <= 8 || names.isLong(entry.ordinal, UnsafeRawBufferPointer(start: base + place, count: length))
    {
      break
    }
    cell = (cell &+ 1) & names.mask
  }
  return cell
}

extension NameTable {
  /// Whether a name of more than eight bytes, whose head and length fit, is the one with an ordinal.
  fileprivate func isLong(_ ordinal: Int32, _ name: UnsafeRawBufferPointer) -> Bool {
    // Safe because the buffer covers the name and is only read.
    unsafe longNames[ordinal]?.elementsEqual(name) ?? false
  }
}
