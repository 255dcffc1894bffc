internal import AssayModel

/// How many different pages the ads of each publisher were seen on, by the referrer of the impressions.
///
/// A page is known by 16 bits of a hash (`Event.document`), so the number of different pages is estimated from how many
/// of the 65,536 values came (linear counting: Whang, Vander-Zanden and Taylor 1990); good to a few hundred thousand
/// pages a publisher, beyond which all values have come and nothing is said.
///
/// - Complexity: O(1) an impression; 8 bytes and what a set adds for each page of each publisher.
struct PageVariety: Learner {
  /// Publisher << 16 | referrer.
  private var pages: Set<UInt64> = []
  /// By publisher, how often a visitor came from one page to another.
  private(set) var views: [Int64] = []
  private let slots: [AdSlot]

  init(_ run: LearningContext) { slots = run.slots }

  mutating func add(_ facts: VisitorFacts, _ events: Span<Event>) {
    // Several ads of a page are one view of it.
    var last = UInt64.max
    for index in events.indices where events[index].kind == .impression && events[index].document != 0 {
      let slot = Int(events[index].slot)
      let publisher = slot < slots.count ? Int(slots[slot].names[.publisher]) : 0
      if publisher == 0 { continue }
      let page = UInt64(publisher) << 16 | UInt64(events[index].document)
      if page == last { continue }
      last = page
      pages.insert(page)
      while views.count <= publisher { views.append(0) }
      views[publisher] += 1
    }
  }

  mutating func merge(_ other: PageVariety) {
    pages.formUnion(other.pages)
    while views.count < other.views.count { views.append(0) }
    for publisher in other.views.indices { views[publisher] += other.views[publisher] }
  }

  /// By publisher, the estimated number of different pages; 0 where there are too many to say.
  var distinct: [Double] {
    var values = [Int](repeating: 0, count: views.count)
    for page in pages { values[Int(page >> 16)] += 1 }
    let all = 65_535.0
    return values.map { $0 < 65_000 ? all * naturalLogarithm(all / (all - Double($0))) : 0 }
  }
}
