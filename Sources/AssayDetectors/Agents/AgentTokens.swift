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
    var agent = agent
    agent.makeContiguousUTF8()
    let all = agent.utf8Span.span
    let bytes = all.extracting(first: min(all.count, AgentTokens.limit))
    var index = 0
    while index < bytes.count {
      var (end, word) = (index, AgentWord())
      while end < bytes.count, AgentTokens.isWord(bytes[end]) {
        word.append(bytes[end])
        end += 1
      }
      if end > index, let meaning = AgentWord.meaning(of: word) { take(meaning, bytes, end) }
      index = end + 1
    }
    // Safari says its version before its own name; without that word it is another browser's engine.
    if !isSafari { versions[Token.safari.rawValue].isThere = false }
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    byte != UInt8(ascii: " ") && byte != UInt8(ascii: ";") && byte != UInt8(ascii: "(") && byte != UInt8(ascii: ")")
      && byte != UInt8(ascii: "/") && byte != UInt8(ascii: ",")
  }

  private mutating func take(_ meaning: AgentWord.Meaning, _ bytes: Span<UInt8>, _ end: Int) {
    switch meaning {
    case .product(let token): versions[token.rawValue] = AgentTokens.version(bytes, end)
    case .trident:
      // Internet Explorer 11 names only its engine, which is four versions behind it.
      if !versions[Token.explorer.rawValue].isThere {
        var version = AgentTokens.version(bytes, end)
        version.major &+= 4
        versions[Token.explorer.rawValue] = version
      }
    case .safari: isSafari = true
    case .mobile: isMobile = true
    case .webView: isWebView = true
    case .system(let named):
      // An Android says that it is a Linux too.
      if named != .linux || system == .other { system = named }
      if named == .android || named == .iOS { isMobile = true }
    }
  }

  /// The version behind a name: after a slash, or, as `MSIE 9.0` has it, a space.
  private static func version(_ bytes: Span<UInt8>, _ end: Int) -> Version {
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

/// A word of a user agent as two numbers, so that it is compared at once; one of more than 16 bytes is no word that
/// anything is known of.
struct AgentWord: Equatable {
  private var low: UInt64 = 0
  private var high: UInt64 = 0
  private var count = 0

  /// No bytes.
  init() {}

  private init(_ text: String) { for byte in text.utf8 { append(byte) } }

  /// Adds a byte.
  mutating func append(_ byte: UInt8) {
    let shift = UInt64(truncatingIfNeeded: (count & 7) * 8)
    if count < 8 { low |= UInt64(byte) << shift } else if count < 16 { high |= UInt64(byte) << shift }
    count += 1
  }

  /// What a word means.
  enum Meaning {
    case product(AgentTokens.Token)
    case trident
    case safari
    case mobile
    case webView
    case system(AgentFacts.System)
  }

  /// What a word means; nil for most.
  static func meaning(of word: AgentWord) -> Meaning? {
    for ordinal in byFirstByte[Int(truncatingIfNeeded: word.low & 0xff)] where table[ordinal].word == word {
      return table[ordinal].meaning
    }
    return nil
  }

  private static let known: [(meaning: Meaning, words: [String])] = [
    (.product(.edge), ["Edg", "Edge", "EdgA", "EdgiOS"]),
    (.product(.opera), ["OPR", "OPT", "Opera"]),
    (.product(.samsung), ["SamsungBrowser"]),
    (.product(.explorer), ["MSIE"]),
    (.trident, ["Trident"]),
    (.product(.firefox), ["Firefox", "FxiOS"]),
    (.product(.chromium), ["Chrome", "Chromium", "HeadlessChrome"]),
    (.product(.chromeOniOS), ["CriOS"]),
    (.product(.safari), ["Version"]),
    (.safari, ["Safari"]),
    (.mobile, ["Mobile", "Tablet"]),
    (.webView, ["wv", "FBAN", "FBAV", "Instagram", "GSA"]),
    (.system(.windows), ["Windows"]),
    (.system(.macOS), ["Macintosh"]),
    (.system(.iOS), ["iPhone", "iPad", "iPod"]),
    (.system(.android), ["Android"]),
    (.system(.chromeOS), ["CrOS"]),
    (.system(.linux), ["Linux", "X11"]),
  ]

  private static let table: [(word: AgentWord, meaning: Meaning)] = known.flatMap { entry in
    entry.words.map { (AgentWord($0), entry.meaning) }
  }

  /// The ordinals of the words that begin with each byte: most words of a user agent begin with none of them.
  private static let byFirstByte: [[Int]] = (0..<256).map { byte in
    table.indices.filter { table[$0].word.low & 0xff == byte }
  }
}
