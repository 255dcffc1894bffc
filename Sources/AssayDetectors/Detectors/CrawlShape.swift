public import AssayModel

/// Visitors that read the rules for robots and then page after page, each once.
public struct CrawlShape: Detector {
  /// What it is.
  public static let card = DetectorCard(
    id: "crawl-shape", title: "robots.txt, and then every page once",
    category: Category(code: "G_CRAWL_SHAPE", mrc: "G3", title: "Interaction pattern: a crawl"),
    family: .navigation, action: .weigh(hundredths: 250), needs: [.visitor],
    summary: """
      The visitor asked for /robots.txt, which tells crawlers what they may fetch and which no browser asks for by itself, \
      and for many pages, hardly one of them twice, whereas people come back to what they know and their browsers ask \
      for the same parts of pages again. All its events are flagged: a crawler is at work, whatever its user agent says.
      """,
    foolsIt: """
      A browser with an extension that looks at robots.txt, behind the same address as others with the same user agent, \
      where visitors have no ids: it weighs and does not convict alone. A crawler that does not ask for the rules, or \
      asks from another address, is not found here.
      """,
    measures: [DetectorCard.Measure("distinct-pages", unit: "share")],
    thresholds: [
      DetectorCard.Threshold(
        name: "least-pages", standard: 30, range: 2...100_000, unit: "pages",
        origin: "detection.md D-CRAWL; a person who reads robots.txt by hand does not go on for so long"),
      DetectorCard.Threshold(
        name: "distinct-pages", standard: 0.95, range: 0.1...1, unit: "share",
        origin: "detection.md D-CRAWL: a crawler has no reason to fetch a page twice"),
    ],
    references: [
      "RFC 9309, Robots Exclusion Protocol",
      "Stevanovic, An and Vlajic, Feature evaluation for web crawler detection (2012)",
    ])

  private let leastPages: Int
  private let leastShare: Double
  private let threshold: Int64
  private let rules = UInt32(truncatingIfNeeded: StableHash.of(text: "/robots.txt"))

  /// The detector with its thresholds.
  public init(_ settings: DetectorSettings, context: DetectorContext) {
    leastPages = Int(settings["least-pages"])
    leastShare = settings["distinct-pages"]
    threshold = settings.millionths("distinct-pages")
  }

  /// Visitors with many events.
  public var triggers: VisitorTraits { .busy }

  /// Flags all events of a visitor that crawls.
  ///
  /// - Complexity: O(n), and O(n log n) for one that asked for the rules.
  public func inspect(_ visitor: VisitorFacts, _ events: Span<Event>, _ findings: inout FindingSink) {
    var (asked, count) = (false, 0)
    for index in events.indices where events[index].kind == .page {
      if events[index].page == rules { asked = true } else { count += 1 }
    }
    guard asked, count >= leastPages else { return }
    var pages: [UInt32] = []
    for index in events.indices where events[index].kind == .page && events[index].page != rules {
      pages.append(events[index].page)
    }
    pages.sort()
    var distinct = 1
    for index in 1..<pages.count where pages[index] != pages[index - 1] { distinct += 1 }
    let share = Double(distinct) / Double(count)
    guard share >= leastShare else { return }
    for ordinal in events.indices {
      findings.flag(ordinal, events[ordinal], observed: Int64((share * 1_000_000).rounded()), threshold: threshold)
    }
  }
}
