/// What happened, as far as an ad is concerned. The raw values stand in spilled runs and must stay.
public enum EventKind: UInt8, Sendable, BitwiseCopyable, CaseIterable {
  /// An ordinary request: a page, an asset, anything that the profile gives no meaning.
  case page = 0
  /// An ad was asked for (a tag call); nothing is rendered yet.
  case adRequest = 1
  /// An ad began to render, or, where the profile says so, was merely tracked.
  case impression = 2
  /// How much of the ad was in view, at one moment or over several (`ExposureSample`).
  case exposure = 3
  /// The ad was clicked.
  case click = 4
  /// The advertiser's goal was reached.
  case conversion = 5
  /// A form was sent.
  case form = 6
  /// A video ad started, passed a quartile, or completed; `detail` holds the percentage.
  case video = 7

  /// The name in settings, JSON and event rows.
  public var name: String {
    switch self {
    case .page: "page"
    case .adRequest: "ad-request"
    case .impression: "impression"
    case .exposure: "exposure"
    case .click: "click"
    case .conversion: "conversion"
    case .form: "form"
    case .video: "video"
    }
  }

  /// Whether the ledger counts events of this kind and a verdict is given on each.
  @inlinable @inline(__always) public var isJudged: Bool {
    self == .impression || self == .click || self == .conversion || self == .form
  }
}

/// Yes-or-no facts of one event.
public struct EventFlags: OptionSet, Sendable, BitwiseCopyable, Hashable {
  /// The bits.
  public let rawValue: UInt16
  /// Flags from their bits.
  @inlinable public init(rawValue: UInt16) { self.rawValue = rawValue }

  /// The request declared itself a prefetch (`Purpose`, `Sec-Purpose`, `X-Moz`, `X-Purpose`).
  @inlinable public static var prefetch: EventFlags { EventFlags(rawValue: 1 << 0) }
  /// The event says that it is a test (a parameter of the profile, the OpenRTB value `AUDIT`), or comes from an
  /// internal address.
  @inlinable public static var test: EventFlags { EventFlags(rawValue: 1 << 1) }
  /// A macro stands unexpanded in the URL (`[CACHEBUSTING]`, `${AUCTION_PRICE}`).
  @inlinable public static var unexpandedMacro: EventFlags { EventFlags(rawValue: 1 << 2) }
  /// HTTP HEAD.
  @inlinable public static var head: EventFlags { EventFlags(rawValue: 1 << 3) }
  /// HTTP POST.
  @inlinable public static var post: EventFlags { EventFlags(rawValue: 1 << 4) }
  /// A method that is neither GET, HEAD nor POST.
  @inlinable public static var otherMethod: EventFlags { EventFlags(rawValue: 1 << 5) }
  /// The log records the referrer, and there was one.
  @inlinable public static var referrer: EventFlags { EventFlags(rawValue: 1 << 6) }
  /// The log records the referrer, and it was empty.
  @inlinable public static var noReferrer: EventFlags { EventFlags(rawValue: 1 << 7) }
  /// The address is truncated or pseudonymous: not to be looked up in lists.
  @inlinable public static var inexactAddress: EventFlags { EventFlags(rawValue: 1 << 8) }
  /// The ad server itself declared the impression measured and in view (VAST `Viewable`, CM360 Active View).
  @inlinable public static var declaredViewable: EventFlags { EventFlags(rawValue: 1 << 9) }
  /// … measured and not in view.
  @inlinable public static var declaredNotViewable: EventFlags { EventFlags(rawValue: 1 << 10) }
  /// … not measurable.
  @inlinable public static var declaredUndetermined: EventFlags { EventFlags(rawValue: 1 << 11) }
  /// The ad is a video.
  @inlinable public static var video: EventFlags { EventFlags(rawValue: 1 << 12) }
  /// The time was given with a fraction of a second.
  @inlinable public static var subsecond: EventFlags { EventFlags(rawValue: 1 << 13) }
  /// The click's coordinates are known.
  @inlinable public static var coordinates: EventFlags { EventFlags(rawValue: 1 << 14) }
  /// An exposure none of whose samples shows anything of the ad in view.
  @inlinable public static var outOfView: EventFlags { EventFlags(rawValue: 1 << 15) }
}

/// Where a line stands: the ordinal of its source among all sources in byte order of their paths, and the offset of
/// its first byte (of the decompressed stream). Its order is the tie-break of the total order of events.
public struct SourcePosition: Hashable, Comparable, Sendable, BitwiseCopyable {
  /// Source in the upper 20 bits (about a million files), offset in the lower 44 (16 TiB).
  public var bits: UInt64

  /// A position from its packed form.
  @inlinable public init(bits: UInt64) { self.bits = bits }

  /// A position from its parts.
  @inlinable public init(source: Int, offset: Int) {
    bits = UInt64(truncatingIfNeeded: source) << 44 | UInt64(truncatingIfNeeded: offset) & 0xfff_ffff_ffff
  }

  /// The ordinal of the source.
  @inlinable public var source: Int { Int(truncatingIfNeeded: bits >> 44) }
  /// The offset of the line's first byte.
  @inlinable public var offset: Int { Int(truncatingIfNeeded: bits & 0xfff_ffff_ffff) }
  /// The largest number of sources of one run.
  public static let maximumSources = 1 << 20

  /// By source, then offset.
  @inlinable public static func < (left: SourcePosition, right: SourcePosition) -> Bool { left.bits < right.bits }
}

/// One thing that one visitor's browser did, as one log line tells it: 88 bytes, no references, so that a hundred
/// million of them can be sorted, spilled and read back as they are.
///
/// Texts are interned: `agent` and `slot` are ordinals into the tables of the run (`AgentTable`, `SlotTable`). Ids
/// that are different for nearly every event (impression) are kept as their `StableHash`, 0 for none. What a log
/// does not carry is zero, and the flag or `Coverage` says so: absence is neither innocence nor guilt.
@frozen
public struct Event: Sendable, BitwiseCopyable {
  /// `StableHash` of the visitor key (see `VisitorKeyKind`).
  public var visitor: UInt64 = 0
  /// When.
  public var time = Timestamp(microseconds: 0)
  /// Which line says so.
  public var position = SourcePosition(bits: 0)
  /// `StableHash` of the impression id, 0 for none.
  public var impression: UInt64 = 0
  /// From where.
  public var address = Address(high: 0, low: 0)
  /// Price of an impression or click, value of a conversion.
  public var value = Money(millionths: 0)
  /// Depends on the kind. Exposure: first sample << 32 | number of samples (`sampleRange`). Click with
  /// `.coordinates`: x << 32 | y, CSS pixels. Video: percentage played. Conversion: hash of the order id.
  public var detail: UInt64 = 0
  /// Ordinal in the run's table of ad slots.
  public var slot: UInt32 = 0
  /// Ordinal in the run's table of user agents; see `AgentID`.
  public var agent: UInt32 = 0
  /// Low 32 bits of the `StableHash` of the request's path without its query, 0 for none.
  public var page: UInt32 = 0
  /// Ordinal of the line in its chunk, from 0.
  public var lineInChunk: UInt32 = 0
  /// HTTP status, 0 for none.
  public var status: UInt16 = 0
  /// Yes-or-no facts.
  public var flags: EventFlags = []
  /// What happened.
  public var kind: EventKind = .page
  /// What the visitor key is made of.
  public var key: VisitorKeyKind = .none
  /// Of an ad that was asked for or shown, the page that the referrer names: 16 bits of the `StableHash` of its URL up to
  /// the query, enough to tell the pages of one visit apart; 0 where the log has none or it names no more than a site.
  public var document: UInt16 = 0

  /// An empty event.
  @inlinable public init() {}

  /// Where an exposure's samples stand in its batch of samples.
  @inlinable public var sampleRange: Range<Int> {
    let start = Int(detail >> 32)
    return start..<(start &+ Int(detail & 0xffff_ffff))
  }

  /// The total order of design.md §3.1: visitor, time, source ordinal, byte offset.
  @inlinable public static func precedes(_ left: Event, _ right: Event) -> Bool {
    if left.visitor != right.visitor { return left.visitor < right.visitor }
    if left.time != right.time { return left.time < right.time }
    return left.position < right.position
  }
}

/// What identifies a visitor: the best that the event carries (JICWEBS: cookie, else address and user agent).
public enum VisitorKeyKind: UInt8, Sendable, BitwiseCopyable {
  /// Nothing at all. `Event.visitor` is then the hash of the impression id, so that what belongs to one impression
  /// stays together, or else of the time; no session is formed of such events and nobody is counted.
  case none = 0
  /// A first-party id from cookie or query.
  case firstParty = 1
  /// Address and user agent.
  case addressAndAgent = 2
  /// Address alone, where the log has no user agent.
  case addressOnly = 3

  /// The name in outputs.
  public var name: String {
    switch self {
    case .none: "none"
    case .firstParty: "first-party-id"
    case .addressAndAgent: "address-and-agent"
    case .addressOnly: "address"
    }
  }
}

/// One observation of how much of an ad was in view: 8 bytes.
@frozen
public struct ExposureSample: Sendable, BitwiseCopyable, Hashable {
  /// Milliseconds since the ad began to render; negative before.
  public var milliseconds: Int32
  /// Share of the ad's pixels inside the viewport in hundredths of a percent: 0 to 10,000.
  public var share: UInt16
  /// State of tab and player.
  public var state: State

  /// A sample from its parts.
  @inlinable public init(milliseconds: Int32, share: UInt16, state: State = .focused) {
    self.milliseconds = milliseconds
    self.share = share
    self.state = state
  }

  /// State of tab and player at the sample.
  @frozen
  public struct State: OptionSet, Sendable, BitwiseCopyable, Hashable {
    /// The bits.
    public let rawValue: UInt16
    /// A state from its bits.
    @inlinable public init(rawValue: UInt16) { self.rawValue = rawValue }
    /// The tab or app is in focus.
    @inlinable public static var focused: State { State(rawValue: 1 << 0) }
    /// The page is hidden, or the device locked.
    @inlinable public static var hidden: State { State(rawValue: 1 << 1) }
    /// The geometry could not be measured.
    @inlinable public static var unmeasurable: State { State(rawValue: 1 << 2) }
    /// The video plays (not paused, not buffering).
    @inlinable public static var playing: State { State(rawValue: 1 << 3) }
    /// What plays has been seen before (rewound): it does not count as unduplicated content.
    @inlinable public static var replayed: State { State(rawValue: 1 << 4) }
    /// The sound is on.
    @inlinable public static var audible: State { State(rawValue: 1 << 5) }
    /// The measurement session ended here.
    @inlinable public static var finished: State { State(rawValue: 1 << 6) }
    /// The value holds until the next sample (OMID `geometryChange`); without it the sample is one poll.
    @inlinable public static var edge: State { State(rawValue: 1 << 7) }
    /// The person started the video.
    @inlinable public static var userInitiated: State { State(rawValue: 1 << 8) }
  }
}
