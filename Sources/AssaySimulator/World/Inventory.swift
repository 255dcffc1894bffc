import AssayModel

/// What is bought and where it is shown: campaigns, publishers, placements. A function of the scenario alone; texts are
/// kept as the bytes of the query that they become.
struct Inventory: Sendable {
  /// An advertiser's campaign.
  struct Campaign: Sendable {
    /// `spring-sale`.
    var name: [UInt8]
    /// Price of one impression in millionths: a CPM of 0.5 to 12.
    var price: Int
    /// Creatives, up to four.
    var creatives: Int
  }

  /// A site.
  struct Publisher: Sendable {
    /// `newsdaily.example`.
    var host: [UInt8]
    /// Ordinary placements, as ordinals.
    var placements: Range<Int>
    /// The placement that asks for a new ad every 30 seconds.
    var refreshing: Int
    /// The placement that nobody can see, 1x1 or 0x0.
    var invisible: Int
    /// Pages.
    var pages: Int
    /// What the addresses of its pages look like.
    var style: PageStyle
  }

  /// What the address of a page looks like.
  enum PageStyle: Sendable {
    /// `/world/123`
    case sections
    /// `/amber-letter_river`, from a list of words
    case words
    /// `/a1b2c`
    case letters
    /// `/search?q=cheap+letter`
    case search
  }

  /// A place on a site's pages.
  struct Placement: Sendable {
    /// Ordinal of its publisher.
    var publisher: Int
    /// CSS pixels.
    var width: Int
    /// CSS pixels.
    var height: Int
    /// Whether it shows videos.
    var isVideo: Bool
    /// `&pid=newsdaily-sidebar&pub=newsdaily.example&sid=adhouse&size=300x250`, `&media=video` for a video.
    var query: [UInt8]
  }

  private(set) var campaigns: [Campaign] = []
  private(set) var publishers: [Publisher] = []
  private(set) var placements: [Placement] = []
  /// Publishers that are no network's.
  private(set) var ordinary = 0..<0
  /// Publishers of each network, by `Family.rawValue`; empty where it has none of its own.
  private(set) var rings: [Range<Int>] = Family.allCases.map { _ in 0..<0 }
  /// Placements that somebody sells in the name of the most visited publishers.
  private(set) var forged = 0..<0
  /// Seller of the forged placements; others sell through it too.
  static let forger = "vidgate"
  private let seed: UInt64

  /// The inventory of a scenario: as many campaigns and publishers as it says, and the publishers of its networks.
  init(_ scenario: SimulationScenario) {
    seed = scenario.seed
    var random = RandomSource(seed: StableHash.of(scenario.seed, 0x696e_7665_6e74))
    for index in 0..<scenario.campaigns {
      let name = Inventory.campaignName(index)
      let price = 500 + 50 * random.below(231)
      campaigns.append(Campaign(name: Array(name.utf8), price: price, creatives: random.within(1...4)))
    }
    ordinary = addPublishers(scenario.publisherCount, &random)
    for family in Family.networks where scenario.lines(of: family) > 0 {
      let count = family.ringSize(scenario)
      rings[Int(family.rawValue)] = addPublishers(count, styles: family.pageStyles, &random)
    }
    if scenario.lines(of: .methbot) > 0 { forgePlacements() }
  }

  /// Adds publishers.
  ///
  /// - Returns: their ordinals.
  private mutating func addPublishers(
    _ count: Int, styles: [PageStyle] = [.sections], _ random: inout RandomSource
  ) -> Range<Int> {
    let first = publishers.count
    for index in first..<first + count { addPublisher(index, styles[index % styles.count], &random) }
    return first..<publishers.count
  }

  /// The most visited publishers, an eighth of all, get a player that another seller sells.
  private mutating func forgePlacements() {
    let first = placements.count
    for publisher in 0..<max(2, ordinary.count / 8) {
      let host = String(decoding: publishers[publisher].host, as: UTF8.self)
      let query =
        "&pid=\(host.dropLast(8))-preroll&pub=\(host)&sid=\(Inventory.forger)&size=640x360&media=video"
      placements.append(
        Placement(publisher: publisher, width: 640, height: 360, isVideo: true, query: Array(query.utf8)))
    }
    forged = first..<placements.count
  }

  private mutating func addPublisher(_ index: Int, _ style: PageStyle, _ random: inout RandomSource) {
    let isClassic = index < 48
    let stem = isClassic ? Inventory.topics[index % 8] + Inventory.suffixes[index / 8] : laterName(index)
    let sellers = isClassic ? Inventory.sellers : Inventory.sellers + Inventory.laterSellers
    let seller = sellers[random.below(sellers.count)]
    func place(_ name: String, _ width: Int, _ height: Int, isVideo: Bool = false) -> Placement {
      let size = "\(width)x\(height)"
      let query =
        "&pid=\(stem)-\(name)&pub=\(stem).example&sid=\(seller)&size=\(size)" + (isVideo ? "&media=video" : "")
      return Placement(
        publisher: index, width: width, height: height, isVideo: isVideo,
        query: Array(query.utf8))
    }
    let first = placements.count
    placements.append(random.happens(percent: 70) ? place("top", 728, 90) : place("top", 970, 250))
    placements.append(random.happens(percent: 60) ? place("sidebar", 300, 250) : place("sidebar", 300, 600))
    placements.append(random.happens(percent: 60) ? place("article", 336, 280) : place("article", 320, 100))
    if isClassic && index % 2 == 0 {
      placements.append(place("player", 640, 360, isVideo: true))
    } else if !isClassic && (random.happens(percent: 50) || style == .words || style == .letters) {
      // Phony sites are made for videos.
      placements.append(place(random.happens(percent: 50) ? "player" : "preroll", 640, 360, isVideo: true))
    }
    let ordinary = first..<placements.count
    placements.append(place("ticker", 300, 250))
    placements.append((isClassic ? index % 3 : random.below(3)) == 0 ? place("frame", 0, 0) : place("pixel", 1, 1))
    publishers.append(
      Publisher(
        host: Array("\(stem).example".utf8), placements: ordinary, refreshing: ordinary.upperBound,
        invisible: ordinary.upperBound + 1, pages: random.within(40...900), style: style))
  }

  /// The name of a publisher from the 49th on: which comes next, the seed decides, so that names tell nothing.
  private func laterName(_ index: Int) -> String {
    let (firsts, seconds) = (Inventory.firsts, Inventory.seconds)
    let number = permuted(index, below: 1 << 13, seed: seed)
    let (first, rest) = (number % firsts.count, number / firsts.count)
    let round = rest / seconds.count
    return firsts[first] + seconds[rest % seconds.count] + (round == 0 ? "" : "\(round + 1)")
  }

  private static func campaignName(_ index: Int) -> String {
    let (occasion, thing) = (occasions[index % 20], things[(index / 20 + index) % 20])
    return index < 400 ? "\(occasion)-\(thing)" : "\(occasion)-\(thing)-\(index / 400 + 1)"
  }

  private static let topics = ["news", "sport", "cooking", "travel", "garden", "motor", "weather", "music"]
  private static let suffixes = ["daily", "world", "hub", "today", "corner", "post"]
  private static let sellers = ["adhouse", "openlane", "brightmarket", "northseat"]
  private static let laterSellers = [
    "vidgate", "clearpath", "adriver", "bluetrade", "mediacrest", "southbank", "pagelift", "openfield",
  ]
  private static let firsts = [
    "alpine", "amber", "ample", "atlas", "beacon", "breezy", "bridge", "cedar", "chalk", "cobalt", "copper", "coral",
    "daring", "delta", "dune", "early", "echo", "fable", "fern", "field", "flint", "forest", "garnet", "glade",
    "granite", "harbour", "hazel", "heron", "indigo", "ivory", "juniper", "kestrel", "lantern", "linden", "lunar",
    "maple", "meadow", "merry", "mill", "mint", "nimble", "north", "oak", "ocean", "olive", "orbit", "otter", "pebble",
    "pine", "plain", "quartz", "quiet", "raven", "river", "robin", "saffron", "sandy", "silver", "spruce", "stone",
    "summit", "thistle", "timber", "willow",
  ]
  private static let seconds = [
    "almanac", "arena", "bazaar", "blog", "board", "bulletin", "chronicle", "club", "courier", "digest", "diary",
    "express", "files", "forum", "gazette", "globe", "guide", "herald", "insider", "journal", "kitchen", "lab",
    "ledger", "letter", "lounge", "mag", "mail", "market", "mirror", "monitor", "network", "notes", "observer",
    "outlook", "page", "pilot", "planet", "portal", "press", "radar", "reader", "register", "report", "review", "room",
    "scene", "scout", "signal", "square", "star", "station", "stream", "street", "studio", "table", "times", "tribune",
    "tv", "update", "view", "voice", "watch", "wire", "zone",
  ]
  private static let occasions = [
    "spring", "summer", "autumn", "winter", "holiday", "weekend", "launch", "brand", "city", "family", "student",
    "premium", "early", "midnight", "local", "national", "evergreen", "festival", "clearance", "welcome",
  ]
  private static let things = [
    "sale", "shoes", "phones", "bank", "coffee", "cars", "flights", "books", "games", "bikes", "fashion", "insurance",
    "furniture", "streaming", "energy", "cruises", "groceries", "hotels", "software", "toys",
  ]
}
