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

  /// The inventory of a scenario: as many campaigns as it says, and at most 48 publishers.
  init(_ scenario: SimulationScenario) {
    var random = RandomSource(seed: StableHash.of(scenario.seed, 0x696e_7665_6e74))
    for index in 0..<scenario.campaigns {
      let name = Inventory.campaignName(index)
      let price = 500 + 50 * random.below(231)
      campaigns.append(Campaign(name: Array(name.utf8), price: price, creatives: random.within(1...4)))
    }
    for index in 0..<min(48, max(4, scenario.campaigns)) { addPublisher(index, &random) }
  }

  private mutating func addPublisher(_ index: Int, _ random: inout RandomSource) {
    let stem = Inventory.topics[index % 8] + Inventory.suffixes[index / 8]
    let seller = Inventory.sellers[random.below(Inventory.sellers.count)]
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
    if index % 2 == 0 { placements.append(place("player", 640, 360, isVideo: true)) }
    let ordinary = first..<placements.count
    placements.append(place("ticker", 300, 250))
    placements.append(index % 3 == 0 ? place("frame", 0, 0) : place("pixel", 1, 1))
    publishers.append(
      Publisher(
        host: Array("\(stem).example".utf8), placements: ordinary, refreshing: ordinary.upperBound,
        invisible: ordinary.upperBound + 1, pages: random.within(40...900)))
  }

  private static func campaignName(_ index: Int) -> String {
    let (occasion, thing) = (occasions[index % 20], things[(index / 20 + index) % 20])
    return index < 400 ? "\(occasion)-\(thing)" : "\(occasion)-\(thing)-\(index / 400 + 1)"
  }

  private static let topics = ["news", "sport", "cooking", "travel", "garden", "motor", "weather", "music"]
  private static let suffixes = ["daily", "world", "hub", "today", "corner", "post"]
  private static let sellers = ["adhouse", "openlane", "brightmarket", "northseat"]
  private static let occasions = [
    "spring", "summer", "autumn", "winter", "holiday", "weekend", "launch", "brand", "city", "family", "student",
    "premium", "early", "midnight", "local", "national", "evergreen", "festival", "clearance", "welcome",
  ]
  private static let things = [
    "sale", "shoes", "phones", "bank", "coffee", "cars", "flights", "books", "games", "bikes", "fashion", "insurance",
    "furniture", "streaming", "energy", "cruises", "groceries", "hotels", "software", "toys",
  ]
}
