public import AssayModel

/// Forms that new visitors send one after another, each after the same time.
public struct FormRepeat: Detector {
  /// What it is.
  public static let card = DetectorCard(
    id: "form-repeat", title: "New visitors send forms, each after the same time",
    category: Category(code: "S_FALSIFIED_EVENT", mrc: "S5", title: "Falsified events"),
    family: .network, action: .weigh(hundredths: 200), needs: [.address, .userAgent, .time, .visitor],
    summary: """
      At one address, with one user agent, several visitors each click on an ad and send a form, all after the same time to \
      the second or two: a script that makes up a person for each form and knows one pause. Their forms are flagged, and \
      the clicks that they came of, with their impressions.
      """,
    foolsIt: """
      Two colleagues who fill in the same short form in the same time: with two forms chance is not small, but the times \
      of people's forms lie minutes apart, and it does not convict alone. A script that sends each form from another \
      address, or draws its pauses, is not found.
      """,
    measures: [DetectorCard.Measure("least-forms", unit: "forms")],
    thresholds: [
      DetectorCard.Threshold(
        name: "least-forms", standard: 2, range: 2...1_000, unit: "forms",
        origin: "our choice: the fewest that can be compared; detection.md asks for five, of one cause alone"),
      DetectorCard.Threshold(
        name: "alike", standard: 2, range: 0...60, unit: "s",
        origin: "detection.md §4.3: identical to a second either way"),
      DetectorCard.Threshold(
        name: "longest", standard: 30, range: 1...3_600, unit: "s",
        origin: "our choice: longer pauses are people's, and many of them are alike by chance"),
    ],
    references: [
      "MRC Invalid Traffic Detection and Filtration Standards (2020): falsified events"
    ])

  /// Its records.
  public static var learners: [any Learner.Type] { [OutcomeLog.self] }

  private let alike: VisitorNumbers
  private let threshold: Int64

  /// The detector with the forms of the run.
  ///
  /// - Complexity: O(n log n) for n forms.
  public init(_ settings: DetectorSettings, context: DetectorContext) {
    threshold = settings.millionths("least-forms")
    let (least, within) = (Int(settings["least-forms"]), Int64(settings["alike"] * 1_000_000))
    let longest = Int64(settings["longest"] * 1_000_000)
    let forms = (context.population.learned(OutcomeLog.self)?.outcomes ?? []).filter {
      $0.kind == .form && !$0.address.isNone && $0.agent >= AgentID.first && $0.gap <= longest
    }
    var numbers: [(visitor: UInt64, number: Int)] = []
    var start = 0
    while start < forms.count {
      var end = start + 1
      while end < forms.count, forms[end].address == forms[start].address, forms[end].agent == forms[start].agent {
        end += 1
      }
      let group = forms[start..<end].sorted { ($0.gap, $0.visitor) < ($1.gap, $1.visitor) }
      var first = 0
      for place in group.indices {
        while group[first].gap < group[place].gap - within { first += 1 }
        let visitors = Set(group[first...place].map(\.visitor))
        guard visitors.count >= least else { continue }
        for visitor in visitors { numbers.append((visitor, visitors.count)) }
      }
      start = end
    }
    alike = VisitorNumbers(numbers)
  }

  /// Those whose forms are alike.
  public var triggers: VisitorTraits { .watchedVisitor }

  /// Those whose forms are alike.
  public var watchedVisitors: [UInt64] { alike.visitors }

  /// Flags the forms, with their click and its impression.
  public func inspect(_ visitor: VisitorFacts, _ events: Span<Event>, _ findings: inout FindingSink) {
    guard let forms = alike[visitor.visitor] else { return }
    for ordinal in events.indices where events[ordinal].kind == .form {
      guard let click = OutcomeLog.click(before: ordinal, visitor, events) else { continue }
      OutcomeLog.flag(
        ordinal, click, visitor, events, &findings, observed: Int64(forms) * 1_000_000, threshold: threshold)
    }
  }
}
