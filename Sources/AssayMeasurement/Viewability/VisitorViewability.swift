public import AssayModel

/// Decides for each impression of a visitor whether it was viewable, from whatever the visitor's log lines say about it.
///
/// One value serves any number of visitors, one after the other, and keeps its storage between them.
public struct VisitorViewability: Sendable {
  private let evaluator: ViewabilityEvaluator
  /// For each impression, the first event that tells about it, and from each such event the next; -1 ends the chain.
  private var heads: [Int32] = []
  private var links: [Int32] = []
  private var gathered: [ExposureSample] = []
  private var ordered: [ExposureSample] = []
  private var keys: [UInt64] = []

  /// A judge of all standards of `ViewabilityStandard.all`.
  public init(_ settings: ViewabilitySettings = ViewabilitySettings()) {
    evaluator = ViewabilityEvaluator(settings)
  }

  /// Replaces `outcomes` by one for each event of the visitor; those of anything but impressions are undetermined, and
  /// so are those of impressions that repeat an id: what was measured belongs to the first.
  ///
  /// All exposures of an impression are put together and ordered by time. Where there is not one sample, what the ad
  /// server declared counts: viewable before not viewable, since the first pings of an ad may come too early.
  ///
  /// - Parameter samples: Those of the bucket, that `Event.sampleRange` refers to.
  /// - Complexity: O(events + samples × standards), O(n log n) in the samples of an impression that are not in order.
  public mutating func evaluate(
    _ facts: VisitorFacts, _ events: Span<Event>, samples: Span<ExposureSample>, slots: SlotTable,
    into outcomes: inout [ViewabilityOutcomes]
  ) {
    outcomes.refill(events.count, with: ViewabilityOutcomes())
    guard chain(facts, events) else { return }
    for ordinal in events.indices where events[ordinal].kind == .impression && heads[ordinal] >= 0 {
      outcomes[ordinal] = evaluate(impression: ordinal, events, samples, slots)
    }
  }

  /// Chains to each impression the events that tell about it; false where no event of the visitor tells anything.
  private mutating func chain(_ facts: VisitorFacts, _ events: Span<Event>) -> Bool {
    let declared = VisitorViewability.declared
    guard events.indices.contains(where: { VisitorViewability.tells(events[$0], declared) }) else { return false }
    while heads.count < events.count {
      heads.append(-1)
      links.append(-1)
    }
    VisitorViewability.link(facts.impressionOf.span, events, &heads, &links)
    return true
  }

  private static func link(
    _ impressionOf: Span<Int32>, _ events: Span<Event>, _ heads: inout [Int32], _ links: inout [Int32]
  ) {
    var heads = heads.mutableSpan
    var links = links.mutableSpan
    let declared = declared
    // Those of the visitor's events; a link is set before it is followed.
    for index in events.indices { heads[index] = -1 }
    for index in events.indices.reversed() where tells(events[index], declared) {
      // An impression without an id can only tell about itself.
      let isAlone = events[index].impression == 0 && events[index].kind == .impression
      let impression = isAlone ? index : Int(impressionOf[index])
      guard impression >= 0 else { continue }
      links[index] = heads[impression]
      heads[impression] = Int32(truncatingIfNeeded: index)
    }
  }

  /// Whether an event may say something about the viewability of an impression. (The flags are handed over because
  /// reading a static for every event would be half of the cost.)
  private static func tells(_ event: Event, _ declared: EventFlags) -> Bool {
    event.kind == .exposure || event.kind == .video || !event.flags.isDisjoint(with: declared)
  }

  private static let declared: EventFlags = [.declaredViewable, .declaredNotViewable, .declaredUndetermined]

  private mutating func evaluate(
    impression: Int, _ events: Span<Event>, _ samples: Span<ExposureSample>, _ slots: SlotTable
  ) -> ViewabilityOutcomes {
    var flags = events[impression].flags
    var progress = VideoProgress()
    var (exposures, range) = (0, 0..<0)
    var next = heads[impression]
    while next >= 0 {
      let event = events[Int(next)]
      flags.formUnion(event.flags)
      if event.kind == .video {
        flags.insert(.video)
        progress.add(percent: event.detail, at: event.time)
      } else if event.kind == .exposure {
        exposures += 1
        range = event.sampleRange.clamped(to: 0..<samples.count)
      }
      next = links[Int(next)]
    }
    let size = slots.slots[Int(events[impression].slot)]
    let creative = ViewabilityEvaluator.Creative(
      isVideo: flags.contains(.video),
      isLarge: size.hasSize && Int(size.width) * Int(size.height) >= ViewabilityStandard.largeArea,
      length: progress.length)
    // Mostly one event has all samples, in order; they are read where they stand.
    if exposures == 1, VisitorViewability.areOrdered(samples.extracting(range)), !range.isEmpty {
      return evaluator.evaluate(samples.extracting(range), of: creative)
    }
    if exposures > 0 { gather(impression, events, samples) }
    if exposures == 0 || gathered.isEmpty {
      return evaluator.outcomes(declared: VisitorViewability.declaration(flags), of: creative)
    }
    putInOrder()
    return evaluator.evaluate(gathered.span, of: creative)
  }

  /// Puts together the samples of all exposures of an impression.
  private mutating func gather(_ impression: Int, _ events: Span<Event>, _ samples: Span<ExposureSample>) {
    gathered.removeAll(keepingCapacity: true)
    var next = heads[impression]
    while next >= 0 {
      let event = events[Int(next)]
      if event.kind == .exposure {
        for index in event.sampleRange.clamped(to: 0..<samples.count) { gathered.append(samples[index]) }
      }
      next = links[Int(next)]
    }
  }

  /// What the ad server declared.
  private static func declaration(_ flags: EventFlags) -> Viewability {
    if flags.contains(.declaredViewable) { return .viewable }
    return flags.contains(.declaredNotViewable) ? .notViewable : .undetermined
  }

  private static func areOrdered(_ samples: Span<ExposureSample>) -> Bool {
    for index in samples.indices.dropFirst() where samples[index].milliseconds < samples[index - 1].milliseconds {
      return false
    }
    return true
  }

  /// Orders the gathered samples by time, those of one moment as they came.
  private mutating func putInOrder() {
    if VisitorViewability.areOrdered(gathered.span) { return }
    keys.removeAll(keepingCapacity: true)
    for index in gathered.indices {
      let time = UInt32(bitPattern: gathered[index].milliseconds) ^ 1 << 31
      keys.append(UInt64(time) << 32 | UInt64(index))
    }
    keys.sort()
    ordered.removeAll(keepingCapacity: true)
    for key in keys { ordered.append(gathered[Int(key & 0xffff_ffff)]) }
    swap(&gathered, &ordered)
  }
}

/// Works out the length of a video from the times at which it reported its progress.
private struct VideoProgress {
  private var first: (percent: Int64, time: Timestamp)?
  private var last: (percent: Int64, time: Timestamp)?

  mutating func add(percent: UInt64, at time: Timestamp) {
    let report = (percent: Int64(min(percent, 100)), time: time)
    if first.map({ report.percent < $0.percent }) ?? true { first = report }
    if last.map({ report.percent > $0.percent }) ?? true { last = report }
  }

  /// Milliseconds from start to end at the pace between the least and the most advanced report, nil without two. A
  /// pause makes it longer than the video is, and a standard that asks for a part of it harder to meet: never easier.
  var length: Int32? {
    guard let first, let last, last.percent > first.percent, last.time > first.time else { return nil }
    let elapsed = last.time.microseconds(since: first.time) / 1_000
    let (scaled, overflow) = elapsed.multipliedReportingOverflow(by: 100)
    return overflow ? nil : Int32(clamping: scaled / (last.percent - first.percent))
  }
}
