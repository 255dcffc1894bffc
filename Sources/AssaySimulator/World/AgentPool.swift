import AssayModel

/// The user agents of a scenario: browsers as people use them, a few much and many seldom, and declared robots.
struct AgentPool: Sendable {
  /// All texts.
  private(set) var texts: [[UInt8]] = []
  private var headDesktop = 0..<0
  private var headMobile = 0..<0
  private var tailDesktop = 0..<0
  private var tailMobile = 0..<0
  /// Crawlers of search engines and the like.
  private(set) var crawlers = 0..<0
  /// Uptime checks.
  private(set) var monitors = 0..<0
  /// HTTP libraries and tools.
  private(set) var libraries = 0..<0
  /// Browsers without a window.
  private(set) var headless = 0..<0
  /// Browsers from an old list, with versions as no browser of the day tells them.
  private(set) var stale = 0..<0
  /// Internet Explorer 9 on Windows 7.
  private(set) var explorer: UInt32 = 0

  /// Ordinal that stands for an empty user agent.
  static let blank = UInt32.max

  /// A pool with so many different browsers.
  init(browsers: Int) {
    var random = RandomSource(seed: 0x6167_656e_7473)
    headDesktop = add(AgentTemplates.currentDesktop)
    headMobile = add(AgentTemplates.currentMobile)
    let older = AgentTemplates.olderDesktop
    tailDesktop = add(Array(older.prefix(min(older.count, max(1, (browsers - texts.count) / 4)))))
    let first = texts.count
    var known = Set(texts)
    while texts.count < browsers {
      let text = Array(AgentTemplates.phone(&random).utf8)
      if known.insert(text).inserted { texts.append(text) }
    }
    tailMobile = first..<texts.count
    crawlers = add(AgentTemplates.crawlers)
    monitors = add(AgentTemplates.monitors)
    libraries = add(AgentTemplates.libraries)
    headless = add(AgentTemplates.headless)
    stale = add(AgentTemplates.stale)
    explorer = UInt32(add([AgentTemplates.explorer]).lowerBound)
  }

  private mutating func add(_ agents: [String]) -> Range<Int> {
    let first = texts.count
    texts += agents.map { Array($0.utf8) }
    return first..<texts.count
  }

  /// The browser of the person with this key: in four of five cases one of the current ones.
  func choose(_ key: UInt64, isMobile: Bool) -> UInt32 {
    let isCurrent = choice(StableHash.of(key, 3), below: 100) < 80
    if isCurrent {
      let range = isMobile ? headMobile : headDesktop
      // The lesser of two, because the first are the commonest.
      let place = min(
        choice(StableHash.of(key, 4), below: range.count), choice(StableHash.of(key, 5), below: range.count))
      return UInt32(range.lowerBound + place)
    }
    let range = isMobile ? tailMobile : tailDesktop
    return UInt32(range.lowerBound + choice(StableHash.of(key, 4), below: range.count))
  }
}
