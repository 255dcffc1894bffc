import AssayModel
import TestSupport
import Testing

@testable import Assay

@Suite struct SampleKeeperTests {
  private func judged(_ offset: Int, _ detectors: [Int]) -> Judged {
    var verdict = EventVerdict()
    for detector in detectors { verdict.fired.insert(DetectorSet(ordinal: detector)) }
    var event = Event()
    event.visitor = UInt64(offset / 10)
    event.position = SourcePosition(source: 0, offset: offset)
    return Judged(event: event, verdict: verdict, outcomes: ViewabilityOutcomes(), session: nil, findings: [])
  }

  @Test(arguments: 0..<20) func `whoever kept what, the first of each detector remain`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let all = (0..<60).map { offset in judged(offset, (0..<4).filter { _ in random.below(12) == 0 }) }
    var whole = SampleKeeper(detectors: 4)
    for event in all { whole.add(event) }
    var keepers = [SampleKeeper](repeating: SampleKeeper(detectors: 4), count: 3)
    for event in all {
      let worker = random.below(3)
      // What a keeper does not want changes nothing.
      if keepers[worker].wants(event.verdict.fired) { keepers[worker].add(event) }
    }
    keepers.shuffle(using: &random)
    var merged = SampleKeeper(detectors: 4)
    for keeper in keepers { merged.merge(keeper) }
    #expect(merged.all.map(\.event.position) == whole.all.map(\.event.position))
    let slow = (0..<4).flatMap { detector in
      all.filter { $0.verdict.fired.contains(DetectorSet(ordinal: detector)) }.prefix(SampleKeeper.kept)
    }
    #expect(Set(whole.all.map(\.event.position)) == Set(slow.map(\.event.position)))
  }

  @Test func `an event of several detectors is shown once`() {
    var keeper = SampleKeeper(detectors: 3)
    keeper.add(judged(1, [0, 1, 2]))
    #expect(keeper.all.count == 1 && keeper.wants(DetectorSet(ordinal: 1)) && !keeper.wants(DetectorSet()))
  }
}
