import AssayModel
import TestSupport
import Testing

struct RefillTests {
  @Test func aRefilledArrayHoldsTheValueSoOftenWhateverItHeld() {
    var random = SeededGenerator(seed: 6)
    var array: [Int32] = []
    for _ in 0..<500 {
      let count = Int.random(in: 0...Int.random(in: 0...200, using: &random), using: &random)
      let value = Int32.random(in: .min ... .max, using: &random)
      array.refill(count, with: value)
      #expect(array == Array(repeating: value, count: count))
    }
  }

  @Test func whatWasCopiedBeforeStaysAsItWas() {
    var array: [UInt8] = [1, 2, 3]
    let copy = array
    array.refill(2, with: 9)
    #expect(copy == [1, 2, 3] && array == [9, 9])
  }
}
