import AssayDetectors
import AssayModel
import Foundation
import Testing

/// What every detector of the catalogue must keep to, whatever it finds.
struct DetectorContractTests {
  static let ids = DetectorCatalog.cards.map(\.id)

  /// Which events of a fixture the detector fires on, among those of its visitor; nil where it is not measurable.
  private func fired(_ id: String, _ fixture: DetectorFixture, _ visit: Visit) throws -> (Set<Int>, [Finding])? {
    let ordinal = try DetectorCatalog.ordinal(of: id)
    let judge = try Judge(
      JudgeSettings(replacements: [id: fixture.settings ?? [:]]), context: fixture.context(), coverage: [:],
      judgesPages: true)
    if judge.notMeasurable[ordinal] != nil { return nil }
    let (verdicts, evidence) = judge.verdicts(visit)
    let firing = verdicts.indices.filter { verdicts[$0].fired.contains(DetectorSet(ordinal: ordinal)) }
    return (Set(firing), evidence.filter { Int($0.detector) == ordinal })
  }

  @Test("Every case that must be flagged is, on exactly the events it names", arguments: ids)
  func flagFlags(id: String) throws {
    let fixtures = try DetectorFixture.load(id, "flag")
    #expect(fixtures.count >= 3)
    for fixture in fixtures {
      let visit = fixture.visit
      let (firing, evidence) = try #require(try fired(id, fixture, visit), "\(fixture.name): not measurable")
      #expect(!firing.isEmpty, "\(fixture.name)")
      if let finds = fixture.finds { #expect(firing == Set(finds), "\(fixture.name): \(firing.sorted())") }
      #expect(evidence.count == firing.count, "\(fixture.name): one finding an event")
      for finding in evidence { #expect(finding.threshold > 0 && finding.observed >= 0, "\(fixture.name)") }
    }
  }

  @Test("Each finding names a measure of its card, and where that is a threshold, crosses it", arguments: ids)
  func measures(id: String) throws {
    let card = DetectorCatalog.cards[try DetectorCatalog.ordinal(of: id)]
    #expect(Set(card.measures.map(\.name)).count == card.measures.count)
    var seen: Set<DetectorCard.Measure> = []
    for fixture in try DetectorFixture.load(id, "flag") {
      let (_, evidence) = try #require(try fired(id, fixture, fixture.visit))
      let settings = try DetectorSettings(card, replacing: fixture.settings ?? [:])
      for finding in evidence {
        let measure = try #require(
          card.measures.indices.contains(Int(finding.measure)) ? card.measures[Int(finding.measure)] : nil)
        seen.insert(measure)
        if measure == .match { #expect(finding.observed == 1_000_000 && finding.threshold == 1_000_000) }
        if let threshold = card.thresholds.first(where: { $0.name == measure.name }) {
          #expect(threshold.unit == measure.unit, "\(fixture.name)")
          #expect(finding.threshold == settings.millionths(threshold.name), "\(fixture.name)")
        }
      }
    }
    #expect(seen == Set(card.measures), "a case that must be flagged for each measure")
  }

  @Test("Every case that must pass does", arguments: ids)
  func passPasses(id: String) throws {
    let fixtures = try DetectorFixture.load(id, "pass")
    #expect(fixtures.count >= 3)
    for fixture in fixtures {
      let (firing, _) = try fired(id, fixture, fixture.visit) ?? ([], [])
      #expect(firing.isEmpty, "\(fixture.name): \(firing.sorted())")
    }
  }

  @Test("The same visitor twice gives the same findings", arguments: ids)
  func isRepeatable(id: String) throws {
    for fixture in try DetectorFixture.load(id, "flag") {
      let context = try fixture.context()
      let judge = try Judge(JudgeSettings(), context: context, coverage: [:], judgesPages: true)
      var sink = FindingSink(collectsEvidence: true)
      var (first, second): ([EventVerdict], [EventVerdict]) = ([], [])
      let visit = fixture.visit
      let isFirstDecided = judge.judge(visit.facts, visit.events.span, &sink, &first)
      let evidence = sink.evidence
      let isSecondDecided = judge.judge(visit.facts, visit.events.span, &sink, &second)
      #expect(isFirstDecided == isSecondDecided && first == second && evidence == sink.evidence, "\(fixture.name)")
    }
  }

  @Test("What is learned does not depend on the order of the visitors, nor on who saw them", arguments: ids)
  func learnsInAnyOrder(id: String) throws {
    for (number, fixture) in try DetectorFixture.load(id, "flag").enumerated() {
      let visit = fixture.visit
      let settings = JudgeSettings(replacements: [id: fixture.settings ?? [:]])
      let contexts = [try fixture.context(), try fixture.context(builders: 3, seed: UInt64(number))]
      let found = try contexts.map { context in
        try Judge(settings, context: context, coverage: [:], judgesPages: true).verdicts(visit)
      }
      #expect(found[0].verdicts == found[1].verdicts, "\(fixture.name)")
      #expect(found[0].evidence == found[1].evidence, "\(fixture.name)")
    }
  }

  @Test("Visitors with no event, and any one event alone, are judged without harm", arguments: ids)
  func smallVisitors(id: String) throws {
    for fixture in try DetectorFixture.load(id, "flag") + DetectorFixture.load(id, "pass") {
      let judge = try Judge(JudgeSettings(), context: fixture.context(), coverage: [:], judgesPages: true)
      #expect(judge.verdicts(Visit(events: [])).verdicts.isEmpty)
      for event in fixture.visit.events.prefix(40) {
        #expect(judge.verdicts(Visit(events: [event])).verdicts.count == 1, "\(fixture.name)")
      }
    }
  }

  @Test("Events of the same moment may come in any order", arguments: ids)
  func orderInTies(id: String) throws {
    for fixture in try DetectorFixture.load(id, "flag") + DetectorFixture.load(id, "pass") {
      let visit = fixture.visit
      var turned = visit
      // Reversed offsets turn the order of ties of the same kind; what differs in kind keeps its order.
      for index in turned.events.indices {
        turned.events[index].position = SourcePosition(
          source: Int(turned.events[index].kind.rawValue), offset: 1_000_000 - index)
      }
      var straight = visit
      for index in straight.events.indices {
        straight.events[index].position = SourcePosition(
          source: Int(straight.events[index].kind.rawValue), offset: index)
      }
      straight.events.sort(by: Event.precedes)
      turned.events.sort(by: Event.precedes)
      let (one, other) = (try fired(id, fixture, straight), try fired(id, fixture, turned))
      #expect(one?.0.count == other?.0.count, "\(fixture.name)")
    }
  }

  @Test("Cards are complete, ids are unique and well formed, and thresholds say where they come from")
  func cards() throws {
    #expect(DetectorCatalog.all.count <= 64)
    #expect(Set(Self.ids).count == Self.ids.count)
    for card in DetectorCatalog.cards {
      #expect(card.id.allSatisfy { $0 == "-" || ($0.isASCII && $0.isLowercase) }, "\(card.id)")
      for text in [card.title, card.summary, card.foolsIt, card.category.code, card.category.mrc, card.category.title] {
        #expect(!text.isEmpty, "\(card.id)")
      }
      #expect(!card.references.isEmpty, "\(card.id)")
      for threshold in card.thresholds {
        #expect(!threshold.origin.isEmpty && !threshold.unit.isEmpty, "\(card.id).\(threshold.name)")
        #expect(threshold.range.contains(threshold.standard), "\(card.id).\(threshold.name)")
      }
    }
  }

  @Test("Every file of Detectors stands in the catalogue under its own name, with fixtures")
  func catalogueIsComplete() throws {
    let folder = DetectorFixture.root.appending(path: "Sources/AssayDetectors/Detectors")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).map { $0.dropLast(6) }.map(String.init)
    let names = Self.ids.map { $0.split(separator: "-").map(\.capitalized).joined() }
    #expect(files.sorted() == names.sorted())
    #expect(DetectorCatalog.all.map { String(describing: $0) } == names)
    let fixtures = DetectorFixture.root.appending(path: "fixtures/detectors")
    let folders = try FileManager.default.contentsOfDirectory(atPath: fixtures.path).filter { $0 != "README.md" }
    #expect(folders.sorted() == Self.ids.sorted())
  }

  @Test("Categories come in the order of the reason codes: excluded, general, then the rest")
  func order() {
    let ranks = DetectorCatalog.cards.dropLast().map { card -> Int in
      switch card.action {
      case .exclude: 0
      case .invalidate(.givt): 1
      default: 2
      }
    }
    #expect(ranks == ranks.sorted())
  }
}
