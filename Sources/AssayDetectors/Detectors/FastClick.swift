public import AssayModel

/// Clicks faster than people can see and decide.
public struct FastClick: Detector {
  /// What it is.
  public static let card = DetectorCard(
    id: "fast-click", title: "Click sooner after its impression than people can",
    category: Category(code: "G_FAST_CLICK", mrc: "G3", title: "Click within the impression's refractory period"),
    family: .timing, action: .invalidate(.givt), needs: [.time, .impressionID],
    summary: """
      The time between the impression and its click is shorter than a person needs to see an ad and to act. Where a time \
      is logged in whole seconds only, a click is flagged only if every time that the log allows is too short: with both \
      in the same second they are less than a second apart; with one second between them nothing is certain.
      """,
    foolsIt: """
      Impressions that are logged late, when the ad is reported rather than when it is shown: the profile should take the \
      time of rendering. A click that stands before its impression is not measurable and not flagged.
      """,
    measures: [DetectorCard.Measure("display", unit: "ms"), DetectorCard.Measure("video", unit: "ms")],
    thresholds: [
      DetectorCard.Threshold(
        name: "display", standard: 1_000, range: 0...60_000, unit: "ms",
        origin: "the one published value: 1 s (Pixalate, fast clicker)"),
      DetectorCard.Threshold(
        name: "video", standard: 500, range: 0...60_000, unit: "ms",
        origin: "our choice, from the start of the video, where a call to action can stand from the first frame"),
    ],
    references: ["IAB Click Measurement Guidelines 1.0 (2009)", "Pixalate, invalid-traffic types: fast clicker"])

  private let display: Int64
  private let video: Int64

  /// The detector.
  public init(_ settings: DetectorSettings, context: DetectorContext) {
    display = Int64(settings["display"] * 1_000)
    video = Int64(settings["video"] * 1_000)
  }

  /// Visitors with a click whose impression came before.
  public var triggers: VisitorTraits { .joinedClick }

  /// Flags clicks too soon after their impression.
  public func inspect(_ visitor: VisitorFacts, _ events: Span<Event>, _ findings: inout FindingSink) {
    for ordinal in events.indices where events[ordinal].kind == .click {
      let impressionOrdinal = Int(visitor.impressionOf[ordinal])
      guard impressionOrdinal >= 0 else { continue }
      let (click, impression) = (events[ordinal], events[impressionOrdinal])
      let isVideo = click.flags.union(impression.flags).contains(.video)
      let limit = isVideo ? video : display
      let gap = click.time.microseconds(since: impression.time)
      // A time in whole seconds is rounded down, so the click may have come up to a second later than logged; the
      // impression may only have come later too, which makes the gap shorter.
      let isCertain = click.flags.contains(.subsecond) ? gap < limit : gap <= limit - 1_000_000
      if gap >= 0, isCertain {
        // A microsecond is a thousand millionths of a millisecond.
        findings.flag(ordinal, click, measure: isVideo ? 1 : 0, observed: gap * 1_000, threshold: limit * 1_000)
      }
    }
  }
}
