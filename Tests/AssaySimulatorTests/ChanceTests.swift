import AssayModel
import Glibc
import Testing

@testable import AssaySimulator

@Suite struct ChanceTests {
  @Test func `The random source is SplitMix64`() {
    // The first five numbers for the seed 1234567, as published with the reference implementation's ports.
    var source = RandomSource(seed: 1_234_567)
    let numbers = (0..<5).map { _ in source.next() }
    #expect(
      numbers == [
        6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423, 4_593_380_528_125_082_431,
        16_408_922_859_458_223_821,
      ])
  }

  @Test func `Bounds are kept and everything in them comes`() {
    var source = RandomSource(seed: 1)
    var seen = Set<Int>()
    for _ in 0..<1_000 { seen.insert(source.within(-3...3)) }
    #expect(seen == Set(-3...3))
    #expect(source.below(0) == 0 && source.below(1) == 0)
    #expect(choice(.max, below: 10) == 9 && choice(0, below: 10) == 0 && choice(5, below: 0) == 0)
  }

  @Test func `The exponential agrees with the C library's`() {
    for step in -80...80 {
      let x = Double(step) / 8
      #expect(abs(exponential(x) / exp(x) - 1) < 1e-10)
    }
  }

  @Test func `Normal quantiles are where tables have them`() {
    let table = QuantileTable.normal(scale: 10_000)
    for (probability, quantile) in [(0.5, 0), (0.841_345, 10_000), (0.975, 19_600), (0.01, -23_263)] {
      let value = table.value(at: UInt64(probability * 0x1p64))
      #expect(abs(value - quantile) < 100, "\(probability): \(value)")
    }
  }

  @Test func `Click propensities have a mean of one and are over-dispersed`() {
    let table = QuantileTable.clickPropensity()
    let values = (0..<10_000).map { Double(table.value(at: UInt64($0) * (.max / 10_000))) / 1_000 }
    let mean = values.reduce(0, +) / 10_000
    let variance = values.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / 10_000
    #expect(abs(mean - 1) < 0.02)
    #expect(abs(variance - 2) < 0.15)
  }
}
