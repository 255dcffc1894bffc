public import AssayModel

/// The same event twice.
public struct DuplicateEvent: Detector {
  /// What it is.
  public static let card = DetectorCard(
    id: "duplicate-event", title: "Same event again",
    category: Category(code: "G_DUP_EVENT", mrc: "G3", title: "Repeated transaction"),
    family: .protocolRules, action: .invalidate(.givt), needs: [.impressionID],
    summary: """
      An impression, click or conversion that the same visitor already had: the same kind with the same impression id, \
      or, for conversions that carry one, the same order id. The first one stays; what follows is flagged, whether it is a \
      retry of a billing beacon, a reload or a replay, since none of them is a second ad.
      """,
    foolsIt: """
      An impression id that is not one (a campaign's number, a constant of the tag): every second impression would be \
      flagged; the profile must name the right field. Retries of burl are ordinary and no fraud, yet they must not be \
      counted twice. Form posts are not judged: people correct and send again.
      """,
    measures: [DetectorCard.Measure("occurrences", unit: "times")],
    thresholds: [
      DetectorCard.Threshold(
        name: "window", standard: 24, range: 0.01...8_760, unit: "h",
        origin: "our choice: a day; counted from the one before, so a chain of repeats does not end it")
    ],
    references: [
      "MRC: all received impressions are reported, duplicates as invalid (as quoted by accredited vendors)",
      "OpenRTB 2.6 implementation guidance: burl is idempotent and is retried",
    ])

  private let window: Int64

  /// The detector.
  public init(_ settings: DetectorSettings, context: DetectorContext) {
    window = Int64(settings["window"] * 3_600_000_000)
  }

  /// Visitors with a repeated impression id, or with several clicks or conversions.
  public var triggers: VisitorTraits { [.repeatedImpression, .severalActions] }

  /// Flags all but the first of a chain of same events, each within the window of the one before.
  public func inspect(_ visitor: VisitorFacts, _ events: Span<Event>, _ findings: inout FindingSink) {
    var seen: [Key: (time: Timestamp, count: Int64)] = [:]
    let impressionsRepeat = DuplicateEvent.impressionsRepeat(visitor, events)
    for ordinal in events.indices {
      let event = events[ordinal]
      guard event.kind != .impression || impressionsRepeat, let key = Key(event) else { continue }
      guard let before = seen[key], event.time.microseconds(since: before.time) <= window else {
        seen[key] = (event.time, 1)
        continue
      }
      seen[key] = (event.time, before.count + 1)
      findings.flag(ordinal, event, observed: (before.count + 1) * 1_000_000, threshold: 1_000_000)
    }
  }

  /// Whether an impression points to an earlier one with its id.
  private static func impressionsRepeat(_ visitor: VisitorFacts, _ events: Span<Event>) -> Bool {
    for ordinal in events.indices where events[ordinal].kind == .impression {
      let first = Int(visitor.impressionOf[ordinal])
      if first >= 0, first != ordinal { return true }
    }
    return false
  }

  /// What makes two events the same.
  private struct Key: Hashable {
    var kind: EventKind
    var id: UInt64

    init?(_ event: Event) {
      kind = event.kind
      switch event.kind {
      case .impression, .click: id = event.impression
      case .conversion: id = event.detail != 0 ? event.detail : event.impression
      default: return nil
      }
      if id == 0 { return nil }
    }
  }
}
