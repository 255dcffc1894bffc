public import AssayModel

/// Clicks too soon after the click before.
public struct RepeatClick: Detector {
  /// What it is.
  public static let card = DetectorCard(
    id: "repeat-click", title: "Click within the refractory period of another",
    category: Category(code: "G_RCRP_CLICK", mrc: "G3", title: "Repeat click"),
    family: .timing, action: .invalidate(.givt), needs: [.time, .visitor],
    summary: """
      A click that follows another of the same visitor too closely: on the same impression (or, where it has no id, on \
      the same slot and path) within the first period, or on the same ad within the second. The first click stays. The \
      period begins anew with each click, so a finger that never stops gives one.
      """,
    foolsIt: """
      Double clicks of people: the second one is invalid by every known rule, and the first one stays. Visitors that are \
      only known by address and user agent can be several people behind one address who click the same ad within half a \
      minute.
      """,
    measures: [DetectorCard.Measure("same-impression", unit: "s"), DetectorCard.Measure("same-ad", unit: "s")],
    thresholds: [
      DetectorCard.Threshold(
        name: "same-impression", standard: 2, range: 0...3_600, unit: "s",
        origin: "our choice: vendors withhold their period"),
      DetectorCard.Threshold(
        name: "same-ad", standard: 30, range: 0...3_600, unit: "s",
        origin: "our choice: vendors withhold their period"),
    ],
    references: [
      "IAB Click Measurement Guidelines 1.0 (2009): multiple clicks",
      "Tuzhilin, The Lane's Gifts v. Google Report (2006): second click on an impression",
    ])

  private let sameImpression: Limit
  private let sameAd: Limit
  private let slots: [AdSlot]

  /// The detector with the slots of the run.
  public init(_ settings: DetectorSettings, context: DetectorContext) {
    sameImpression = Limit(measure: 0, period: settings.millionths("same-impression"))
    sameAd = Limit(measure: 1, period: settings.millionths("same-ad"))
    slots = context.slots.slots
  }

  /// Visitors with several clicks.
  public var triggers: VisitorTraits { .severalActions }

  /// Flags clicks within a period of the click before.
  public func inspect(_ visitor: VisitorFacts, _ events: Span<Event>, _ findings: inout FindingSink) {
    var lastOf: [Key: Timestamp] = [:]
    for ordinal in events.indices where events[ordinal].kind == .click {
      let click = events[ordinal]
      for (key, limit) in keys(of: click) {
        if let last = lastOf.updateValue(click.time, forKey: key) {
          let gap = click.time.microseconds(since: last)
          if gap <= limit.period {
            findings.flag(ordinal, click, measure: limit.measure, observed: gap, threshold: limit.period)
          }
        }
      }
    }
  }

  /// How long after another a click repeats it.
  private struct Limit {
    /// Of those on the card.
    var measure: Int
    /// In microseconds, the millionths of a second.
    var period: Int64
  }

  /// What a click must share with another to repeat it, with the limit of each.
  private func keys(of click: Event) -> [(Key, Limit)] {
    var keys: [(Key, Limit)] = []
    if click.impression != 0 {
      keys.append((Key(what: .impression, first: click.impression), sameImpression))
    } else if click.key != .none {
      let place = Key(what: .place, first: UInt64(click.slot), second: UInt64(click.page))
      keys.append((place, sameImpression))
    }
    if click.key != .none, let ad = ad(of: click) { keys.append((ad, sameAd)) }
    return keys
  }

  /// The ad of a click where its slot says which: the creative in its place, or the campaign in its place.
  private func ad(of click: Event) -> Key? {
    guard Int(click.slot) < slots.count else { return nil }
    let names = slots[Int(click.slot)].names
    let ad = names[.creative] != 0 ? UInt64(names[.creative]) << 32 : UInt64(names[.campaign])
    return ad == 0 ? nil : Key(what: .ad, first: ad, second: UInt64(names[.placement]))
  }

  private struct Key: Hashable {
    enum What { case impression, place, ad }
    var what: What
    var first: UInt64
    var second: UInt64 = 0
  }
}
