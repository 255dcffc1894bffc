import AssayModel
import Testing

@testable import AssayParsing

/// Reading single facts.
@Suite struct FactTests {
  @Test(arguments: [
    ("0", PriceScale.unit, Int64?(0)), ("1", .unit, 1_000_000), ("0.0025", .unit, 2_500), (".5", .unit, 500_000),
    ("5.", .unit, 5_000_000), ("0.0000005", .unit, 1), ("0.00000049", .unit, 0), ("0.0000014999", .unit, 1),
    ("2.5", .cpm, 2_500), ("0.001", .cpm, 1), ("0.0005", .cpm, 1), ("0.00049", .cpm, 0), ("2500", .micros, 2_500),
    ("0.4", .micros, 0), ("2.5e-3", .unit, 2_500), ("25E2", .micros, 2_500), ("1e-30", .unit, 0),
    ("000001.50", .unit, 1_500_000), ("0.1234567890123456789", .unit, 123_457),
    ("9223372036854.775807", .unit, .max), ("9223372036854.775808", .unit, .max),
    ("100000000000000000000", .unit, .max), ("0e999", .unit, 0), ("1e999", .unit, .max), ("1e1000", .unit, .max),
    ("1e-1000", .unit, 0), ("0e999999999999999999", .unit, 0), ("1e999999999999999999", .unit, .max),
    ("1e-999999999999999999", .unit, 0), ("1e9999999999999999999", .unit, nil),
    ("", .unit, nil), (".", .unit, nil), ("-1", .unit, nil), ("+1", .unit, nil), ("1,5", .unit, nil),
    ("1.2.3", .unit, nil), ("$1", .unit, nil), ("1e", .unit, nil), ("1e-", .unit, nil), ("1 ", .unit, nil),
    ("NaN", .unit, nil), ("0x10", .unit, nil), ("${AUCTION_PRICE}", .unit, nil),
  ])
  func pricesAreExact(text: String, scale: PriceScale, expected: Int64?) {
    let bytes = Array(text.utf8)
    let read = money(bytes.span, from: 0, to: bytes.count, power: scale.power)?.millionths
    #expect(read == expected)
  }

  @Test(
    arguments: [
      ("300x250", [300, 250]), ("1X1", [1, 1]), ("0x0", [0, 0]), ("65534x1", [65_534, 1]), ("65535x1", nil),
      ("300", nil), ("x250", nil), ("300x", nil), ("300x250x", nil), ("-1x1", nil), ("fluid", nil), ("", nil),
      ("300 x 250", nil), ("000300x1", nil),
    ] as [(String, [UInt16]?)])
  func sizesAreReadWhole(text: String, expected: [UInt16]?) {
    let bytes = Array(text.utf8)
    let read = size(bytes.span, from: 0, to: bytes.count).map { [$0.width, $0.height] }
    #expect(read == expected)
  }

  @Test(arguments: [
    ("0", UInt32?(0)), ("12.75", 12), ("4294967295", .max), ("4294967296", nil), ("-1", nil), ("+1", nil),
    ("", nil), (".5", nil), ("1.", 1), ("1.x", nil), ("1e3", nil),
  ])
  func coordinatesAreWholePixels(text: String, expected: UInt32?) {
    let bytes = Array(text.utf8)
    let read = coordinate(bytes.span, from: 0, to: bytes.count)
    #expect(read == expected)
  }

  @Test(
    arguments: [
      ("0-0", ["0 0 "], true),
      ("0-0f_200-55.5f_1200-100fz", ["0 0 f", "200 5550 f", "1200 10000 fz"], true),
      ("-100-5.25", ["-100 525 "], true), ("1-2fhuprazei", ["1 200 fhuprazei"], true),
      ("1-2ff", ["1 200 f"], true), ("", [], true), ("_", [], false), ("0-0_", ["0 0 "], false),
      ("_0-0", ["0 0 "], false), ("0-101", [], false), ("0-100.01", [], false), ("0-1.234", [], false),
      ("0-1q_5-6", ["5 600 "], false), ("5", [], false), ("-5", [], false), ("5-", [], false), ("+5-1", [], false),
      ("2147483647-1", ["2147483647 100 "], true), ("2147483648-1", [], false), ("1-.5", ["1 50 "], true),
      ("1-5.", ["1 500 "], true), ("1--5", [], false), ("x-1", [], false), ("1-00000000000100", [], false),
    ] as [(String, [String], Bool)])
  func exposureListsKeepWhatCanBeRead(text: String, expected: [String], isWhole: Bool) {
    let bytes = Array(text.utf8)
    var samples: [ExposureSample] = []
    let isRead = ExposureList.parse(bytes.span, from: 0, to: bytes.count, into: &samples)
    #expect(isRead == isWhole)
    #expect(samples.map { "\($0.milliseconds) \($0.share) \(letters($0.state))" } == expected)
  }

  private func letters(_ state: ExposureSample.State) -> String {
    let letters = Array("fhuprazei")
    return letters.indices.reduce(into: "") { text, bit in
      if state.rawValue & 1 << UInt16(bit) != 0 { text.append(letters[bit]) }
    }
  }

  @Test(arguments: [
    ("cb=[CACHEBUSTING]", [MacroStyle.square], true), ("cb=[cachebusting]", [.square], false),
    ("a[0]=1&b[ID]=2", [.square], true), ("a[0]=1&b[X]=2&c[id]=3", [.square], false), ("cb=[CACHE", [.square], false),
    ("cb=%5BTIMESTAMP%5D", [.square], true), ("cb=%5btimestamp%5d", [.square], false),
    ("p=${AUCTION_PRICE}", [.dollar], true), ("p=${AUCTION_PRICE:B64}", [.dollar], true),
    ("p=$AUCTION", [.dollar], false),
    ("p=%24%7BAUCTION_PRICE%7D", [.dollar], true), ("cb=%%CACHEBUSTER%%", [.percent], true),
    ("cb=%25%25CACHEBUSTER%25%25", [.percent], true), ("cb=%%", [.percent], false), ("cb=100%25", [.percent], false),
    ("u={clickurl}", [.brace], true), ("u=%7Bclickurl%7D", [.brace], true), ("j={\"a\":1}", [.brace], false),
    ("u={clickurl}", [.square, .dollar, .percent], false), ("u={}", [.brace], false), ("u={x}", [.brace], false),
    ("cb=[CACHEBUSTING]", [], false), ("cb=12345", MacroStyle.allCases, false),
  ])
  func unexpandedMacrosAreFound(query: String, styles: [MacroStyle], expected: Bool) throws {
    var profile = Profile.generic
    profile.macros = styles
    let mapped = try Mapped(profile, line("/ad/impression?\(query)"))
    #expect(mapped.events[0].flags.contains(.unexpandedMacro) == expected)
    #expect(mapped.issue("profile.unexpanded-macro") == (expected ? 1 : 0))
    let inPath = try Mapped(profile, line("/\(query)/ad/impression"))
    #expect(inPath.events[0].flags.contains(.unexpandedMacro) == expected)
  }

  @Test func macrosInPagesAreNoMatter() throws {
    #expect(try Mapped(.generic, line("/search?q=[ABC]")).issues.entries.isEmpty)
  }

  @Test(
    arguments: [
      ("192.0.2.7", "192.0.2.7"), ("192.0.2.7:80", "192.0.2.7"), ("[2001:db8::1]:443", "2001:db8::1"),
      ("[2001:db8::1]", "2001:db8::1"), ("2001:db8::1", "2001:db8::1"), ("\"192.0.2.7\"", "192.0.2.7"),
      (" 192.0.2.7 ", "192.0.2.7"), ("::ffff:192.0.2.7", "192.0.2.7"), ("192.0.2.7:", nil), ("192.0.2.7:123456", nil),
      ("192.0.2", nil), ("[2001:db8::1", nil), ("[2001:db8::1]x", nil), ("localhost", nil), ("unknown", nil),
      (":80", nil),
    ] as [(String, String?)])
  func addressesMayBeDressed(text: String, expected: String?) {
    let bytes = Array(text.utf8)
    let read = ClientAddress.parse(bytes.span, from: 0, to: bytes.count)?.description
    #expect(read == expected)
  }

  @Test(arguments: [
    // peer, X-Forwarded-For, client
    ("10.0.0.1", "203.0.113.9", "203.0.113.9"), ("10.0.0.1", "198.51.100.1, 203.0.113.9", "203.0.113.9"),
    ("10.0.0.1", "203.0.113.9, 10.0.0.2", "203.0.113.9"), ("10.0.0.1", "203.0.113.9,10.0.0.2,10.0.0.3", "203.0.113.9"),
    ("10.0.0.1", "10.9.9.9, 10.0.0.2", "10.9.9.9"), ("192.0.2.1", "203.0.113.9", "192.0.2.1"),
    ("10.0.0.1", "-", "10.0.0.1"), ("10.0.0.1", "unknown", "10.0.0.1"),
    ("10.0.0.1", "203.0.113.9, unknown, 10.0.0.2", "10.0.0.2"), ("10.0.0.1", "203.0.113.9:4711", "203.0.113.9"),
    ("10.0.0.1", "\"[2001:db8::5]:1\"", "2001:db8::5"), ("10.0.0.1", ",", "10.0.0.1"),
    ("-", "203.0.113.9", "203.0.113.9"),
    ("2001:db8:1::1", "203.0.113.9", "203.0.113.9"), ("-", "203.0.113.9, 10.0.0.2", "203.0.113.9"),
  ])
  func onlyTrustedHopsAreBelieved(peer: String, list: String, client: String) throws {
    var profile = Profile.weblog
    profile.trustedHops = ["10.0.0.0/8", "2001:db8:1::/48"].compactMap { AddressPrefix($0) }
    let mapped = try Mapped(profile, line("/", address: peer, "forwardedFor:\(list)"))
    #expect(mapped.events[0].address.description == client)
  }

  @Test func withoutTrustedHopsTheHeaderIsNotBelieved() throws {
    let mapped = try Mapped(.weblog, line("/", address: "10.0.0.1", "forwardedFor:203.0.113.9"))
    #expect(mapped.events[0].address.description == "10.0.0.1")
  }

  @Test func internalNetworksAreTests() throws {
    var profile = Profile.generic
    profile.internalNetworks = ["192.0.2.0/24"].compactMap { AddressPrefix($0) }
    let mapped = try Mapped(profile, line("/") + line("/", address: "203.0.113.1") + line("/", address: "-"))
    #expect(mapped.events.map { $0.flags.contains(.test) } == [true, false, false])
  }

  @Test(
    arguments: [
      ("10.0.0.0/8", "10.0.0.0/8"), ("192.0.2.1", "192.0.2.1/32"), ("2001:db8::/32", "2001:db8::/32"), ("::/0", "::/0"),
      ("0.0.0.0/0", "0.0.0.0/0"), ("10.0.0.1/8", nil), ("10.0.0.0/33", nil), ("10.0.0.0/08", nil), ("10.0.0.0/", nil),
      ("x", nil), ("10.0.0.0/8/8", nil), ("2001:db8::1/32", nil),
    ] as [(String, String?)])
  func prefixesAreReadStrictly(text: String, expected: String?) {
    #expect(AddressPrefix(text)?.description == expected)
  }
}
