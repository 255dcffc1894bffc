import AssayModel
import Testing

struct MoneyTests {
  @Test func amountsAddExactly() {
    // A tenth and a fifth are three tenths, which floating point denies.
    #expect(Money(millionths: 100_000) + Money(millionths: 200_000) == Money(millionths: 300_000))
    var sum = Money.zero
    for _ in 0..<1_000 { sum += Money(millionths: 1) }
    #expect(sum == Money(millionths: 1_000))
  }

  @Test func aSumThatDoesNotFitStaysAtTheLimit() {
    #expect(Money(millionths: .max) + Money(millionths: 1) == Money(millionths: .max))
    #expect(Money(millionths: .min) + Money(millionths: -1) == Money(millionths: .min))
    #expect(Money(millionths: .max) + Money(millionths: .min) == Money(millionths: -1))
  }

  @Test func lessMoneyIsSmaller() {
    #expect(Money(millionths: -1) < .zero)
    #expect(Money.zero < Money(millionths: 1))
  }
}
