/// What a user agent says about itself: which browser in which version on which system. Nothing of it need be true.
///
/// Read from the product tokens (RFC 9110 §10.1.5) that browsers are known by; Chromium's own are told from those of the
/// browsers built on it, which name it too.
public struct AgentFacts: Sendable, Hashable, BitwiseCopyable {
  /// The browser.
  public var browser = Browser.other
  /// The system that it runs on.
  public var system = System.other
  /// The browser's first version number, 0 where none is given.
  public var major: UInt16 = 0
  /// The version of Chromium that the browser is built on or says it is, 0 for none.
  public var chromium: UInt16 = 0
  /// Yes-or-no facts.
  public var traits: Traits = []

  /// Nothing said.
  public init() {}

  /// Families of browsers: those with an engine, a release cycle or a population of their own.
  public enum Browser: UInt8, Sendable, BitwiseCopyable, CaseIterable {
    case other, chrome, edge, firefox, safari, opera, samsung, explorer, appWebView

    /// The name in reports.
    public var name: String {
      switch self {
      case .other: "other"
      case .chrome: "Chrome"
      case .edge: "Edge"
      case .firefox: "Firefox"
      case .safari: "Safari"
      case .opera: "Opera"
      case .samsung: "Samsung Internet"
      case .explorer: "Internet Explorer"
      case .appWebView: "a view in an app"
      }
    }
  }

  /// Families of operating systems.
  public enum System: UInt8, Sendable, BitwiseCopyable, CaseIterable {
    case other, windows, macOS, linux, android, iOS, chromeOS

    /// The name in reports.
    public var name: String {
      switch self {
      case .other: "other"
      case .windows: "Windows"
      case .macOS: "macOS"
      case .linux: "Linux"
      case .android: "Android"
      case .iOS: "iOS"
      case .chromeOS: "ChromeOS"
      }
    }
  }

  /// Yes-or-no facts of a user agent.
  public struct Traits: OptionSet, Sendable, Hashable, BitwiseCopyable {
    /// The bits.
    public let rawValue: UInt8
    /// Traits from their bits.
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// It says that it is a phone or a tablet.
    public static let mobile = Traits(rawValue: 1 << 0)
    /// A view inside an app: its versions follow the system's or the app's.
    public static let webView = Traits(rawValue: 1 << 1)
    /// The Chromium version has a number other than 0 after the first: `Chrome/120.0.6099.71`.
    public static let unreducedChromium = Traits(rawValue: 1 << 2)
  }

  /// Browser, version and system in one number: equal for equal cells of a mix of user agents.
  public var cell: UInt32 { UInt32(browser.rawValue) << 24 | UInt32(system.rawValue) << 16 | UInt32(major) }

  /// A cell in words: `Internet Explorer 9 on Windows`.
  public static func words(cell: UInt32) -> String {
    let browser = Browser(rawValue: UInt8(truncatingIfNeeded: cell >> 24)) ?? .other
    let system = System(rawValue: UInt8(truncatingIfNeeded: cell >> 16)) ?? .other
    let major = cell & 0xffff
    return "\(browser.name)\(major > 0 ? " \(major)" : "") on \(system.name)"
  }

  /// The facts of a user agent.
  ///
  /// - Complexity: O(n) for n bytes, at most `limit` of them.
  public init(_ agent: String) {
    var tokens = AgentTokens()
    tokens.read(agent)
    system = tokens.system
    if tokens.isMobile { traits.insert(.mobile) }
    chromium = tokens[.chromium].major
    if tokens[.chromium].hasMinor { traits.insert(.unreducedChromium) }
    if tokens.isWebView { traits.insert(.webView) }
    // The most particular first: all that is built on Chromium says Chrome and Safari too.
    for (token, browser) in AgentFacts.order where tokens[token].isThere {
      self.browser = browser
      major = tokens[token].major
      break
    }
    if traits.contains(.webView), browser == .chrome || browser == .safari || browser == .other {
      browser = .appWebView
    }
  }

  private static let order: [(AgentTokens.Token, Browser)] = [
    (.edge, .edge), (.opera, .opera), (.samsung, .samsung), (.explorer, .explorer), (.firefox, .firefox),
    (.chromium, .chrome), (.chromeOniOS, .chrome), (.safari, .safari),
  ]
}

/// What the user agents of a run say, by `Event.agent`; a class, since every learner and detector holds it.
public final class AgentTable: Sendable {
  /// The facts, by ordinal.
  let all: [AgentFacts]

  /// The facts of some user agents.
  ///
  /// - Complexity: O(bytes).
  public init(_ agents: [String]) { all = agents.map { AgentFacts($0) } }

  /// The facts of one; nothing said for an ordinal that has none.
  public subscript(_ agent: UInt32) -> AgentFacts {
    Int(agent) < all.count ? all[Int(agent)] : AgentFacts()
  }
}
