import AssayMeasurement
import AssayModel
import Testing

struct EvaluationTests {
  private var evaluation: Evaluation {
    var evaluation = Evaluation()
    evaluation.add(family: "crawler", truth: .givt, predicted: .givt, count: 90)
    evaluation.add(family: "crawler", truth: .givt, predicted: .sivt, count: 5)
    evaluation.add(family: "crawler", truth: .givt, predicted: .valid, count: 5)
    evaluation.add(family: "botnet", truth: .sivt, predicted: .suspicious, count: 20)
    evaluation.add(family: "botnet", truth: .sivt, predicted: .sivt, count: 30)
    evaluation.add(family: "botnet", truth: .valid, predicted: .valid, count: 4)
    evaluation.add(family: "office", truth: .valid, predicted: .valid, count: 995)
    evaluation.add(family: "office", truth: .valid, predicted: .givt, count: 2)
    evaluation.add(family: "office", truth: .valid, predicted: .suspicious)
    evaluation.add(family: "office", truth: .valid, predicted: .excluded, count: 2)
    evaluation.add(family: "monitor", truth: .excluded, predicted: .excluded, count: 9)
    evaluation.add(family: "monitor", truth: .excluded, predicted: .givt)
    return evaluation
  }

  @Test func eachBotFamilyHasItsRecall() throws {
    let bots = evaluation.result().bots
    #expect(bots.map(\.family) == ["botnet", "crawler"])
    #expect(bots[0].recall.ratio == Ratio(30, of: 50))
    #expect(bots[0].suspicious == 20)
    #expect(bots[1].recall.ratio == Ratio(95, of: 100))
    #expect(bots[1].sameTier == 90)
    #expect(bots[1].recall.interval == Interval.wilson(successes: 95, of: 100))
  }

  @Test func eachHumanFamilyHasItsFalsePositiveRate() {
    let humans = evaluation.result().humans
    #expect(humans.map(\.family) == ["botnet", "office"])
    #expect(humans[0].falsePositiveRate.ratio == Ratio(0, of: 4))
    #expect(humans[1].falsePositiveRate.ratio == Ratio(2, of: 1_000))
    #expect(humans[1].suspicious == 1)
    #expect(humans[1].excluded == 2)
  }

  @Test func theSumsAreOfAllFamilies() {
    let result = evaluation.result()
    #expect(result.recall?.ratio == Ratio(125, of: 150))
    #expect(result.precision?.ratio == Ratio(125, of: 128))
    #expect(result.falsePositiveRate?.ratio == Ratio(2, of: 1_004))
    #expect(result.excluded?.ratio == Ratio(9, of: 10))
    #expect(result.confusion.joined().reduce(0, +) == 1_164)
  }

  @Test func nothingComparedGivesNoRates() {
    let result = Evaluation().result()
    #expect(result.bots.isEmpty && result.humans.isEmpty)
    #expect(result.recall == nil && result.precision == nil && result.viewability.agreement == nil)
  }

  @Test func viewabilityAgreesWhereDecisionAndTruthAreTheSame() {
    var evaluation = Evaluation()
    evaluation.add(viewable: .viewable, decided: .viewable, count: 60)
    evaluation.add(viewable: .viewable, decided: .undetermined, count: 10)
    evaluation.add(viewable: .notViewable, decided: .viewable, count: 5)
    evaluation.add(viewable: .undetermined, decided: .undetermined, count: 25)
    let agreement = evaluation.result().viewability
    #expect(agreement.agreement?.ratio == Ratio(85, of: 100))
    #expect(agreement.count(.notViewable, .viewable) == 5)
  }

  @Test func mergingPartsGivesTheWhole() {
    var (parts, other) = (evaluation, Evaluation())
    other.add(family: "botnet", truth: .sivt, predicted: .sivt, count: 7)
    other.add(viewable: .viewable, decided: .viewable, count: 3)
    var reversed = other
    reversed.merge(parts)
    parts.merge(other)
    #expect(parts.result() == reversed.result())
    #expect(parts.result().bots[0].recall.ratio == Ratio(37, of: 57))
  }
}
