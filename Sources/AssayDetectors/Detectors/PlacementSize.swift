public import AssayModel

/// Ads in places too small, or too large, to be ads.
public struct PlacementSize: Detector {
  /// What it is.
  public static let card = DetectorCard(
    id: "placement-size", title: "Size that no visible ad has",
    category: Category(code: "G_PLACEMENT_SIZE", mrc: "G6", title: "Invalid placement: tiny or illogical size"),
    family: .protocolRules, action: .invalidate(.givt), needs: [.size],
    summary: """
      The log declares the size of the creative, and it is 0x0, 1x1 or otherwise smaller on a side than any ad that \
      people can see, or larger than any screen. Sizes that are not declared are not judged.
      """,
    foolsIt: """
      Tracking pixels and out-of-page slots are rightly 1x1: a profile should not count them as impressions of a display \
      ad. Events marked as video are not judged, since players declare no size or that of a companion.
      """,
    measures: [DetectorCard.Measure("smallest-side", unit: "px"), DetectorCard.Measure("largest-side", unit: "px")],
    thresholds: [
      DetectorCard.Threshold(
        name: "smallest-side", standard: 10, range: 1...100, unit: "px",
        origin: "half the height of the smallest banner of the MMA guidelines (120x20), so no published size is hit"),
      DetectorCard.Threshold(
        name: "largest-side", standard: 8_192, range: 1_000...65_000, unit: "px",
        origin: "just above the long side of an 8K screen (7,680 px)"),
    ],
    references: [
      "MRC Invalid Traffic Detection and Filtration Standards (2020): GIVT, invalid placements (0x0, 1x1)",
      "IAB New Ad Portfolio (2017): sizes",
    ])

  private let slots: [AdSlot]
  private let smallest: UInt16
  private let largest: UInt16
  private let limits: (smallest: Int64, largest: Int64)

  /// The detector with the slots of the run.
  public init(_ settings: DetectorSettings, context: DetectorContext) {
    slots = context.slots.slots
    smallest = UInt16(settings["smallest-side"])
    largest = UInt16(settings["largest-side"])
    limits = (settings.millionths("smallest-side"), settings.millionths("largest-side"))
  }

  /// Visitors with a slot whose size is not that of a usual ad.
  public var triggers: VisitorTraits { .oddSize }

  /// Flags impressions in slots of such a size.
  public func inspect(_ visitor: VisitorFacts, _ events: Span<Event>, _ findings: inout FindingSink) {
    for ordinal in events.indices {
      let event = events[ordinal]
      guard event.kind == .impression, !event.flags.contains(.video), Int(event.slot) < slots.count else { continue }
      let slot = slots[Int(event.slot)]
      guard slot.hasSize else { continue }
      let (least, most) = (min(slot.width, slot.height), max(slot.width, slot.height))
      if least < smallest {
        findings.flag(ordinal, event, observed: Int64(least) * 1_000_000, threshold: limits.smallest)
      } else if most > largest {
        findings.flag(ordinal, event, measure: 1, observed: Int64(most) * 1_000_000, threshold: limits.largest)
      }
    }
  }

  /// Whether a slot is worth asking about, whatever the settings: its size is outside the strictest of them.
  static func isOdd(_ slot: AdSlot) -> Bool {
    slot.hasSize && (min(slot.width, slot.height) < 100 || max(slot.width, slot.height) > 1_000)
  }
}
