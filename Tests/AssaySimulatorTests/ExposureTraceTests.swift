import AssayModel
import Testing

@testable import AssaySimulator

/// The MRC's rules millisecond by millisecond, from the samples alone: what the simulator claims must come out.
func slowOutcome(_ samples: [ExposureSample], area: Int, isVideo: Bool) -> Viewability {
  let threshold = area >= 242_500 && !isVideo ? 3_000 : 5_000
  let needed = isVideo ? 2_000 : 1_000
  guard let last = samples.last, samples.contains(where: { !$0.state.contains(.unmeasurable) }) else {
    return .undetermined
  }
  var (run, next) = (-1, 0)
  var current: ExposureSample?
  for moment in 0...Int(last.milliseconds) {
    while next < samples.count && Int(samples[next].milliseconds) <= moment {
      current = samples[next]
      next += 1
    }
    guard let sample = current, Int(sample.share) >= threshold, sample.state.contains(.focused),
      sample.state.isDisjoint(with: [.hidden, .unmeasurable, .replayed]), !isVideo || sample.state.contains(.playing)
    else {
      run = -1
      continue
    }
    run += 1
    if run >= needed { return .viewable }
  }
  return last.state.contains(.finished) || last.milliseconds >= needed ? .notViewable : .undetermined
}

@Suite struct ExposureTraceTests {
  private static func place(_ width: Int, _ height: Int, isVideo: Bool = false) -> Inventory.Placement {
    Inventory.Placement(publisher: 0, width: width, height: height, isVideo: isVideo, query: [])
  }

  @Test(arguments: [(300, 250, false), (970, 250, false), (640, 360, true), (300, 600, false)])
  func `The outcome is what the samples amount to, millisecond by millisecond`(width: Int, height: Int, isVideo: Bool) {
    let placement = ExposureTraceTests.place(width, height, isVideo: isVideo)
    var counts = [0, 0, 0]
    var limits = RandomSource(seed: 9)
    for seed in 0..<400 as Range<UInt64> {
      let limit = limits.within(200...9_000)
      let trace = ExposureTrace(seed: seed, placement, limit: limit)
      let samples = (0..<trace.count).map { trace[$0] }
      #expect(slowOutcome(samples, area: width * height, isVideo: isVideo) == trace.outcome, "\(seed): \(samples)")
      #expect(zip(samples, samples.dropFirst()).allSatisfy { $0.milliseconds < $1.milliseconds })
      #expect(samples.allSatisfy { $0.share <= 10_000 && $0.state.contains(.edge) && $0.milliseconds >= 0 })
      #expect(trace.count == 0 || trace.length <= limit && samples[trace.count - 1].state.contains(.finished))
      counts[Int(trace.outcome.rawValue)] += 1
    }
    #expect(28...54 ~= counts[0], "one in ten is not measured")
    #expect(counts.allSatisfy { $0 > 25 })
  }

  @Test func `What nobody can see is not measured`() {
    for seed in 0..<100 as Range<UInt64> {
      #expect(ExposureTrace(seed: seed, ExposureTraceTests.place(1, 1), limit: 9_000).count == 0)
      #expect(ExposureTrace(seed: seed, ExposureTraceTests.place(0, 0), limit: 9_000).count == 0)
      #expect(ExposureTrace(seed: seed, ExposureTraceTests.place(300, 250), limit: 0).count == 0)
      #expect(ExposureTrace(seed: seed, ExposureTraceTests.place(300, 250), limit: 1).outcome != .viewable)
    }
  }
}
