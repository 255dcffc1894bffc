internal import AssayModel

/// What a log line says of an ad slot, as it stands there; `.none` is “not given”.
struct SlotPieces {
  var campaign = Piece.none
  var placement = Piece.none
  var creative = Piece.none
  var publisher = Piece.none
  var seller = Piece.none
  var size = Piece.none
  var width = Piece.none
  var height = Piece.none

  /// The piece of a name.
  subscript(_ dimension: Dimension) -> Piece {
    switch dimension {
    case .campaign: campaign
    case .placement: placement
    case .creative: creative
    case .publisher: publisher
    case .seller: seller
    }
  }
}

/// Ad slots as one worker meets them.
///
/// What a line says of its slot nearly always comes again byte for byte. So it is first looked up as it stands,
/// undecoded, all pieces at once; only what is new is decoded, read and looked up name by name.
struct SlotInterner: Sendable {
  /// A longer name is cut: 256 bytes, more than any ad server's ids.
  static let longestName = 256

  /// A slot and what is odd about how a line says it, which is counted for every such line.
  struct Found: BitwiseCopyable, Sendable {
    var slot: UInt32
    var isCut = false
    var hasBadSize = false
  }

  /// The slots; the first says nothing. Their names are ordinals into `names`.
  private(set) var slots = [AdSlot()]
  /// For each dimension the decoded names; the first is empty.
  private(set) var names: [[[UInt8]]] = Dimension.allCases.map { _ in [[]] }

  private var ordinals: [AdSlot: UInt32] = [AdSlot(): 0]
  private var nameOrdinals: [[[UInt8]: UInt32]] = Dimension.allCases.map { _ in [[]: 0] }
  /// What lines have said, and for each what was found.
  private var keys: InternTable
  private var foundOfKey: [Found] = []
  /// Memory in which keys are put together.
  private var key = SlotKey()

  init(secret: UInt64) { keys = InternTable(secret: secret) }

  /// The ordinal of a slot.
  ///
  /// - Parameter scratch: reused memory.
  @inline(__always)
  mutating func intern(_ said: SlotPieces, of bytes: Span<UInt8>, _ scratch: inout [UInt8]) -> Found {
    guard key.set(said, of: bytes) else { return internSlowly(said, of: bytes, &scratch) }
    if key.isEmpty { return Found(slot: 0) }
    let known = keys.intern(key)
    if known.isNew { foundOfKey.append(internSlowly(said, of: bytes, &scratch)) }
    return foundOfKey[Int(known.ordinal)]
  }

  @inline(never)
  private mutating func internSlowly(_ said: SlotPieces, of bytes: Span<UInt8>, _ scratch: inout [UInt8]) -> Found {
    var (slot, found) = (AdSlot(), Found(slot: 0))
    for dimension in Dimension.allCases where said[dimension].count > 0 {
      scratch.removeAll(keepingCapacity: true)
      decode(said[dimension], of: bytes, into: &scratch)
      if scratch.count > SlotInterner.longestName {
        scratch.removeLast(scratch.count - SlotInterner.longestName)
        found.isCut = true
      }
      slot.names[dimension] = ordinal(of: scratch, dimension.rawValue)
    }
    found.hasBadSize = !setSize(of: &slot, said, of: bytes, &scratch)
    found.slot = ordinals[slot] ?? UInt32(slots.count)
    if found.slot == slots.count {
      slots.append(slot)
      ordinals[slot] = found.slot
    }
    return found
  }

  /// Reads the size; false where there is one that cannot be read.
  private func setSize(
    of slot: inout AdSlot, _ said: SlotPieces, of bytes: Span<UInt8>, _ scratch: inout [UInt8]
  ) -> Bool {
    let (whole, across, down) = (said.size, said.width, said.height)
    if whole.count > 0 {
      let read = withText(whole, of: bytes, &scratch) { text, start, end in size(text, from: start, to: end) }
      if let read { (slot.width, slot.height) = read }
      return read != nil
    }
    if across.count == 0 || down.count == 0 { return true }
    let one = withText(across, of: bytes, &scratch) { text, start, end in side(text, from: start, to: end) }
    let two = withText(down, of: bytes, &scratch) { text, start, end in side(text, from: start, to: end) }
    guard let one, let two else { return false }
    (slot.width, slot.height) = (one, two)
    return true
  }

  private mutating func ordinal(of name: [UInt8], _ dimension: Int) -> UInt32 {
    if let known = nameOrdinals[dimension][name] { return known }
    let ordinal = UInt32(names[dimension].count)
    names[dimension].append(name)
    nameOrdinals[dimension][name] = ordinal
    return ordinal
  }
}
