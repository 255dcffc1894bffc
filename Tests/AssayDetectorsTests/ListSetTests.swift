import AssayDetectors
import AssayModel
import Testing

struct ListSetTests {
  /// What a file is told to be and what it adds; nil for a file that is left out.
  private func add(_ name: String, _ text: String) throws -> (kind: ListKind, entries: Int, issues: IssueLog)? {
    guard case .kind(let kind) = ListRecognition.tell(name: name, bytes: Array(text.utf8)) else { return nil }
    var lists = ListSet()
    let added = try lists.add(name: name, bytes: Array(text.utf8), as: kind)
    return (kind, added.entries, added.issues)
  }

  @Test func `a network wider than a registry's block speaks against nobody`() throws {
    let wide = ["0.0.0.0/0", "16.0.0.0/7", "10.0.0.0-11.0.0.0", "::/0", "2000::/3", "2600::/11", "::ffff:0:0/95"]
    let narrow = ["16.0.0.0/8", "10.0.0.0-10.255.255.255", "2600::/12", "192.0.2.1", "::1"]
    for name in ["hosting.txt", "crawlers-ip.txt", "tor-exits.txt"] {
      let list = try #require(try add(name, (wide + narrow).joined(separator: "\n")))
      #expect(list.entries == narrow.count && list.issues.entries["list.network-too-wide"]?.count == wide.count)
      #expect(throws: AssayError(.settings, "")) { try add(name, "0.0.0.0/0\n") }
    }
    for name in ["internal.txt", "exempt.txt"] {
      let list = try #require(try add(name, "fc00::/7\n0.0.0.0/0\n"))
      #expect(list.entries == 2 && list.issues == IssueLog(), "these speak for people")
    }
  }

  @Test func `a name with asn needs numbers, and what is no list is told from what may be one`() {
    func tell(_ name: String, _ text: String) -> ListRecognition {
      ListRecognition.tell(name: name, bytes: Array(text.utf8))
    }
    #expect(tell("my-asn.txt", "# mine\n64500\nAS64501 # b\nfoo\n") == .kind(.autonomousSystems))
    #expect(tell("hosting-asn.txt", "192.0.2.0/24\n") == .kind(.dataCentre))
    for text in ["[]", "{\"asn\": 64500}", "some words\n", ""] {
      guard case .none = tell("asn.json", text) else {
        Issue.record("\(text)")
        continue
      }
    }
    for name in ["README", "readme-bots.txt", "LICENSE-MIT", "asn/LICENCE.txt", "notes.md", "asn.rst"] {
      #expect(tell(name, "64500\n") == .document, "\(name)")
    }
  }

  @Test(
    "A list's kind is told from its name and its bytes",
    arguments: [
      ("clouds.txt", "192.0.2.0/24\n", ListKind.dataCentre, 1),
      ("Exempt-relays.txt", "192.0.2.0/24\n", .exempt, 1),
      ("carrier.csv", "192.0.2.0/24,XX\n", .exempt, 1),
      ("googlebot/ipv4.txt", "192.0.2.0/24\n", .crawlerNetworks, 1),
      ("internal.txt", "# ours\n192.0.2.1\n2001:db8::/32 # office\n", .internal, 2),
      ("tor-exit-nodes.lst", "192.0.2.1\n", .torExits, 1), ("tor/exits.txt", "192.0.2.1\n", .torExits, 1),
      ("bots/ranges.txt", "192.0.2.1\n", .crawlerNetworks, 1), ("bots/amazon.txt", "192.0.2.1\n", .dataCentre, 1),
      ("private-relay/all.csv", "192.0.2.0/24,XX\n", .exempt, 1),
      ("ip_exclude_current.txt", "192.0.2.1\n", .crawlerNetworks, 1),
      ("history/hosting.txt", "192.0.2.1\n", .dataCentre, 1),
      ("some.json", #"{"creationTime":"x","prefixes":[{"ipv4Prefix":"192.0.2.0/28"}]}"#, .crawlerNetworks, 1),
      ("some.json", #"{"syncToken":"1","createDate":"x","prefixes":[{"ip_prefix":"192.0.2.0/28"}]}"#, .dataCentre, 1),
      (
        "googlebot.json", #"{"syncToken":"1","creationTime":"x","prefixes":[{"ipv4Prefix":"192.0.2.0/28"}]}"#,
        .crawlerNetworks, 1
      ),
      ("list.txt", "bot one|1||0|2|0\n", .robots, 1), ("list.txt", "mozilla|1|1|\n", .browsers, 1),
      (
        "ip-ranges.json", #"{"prefixes":[{"ip_prefix":"192.0.2.0/24"}],"v6":[{"ipv6_prefix":"2001:db8::/32"}]}"#,
        .dataCentre, 2
      ),
      (
        "goog.json", #"{"creationTime":"x","prefixes":[{"ipv4Prefix":"192.0.2.0/28"},{"ipv6Prefix":"2001:db8::/64"}]}"#,
        .dataCentre, 2
      ),
      (
        "ServiceTags.json",
        #"{"values":[{"name":"A","properties":{"addressPrefixes":["192.0.2.0/31","2001:db8:1::/48"]}}]}"#, .dataCentre,
        2
      ),
      (
        "oracle.json", #"{"regions":[{"region":"r","cidrs":[{"cidr":"198.51.100.0/25","tags":["OCI"]}]}]}"#,
        .dataCentre, 1
      ),
      ("hosts.csv", "192.0.2.0,192.0.2.255,Example Hosting,https://example.org\n", .dataCentre, 1),
      ("google.csv", "ip prefix,country\n192.0.2.0/24,XX,XX-YY,Town,1\n", .dataCentre, 1),
      ("IAB_Robots.txt", "bot one|1||0|2|0\nbot two|0||0|2|0|01/31/2020\n", .robots, 2),
      ("Valid_Browsers.txt", "mozilla|1|1\n", .browsers, 1),
      ("my-robots.txt", "# mine\nexamplebot\nUser-agent: OtherBot\nDisallow: /\n", .robots, 2),
      (
        "crawlers.json", #"[{"pattern":"Example\\/","url":"x","instances":["a/b"]},{"pattern":"(a|b)c"}]"#, .crawlers, 1
      ),
    ])
  func kinds(name: String, text: String, kind: ListKind, entries: Int) throws {
    let added = try #require(try add(name, text))
    #expect(added.kind == kind)
    #expect(added.entries == entries)
  }

  @Test(
    "Lines that are nothing are counted and named, not lost",
    arguments: [
      ("clouds.txt", "192.0.2.0/24\n192.0.2.0/33\n192.0.2.7\nnonsense\n192.0.2.9-192.0.2.1\n", 3, 2),
      (
        "clouds.txt",
        "192.0.2.300\n192.0.2.1/\n192.0.2.0/24\n2001:db8::/129\n2001:db8::1\n::ffff:192.0.2.1/120\n2001:db8::/32\n", 4,
        3
      ),
      ("robots.txt", "good|1|||2|0\nno activity\nodd|7||\n|1||\n", 1, 3),
    ])
  func issues(name: String, text: String, entries: Int, lines: Int) throws {
    let added = try #require(try add(name, text))
    #expect(added.entries == entries)
    #expect(added.issues.lines == lines)
    #expect(added.issues.sorted.map(\.name) == ["list.line-not-understood"])
  }

  @Test(
    "A file that is no list, or of a kind that nobody can tell, is not guessed at",
    arguments: [
      ("notes.txt", "hello\nworld\n", "robots"), ("empty.txt", "", "no entry"),
      ("robots.txt", "# nothing\n", "no entry"),
      ("x.json", #"{"a":[1,2,"b"]}"#, "neither"),
      ("bots.json", #"[{"pattern":{"accepted":["A"]},"ranges":["192.0.2.0/24"]}]"#, "in groups"),
      ("broken.json", #"{"prefixes":[{"ip_prefix":"192.0.2.0/24"}"#, "begins like JSON"),
      ("broken2.json", #"["192.0.2.0/24"}"#, "begins like JSON"), ("broken3.json", #"["\u12"]"#, "begins like JSON"),
      ("mine.txt", "192.0.2.0/24\n", "data-centre=FILE"), ("all/ipv4.txt", "192.0.2.0/24\n", "data-centre=FILE"),
      ("tor-nodes.lst", "192.0.2.1\n", "exits of the Tor"), ("tor/relays.txt", "192.0.2.1\n", "exits of the Tor"),
      ("protonvpn/ipv4.txt", "192.0.2.1\n", "VPN"), ("open-proxies.txt", "192.0.2.1\n", "proxy"),
      ("cloudflare/ipv4.txt", "192.0.2.0/24\n", "delivery network"),
      ("crawlers.yml", "Bot:\n  - Bot/1.0\n", "going by its name"),
      ("Valid_Browsers.txt", "bot one|1||0|2|0\n", "columns of a robots file"),
      ("downloaded", "Mon, 20 Jul 2026\n", "robots"),
    ])
  func unknown(name: String, text: String, why: String) {
    guard case .none(let reason) = ListRecognition.tell(name: name, bytes: Array(text.utf8)) else {
      Issue.record("\(name) was taken for a list")
      return
    }
    #expect(reason.contains(why), "\(reason)")
  }

  @Test(
    "A list that a person says the kind of, and that has no such entry, is refused with a sentence that names it",
    arguments: ListKind.allCases.filter { $0 != .autonomousSystems })
  func refused(kind: ListKind) {
    var lists = ListSet()
    let error = #expect(throws: AssayError(.settings, "")) {
      try lists.add(name: "x.txt", bytes: Array("# nothing\n".utf8), as: kind)
    }
    #expect(error?.location?.source == "x.txt")
  }

  @Test("A line that stands in every browser's user agent makes a robot of nobody")
  func ordinary() throws {
    let added = try #require(try add("robots.txt", "examplebot\nMozilla/5.0\nwin\nApple\n"))
    #expect(added.entries == 1)
    #expect(added.issues.sorted.map(\.name) == ["list.matches-browsers"] && added.issues.lines == 3)
  }

  @Test(
    "The version that a list gives itself is told",
    arguments: [
      (#"{"syncToken":"1","createDate":"2026-11-20-10-00-00"}"#, "2026-11-20-10-00-00"),
      (#"{"creationTime":"2026-11-20T10:00:00.0","prefixes":[{"creationTime":"no"}]}"#, "2026-11-20T10:00:00.0"),
      (#"{ "changeNumber": 312, "cloud": "Public", "values": [] }"#, "312"),
      ("# a list\n#\n# Source Date: Fri Nov 20\n# Version: 7.1\nfoo\n", "7.1"),
      ("; Last-Modified: Fri, 20 Nov 2026\n192.0.2.1\n", "Fri, 20 Nov 2026"),
      ("# Date : 2026-11-20\r\nfoo\r\n", "2026-11-20"), ("foo\n# Version: 9\n", nil), ("# Version to come\n", nil),
      ("# Version: 1\u{1b}[31m\n", "1\\x1b[31m"), ("", nil),
    ])
  func version(text: String, expected: String?) {
    #expect(ListVersion.of(Array(text.utf8)) == expected)
  }

  @Test("Deep nesting and long lines cost no more than their size")
  func hostile() throws {
    #expect(try add("x.json", String(repeating: "[", count: 500_000)) == nil)
    let added = try add("robots.txt", String(repeating: "a", count: 200_000))
    #expect(added?.entries == 1)
    var lists = ListSet()
    try lists.add(
      name: "crawlers.json", bytes: Array(#"[{"pattern":"aaa.*bbb.*ccc.*ddd"}]"#.utf8), as: .crawlers)
    let agent = String(repeating: "aaab", count: 2_000)
    _ = DetectorContext(agents: ["", "", agent], lists: lists)
  }

  @Test("The built-in list comes first among the lists")
  func summaries() throws {
    var lists = ListSet()
    try lists.add(name: "clouds.txt", bytes: Array("192.0.2.0/24\n".utf8), as: .dataCentre)
    lists.add(networks: [(Address(v4: 0xc633_6400), 120)], name: "geo.mmdb", kind: .dataCentre)
    #expect(lists.lists.map(\.name) == ["built-in robots", "clouds.txt", "geo.mmdb"])
    #expect(lists.lists[2] == ListSet.Summary(name: "geo.mmdb", kind: .dataCentre, entries: 1))
  }
}
