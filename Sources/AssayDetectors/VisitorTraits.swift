/// What a quick look at a visitor shows (one pass over its events, all detectors together), so that a detector is
/// only asked about visitors on whom it could find something.
public struct VisitorTraits: OptionSet, Sendable, Hashable {
  /// The bits.
  public let rawValue: UInt32
  /// Traits from their bits.
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// Every visitor has it.
  public static let present = VisitorTraits(rawValue: 1 << 0)
  /// An event is flagged as a test, or comes from an internal address.
  public static let test = VisitorTraits(rawValue: 1 << 1)
  /// A user agent is on a list of robots, at some time.
  public static let robotAgent = VisitorTraits(rawValue: 1 << 2)
  /// A user agent is not that of a browser, at some time.
  public static let nonBrowserAgent = VisitorTraits(rawValue: 1 << 3)
  /// A user agent was logged empty.
  public static let blankAgent = VisitorTraits(rawValue: 1 << 4)
  /// An address belongs to a listed hosting or crawler network that is not exempt.
  public static let hostedAddress = VisitorTraits(rawValue: 1 << 5)
  /// An address is not one of the public internet.
  public static let privateAddress = VisitorTraits(rawValue: 1 << 6)
  /// An event declared itself a prefetch.
  public static let prefetch = VisitorTraits(rawValue: 1 << 7)
  /// A slot with a declared size that no ad has.
  public static let oddSize = VisitorTraits(rawValue: 1 << 8)
  /// An impression id came more than once on impressions.
  public static let repeatedImpression = VisitorTraits(rawValue: 1 << 9)
  /// There is more than one click, or more than one conversion.
  public static let severalActions = VisitorTraits(rawValue: 1 << 10)
  /// A click has an impression that came before it.
  public static let joinedClick = VisitorTraits(rawValue: 1 << 11)
  /// A click or conversion has an impression id and no impression that came before it.
  public static let orphan = VisitorTraits(rawValue: 1 << 12)
  /// A session has at least `VisitorTraits.manyEvents` events.
  public static let longSession = VisitorTraits(rawValue: 1 << 13)
  /// There are at least `VisitorTraits.manyEvents` events.
  public static let busy = VisitorTraits(rawValue: 1 << 14)
  /// A macro stands unexpanded in a URL.
  public static let unexpandedMacro = VisitorTraits(rawValue: 1 << 15)

  /// An address is a listed exit of the Tor network.
  public static let torAddress = VisitorTraits(rawValue: 1 << 16)

  /// An address is one that a detector watches (`Detector.watchedAddresses`).
  public static let watchedAddress = VisitorTraits(rawValue: 1 << 17)

  /// A visitor that a detector watches (`Detector.watchedVisitors`).
  public static let watchedVisitor = VisitorTraits(rawValue: 1 << 18)

  /// A user agent that names a version of Chromium in full, though Chromium no longer does.
  public static let unreducedAgent = VisitorTraits(rawValue: 1 << 19)

  /// A form was sent.
  public static let form = VisitorTraits(rawValue: 1 << 20)

  /// From how many events on a session is long and a visitor busy: the least that a test of cadence (15 gaps) needs.
  public static let manyEvents = 16
}
