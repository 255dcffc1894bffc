internal import AssayModel

/// Ad slots as one worker meets them.
///
/// The names of a slot nearly always come again byte for byte, so they are first looked up as they stand in the line,
/// undecoded, all five with the size in one key; only a new key is decoded and looked up name by name.
struct SlotInterner: Sendable {
  /// A longer name is cut: 256 bytes, more than any ad server's ids.
  static let longestName = 256

  /// The slots; the first says nothing. Their names are ordinals into `names`.
  private(set) var slots = [AdSlot()]
  /// For each dimension the decoded names; the first is empty.
  private(set) var names: [[[UInt8]]] = Dimension.allCases.map { _ in [[]] }

  private var ordinals: [AdSlot: UInt32] = [AdSlot(): 0]
  private var nameOrdinals: [[[UInt8]: UInt32]] = Dimension.allCases.map { _ in [[]: 0] }
  private var keys: InternTable
  /// The slot of each key.
  private var slotOfKey: [UInt32] = []
  /// Memory in which keys are put together.
  private var key = ByteKey(capacity: 5 * SlotInterner.longestName + 24)

  init(secret: UInt64) { keys = InternTable(secret: secret) }

  /// The ordinal of a slot. The pieces stand in `bytes`; `.none` is “not given”.
  ///
  /// - Parameters:
  ///   - scratch: reused memory.
  ///   - isCut: set where a name was cut.
  @inline(__always)
  mutating func intern(
    _ pieces: InlineArray<5, Piece>, width: UInt16, height: UInt16, of bytes: Span<UInt8>,
    _ scratch: inout [UInt8], isCut: inout Bool
  ) -> UInt32 {
    var length = 0
    for index in 0..<5 {
      length |= pieces[index].count
    }
    if length == 0 && width == AdSlot.unknownSize && height == AdSlot.unknownSize { return 0 }
    // The lengths are or-ed, so a result below the limit bounds each of them.
    if length >= SlotInterner.longestName {
      return internSlowly(pieces, width: width, height: height, of: bytes, &scratch, isCut: &isCut)
    }
    var shape: UInt64 = 0
    for index in 0..<5 {
      let length = UInt64(truncatingIfNeeded: pieces[index].count)
      shape = shape &<< 10 | UInt64(pieces[index].encoding.rawValue) &<< 8 | length
    }
    let hash = key.set(UInt64(width) &<< 16 | UInt64(height), shape, pieces, of: bytes)
    let found = keys.intern(key, hash: hash)
    if found.isNew {
      slotOfKey.append(
        internSlowly(pieces, width: width, height: height, of: bytes, &scratch, isCut: &isCut))
    }
    return slotOfKey[Int(found.ordinal)]
  }

  @inline(never)
  private mutating func internSlowly(
    _ pieces: InlineArray<5, Piece>, width: UInt16, height: UInt16, of bytes: Span<UInt8>,
    _ scratch: inout [UInt8], isCut: inout Bool
  ) -> UInt32 {
    var slot = AdSlot()
    (slot.width, slot.height) = (width, height)
    for dimension in Dimension.allCases where pieces[dimension.rawValue].count > 0 {
      scratch.removeAll(keepingCapacity: true)
      decode(pieces[dimension.rawValue], of: bytes, into: &scratch)
      if scratch.count > SlotInterner.longestName {
        scratch.removeLast(scratch.count - SlotInterner.longestName)
        isCut = true
      }
      slot.names[dimension] = ordinal(of: scratch, dimension.rawValue)
    }
    if let known = ordinals[slot] { return known }
    let ordinal = UInt32(slots.count)
    slots.append(slot)
    ordinals[slot] = ordinal
    return ordinal
  }

  private mutating func ordinal(of name: [UInt8], _ dimension: Int) -> UInt32 {
    if let known = nameOrdinals[dimension][name] { return known }
    let ordinal = UInt32(names[dimension].count)
    names[dimension].append(name)
    nameOrdinals[dimension][name] = ordinal
    return ordinal
  }
}
