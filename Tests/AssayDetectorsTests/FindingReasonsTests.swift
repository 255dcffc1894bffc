import AssayDetectors
import AssayModel
import Testing

/// What a finding is about is said in words: which row or network of which list decided.
struct FindingReasonsTests {
  private let agents = ["", "", "Examplebot/1", "curl/8", "Oddity"]

  private func reasons(_ lists: [String: String]) throws -> FindingReasons {
    var set = ListSet()
    for (name, text) in lists.sorted(by: { $0.key < $1.key }) { try set.add(name: name, bytes: Array(text.utf8)) }
    return FindingReasons(DetectorContext(agents: agents, lists: set))
  }

  private func evidence(_ reasons: FindingReasons, _ detector: String, _ event: Event) throws -> Evidence {
    let ordinal = try DetectorCatalog.ordinal(of: detector)
    return reasons.evidence(
      Finding(position: event.position, detector: ordinal, observed: 1, threshold: 1), event)
  }

  @Test func aUserAgentIsNamedWithItsRowAndList() throws {
    let reasons = try reasons(["robots-own.txt": "examplebot/1\n"])
    let robot = try evidence(reasons, "declared-robot", Visit.event(.impression, at: 0))
    #expect(robot.reason == "matches “bot>” of built-in robots")
    #expect(robot.network == nil)
    let library = try evidence(reasons, "non-browser-agent", Visit.event(.impression, at: 0, agent: 3))
    #expect(library.reason == "matches “<curl>” of built-in robots")
    let odd = Visit.event(.impression, at: 0, agent: 4)
    #expect(try evidence(reasons, "non-browser-agent", odd).reason == "has not the shape of a product name")
    let browsers = try self.reasons(["browsers.txt": "Firefox\n"])
    #expect(try evidence(browsers, "non-browser-agent", odd).reason == "is on no list of browsers")
  }

  @Test func aCrawlerThatIsWhereItsOperatorSaysIsVerified() throws {
    let reasons = try reasons(["googlebot.json": #"{"prefixes":[{"ipv4Prefix":"198.51.100.0/24"}]}"#])
    let robot = try evidence(reasons, "declared-robot", Visit.event(.impression, at: 0))
    #expect(robot.reason == "matches “bot>” of built-in robots; the address is verified by googlebot.json")
    #expect(robot.network == "198.51.100.0/24")
  }

  @Test func anAddressIsNamedWithTheNarrowestNetworkAndItsList() throws {
    let reasons = try reasons([
      "clouds.txt": "198.51.0.0/16\n198.51.100.0/30\n198.51.100.4/30\n",
      "ipcat.csv": "203.0.113.5,203.0.113.9,Example Hosting\n", "tor-exits.txt": "198.51.100.7\n",
      "internal.txt": "2001:db8::/32\n",
    ])
    // Networks that lie side by side stay apart.
    for (address, network) in [("198.51.100.3", "198.51.100.0/30"), ("198.51.100.7", "198.51.100.4/30")] {
      let hosted = try evidence(reasons, "data-centre", Visit.event(.impression, at: 0, from: address))
      #expect(hosted.reason == "lies in a network of clouds.txt")
      #expect(hosted.network == network)
    }
    let named = try evidence(reasons, "data-centre", Visit.event(.impression, at: 0, from: "203.0.113.8"))
    #expect(named.reason == "lies in a network of ipcat.csv, “Example Hosting”")
    #expect(named.network == "203.0.113.5-203.0.113.9")
    let exit = try evidence(reasons, "tor-exit", Visit.event(.impression, at: 0, from: "198.51.100.7"))
    #expect(exit.reason == "lies in a network of tor-exits.txt" && exit.network == "198.51.100.7")
    let own = try evidence(reasons, "test-traffic", Visit.event(.impression, at: 0, from: "2001:db8::1"))
    #expect(own.reason == "lies in a network of internal.txt" && own.network == "2001:db8::/32")
    var test = Visit.event(.impression, at: 0)
    test.flags.insert(.test)
    #expect(try evidence(reasons, "test-traffic", test).reason == "says itself that it is a test")
  }

  @Test func whatNumbersSayNeedsNoWords() throws {
    let reasons = try reasons([:])
    let click = Visit.event(.click, at: 0)
    #expect(try evidence(reasons, "fast-click", click).reason == nil)
    #expect(try evidence(reasons, "data-centre", click).reason == nil)
    let unknown = Finding(position: click.position, detector: 99, observed: 1, threshold: 1)
    #expect(reasons.evidence(unknown, click) == Evidence(unknown))
  }

  @Test("Every list match that a fixture shows says which list it was", arguments: ["data-centre", "tor-exit"])
  func everyMatchOfTheFixturesIsNamed(id: String) throws {
    for fixture in try DetectorFixture.load(id, "flag") {
      let context = try fixture.context()
      let judge = try Judge(JudgeSettings(), context: context, coverage: [:], judgesPages: true)
      let visit = fixture.visit
      let ordinal = try DetectorCatalog.ordinal(of: id)
      for finding in judge.verdicts(visit).evidence where Int(finding.detector) == ordinal {
        let event = try #require(visit.events.first { $0.position == finding.position })
        let evidence = FindingReasons(context).evidence(finding, event)
        #expect(evidence.reason != nil && evidence.network != nil, "\(fixture.name)")
      }
    }
  }

  @Test(arguments: [
    ("192.0.2.0", "192.0.2.255", "192.0.2.0/24"), ("192.0.2.1", "192.0.2.1", "192.0.2.1"),
    ("192.0.2.1", "192.0.2.2", "192.0.2.1-192.0.2.2"), ("0.0.0.0", "255.255.255.255", "0.0.0.0/0"),
    ("2001:db8::", "2001:db8::ffff", "2001:db8::/112"), ("2001:db8::2", "2001:db8::2", "2001:db8::2"),
  ])
  func rangesAreWrittenAsNetworks(first: String, last: String, text: String) throws {
    let range = AddressRange(first: try #require(Address(first)), last: try #require(Address(last)))
    #expect(range.description == text)
  }
}
