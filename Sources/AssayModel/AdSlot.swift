/// What the ledger groups by. The raw values index `AdSlot.names`.
public enum Dimension: Int, Sendable, CaseIterable {
  /// The advertiser's campaign.
  case campaign = 0
  /// The place on the page that was bought.
  case placement = 1
  /// The advertisement shown.
  case creative = 2
  /// The site or app.
  case publisher = 3
  /// Who sold it.
  case seller = 4

  /// The name in settings and JSON.
  public var name: String {
    switch self {
    case .campaign: "campaign"
    case .placement: "placement"
    case .creative: "creative"
    case .publisher: "publisher"
    case .seller: "seller"
    }
  }
}

/// Which ad stood where: the five names and the size, interned as one, since an event carries them all together and
/// the ledger needs them all together.
public struct AdSlot: Hashable, Sendable {
  /// Ordinals into `SlotTable.names`, indexed by `Dimension.rawValue`; 0 is "not given".
  public var names: InlineNames
  /// Width of the creative in CSS pixels, `AdSlot.unknownSize` where the log does not say.
  public var width: UInt16
  /// Height of the creative in CSS pixels, `AdSlot.unknownSize` where the log does not say.
  public var height: UInt16

  /// The size of a creative whose size the log does not say (0 is a size, and an illogical one).
  @inlinable public static var unknownSize: UInt16 { .max }

  /// A slot that says nothing.
  @inlinable public init() {
    names = InlineNames()
    width = AdSlot.unknownSize
    height = AdSlot.unknownSize
  }

  /// Whether the log says how large the creative is.
  @inlinable public var hasSize: Bool { width != AdSlot.unknownSize && height != AdSlot.unknownSize }

  /// Five ordinals in a row, without an array.
  @frozen
  public struct InlineNames: Hashable, Sendable, BitwiseCopyable {
    @usableFromInline var campaign: UInt32 = 0
    @usableFromInline var placement: UInt32 = 0
    @usableFromInline var creative: UInt32 = 0
    @usableFromInline var publisher: UInt32 = 0
    @usableFromInline var seller: UInt32 = 0

    /// No names.
    @inlinable public init() {}

    /// The ordinal of one dimension.
    @inlinable public subscript(_ dimension: Dimension) -> UInt32 {
      get {
        switch dimension {
        case .campaign: campaign
        case .placement: placement
        case .creative: creative
        case .publisher: publisher
        case .seller: seller
        }
      }
      set {
        switch dimension {
        case .campaign: campaign = newValue
        case .placement: placement = newValue
        case .creative: creative = newValue
        case .publisher: publisher = newValue
        case .seller: seller = newValue
        }
      }
    }
  }
}

/// The ad slots of a run and the names in them.
public struct SlotTable: Sendable {
  /// The slots; `Event.slot` is an ordinal into them. The first says nothing.
  public var slots: [AdSlot]
  /// For each dimension (by `Dimension.rawValue`), its names; ordinal 0 is the empty name, "not given".
  public var names: [[String]]

  /// A table that has only the slot that says nothing.
  public init() {
    slots = [AdSlot()]
    names = Dimension.allCases.map { _ in [""] }
  }

  /// A table of the given slots and names.
  public init(slots: [AdSlot], names: [[String]]) {
    self.slots = slots
    self.names = names
  }

  /// The name that a slot carries in one dimension, empty where the log gives none.
  public func name(_ dimension: Dimension, of slot: UInt32) -> String {
    names[dimension.rawValue][Int(slots[Int(slot)].names[dimension])]
  }
}

/// Ordinals of user agents with a meaning of their own.
public enum AgentID {
  /// The log does not record user agents: nothing can be said.
  @inlinable public static var notLogged: UInt32 { 0 }
  /// The log records them, and this one was empty or `-`.
  @inlinable public static var blank: UInt32 { 1 }
  /// The first ordinal of a real user agent.
  @inlinable public static var first: UInt32 { 2 }
}
