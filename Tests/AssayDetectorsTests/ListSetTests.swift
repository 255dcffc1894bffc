import AssayDetectors
import AssayModel
import Testing

struct ListSetTests {
  private func add(_ name: String, _ text: String) throws -> (kind: ListKind, entries: Int, issues: IssueLog) {
    var lists = ListSet()
    return try lists.add(name: name, bytes: Array(text.utf8))
  }

  @Test(
    "A list's kind is told from its name and its bytes",
    arguments: [
      ("clouds.txt", "192.0.2.0/24\n", ListKind.dataCentre, 1),
      ("Exempt-relays.txt", "192.0.2.0/24\n", .exempt, 1),
      ("carrier.csv", "192.0.2.0/24,XX\n", .exempt, 1),
      ("googlebot/ipv4.txt", "192.0.2.0/24\n", .crawlerNetworks, 1),
      ("internal.txt", "# ours\n192.0.2.1\n2001:db8::/32 # office\n", .internal, 2),
      ("tor-exit-nodes.lst", "192.0.2.1\n", .torExits, 1),
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
    let added = try add(name, text)
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
    let added = try add(name, text)
    #expect(added.entries == entries)
    #expect(added.issues.lines == lines)
    #expect(added.issues.sorted.map(\.name) == ["list.line-not-understood"])
  }

  @Test(
    "A list of which nothing can be made is refused with a sentence that names it",
    arguments: [
      ("notes.txt", "hello\nworld\n"), ("empty.txt", ""), ("robots.txt", "# nothing\n"),
      ("x.json", #"{"a":[1,2,"b"]}"#),
      ("broken.json", #"{"prefixes":[{"ip_prefix":"192.0.2.0/24"}"#), ("broken2.json", #"["192.0.2.0/24"}"#),
      ("broken3.json", #"["\u12"]"#),
    ])
  func refused(name: String, text: String) {
    let error = #expect(throws: AssayError(.settings, "")) { try self.add(name, text) }
    #expect(error?.location?.source == name)
  }

  @Test("Deep nesting and long lines cost no more than their size")
  func hostile() throws {
    #expect(throws: AssayError(.settings, "")) { try self.add("x.json", String(repeating: "[", count: 500_000)) }
    let added = try add("robots.txt", String(repeating: "a", count: 200_000))
    #expect(added.entries == 1)
    var lists = ListSet()
    try lists.add(name: "crawlers.json", bytes: Array(#"[{"pattern":"aaa.*bbb.*ccc.*ddd"}]"#.utf8))
    let agent = String(repeating: "aaab", count: 2_000)
    _ = DetectorContext(agents: ["", "", agent], lists: lists)
  }

  @Test("The built-in list comes first among the lists")
  func summaries() throws {
    var lists = ListSet()
    try lists.add(name: "clouds.txt", bytes: Array("192.0.2.0/24\n".utf8))
    lists.add(networks: [(Address(v4: 0xc633_6400), 120)], name: "geo.mmdb", kind: .dataCentre)
    #expect(lists.lists.map(\.name) == ["built-in robots", "clouds.txt", "geo.mmdb"])
    #expect(lists.lists[2] == ListSet.Summary(name: "geo.mmdb", kind: .dataCentre, entries: 1))
  }
}
