public import AssayModel

/// How one ad server writes its log: which request is what, and where in it each fact stands.
///
/// A value without behaviour; `LineMapper` carries it out, `ProfileText` writes it as YAML and the facade reads it
/// back. A request is first given its kind by the first rule whose condition holds (`page` where none does); then each
/// fact is taken from the first of its places that carries something.
public struct Profile: Equatable, Sendable {
  /// kebab-case id: `generic`.
  public var name: String
  /// In a few words.
  public var title: String
  /// The convention, for a person: what this ad server's requests look like and what is made of them.
  public var about = ""
  /// Id of the log format, or a pasted format string; nil to look at the input.
  public var format: String?
  /// Whether an impression of this log is counted when the ad begins to render (MRC); otherwise they are tracked ads
  /// and never called more (standards: a request or response log alone supports no more).
  public var countsRendered = false
  /// Whether page views are judged and counted: a log without ads.
  public var judgesPages = false
  /// What each request is, the first that fits.
  public var rules: [Rule] = []
  /// Where each fact stands, the first place that carries one.
  public var facts: [Fact: [Place]] = [:]
  /// In what unit prices and values are written.
  public var priceScale = PriceScale.unit
  /// Any of these makes an event a declared test.
  public var test: [Condition] = []
  /// Any of these says that the ad is a video.
  public var video: [Condition] = []
  /// What the ad server itself says about viewability; the first whose condition holds.
  public var viewability: [Declaration] = []
  /// Values that stand for “no id” in visitor, impression and order ids, beside the empty one.
  public var blankIDs = ["-", "0"]
  /// How this ad server writes macros; one that is left unexpanded is an issue and sets a flag.
  public var macros: [MacroStyle] = []
  /// Proxies whose `X-Forwarded-For` is believed.
  public var trustedHops: [AddressPrefix] = []
  /// Networks of the publisher or buyer itself: their events are tests.
  public var internalNetworks: [AddressPrefix] = []
  /// Whether addresses are cut short or made up, so that they must not be looked up in lists.
  public var addressesAreInexact = false

  /// A profile that gives no request a meaning.
  public init(name: String, title: String) {
    self.name = name
    self.title = title
  }
}

/// Something that an ad log says about an event, beyond what every web log says.
public enum Fact: String, CaseIterable, Sendable {
  /// First-party id of the visitor.
  case visitor
  /// Impression id: the same on the impression and on what follows it.
  case impression
  /// Campaign.
  case campaign
  /// Placement.
  case placement
  /// Creative.
  case creative
  /// Publisher, site or app.
  case publisher
  /// Seller.
  case seller
  /// Size of the creative, `300x250`.
  case size
  /// Width of the creative, where it stands apart.
  case width
  /// Height of the creative, where it stands apart.
  case height
  /// Price of an impression or click.
  case price
  /// Where a click hit, from the creative's left, CSS pixels.
  case clickX = "click-x"
  /// Where a click hit, from the creative's top, CSS pixels.
  case clickY = "click-y"
  /// How much of a video has been played, 0 to 100.
  case videoPercent = "video-percent"
  /// Order id of a conversion.
  case order
  /// Value of a conversion.
  case value
  /// Exposure samples (`ExposureList`).
  case exposureSamples = "exposure-samples"
}

/// The unit in which a log writes amounts.
public enum PriceScale: String, CaseIterable, Sendable {
  /// Currency units for this one event: `0.0025`.
  case unit
  /// Currency units for a thousand of them.
  case cpm
  /// Millionths of a currency unit for this one event.
  case micros

  /// The power of ten that makes millionths for one event of it.
  var power: Int {
    switch self {
    case .unit: 6
    case .cpm: 3
    case .micros: 0
    }
  }
}

/// What the ad server itself says about viewability when a condition holds.
public struct Declaration: Equatable, Sendable {
  /// When.
  public var condition: Condition
  /// What it says.
  public var says: Viewability

  /// A declaration from its parts.
  public init(_ says: Viewability, when condition: Condition) {
    self.says = says
    self.condition = condition
  }
}
