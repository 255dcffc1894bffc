public import AssayModel

/// Visitors that act like a clock.
public struct RegularCadence: Detector {
  /// What it is.
  public static let card = DetectorCard(
    id: "regular-cadence", title: "Pages, ads or clicks at machine-regular intervals",
    category: Category(code: "G_PERIODIC", mrc: "G3", title: "Interaction pattern: near-constant intervals"),
    family: .timing, action: .invalidate(.givt), needs: [.time, .visitor],
    summary: """
      In one session the gaps between pages, between ads or between clicks vary less than people's do: their coefficient \
      of variation (standard deviation by mean) lies below what one in ten thousand simulated people shows with as many \
      gaps; in a short session, below half of that. Events within a second of the one before belong together, so a page \
      with its parts and its ads is one. All events of the session are flagged. Page timers are taken out before: a gap \
      that many visitors of a page or placement share, and, in a session that stays in one placement of one page (four of \
      five gaps are between its ads, or half of them where the referrer tells the page), a gap that many such sessions of the publisher or of the whole run \
      share, or whose mean is a multiple of 5 s to a quarter of a second.
      """,
    foolsIt: """
      Slide shows and meters whose timer is not a round number and that few visitors keep open; short gaps in a log of \
      whole seconds, which are not judged; ads that reload where the log does not name placements. On the other side a \
      robot that stays on one page and reloads one placement every 30 seconds looks like the timer that it imitates, a \
      whole botnet on one timer likewise, and so does one on a site with a single placement where page requests are not \
      logged: they are left to other detectors.
      """,
    measures: [DetectorCard.Measure("coefficient-of-variation", unit: "ratio")],
    thresholds: [
      DetectorCard.Threshold(
        name: "least-gaps", standard: 15, range: 5...1_000, unit: "gaps",
        origin: "simulated: with fewer, delays drawn evenly from 5 to 25 s cannot be told from a person's"),
      DetectorCard.Threshold(
        name: "least-span", standard: 1.5, range: 0...720, unit: "min",
        origin: "our choice: a habit, not a moment; 16 pages five seconds apart take 80 s"),
      DetectorCard.Threshold(
        name: "long-span", standard: 10, range: 0...720, unit: "min",
        origin: "our choice: in less, somebody leafs through a gallery; the limit is then halved"),
      DetectorCard.Threshold(
        name: "least-median", standard: 5, range: 0...3_600, unit: "s",
        origin: "below it a log of whole seconds blurs the gaps by 20 %; not asked of finer times"),
      DetectorCard.Threshold(
        name: "scale", standard: 1, range: 0.1...2, unit: "ratio",
        origin: "1 keeps the simulated limits: one in 10,000 people with lognormal gaps, sd(log) 0.82"),
      DetectorCard.Threshold(
        name: "timer-share", standard: 0.2, range: 0.01...1, unit: "share",
        origin: "our choice: a gap within 5 % that a fifth of a place's visitors share is the place's"),
      DetectorCard.Threshold(
        name: "timer-step", standard: 5, range: 0...60, unit: "s",
        origin: "our choice: refresh intervals are set to 30, 45, 60 s; 0 calls no lone visitor's gap a timer"),
    ],
    references: [
      "CERTH web bot detection data set: people's gaps between pages are lognormal, sd(log) 0.82; limits simulated from it",
      "MRC Invalid Traffic Detection and Filtration Standards (2020): GIVT, activity-based filtration",
    ])

  private let leastGaps: Int
  private let leastSpan: Int64
  private let longSpan: Int64
  private let leastMedian: Int64
  private let scale: Double
  private let timerShare: Double
  private let timerStep: Int64
  private let timers: RefreshTimers
  private let slots: [AdSlot]

  /// The detector with the timers that the run's places were learned to have.
  public init(_ settings: DetectorSettings, context: DetectorContext) {
    leastGaps = Int(settings["least-gaps"])
    leastSpan = Int64(settings["least-span"] * 60_000_000)
    longSpan = Int64(settings["long-span"] * 60_000_000)
    leastMedian = Int64(settings["least-median"] * 1_000_000)
    scale = settings["scale"]
    timerShare = settings["timer-share"]
    timerStep = Int64(settings["timer-step"] * 1_000_000)
    timers = context.population.timers
    slots = context.slots.slots
  }

  /// Visitors with a long session.
  public var triggers: VisitorTraits { .longSession }

  /// Flags all events of sessions with a cadence no person has.
  public func inspect(_ visitor: VisitorFacts, _ events: Span<Event>, _ findings: inout FindingSink) {
    for session in visitor.sessions where session.events.count > leastGaps {
      for stream in CadenceStream.allCases {
        guard let (variation, limit) = finding(in: session, stream, events) else { continue }
        for ordinal in session.events {
          findings.flag(
            ordinal, events[ordinal], observed: Int64((variation * 1_000_000).rounded()),
            threshold: Int64((limit * 1_000_000).rounded()))
        }
        break
      }
    }
  }

  /// The coefficient of variation of a stream's gaps and its limit, where it lies below; nil else.
  private func finding(
    in session: Session, _ stream: CadenceStream, _ events: Span<Event>
  ) -> (variation: Double, limit: Double)? {
    guard stream.count(in: session, events) > leastGaps else { return nil }
    var cadence = CadenceGaps()
    cadence.read(stream, of: session, events, slots)
    let isFine = session.events.allSatisfy { events[$0].flags.contains(.subsecond) }
    guard test(cadence.gaps, isFine: isFine) != nil else { return nil }
    // Only what would be flagged is held against the timers.
    let period = RefreshTimers.roundPeriod(of: cadence, step: timerStep)
    let own = cadence.gaps.filter { gap in
      if let period, RefreshTimers.isBeat(gap, of: period) { return false }
      return !timers.isTimer(gap, of: cadence, share: timerShare)
    }
    return test(own, isFine: isFine)
  }

  /// The coefficient of variation of some gaps and its limit, where it lies below; nil else, or where they are too few,
  /// too short together or too short each.
  private func test(_ gaps: [Int64], isFine: Bool) -> (variation: Double, limit: Double)? {
    guard gaps.count >= leastGaps else { return nil }
    let span = gaps.reduce(0, +)
    guard span >= leastSpan else { return nil }
    let mean = Double(span) / Double(gaps.count)
    let squares = gaps.reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) }
    let variation = (squares / Double(gaps.count - 1)).squareRoot() / mean
    let limit = scale * RegularCadence.limit(gaps: gaps.count) * (span < longSpan ? 0.5 : 1)
    guard variation < limit, isFine || gaps.sorted()[gaps.count / 2] >= leastMedian else { return nil }
    return (variation, limit)
  }

  /// The coefficient of variation below which one in ten thousand people falls, by the number of gaps: from 200,000
  /// simulated sessions of lognormal gaps with sd(log) 0.82, straight lines between its rows, its last value beyond.
  static func limit(gaps: Int) -> Double {
    let table: [(gaps: Int, limit: Double)] = [
      (5, 0.075), (8, 0.171), (10, 0.227), (15, 0.304), (20, 0.349), (30, 0.431), (50, 0.507),
    ]
    guard let next = table.firstIndex(where: { $0.gaps >= gaps }) else { return table[table.count - 1].limit }
    if next == 0 { return gaps == table[0].gaps ? table[0].limit : 0 }
    let (low, high) = (table[next - 1], table[next])
    return low.limit + (high.limit - low.limit) * Double(gaps - low.gaps) / Double(high.gaps - low.gaps)
  }
}
