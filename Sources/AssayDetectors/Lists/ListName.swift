/// What the name of a list says of it.
///
/// A name is a path: the file and the folders that it stands in, as far as they were named. Each part is taken as
/// words without regard to case (`tor-exit-nodes.lst` has `tor`, `exit`, `nodes`, `lst`). The file speaks first, then
/// the folders from the inner to the outer one: `bots/amazon.json` is of a data centre, `bots/ranges.txt` of crawlers.
struct ListName {
  /// What the names of networks' lists say, in the order in which the rules are tried on one part.
  enum Networks: Equatable {
    case kind(ListKind)
    /// A list that must not be taken for any of the kinds, with the reason.
    case none(String)
  }

  private struct Part {
    var words: Set<String>
    /// The part without its separators.
    var compact: String
  }

  /// The file, then its folders outwards.
  private let parts: [Part]
  private let file: String

  init(_ path: String) {
    let names = path.split(separator: "/").map(String.init)
    file = names.last?.lowercased() ?? ""
    parts = names.reversed().map { name in
      let words = name.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }.map(String.init)
      return Part(words: Set(words), compact: words.joined())
    }
  }

  /// What the name says of a list of networks; nil where it says nothing.
  var networks: Networks? {
    for part in parts {
      if let told = networks(part) { return told }
    }
    return nil
  }

  /// What the name says of a list of user agents; nil where it says nothing.
  var agents: ListKind? {
    for part in parts {
      if !part.words.isDisjoint(with: ["browser", "browsers", "include"]) { return .browsers }
      if !part.words.isDisjoint(with: ["robot", "robots", "bot", "bots", "crawler", "crawlers", "spider", "spiders"])
        || part.words.contains("exclude") && !part.words.contains("ip")
      {
        return .robots
      }
    }
    return nil
  }

  /// Whether the file is said to hold numbers of autonomous systems.
  var isAutonomousSystems: Bool {
    parts.first.map { !$0.words.isDisjoint(with: ["asn", "asns"]) } ?? false
  }

  /// Whether it is what stands beside lists: licences and descriptions.
  var isDocument: Bool {
    let stem = file.prefix { $0 != "." && $0 != "-" && $0 != "_" }
    return ["readme", "license", "licence", "copying", "notice", "changelog", "authors"].contains(String(stem))
      || ["md", "rst"].contains(ending)
  }

  /// Whether it is a page or program text: perhaps what came in place of a list.
  var isProgram: Bool { ["html", "htm", "yml", "yaml", "ts", "js", "py", "sh"].contains(ending) }

  private var ending: String { file.split(separator: ".").dropFirst().last.map(String.init) ?? "" }

  private func networks(_ part: Part) -> Networks? {
    func has(_ words: Set<String>) -> Bool { !part.words.isDisjoint(with: words) }
    if has(["internal"]) { return .kind(.internal) }
    if has(["tor"]) || part.compact.hasPrefix("torbulkexit") || part.compact.hasPrefix("torexit") {
      return part.compact.contains("exit") ? .kind(.torExits) : .none(ListName.torRelays)
    }
    let isInTor = parts.contains { $0.words.contains("tor") }
    if isInTor, has(["exit", "exits"]) { return .kind(.torExits) }
    if has(["exempt", "carrier", "carriers", "relay", "relays"]) && !isInTor
      || ["privaterelay", "appleproxy", "egressipranges"].contains(where: part.compact.contains)
    {
      return .kind(.exempt)
    }
    if part.words.contains(where: { $0.contains("vpn") }) || has(["proxy", "proxies"]) {
      return .none(ListName.personalGateways)
    }
    if has(["cdn", "cloudflare", "cloudfront", "fastly", "akamai"]) { return .none(ListName.deliveryNetworks) }
    if part.words.contains(where: { $0.hasSuffix("bot") || $0.hasSuffix("bots") })
      || has(["crawler", "crawlers", "spider", "spiders"]) || has(ListName.crawlerOperators)
      || part.compact.contains("ipexclude")
    {
      return .kind(.crawlerNetworks)
    }
    if part.compact.contains("datacent")
      || has(["hosting", "hoster", "hosters", "cloud", "clouds", "server", "servers"])
      || has(ListName.hostingProviders)
    {
      return .kind(.dataCentre)
    }
    return nil
  }

  /// Operators whose published networks are those of crawlers, link previews or monitors.
  private static let crawlerOperators: Set = [
    "bing", "openai", "perplexity", "facebook", "twitter", "telegram", "pingdom", "statuscake",
  ]

  /// Operators whose published networks are rented out as servers.
  private static let hostingProviders: Set = [
    "alibaba", "amazon", "aws", "azure", "digitalocean", "gcp", "github", "goog", "google", "hetzner", "ibm", "linode",
    "microsoft", "oci", "oracle", "ovh", "scaleway", "tencent", "vultr",
  ]

  private static let torRelays =
    "Only the exits of the Tor network send what visitors ask for; most relays are somebody's home or server. If it "
    + "holds exits alone, say so: --lists tor-exits=FILE."
  private static let personalGateways =
    "People stand behind a VPN or proxy, so it is no list of data centres, and no detector of this program judges by "
    + "one. To keep them from being flagged as a data centre: --lists exempt=FILE."
  private static let deliveryNetworks =
    "A delivery network passes on what visitors ask for: where its addresses stand in the log, the visitors' own are "
    + "missing. Name its networks as `trusted-hops` in the profile."
}
