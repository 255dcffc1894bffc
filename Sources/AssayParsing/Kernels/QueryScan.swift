/// What a scan of a query found.
struct QueryScan {
  /// A bit for each wanted parameter that is there.
  var found: UInt64 = 0
  /// Whether nothing in the query is encoded and no macro begins there.
  var isPlain = true
  /// Whether a name is encoded, so that the query must be read again by `Request.scanEncodedQuery`.
  var hasCodedName = false
}

/// Finds the wanted parameters of a query after which at least eight more bytes stand, in at least 64 bytes;
/// `Request.scanEncodedQuery` is the readable version for every other query, and a test holds the two together.
///
/// The busiest loop over bytes that is not the C library's. Pointers instead of spans, since bounds checks on names,
/// values and table more than doubled it; bit masks for where parameters end; and a guess, since one ad server writes the
/// parameters of one beacon in one order: a parameter has the name that last followed the one before it in a query of this
/// path, or it is looked up. So a parameter that is there or not costs one look-up, and not one for each behind it.
///
/// - Parameters:
///   - values: gets the place of every wanted parameter that is found, the first of equal names.
///   - row: which guesses to use, a number for each path.
/// - Complexity: O(end − start).
@inline(never)
func scanParameters(
  _ bytes: Span<UInt8>, from start: Int, to end: Int, _ names: NameTable, _ values: RequestValues, row: Int
) -> QueryScan {
  precondition(start >= 0 && end >= 0 && end <= bytes.count &- 8, "eight bytes must stand behind a query")
  precondition(bytes.count >= 64, "a look at 64 bytes must stay inside")
  if start >= end { return QueryScan() }
  let count = bytes.count
  return unsafe bytes.withUnsafeBytes { buffer in
    guard let base = buffer.baseAddress else { return QueryScan() }
    let guesses = unsafe values.guesses + (row & (RequestValues.rows &- 1)) * RequestValues.guessesInRow
    // Safe because every load begins below the end, and so ends inside the bytes.
    if end &- start < 16 {
      return unsafe scan(base, count, start, end, names, values.pieces, guesses, isPlain: false)
    }
    // Two copies of one loop: most queries
    // have nothing encoded, and then nothing has to be carried along about it.
    if unsafe isPlainText(base, from: start, to: end) {
      return unsafe scan(base, count, start, end, names, values.pieces, guesses, isPlain: true)
    }
    return unsafe scan(base, count, start, end, names, values.pieces, guesses, isPlain: false)
  }
}

@inline(__always)
private func scan(
  _ base: UnsafeRawPointer, _ count: Int, _ start: Int, _ end: Int, _ names: NameTable,
  _ pieces: UnsafeMutablePointer<Piece>, _ guesses: UnsafeMutablePointer<NameTable.Entry>, isPlain: Bool
) -> QueryScan {
  var result = QueryScan()
  var (place, number, window, follower) = (start, 0, start, RequestValues.count)
  var masks = unsafe QueryMasks(base, count: count, at: window, to: end, isPlain: isPlain)
  // Whether the parameter at hand has coded bytes in the windows before this one.
  var isCoded = false
  while place < end {
    let head = unsafe base.loadUnaligned(fromByteOffset: place, as: UInt64.self)
    // Safe because it is an ordinal below the number of values, or one of the 32 places behind them.
    let guess = unsafe guesses[follower]
    while masks.ampersands == 0, window &+ 64 < end {
      isCoded = isCoded || masks.coded != 0
      window &+= 64
      masks = unsafe QueryMasks(base, count: count, at: window, to: end, isPlain: isPlain)
    }
    var valueEnd = end
    if masks.ampersands != 0 {
      let stop = masks.ampersands & (0 &- masks.ampersands)
      valueEnd = window &+ stop.trailingZeroBitCount
      isCoded = isCoded || masks.coded & (stop &- 1) != 0
      masks.coded &= 0 &- stop
      masks.ampersands &= masks.ampersands &- 1
    } else {
      isCoded = isCoded || masks.coded != 0
    }

    var (ordinal, valueStart) = (Int(guess.ordinal), place &+ Int(guess.length) &+ 1)
    // A name whose `=` would stand behind the query is looked up: it has none.
    if head & guess.assignmentMask != guess.assignment || valueStart > valueEnd {
      let name = unsafe lookUp(base, place, valueEnd, names, isCoded)
      if name.cell < 0 {
        result.hasCodedName = true
        return result
      }
      let entry = names.entries[name.cell]
      unsafe guesses[follower] = entry
      ordinal = Int(entry.ordinal)
      valueStart = name.end < valueEnd ? name.end &+ 1 : name.end
    }
    number &+= 1
    follower = ordinal >= 0 ? ordinal : RequestValues.count &+ (number & 31)
    if ordinal >= 0 {
      let bit: UInt64 = 1 &<< UInt64(truncatingIfNeeded: ordinal)
      if result.found & bit == 0 {
        result.found |= bit
        // Safe because ordinals are below the number of bits, which is the number of pieces.
        unsafe pieces[ordinal] = Piece(valueStart, valueEnd, isCoded ? .form : .plain)
      }
    }
    if !isPlain, isCoded { (result.isPlain, isCoded) = (false, false) }
    place = valueEnd &+ 1
  }
  return result
}

/// Looks for the name of a parameter: out of line, so that the loop keeps its values in registers.
///
/// - Returns: its entry or a free one, and where it ends; -1 for an entry where the name is encoded.
@inline(never)
private func lookUp(
  _ base: UnsafeRawPointer, _ place: Int, _ end: Int, _ names: NameTable, _ isCoded: Bool
) -> (cell: Int, end: Int) {
  let head = unsafe base.loadUnaligned(fromByteOffset: place, as: UInt64.self)
  let nameEnd = unsafe endOfName(base, place, end, head)
  if isCoded, unsafe hasCodedByte(base, place, nameEnd) { return (-1, nameEnd) }
  let length = nameEnd &- place
  let key = lowBytes(head, length)
  var cell = NameTable.place(key, length, mask: names.mask)
  // There is always a free place.
  while names.entries[cell].length != 0 {
    let entry = names.entries[cell]
    if entry.head == key, Int(entry.length) == length,
      unsafe length <= 8 || names.isLong(entry.ordinal, UnsafeRawBufferPointer(start: base + place, count: length))
    {
      break
    }
    cell = (cell &+ 1) & names.mask
  }
  return (cell, nameEnd)
}

/// Where a name ends: before the next `=`, or with its parameter.
@inline(__always)
private func endOfName(_ base: UnsafeRawPointer, _ place: Int, _ end: Int, _ head: UInt64) -> Int {
  var (nameEnd, current) = (place, head)
  while true {
    let stops = zeroBytes(current ^ broadcast(UInt8(ascii: "=")))
    if stops != 0 { return min(nameEnd &+ stops.trailingZeroBitCount &>> 3, end) }
    nameEnd &+= 8
    if nameEnd >= end { return end }
    // Safe because eight bytes stand behind the end.
    current = unsafe base.loadUnaligned(fromByteOffset: nameEnd, as: UInt64.self)
  }
}

/// Whether a name holds a byte that has to be decoded.
private func hasCodedByte(_ base: UnsafeRawPointer, _ start: Int, _ end: Int) -> Bool {
  for index in start..<end {
    let byte = unsafe base.load(fromByteOffset: index, as: UInt8.self)
    if byte == UInt8(ascii: "%") || byte == UInt8(ascii: "+") { return true }
  }
  return false
}

extension NameTable {
  /// Whether a name of more than eight bytes, whose head and length fit, is the one with an ordinal.
  fileprivate func isLong(_ ordinal: Int32, _ name: UnsafeRawBufferPointer) -> Bool {
    // Safe because the buffer covers the name and is only read.
    unsafe longNames[ordinal]?.elementsEqual(name) ?? false
  }
}
