import AssayModel

/// Detectors as a catalogue might hold them; the names are those of no real one.
enum SampleCards {
  static let all: [DetectorCard] = [
    DetectorCard(
      id: "sample-robot", title: "Declared robots",
      category: Category(code: "G_UA_ROBOT_LIST", mrc: "G2", title: "robots that say so"), family: .identity,
      action: .invalidate(.givt), needs: [.userAgent],
      summary:
        "The user agent names a robot of the list. Robots that say who they are do no harm, but nobody who pays for people wants to pay for them.",
      foolsIt: "A person who gives the browser the name of a robot.", references: ["MRC IVT 2020, G2"]),
    DetectorCard(
      id: "sample-fast-click", title: "Clicks too soon after the impression",
      category: Category(code: "G_FAST_CLICK", mrc: "G3", title: "clicks faster than a hand"), family: .timing,
      action: .invalidate(.givt), needs: [.impressionID, .time],
      summary: "The click came before a person could have seen the ad.", foolsIt: "An ad that opens under the finger.",
      measures: [.init("least", unit: "ms")],
      thresholds: [
        .init(
          name: "least", standard: 500, range: 0...10_000, unit: "ms",
          origin: "Pixalate counts under one second; half of it is certain.")
      ], references: []),
    DetectorCard(
      id: "sample-steady", title: "Machine-like regularity",
      category: Category(code: "S_STEADY", mrc: "S1", title: "intervals that no person keeps"), family: .timing,
      action: .weigh(hundredths: 310), needs: [.time, .visitor], summary: "The pauses between requests hardly differ.",
      foolsIt: "Pages that load ads on a timer.",
      measures: [.init("events", unit: "events"), .init("spread", unit: "share")],
      thresholds: [
        .init(name: "events", standard: 20, range: 3...1_000, unit: "events", origin: "Fewer say nothing."),
        .init(name: "spread", standard: 0.05, range: 0...1, unit: "share", origin: "Chosen on our own simulation."),
      ], references: []),
    DetectorCard(
      id: "sample-size", title: "Creatives that nobody can see",
      category: Category(code: "G_PLACEMENT_SIZE", mrc: "G6", title: "ads without a size"), family: .protocolRules,
      action: .invalidate(.givt), needs: [.size], summary: "The creative is 0 or 1 pixel large.", foolsIt: "Pixels.",
      references: []),
    DetectorCard(
      id: "sample-shadow", title: "Tried, not counted",
      category: Category(code: "S_TRIED", mrc: "-", title: "on trial"), family: .population, action: .report,
      needs: [.visitor], summary: "Only counted.", foolsIt: "Much.", references: []),
  ]
}
