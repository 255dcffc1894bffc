/// What a list says about what is in it.
public enum ListKind: String, Sendable, CaseIterable {
  /// User agents of robots.
  case robots
  /// User agents of browsers; what is not on it is no browser.
  case browsers
  /// User agents of robots as regular expressions (crawler-user-agents.json).
  case crawlers
  /// Networks of data centres.
  case dataCentre = "data-centre"
  /// Networks from which the operators of crawlers say that they crawl.
  case crawlerNetworks = "crawler-networks"
  /// Networks in which people are, whatever other lists say: relays, carriers, corporate gateways.
  case exempt
  /// Exits of the Tor network.
  case torExits = "tor-exits"
  /// The buyer's or publisher's own networks.
  case `internal`
}

extension ListKind {
  /// The kind of a list, told from its name (relative to the folder of the lists, sub-folders included, without regard
  /// to case) and from what its bytes look like. The first rule that fits decides:
  ///
  /// | name has | what its bytes look like | kind |
  /// |---|---|---|
  /// | `internal` | networks | `internal` |
  /// | `exempt`, `relay`, `carrier` | networks | `exempt` |
  /// | `tor` and `exit` | networks | `tor-exits` |
  /// | `bot`, `crawler`, `spider`, `ip_exclude` | networks | `crawler-networks` |
  /// | anything | networks | `data-centre` |
  /// | `browsers`, `include` | text | `browsers` |
  /// | anything | JSON with `pattern` keys | `crawlers` |
  /// | `robots`, `spiders`, `bots`, `crawlers`, `agents`, `exclude` | text | `robots` |
  ///
  /// - Returns: nil where no rule fits.
  static func of(name: String, shape: Shape) -> ListKind? {
    let name = name.lowercased()
    func has(_ parts: String...) -> Bool { parts.contains { contains(name, $0) } }
    switch shape {
    case .networks:
      if has("internal") { return .internal }
      if has("exempt", "relay", "carrier") { return .exempt }
      if has("tor") && has("exit") { return .torExits }
      return has("bot", "crawler", "spider", "ip_exclude") ? .crawlerNetworks : .dataCentre
    case .patterns: return .crawlers
    case .text:
      if has("browsers", "include") { return .browsers }
      return has("robots", "spiders", "bots", "crawlers", "agents", "exclude") ? .robots : nil
    }
  }

  /// What the bytes of a list look like.
  enum Shape {
    /// Most lines, or some strings of the JSON, are networks.
    case networks
    /// JSON with patterns.
    case patterns
    /// Lines of something else.
    case text
  }

  private static func contains(_ text: String, _ part: String) -> Bool {
    let (text, part) = (Array(text.utf8), Array(part.utf8))
    guard part.count <= text.count else { return false }
    return (0...(text.count - part.count)).contains { text[$0...].starts(with: part) }
  }
}
