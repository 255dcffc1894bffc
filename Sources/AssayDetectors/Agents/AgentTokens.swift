/// The words of a user agent that say something, with the version behind each.
struct AgentTokens {
  /// A product that tells a browser.
  enum Token: Int, CaseIterable {
    case edge, opera, samsung, explorer, firefox, chromium, chromeOniOS, safari
  }

  /// What stands behind a product's name.
  struct Version {
    var isThere = false
    var major: UInt16 = 0
    /// Whether any number after the first is not 0.
    var hasMinor = false
  }

  private var versions = InlineArray<8, Version>(repeating: Version())
  private(set) var system = AgentFacts.System.other
  private(set) var isMobile = false
  private(set) var isWebView = false
  private var isSafari = false

  /// What follows is not looked at; real ones have at most a few hundred bytes.
  static let limit = 2_048

  /// What was found of a product.
  subscript(_ token: Token) -> Version { versions[token.rawValue] }

  /// Reads a user agent, once.
  mutating func read(_ agent: String) {
    let bytes = Array(agent.utf8.prefix(AgentTokens.limit))
    var index = 0
    while index < bytes.count {
      var end = index
      while end < bytes.count, AgentTokens.isWord(bytes[end]) { end += 1 }
      if end > index { take(bytes, index, end) }
      index = end + 1
    }
    // Safari says its version before its own name; without that word it is another browser's engine.
    if !isSafari { versions[Token.safari.rawValue].isThere = false }
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    byte != UInt8(ascii: " ") && byte != UInt8(ascii: ";") && byte != UInt8(ascii: "(") && byte != UInt8(ascii: ")")
      && byte != UInt8(ascii: "/") && byte != UInt8(ascii: ",")
  }

  private mutating func take(_ bytes: [UInt8], _ start: Int, _ end: Int) {
    let word = String(decoding: bytes[start..<end], as: UTF8.self)
    let version = AgentTokens.version(bytes, end)
    switch word {
    case "Edg", "Edge", "EdgA", "EdgiOS": set(.edge, version)
    case "OPR", "OPT", "Opera": set(.opera, version)
    case "SamsungBrowser": set(.samsung, version)
    case "MSIE": set(.explorer, version)
    case "Trident":
      // Internet Explorer 11 names only its engine, which is four versions behind it.
      if !versions[Token.explorer.rawValue].isThere {
        set(.explorer, Version(isThere: true, major: version.major &+ 4))
      }
    case "Firefox", "FxiOS": set(.firefox, version)
    case "Chrome", "Chromium", "HeadlessChrome": set(.chromium, version)
    case "CriOS": set(.chromeOniOS, version)
    case "Version": set(.safari, version)
    case "Safari": isSafari = true
    case "Mobile", "iPhone", "iPad", "Tablet": isMobile = true
    case "wv", "FBAN", "FBAV", "Instagram", "GSA": isWebView = true
    default: break
    }
    takeSystem(word)
  }

  private mutating func takeSystem(_ word: String) {
    switch word {
    case "Windows": system = .windows
    case "Macintosh": system = .macOS
    case "iPhone", "iPad", "iPod": system = .iOS
    case "Android":
      system = .android
      isMobile = true
    case "CrOS": system = .chromeOS
    case "Linux", "X11": if system == .other { system = .linux }
    default: break
    }
  }

  private mutating func set(_ token: Token, _ version: Version) { versions[token.rawValue] = version }

  /// The version behind a name: after a slash, or, as `MSIE 9.0` has it, a space.
  private static func version(_ bytes: [UInt8], _ end: Int) -> Version {
    var version = Version(isThere: true)
    guard end < bytes.count, bytes[end] == UInt8(ascii: "/") || bytes[end] == UInt8(ascii: " ") else { return version }
    var index = end + 1
    while index < bytes.count, bytes[index] &- 0x30 < 10 {
      version.major = min(6_000, version.major) &* 10 &+ UInt16(bytes[index] &- 0x30)
      index += 1
    }
    while index < bytes.count, bytes[index] == UInt8(ascii: ".") || bytes[index] &- 0x30 < 10 {
      if bytes[index] != UInt8(ascii: "."), bytes[index] != UInt8(ascii: "0") { version.hasMinor = true }
      index += 1
    }
    return version
  }
}
