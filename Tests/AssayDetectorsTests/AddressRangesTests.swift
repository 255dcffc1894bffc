import AssayDetectors
import AssayModel
import TestSupport
import Testing

struct AddressRangesTests {
  /// The obvious way: the narrowest network with the address, the lower label among equals.
  private func slow(_ networks: [(range: AddressRange, label: Int)], _ address: Address) -> Int {
    var best: (width: [UInt64], label: Int)?
    for (range, label) in networks where !(address < range.first) && !(range.last < address) {
      let (low, borrow) = range.last.low.subtractingReportingOverflow(range.first.low)
      let width = [range.last.high - range.first.high - (borrow ? 1 : 0), low]
      if let found = best, found.width.lexicographicallyPrecedes(width) || (found.width == width && found.label < label)
      {
        continue
      }
      best = (width, label)
    }
    return best?.label ?? AddressRanges.none
  }

  @Test("Nested networks of both versions give the label of the narrowest, as the slow way does", arguments: 0..<20)
  func narrowest(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var networks: [(range: AddressRange, label: Int)] = []
    for label in 0..<400 {
      let isWide = random.next() % 3 == 0
      let address =
        isWide
        ? Address(high: 0x2001_0db8_0000_0000 | random.next() & 0xff, low: random.next())
        : Address(v4: 0xc000_0000 | UInt32(random.next() & 0x3ffff))
      let bits = isWide ? 32 + Int(random.next() % 97) : 96 + 8 + Int(random.next() % 25)
      networks.append((AddressRange(network: address, bits: bits), label))
    }
    let ranges = AddressRanges(networks)
    for _ in 0..<2_000 {
      let edge = networks[Int(random.next() % 400)].range
      for address in [
        edge.first, edge.last, Address(v4: 0xc000_0000 | UInt32(random.next() & 0x3ffff)),
        Address(high: 0x2001_0db8_0000_0000 | random.next() & 0xff, low: random.next()),
      ] {
        #expect(ranges.label(of: address) == slow(networks, address))
      }
    }
  }

  @Test("The first and the last address of either version can be in a network")
  func edges() throws {
    let all = AddressRanges([
      (AddressRange(network: Address(v4: 0), bits: 96), 1),
      (AddressRange(network: try #require(Address("255.255.255.255")), bits: 128), 2),
      (AddressRange(network: try #require(Address("ffff::")), bits: 16), 3),
    ])
    #expect(all.label(of: Address(v4: 0)) == 1)
    #expect(all.label(of: Address(v4: .max - 1)) == 1)
    #expect(all.label(of: Address(v4: .max)) == 2)
    #expect(all.label(of: Address(high: .max, low: .max)) == 3)
    #expect(all.label(of: try #require(Address("::1"))) == AddressRanges.none)
  }

  @Test("No network, no label")
  func empty() {
    #expect(AddressRanges().label(of: Address(v4: 7)) == AddressRanges.none)
    #expect(AddressRanges([]).isEmpty)
  }

  @Test("Ranges that overlap without one holding the other are cut, and nothing of them is lost")
  func overlapping() throws {
    func range(_ first: String, _ last: String) throws -> AddressRange {
      AddressRange(first: try #require(Address(first)), last: try #require(Address(last)))
    }
    let ranges = AddressRanges([
      (try range("192.0.2.0", "192.0.2.99"), 0), (try range("192.0.2.50", "192.0.2.149"), 1),
    ])
    #expect(ranges.label(of: try #require(Address("192.0.2.0"))) == 0)
    #expect(ranges.label(of: try #require(Address("192.0.2.149"))) == 1)
    #expect(ranges.label(of: try #require(Address("192.0.2.99"))) != AddressRanges.none)
    #expect(ranges.label(of: try #require(Address("192.0.2.150"))) == AddressRanges.none)
  }
}
