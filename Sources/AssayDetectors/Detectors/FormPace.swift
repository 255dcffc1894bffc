public import AssayModel

/// Forms that were sent before anybody could have filled them in.
public struct FormPace: Detector {
  /// What it is.
  public static let card = DetectorCard(
    id: "form-pace", title: "Form sent sooner than a person can fill it in",
    category: Category(code: "S_FALSIFIED_EVENT", mrc: "S5", title: "Falsified events"),
    family: .timing, action: .weigh(hundredths: 250), needs: [.time, .visitor],
    summary: """
      Between the page with the form and its sending, or between the click on the ad that led there and the sending, lies \
      less time than reading and filling in takes. Where times are in whole seconds, a form is flagged only if every time \
      that the log allows is too short. The form is flagged, and where it came of a click that too, with its impression: \
      who sent it is who clicked.
      """,
    foolsIt: """
      Forms that the browser fills in (a saved password), or with a single button: it weighs and does not convict alone. A \
      program that waits a quarter of a minute is not found here.
      """,
    measures: [DetectorCard.Measure("after-click", unit: "s"), DetectorCard.Measure("after-page", unit: "s")],
    thresholds: [
      DetectorCard.Threshold(
        name: "after-click", standard: 5, range: 0.1...120, unit: "s",
        origin: "the usual least time of honeypot modules for forms, and the page had to load in it too"),
      DetectorCard.Threshold(
        name: "after-page", standard: 3, range: 0.1...120, unit: "s",
        origin: "detection.md D-FORM: less than 3 s for at least three fields"),
    ],
    references: [
      "MRC Invalid Traffic Detection and Filtration Standards (2020): falsified events",
      "Drupal, Honeypot module: time limit of 5 s",
    ])

  private let afterClick: Int64
  private let afterPage: Int64

  /// The detector.
  public init(_ settings: DetectorSettings, context: DetectorContext) {
    afterClick = settings.millionths("after-click")
    afterPage = settings.millionths("after-page")
  }

  /// Visitors who sent a form.
  public var triggers: VisitorTraits { .form }

  /// Flags forms sent too soon after their click or page.
  public func inspect(_ visitor: VisitorFacts, _ events: Span<Event>, _ findings: inout FindingSink) {
    for ordinal in events.indices where events[ordinal].kind == .form {
      let form = events[ordinal]
      // A time in whole seconds is rounded down: the form may have come up to a second later than logged.
      let slack: Int64 = form.flags.contains(.subsecond) ? 0 : 1_000_000
      if let click = OutcomeLog.click(before: ordinal, visitor, events) {
        let gap = form.time.microseconds(since: events[click].time)
        if gap + slack <= afterClick {
          OutcomeLog.flag(ordinal, click, visitor, events, &findings, observed: gap, threshold: afterClick)
        }
      } else if form.key != .none, let page = FormPace.page(before: ordinal, events) {
        let gap = form.time.microseconds(since: events[page].time)
        if gap + slack <= afterPage {
          findings.flag(ordinal, form, measure: 1, observed: gap, threshold: afterPage)
        }
      }
    }
  }

  /// The last request for the page that the form is sent to, where it was the visitor's; nil where there was none among
  /// the events shortly before.
  private static func page(before index: Int, _ events: Span<Event>) -> Int? {
    var earlier = index - 1
    while earlier >= 0, index - earlier <= reach {
      if events[earlier].kind == .page, events[earlier].page == events[index].page, events[earlier].page != 0 {
        return earlier
      }
      earlier -= 1
    }
    return nil
  }

  /// How many events before a form its page is looked for: our choice, a page and its parts.
  private static let reach = 128
}
