import AssayModel
import AssayParsing
import TestSupport
import Testing

struct RunTablesTests {
  @Test(arguments: [0, 1, 2, 500])
  func slotsStandInTheOrderOfTheirNamesAndSize(count: Int) {
    var random = SeededGenerator(seed: UInt64(count))
    let slots = (0..<count).map { _ -> AdSlot in
      var slot = AdSlot()
      for dimension in Dimension.allCases { slot.names[dimension] = UInt32.random(in: 0...3, using: &random) }
      slot.width = [300, 728, AdSlot.unknownSize].randomElement(using: &random) ?? 1
      slot.height = UInt16.random(in: 0...2, using: &random)
      return slot
    }
    func key(_ place: Int) -> [UInt32] {
      let slot = slots[place]
      return Dimension.allCases.map { slot.names[$0] } + [UInt32(slot.width), UInt32(slot.height), UInt32(place)]
    }
    let expected = slots.indices.sorted { key($0).lexicographicallyPrecedes(key($1)) }
    #expect(SlotOrder.of(slots).map(Int.init) == expected)
  }

  @Test func bytesAreOrderedEightAtATimeAsOneByOne() {
    var random = SeededGenerator(seed: 2)
    let stem = (0..<20).map { _ in UInt8.random(in: 0...255, using: &random) }
    let texts = (0..<120).map { _ in
      stem.prefix(Int.random(in: 0...20, using: &random))
        + (0..<Int.random(in: 0...9, using: &random)).map { _ in
          [0, 1, 65, 127, 128, 255].randomElement(using: &random) ?? 0
        }
    }.map { Array($0) }
    for left in texts {
      for right in texts {
        #expect(comesBefore(left.span, right.span) == left.lexicographicallyPrecedes(right))
      }
    }
  }
}
