import AssayIngest
import AssayModel
import TestSupport
import Testing

@Suite struct AddressDatabaseTests {
  let folder = TemporaryFolder()

  private func address(_ text: String) throws -> Address { try #require(Address(text)) }

  /// A prefix in a version 6 tree: version 4 lies under ::/96 there.
  private func inTree(_ text: String) throws -> Address {
    let address = try address(text)
    return address.v4.map { Address(high: 0, low: UInt64($0)) } ?? address
  }

  private func version6() throws -> TinyDatabase {
    var tiny = TinyDatabase(version: 6)
    let cloud = tiny.system(64_500, "Example Cloud")
    let home = tiny.system(64_501, "Example Home\u{1b}[31m")
    tiny.add(try inTree("192.0.2.0"), bits: 120, record: cloud)
    tiny.add(try inTree("198.51.100.0"), bits: 121, record: home)
    tiny.add(try inTree("198.51.100.128"), bits: 122, record: cloud)
    tiny.add(try inTree("2001:db8:1::"), bits: 48, record: cloud)
    tiny.add(try inTree("2001:db8::"), bits: 48, record: home)
    return tiny
  }

  /// What `networks` gives, as texts.
  private func networks(_ path: String, where isWanted: (UInt32) -> Bool) throws -> [String] {
    let database = try AddressDatabase(path: path)
    return try database.networks(where: isWanted).map { "\($0.prefix)/\($0.bits) \($0.number)" }
  }

  @Test func `an address has the system of its network`() throws {
    let database = try AddressDatabase(path: folder.write(try version6().bytes, to: "six.mmdb"))
    let expected: [(String, UInt32?)] = [
      ("192.0.2.0", 64_500), ("192.0.2.255", 64_500), ("192.0.3.0", nil), ("198.51.100.127", 64_501),
      ("198.51.100.128", 64_500), ("198.51.100.192", nil), ("2001:db8:1::1", 64_500), ("2001:db8::1", 64_501),
      ("2001:db8:2::", nil),
    ]
    for (text, number) in expected {
      let found = database.autonomousSystem(of: try address(text))?.number
      #expect(found == number, "\(text)")
    }
    let cloud = database.autonomousSystem(of: try address("192.0.2.1"))?.organisation
    #expect(cloud == "Example Cloud")
    let home = database.autonomousSystem(of: try address("2001:db8::"))?.organisation
    #expect(home == "Example Home\\x1b[31m")
    let none = database.autonomousSystem(of: .none)?.number
    #expect(none == nil)
    let (type, built) = (database.type, database.built.iso8601)
    #expect(type == "Tiny-ASN" && built.hasPrefix("2026-05-10T"))
  }

  @Test func `networks come in ascending order, only those that are wanted`() throws {
    let path = folder.write(try version6().bytes, to: "six.mmdb")
    let all = try networks(path) { _ in true }
    #expect(
      all == [
        "192.0.2.0/120 64500", "198.51.100.0/121 64501", "198.51.100.128/122 64500", "2001:db8::/48 64501",
        "2001:db8:1::/48 64500",
      ])
    #expect(try networks(path) { $0 == 64_501 } == [all[1], all[3]])
    #expect(try networks(path) { _ in false } == [])
  }

  @Test func `version 4 under other prefixes is told once`() throws {
    var tiny = try version6()
    // Down 96 zeros to the root of version 4.
    var root = 0
    for _ in 0..<96 { if case .node(let next) = tiny.nodes[root][0] { root = next } }
    let before = try networks(folder.write(tiny.bytes, to: "six.mmdb")) { _ in true }
    tiny.add(try address("2002::"), bits: 16, record: .node(root))
    tiny.add(try address("2001::"), bits: 32, record: .node(root))
    let path = folder.write(tiny.bytes, to: "alias.mmdb")
    #expect(try networks(path) { _ in true } == before)
    let database = try AddressDatabase(path: path)
    let sixToFour = database.autonomousSystem(of: try address("2002:c000:0201::"))?.number
    #expect(sixToFour == 64_500)
  }

  @Test func `a version 4 database knows version 4`() throws {
    var tiny = TinyDatabase(version: 4)
    tiny.add(try address("203.0.113.0"), bits: 24, record: tiny.system(65_536, "Example"))
    let path = folder.write(tiny.bytes, to: "four.mmdb")
    let database = try AddressDatabase(path: path)
    let four = database.autonomousSystem(of: try address("203.0.113.9"))?.number
    let six = database.autonomousSystem(of: try address("2001:db8::"))?.number
    #expect(four == 65_536 && six == nil)
    #expect(try networks(path) { _ in true } == ["203.0.113.0/120 65536"])
  }

  @Test func `a tree that leads back to itself ends`() throws {
    var tiny = try version6()
    tiny.nodes[5][1] = .node(1)
    tiny.nodes[9][1] = .node(3)
    #expect(try networks(folder.write(tiny.bytes, to: "round.mmdb")) { _ in true }.count == 5)
  }

  @Test func `what is no database is an error of the settings`() throws {
    let bytes = try version6().bytes
    for broken in [[], Array("text".utf8), Array(bytes[..<(bytes.count / 2)]), Array(bytes.dropLast(60))] as [[UInt8]] {
      let path = folder.write(broken, to: "broken.mmdb")
      #expect(throws: AssayError(.settings, "")) { _ = try AddressDatabase(path: path).type }
    }
    #expect(throws: AssayError(.noInput, "")) { _ = try AddressDatabase(path: folder.path("none")).type }
    #expect(throws: AssayError(.noInput, "")) { _ = try AddressDatabase(path: folder.path).type }
  }

  @Test func `no damaged byte crashes or hangs`() throws {
    let bytes = try version6().bytes
    var random = SeededGenerator(seed: 71)
    for index in stride(from: 0, to: bytes.count, by: 3) {
      var damaged = bytes
      damaged[index] ^= UInt8.random(in: 1...255, using: &random)
      let path = folder.write(damaged, to: "damaged.mmdb")
      // Most damage is noticed; none may do more harm than a wrong answer.
      _ = try? networks(path) { _ in true }
      if let database = try? AddressDatabase(path: path) {
        _ = database.autonomousSystem(of: try address("192.0.2.1"))
        _ = database.type
      }
    }
  }
}
