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
/// undecoded, by one hash of everything that it gives (`slotHash`); only what is new is decoded, read and looked up
/// name by name.
struct SlotInterner: Sendable {
  /// A longer name is cut: 256 bytes, more than any ad server's ids.
  static let longestName = 256

  /// A slot, and what is odd about how a line says it, which is counted for every such line.
  struct Found: BitwiseCopyable, Sendable {
    var slot: UInt32
    /// Whether the slot's size is known.
    var hasSize = false
    var isCut = false
    var hasBadSize = false

    /// The slot of a line that says nothing of it.
    static let nothing = Found(slot: 0)
  }

  /// The slots; the first says nothing. Their names are ordinals into `names`.
  private(set) var slots = [AdSlot()]
  /// For each dimension the decoded names; the first is empty.
  private(set) var names: [InternTable]

  private var ordinals = HashTable<UInt32>(empty: 0)
  /// What was found for what lines have said, by its hash.
  private var known = HashTable<Found>(empty: .nothing)
  /// Mixed into the hashes.
  let secret: UInt64

  init(secret: UInt64) {
    self.secret = secret
    ordinals.add(SlotInterner.hash(AdSlot(), secret), 0)
    let nothing: [UInt8] = []
    names = Dimension.allCases.map { _ in
      var table = InternTable(secret: secret)
      _ = table.intern(nothing.span, from: 0, to: 0)
      return table
    }
  }

  /// What a line's slot is looked up by.
  struct Key {
    fileprivate var hash: UInt64
    fileprivate var home: HashTable<Found>.Entry
  }

  /// The key of what a line says of its slot (`slotHash`): to be asked for as early as possible, since the table is
  /// larger than the cache.
  @inline(__always)
  func key(_ hash: UInt64) -> Key { Key(hash: hash, home: known.home(of: hash)) }

  /// What was found for what has this key, or nil where it is new.
  @inline(__always)
  subscript(key: Key) -> Found? { known[key.hash, key.home] }

  /// Reads what lines that have a hash say of their slot, which is new.
  ///
  /// - Parameter scratch: reused memory.
  mutating func add(
    _ key: Key, _ said: SlotPieces, of bytes: Span<UInt8>, _ scratch: inout [UInt8]
  ) -> Found {
    let found = read(said, of: bytes, &scratch)
    known.add(key.hash, found)
    return found
  }

  private mutating func read(_ said: SlotPieces, of bytes: Span<UInt8>, _ scratch: inout [UInt8]) -> Found {
    var (slot, found) = (AdSlot(), Found.nothing)
    for dimension in Dimension.allCases where said[dimension].count > 0 {
      scratch.removeAll(keepingCapacity: true)
      decode(said[dimension], of: bytes, into: &scratch)
      if scratch.count > SlotInterner.longestName {
        scratch.removeLast(scratch.count - SlotInterner.longestName)
        found.isCut = true
      }
      slot.names[dimension] = names[dimension.rawValue].intern(scratch.span, from: 0, to: scratch.count).ordinal
    }
    found.hasBadSize = !setSize(of: &slot, said, of: bytes, &scratch)
    found.hasSize = slot.hasSize
    let hash = SlotInterner.hash(slot, secret)
    found.slot = ordinals[hash] ?? UInt32(slots.count)
    if found.slot == slots.count {
      slots.append(slot)
      ordinals.add(hash, found.slot)
    }
    return found
  }

  /// A hash of a slot for a table of this run.
  private static func hash(_ slot: AdSlot, _ secret: UInt64) -> UInt64 {
    let key = secret ^ StableHash.second
    let size = UInt64(slot.width) << 16 | UInt64(slot.height)
    var state = StableHash.fold(size ^ key, UInt64(slot.names[.seller]) ^ secret ^ StableHash.first)
    for (one, two) in [(Dimension.campaign, Dimension.placement), (.creative, .publisher)] {
      state = StableHash.fold((UInt64(slot.names[one]) << 32 | UInt64(slot.names[two])) ^ key, state ^ StableHash.first)
    }
    return state
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
}
