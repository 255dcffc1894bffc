import AssayModel
import AssayParsing
import Testing

/// Places, rules and the built-in profiles on invented lines.
@Suite struct ProfileTests {
  /// A profile that takes its campaign from one place.
  static func campaign(_ place: Place) -> Profile {
    var profile = Profile(name: "test", title: "")
    profile.rules = [Rule(.impression, when: Condition())]
    profile.facts = [.campaign: [place]]
    return profile
  }

  @Test(arguments: [
    ("query:c", "one two"), ("query:missing", ""), ("query:blank", ""), ("cookie:c", "k=1"), ("path:1", "a"),
    ("path:2", "b c"), ("path:3", "d.gif"), ("path:4", ""), ("path:-1", "d.gif"), ("path:-3", "a"), ("path:-4", ""),
    ("column:Campaign ID", "77"), ("header:Campaign ID", "77"), ("referrer-host", "news.example"),
    ("host", "ads.example"),
    ("packed:oaparams:bannerid", "12"), ("packed:oaparams:dest", "http://x/"), ("packed:nothing:bannerid", ""),
  ])
  func everyPlaceIsFound(text: String, expected: String) throws {
    let place = try #require(Place(text))
    let mapped = try Mapped(
      ProfileTests.campaign(place),
      line(
        "/a/b%20c/d.gif?c=one+two&blank=&oaparams=2__bannerid=12__zoneid=3__dest=http%3A%2F%2Fx%2F",
        "cookie:x=1; c=k%3D1; y=2", "column.Campaign ID=77", "referrer:https://user@News.Example:8443/p?q#f",
        "host:ADS.example:443"))
    #expect(mapped.name(.campaign) == expected)
  }

  @Test func theFirstPlaceThatSaysSomethingCounts() throws {
    var profile = ProfileTests.campaign(.query("a"))
    profile.facts[.campaign] = [.query("a"), .query("b"), .cookie("c")]
    let mapped = try Mapped(
      profile,
      line("/?a=1&b=2") + line("/?a=&b=2") + line("/?a=-&b=2") + line("/", "cookie:c=3") + line("/?b="))
    #expect((0..<5).map { mapped.name(.campaign, $0) } == ["1", "2", "2", "3", ""])
  }

  @Test func targetsOfEveryFormAreSplit() throws {
    var profile = ProfileTests.campaign(.host)
    profile.facts[.placement] = [.path(1)]
    profile.facts[.creative] = [.query("q")]
    let mapped = try Mapped(
      profile,
      line("http://abs.example:80/p?q=1", "host:other.example") + line("*")
        + line("host.example:443", method: "CONNECT")
        + "time:1\tpath:/p\tquery:q=2\thost:h.example\n" + "time:1\tpath:-\tquery:-\n" + line("?q=3"))
    #expect((0..<6).map { mapped.name(.campaign, $0) } == ["abs.example", "", "", "h.example", "", ""])
    #expect((0..<6).map { mapped.name(.placement, $0) } == ["p", "*", "host.example:443", "p", "", ""])
    #expect((0..<6).map { mapped.name(.creative, $0) } == ["1", "", "", "2", "", "3"])
  }

  @Test func pathAndQueryMayStandApartAndEncoded() throws {
    var profile = ProfileTests.campaign(.query("q"))
    profile.macros = [.square]
    let mapped = try Mapped(
      profile,
      "time:1\ttarget:/p\tquery:q=a%20b\treferrer:-------------\n"
        + "time:1\tquery:q=%5BMACRO%5D\tpath:/p\treferrer:-------------\n"
        + "time:1\tpath:/[MACRO]\tquery:q=1\treferrer:-------------\n")
    #expect((0..<3).map { mapped.name(.campaign, $0) } == ["a b", "[MACRO]", "1"])
    #expect(mapped.events.map { $0.flags.contains(.unexpandedMacro) } == [false, true, true])
  }

  @Test func macrosOfRequestsWithoutARuleAreAnIssueWhereTheyAreWholeValues() throws {
    let mapped = try Mapped(
      .vast,
      ["/b?event=[EVENT]&imp=1", "/b?x=1&event=%5BEVENT%5D", "/b?event=mute&imp=${ID}", "/b?cid=%%CACHE%%&q=1"]
        .map { line($0) }.joined())
    #expect(mapped.issue("profile.unexpanded-macro") == 4)
    #expect(mapped.events.allSatisfy { $0.kind == .page && $0.flags == [] })
    let sound = [
      "/list?filter[STATUS]=1", "/a[ID]/b", "/?cid=[ID]x", "/?[ID]", "/?cid=[]", "/?cid=a%20[B]", "/?cid=[id]",
      "/?q=[ID]",
    ]
    #expect(try Mapped(.vast, sound.map { line($0) }.joined()).issues.entries.isEmpty)
    #expect(try Mapped(.weblog, line("/?event=[EVENT]")).issues.entries.isEmpty)
  }

  @Test func conditionsMustAllHold() throws {
    var profile = Profile(name: "test", title: "")
    profile.rules = [
      Rule(nil, when: Condition(hosts: [Glob("ignored.*")])),
      Rule(.click, when: Condition(methods: ["BREW", "GET"], paths: [Glob("/a*"), Glob("*z")], status: 200...299)),
      Rule(.form, when: Condition(methods: ["POST"], has: [.query("k")])),
      Rule(.conversion, when: Condition(equals: [.init(.query("k"), ["v 1", "w"]), .init(.column("t"), ["1"])])),
    ]
    let mapped = try Mapped(
      profile,
      line("/a") + line("/xyz", method: "BREW") + line("/a", method: "BREWS") + line("/b")
        + line("/b?k", method: "POST") + line("/b?k=v+1", "column.t=1") + line("/b?k=v", "column.t=1")
        + line("/b?k=w", "column.t=2") + line("/a", "host:IGNORED.example") + line("/a", "status:304"))
    #expect(mapped.events.map(\.kind) == [.click, .click, .page, .page, .form, .conversion, .page, .page, .page])
    #expect(mapped.counts.ignored == 1 && mapped.counts.lines == 10)
  }

  @Test func widthAndHeightMayStandApart() throws {
    var profile = ProfileTests.campaign(.query("c"))
    profile.facts[.width] = [.query("w")]
    profile.facts[.height] = [.query("h")]
    let mapped = try Mapped(profile, line("/?w=728&h=90") + line("/?w=728") + line("/?w=x&h=1"))
    let slots = mapped.events.map { mapped.tables.slots.slots[Int($0.slot)] }
    #expect(slots[0].width == 728 && slots[0].height == 90)
    #expect(!slots[1].hasSize && !slots[2].hasSize && mapped.issue("event.bad-size") == 1)
  }

  @Test func tooManyPlacesAreRefused() {
    var profile = Profile(name: "test", title: "")
    profile.facts[.campaign] = (0..<65).map { .query("q\($0)") }
    #expect(throws: AssayError(.settings, "")) { try LineMapper(profile: profile, options: MapOptions()) }
    profile.facts[.campaign] = (0..<39).map { .column("c\($0)") }
    #expect(throws: AssayError(.settings, "")) { try LineMapper(profile: profile, options: MapOptions()) }
    profile.facts[.campaign] = (0..<38).map { .column("c\($0)") } + (0..<26).map { .query("q\($0)") }
    #expect(throws: Never.self) { try LineMapper(profile: profile, options: MapOptions()) }
  }

  @Test func placesAreWrittenAsTheyAreRead() {
    let texts = [
      "query:a:b", "cookie:c", "path:-2", "column:Event Type", "packed:oaparams:bannerid", "referrer-host", "host",
    ]
    #expect(texts.compactMap { Place($0)?.text } == texts)
    #expect(
      ["query:", "query", "path:0", "path:x", "path:256", "packed:a", "packed:a:", "body:x", ""].allSatisfy {
        Place($0) == nil
      })
  }

  @Test func reviveLinesBecomeWhatTheyAre() throws {
    let mapped = try Mapped(
      .revive,
      [
        line("/www/delivery/asyncspc.php?zones=1%7C2&cb=77", "cookie:OAID=abc"),
        line(
          "/www/delivery/lg.php?bannerid=12&campaignid=4&zoneid=3&cb=9f01", "cookie:x=1; OAID=abc",
          "referrer:https://News.example/a"),
        line("/www/delivery/ck.php?oaparams=2__bannerid=12__zoneid=3__cb=9f01__oadest=https%3A%2F%2Fshop.example%2F"),
        line("/www/delivery/cl.php?bannerid=12&zoneid=3&sig=aa&ts=1&dest=https%3A%2F%2Fshop.example"),
        line("/www/delivery/ti.php?trackerid=5&cb=123"), line("/www/delivery/tjs.php?trackerid=5&cb=124"),
        line("/www/delivery/tv.php?trackerid=5&server_conv_id=9"), line("/www/delivery/ai.php?filename=a.png"),
        line("/www/delivery/afr.php?zoneid=3&cb=INSERT_RANDOM_NUMBER_HERE"),
        line("/www/delivery/lg.php?bannerid=1&cb={random}"),
        line("/index.html"), line("/www/delivery/lg.phpx"),
      ].joined())
    let kinds: [EventKind] = [
      .adRequest, .impression, .click, .click, .conversion, .conversion, .page, .page, .adRequest, .impression, .page,
      .page,
    ]
    #expect(mapped.events.map(\.kind) == kinds)
    #expect(mapped.events[1].impression == mapped.events[2].impression && mapped.events[1].impression != 0)
    #expect(Dimension.allCases.map { mapped.name($0, 1) } == ["4", "3", "12", "news.example", ""])
    #expect(mapped.name(.creative, 2) == "12" && mapped.name(.placement, 3) == "3")
    #expect([0, 4, 5, 9].allSatisfy { mapped.events[$0].impression == 0 })
    #expect(mapped.events[0].visitor == mapped.events[1].visitor && mapped.events[1].key == .firstParty)
    #expect(mapped.events[9].flags.contains(.unexpandedMacro))
    #expect(!Profile.revive.countsRendered)
  }

  @Test func videoBeaconsBecomeWhatTheyAre() throws {
    let mapped = try Mapped(
      .vast,
      [
        "/b?event=impression&imp=1&cid=c", "/b?e=start&imp=1", "/track/vast/firstQuartile?impid=1",
        "/b?event=midpoint&imp=1",
        "/b?e=thirdQuartile&imp=1", "/b?event=complete&adservingid=1", "/b?event=clickTracking&imp=1",
        "/b?event=viewable&imp=1",
        "/vast/notViewable?imp=1", "/b?e=ViewUndetermined&imp=1", "/b?event=mute&imp=1",
        "/b?event=impression&imp=[TRANSACTIONID]&ifa=00000000-0000-0000-0000-000000000000", "/b?event=conversion",
      ].map { line($0) }.joined())
    let kinds: [EventKind] = [
      .impression, .video, .video, .video, .video, .video, .click, .exposure, .exposure, .exposure, .page, .impression,
      .conversion,
    ]
    #expect(mapped.events.map(\.kind) == kinds)
    #expect(mapped.events[1...5].map(\.detail) == [0, 25, 50, 75, 100])
    #expect(Set(mapped.events[0...9].map(\.impression)).count == 1 && mapped.events[0].impression != 0)
    #expect(mapped.events[7].flags == [.video, .declaredViewable])
    #expect(mapped.events[8].flags == [.video, .declaredNotViewable])
    #expect(mapped.events[9].flags == [.video, .declaredUndetermined])
    #expect(mapped.events[10].flags == [])
    #expect(mapped.events[11].flags.contains(.unexpandedMacro) && mapped.events[11].impression == 0)
    #expect(mapped.events[11].key == .addressAndAgent && mapped.issue("profile.unexpanded-macro") == 1)
  }

  /// A row of a transfer file.
  private func row(_ columns: String...) -> String {
    (["time:1700000000000000"] + columns.map { "column.\($0)" }).joined(separator: "\t") + "\n"
  }

  @Test func transferRowsBecomeWhatTheyAre() throws {
    let mapped = try Mapped(
      .cm360,
      row(
        "Event Type=VIEW", "Event Sub-Type=VIEW", "User ID=CAES1", "Impression ID=i1", "Campaign ID=11",
        "Placement ID=22",
        "Rendering ID=33", "Site ID (CM360)=44", "Creative Pixel Size=300x250", "Active View: Eligible Impressions=1",
        "Active View: Measurable Impressions=1", "Active View: Viewable Impressions=1")
        + row(
          "Event Type=VIEW", "User ID=0", "Impression ID=i2", "Active View: Eligible Impressions=1",
          "Active View: Measurable Impressions=1", "Active View: Viewable Impressions=0")
        + row(
          "Event Type=VIEW", "User ID=", "Active View: Eligible Impressions=1", "Active View: Measurable Impressions=0")
        + row("Event Type=VIEW", "Active View: Eligible Impressions=0", "Site ID (DCM)=45", "DBM Exchange ID=9")
        + row("Event Type=CLICK", "Event Sub-Type=CLICK", "User ID=CAES1", "Impression ID=i1")
        + row("Event Type=CONVERSION", "Event Sub-Type=POSTCLICK", "ORD Value=o1", "Total Revenue=19.5")
        + row("Event Type=", "Event Sub-Type=POSTVIEW") + row("Event Type=", "Event Sub-Type="))
    #expect(
      mapped.events.map(\.kind) == [
        .impression, .impression, .impression, .impression, .click, .conversion, .conversion, .page,
      ])
    #expect(Dimension.allCases.map { mapped.name($0) } == ["11", "22", "33", "44", ""])
    #expect(mapped.tables.slots.slots[Int(mapped.events[0].slot)].width == 300)
    #expect(
      mapped.events.prefix(4).map(\.flags) == [
        [.declaredViewable], [.declaredNotViewable], [.declaredUndetermined], [],
      ])
    #expect(mapped.events.map(\.key) == [.firstParty, .none, .none, .none, .firstParty, .none, .none, .none])
    #expect(mapped.events[0].impression == mapped.events[4].impression)
    #expect(mapped.name(.publisher, 3) == "45" && mapped.name(.seller, 3) == "9")
    #expect(
      mapped.events[5].value == Money(millionths: 19_500_000) && mapped.events[5].detail == StableHash.of(text: "o1"))
    #expect(mapped.events.allSatisfy { $0.agent == AgentID.notLogged && $0.address.isNone })
  }

  @Test func aWebLogIsPagesWithTheirHost() throws {
    let mapped = try Mapped(
      .weblog, line("/", "host:a.example") + line("/x.css", "host:A.example:80") + line("/ad/impression?size=big"))
    #expect(mapped.events.map(\.kind) == [.page, .page, .page])
    #expect((0..<3).map { mapped.name(.publisher, $0) } == ["a.example", "a.example", ""])
    #expect(mapped.issues.entries.isEmpty && mapped.coverage[0].of == 3)
  }

  @Test func theCatalogueIsWellFormed() throws {
    #expect(Set(ProfileCatalog.all.map(\.name)).count == ProfileCatalog.all.count)
    #expect(ProfileCatalog.all.map(\.name) == ["generic", "revive", "vast", "cm360", "weblog"])
    #expect(ProfileCatalog.all.filter(\.judgesPages).map(\.name) == ["weblog"])
    #expect(ProfileCatalog.profile(named: "revive") == .revive && ProfileCatalog.profile(named: "x") == nil)
    for profile in ProfileCatalog.all { #expect(!profile.title.isEmpty && !profile.about.isEmpty) }
  }

  @Test(arguments: [
    ("/ad/impression?cid=1", "generic"), ("/delivery/lg.php?bannerid=1", "revive"), ("/b?event=impression", "vast"),
    ("/", "weblog"), ("/b?event=mute", "weblog"), ("/ad/request", "weblog"), ("/b?e=start", "weblog"),
  ])
  func theProfileIsFoundInTheSample(target: String, name: String) throws {
    func detect(_ text: String) throws -> ProfileDetection.Result {
      let bytes = Array(text.utf8)
      return try ProfileDetection.detect(bytes.span) { request throws(AssayError) in TaggedParser(request) }
    }
    let pages = String(repeating: line("/page"), count: 150)
    #expect(try detect(pages + line(target)).profile.name == name)
    // One among very many is chance.
    #expect(try detect(String(repeating: line("/page"), count: 300) + line(target)).profile.name == "weblog")
    #expect(try detect("").profile.name == "weblog")
    #expect(try detect(row("Event Type=VIEW", "User ID=1")).profile.name == "cm360")
  }
}
