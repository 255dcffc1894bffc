public import AssayModel

/// Rings of publishers that share an audience which has no other reason to be shared.
public struct CoVisitation: Detector {
  /// What it is.
  public static let card = DetectorCard(
    id: "co-visitation", title: "Visits to a ring of publishers that share their visitors",
    category: Category(code: "S_COORDINATED", mrc: "S1", title: "Automated browsing: one audience for a ring of sites"),
    family: .coordination, action: .weigh(hundredths: 400), needs: [.visitor],
    summary: """
      Two publishers are linked where far more visitors go to both than would by chance, given how often each is visited \
      and how many publishers visitors go to. Links that hold together (a 3-core) make a ring: a botnet is sent to the \
      same sites, and people are not. Visitors are counted by their own ids, and by address and user agent, since a \
      botnet's ids live short. Who visits at least three publishers of a ring, and mostly these, is in its box, and a \
      publisher most of whose visitors are in it joins the ring. The events of boxed visitors on the ring are flagged, \
      and no others.
      """,
    foolsIt: """
      Sites of one group that send their readers to each other, or stand behind one portal, share an audience honestly: \
      links between publishers of one domain are left out, others cannot be told from a ring's, so it does not convict \
      alone. A botnet that visits many well-known sites blurs the picture; these have too many visitors of their own to \
      be linked. Visitors without an id and with one event each are linked to nothing.
      """,
    measures: [DetectorCard.Measure("least-visits", unit: "publishers")],
    thresholds: [
      DetectorCard.Threshold(
        name: "least-visits", standard: 3, range: 2...1_000, unit: "publishers",
        origin: "detection.md §2.1, step 9: three publishers of the ring"),
      DetectorCard.Threshold(
        name: "least-share", standard: 0.5, range: 0.05...1, unit: "share",
        origin: "detection.md §2.1, step 9: half of the publishers that a visitor goes to"),
      DetectorCard.Threshold(
        name: "least-lift", standard: 10, range: 1.5...10_000, unit: "times", origin: "detection.md §2.1, step 5"),
      DetectorCard.Threshold(
        name: "least-shared", standard: 10, range: 2...1_000_000, unit: "visitors",
        origin: "our choice: with ten, one in a billion is reached wherever less than one is expected"),
      DetectorCard.Threshold(
        name: "tail", standard: 1e-9, range: 1e-30...1e-3, unit: "probability", origin: "detection.md §2.1, step 5"),
      DetectorCard.Threshold(
        name: "least-ring", standard: 4, range: 4...10_000, unit: "publishers",
        origin: "our choice: the smallest 3-core has four; detection.md §2.1 has five"),
      DetectorCard.Threshold(
        name: "joining", standard: 0.6, range: 0.3...1, unit: "share",
        origin: "detection.md §2.1, step 10: a publisher with 60 % boxed visitors joins"),
    ],
    references: [
      "Stitelman et al., Using co-visitation networks for detecting large scale online display advertising exchange fraud "
        + "(KDD 2013)",
      "Metwally, Agrawal and El Abbadi, DETECTIVES: detecting coalition hit inflation attacks in advertising networks "
        + "streams (WWW 2007)",
    ])

  /// Its records.
  public static var learners: [any Learner.Type] { [StayLog.self] }

  private let leastVisits: Int64
  private let slots: [AdSlot]
  private let rings: PublisherRings
  /// The publishers of each ring, in byte order of their names.
  public let networks: [[String]]

  /// The detector with the rings of the run.
  ///
  /// - Complexity: O(n log n) for n stays, and at most 2,016 pairs of publishers for each visitor.
  public init(_ settings: DetectorSettings, context: DetectorContext) {
    leastVisits = settings.millionths("least-visits")
    slots = context.population.run.slots
    let names = context.slots.names[Dimension.publisher.rawValue]
    rings = PublisherRings(context.population.learned(StayLog.self), names: names, Rule(settings))
    networks = rings.publishers.map { $0.map { names[$0] } }
  }

  /// Those in a ring's box.
  public var triggers: VisitorTraits { .watchedVisitor }

  /// Those in a ring's box.
  public var watchedVisitors: [UInt64] { rings.boxed.visitors }

  /// Flags the events of a boxed visitor on the publishers of a ring.
  public func inspect(_ visitor: VisitorFacts, _ events: Span<Event>, _ findings: inout FindingSink) {
    guard let visits = rings.boxed[visitor.visitor] else { return }
    for ordinal in events.indices {
      let slot = Int(events[ordinal].slot)
      guard slot < slots.count, let ring = rings.ring(of: slots[slot].names[.publisher]) else { continue }
      findings.flag(
        ordinal, events[ordinal], observed: Int64(visits) * 1_000_000, threshold: leastVisits, network: ring + 1)
    }
  }

  /// When publishers are a ring, and who is in its box.
  struct Rule {
    var leastVisits: Int
    var leastShare: Double
    var leastLift: Double
    var leastShared: Double
    var tail: Double
    var leastRing: Int
    var joining: Double

    init(_ settings: DetectorSettings) {
      leastVisits = Int(settings["least-visits"])
      leastShare = settings["least-share"]
      leastLift = settings["least-lift"]
      leastShared = settings["least-shared"]
      tail = naturalLogarithm(settings["tail"])
      leastRing = Int(settings["least-ring"])
      joining = settings["joining"]
    }
  }
}
