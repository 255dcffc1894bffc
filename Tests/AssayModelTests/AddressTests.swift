import AssayModel
import TestSupport
import Testing

struct AddressTests {
  @Test(
    arguments: [
      ("192.0.2.1", 0xc000_0201), ("0.0.0.0", 0), ("255.255.255.255", 0xffff_ffff), ("127.0.0.1", 0x7f00_0001),
      ("10.0.0.10", 0x0a00_000a),
    ] as [(String, UInt32)])
  func version4IsReadAndPrinted(text: String, bits: UInt32) {
    #expect(Address(text) == Address(v4: bits))
    #expect(Address(text)?.v4 == bits)
    #expect(Address(v4: bits).description == text)
  }

  @Test(arguments: [
    "", "1", "1.2.3", "1.2.3.", ".1.2.3", "1..2.3", "1.2.3.4.", "1.2.3.4.5", "256.1.1.1", "1.1.1.999", "1.2.3.1000",
    "010.1.1.1", "00.1.1.1", "1.2.3.4 ", " 1.2.3.4", "1.2.3.4:80", "1.2.3.a", "0x7f.0.0.1", "+1.2.3.4", "-",
    "1.2.3.4%e",
  ])
  func whatIsNoVersion4AddressIsRefused(text: String) {
    #expect(Address(text) == nil)
  }

  // RFC 5952 §4 and §5: each text with the one form in which it is printed.
  @Test(arguments: [
    ("2001:db8::1", "2001:db8::1"),
    ("2001:0db8:0000:0000:0000:0000:0000:0001", "2001:db8::1"),  // 4.1 leading zeros
    ("2001:db8:0:0:0:0:2:1", "2001:db8::2:1"),  // 4.2.1 as short as possible
    ("2001:db8::1:1:1:1:1", "2001:db8:0:1:1:1:1:1"),  // 4.2.2 not for a single group
    ("2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"),
    ("2001:0:0:1:0:0:0:1", "2001:0:0:1::1"),  // 4.2.3 the longest run
    ("2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"),  // 4.2.3 the first of equal runs
    ("2001:DB8::ABCD", "2001:db8::abcd"),  // 4.3 lower case
    ("::1", "::1"), ("1::", "1::"), ("::1:0:0:0:0", "0:0:0:1::"), ("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"),
    ("::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8"),
    ("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
    ("2001:db8::192.0.2.33", "2001:db8::c000:221"),
    ("64:ff9b::192.0.2.33", "64:ff9b::c000:221"),
    ("fe80::1%eth0", "fe80::1"), ("fe80::1%", "fe80::1"), ("2001:db8::%1", "2001:db8::"),
  ])
  func version6IsReadInEveryFormAndPrintedInOne(text: String, printed: String) {
    #expect(Address(text)?.description == printed)
    #expect(Address(printed) == Address(text))
  }

  @Test(arguments: ["::ffff:192.0.2.1", "::ffff:c000:201", "0:0:0:0:0:ffff:c000:0201", "::FFFF:192.0.2.1%lo"])
  func aMappedAddressIsTheVersion4Address(text: String) {
    #expect(Address(text) == Address(v4: 0xc000_0201))
    #expect(Address(text)?.description == "192.0.2.1")
  }

  @Test(arguments: [
    ":", ":::", "::1::", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1::2:3:4:5:6:7:8", ":1:2:3:4:5:6:7", "1:2:3:4:5:6:7:",
    "12345::", "g::1", "2001:db8::1 ", "[2001:db8::1]", "2001:db8::192.0.2", "1:2:3:4:5:6:7:1.2.3.4", "::1.2.3.4:5",
    "::01.2.3.4", "%eth0", ":%1", "1:", "::1:", "fe80:1%::1", "1.2.3.4::",
  ])
  func whatIsNoVersion6AddressIsRefused(text: String) {
    #expect(Address(text) == nil)
  }

  @Test func theUnspecifiedAddressStandsForNone() {
    #expect(Address("::") == Address.none)
    #expect(Address.none.isNone)
    #expect(Address.none.description == "-")
    #expect(Address("0.0.0.0")?.isNone == false)
  }

  @Test func aPartOfSomeBytesIsRead() {
    let bytes = Array("[2001:db8::1]:443".utf8)
    #expect(Address(parsing: bytes.span, from: 1, to: 12)?.description == "2001:db8::1")
    #expect(Address(parsing: bytes.span, from: 3, to: 3) == nil)
  }

  @Test func everyPrintedAddressIsReadAgain() {
    var random = SeededGenerator(seed: 6)
    for _ in 0..<2_000 {
      // Groups of zero are common in addresses and rare in random ones.
      let sparse = UInt64.random(in: 0...255, using: &random)
      func half(_ bits: UInt64) -> UInt64 {
        (0..<4).reduce(0) {
          $0 << 16 | (bits >> UInt64($1) & 1 == 0 ? 0 : UInt64.random(in: 0...0xffff, using: &random))
        }
      }
      let address = Address(high: half(sparse), low: half(sparse >> 4))
      if !address.isNone { #expect(Address(address.description) == address) }
    }
  }

  @Test func addressesAreOrderedAsNumbers() {
    let texts = ["0.0.0.1", "192.0.2.9", "192.0.2.10", "2001:db8::1", "2001:db8::1:0", "ffff::"]
    let addresses = texts.compactMap { Address($0) }
    #expect(addresses.count == texts.count)
    #expect(addresses.shuffled().sorted() == addresses)
  }

  @Test(arguments: [
    ("2001:db8:1:2:3:4:5:6", 64, "2001:db8:1:2::"), ("2001:db8:1:2:3:4:5:6", 48, "2001:db8:1::"),
    ("2001:db8:1:2:3:4:5:6", 0, "-"), ("2001:db8:1:2:3:4:5:6", -3, "-"), ("2001:db8::ff", 128, "2001:db8::ff"),
    ("2001:db8::ff", 400, "2001:db8::ff"), ("2001:db8::ff", 124, "2001:db8::f0"), ("2001:db8::ff", 1, "-"),
    ("192.0.2.77", 120, "192.0.2.0"), ("192.0.2.77", 65, "-"),
  ])
  func aPrefixKeepsTheFirstBits(text: String, bits: Int, prefix: String) {
    #expect(Address(text)?.prefix(bits).description == prefix)
  }

  @Test func theNetworkIsThatOfOneAccessLine() {
    #expect(Address("198.51.100.200")?.network.description == "198.51.100.0")
    #expect(Address("2001:db8:1:2:3:4:5:6")?.network.description == "2001:db8:1:2::")
  }
}
