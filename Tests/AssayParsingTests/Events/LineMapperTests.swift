import AssayModel
import AssayParsing
import Testing

/// One event from one line, field by field.
@Suite struct LineMapperTests {
  @Test func aGenericImpressionCarriesEverything() throws {
    let mapped = try Mapped(
      .generic,
      line(
        "/ad/impression?imp=a81f&vid=77c&cid=c12&pid=p3&crid=r9&pub=news.example&sid=s1&size=300x250&price=0.0025",
        time: 1_700_000_000_250_000, "referrer:https://news.example/a", "host:ads.example"))
    let event = try #require(mapped.events.first)
    #expect(event.kind == .impression)
    #expect(event.time == Timestamp(microseconds: 1_700_000_000_250_000))
    #expect(event.address == Address("192.0.2.1"))
    #expect(event.impression == StableHash.of(text: "a81f"))
    #expect(event.visitor == StableHash.of(1, StableHash.of(text: "77c")))
    #expect(event.key == .firstParty)
    #expect(event.value == Money(millionths: 2_500))
    #expect(event.status == 200)
    #expect(event.flags == [.referrer, .subsecond])
    #expect(event.page == UInt32(truncatingIfNeeded: StableHash.of(text: "/ad/impression")))
    #expect(Dimension.allCases.map { mapped.name($0) } == ["c12", "p3", "r9", "news.example", "s1"])
    let slot = mapped.tables.slots.slots[Int(event.slot)]
    #expect(slot.width == 300 && slot.height == 250)
    #expect(mapped.tables.agents[Int(event.agent)] == "Browser/1")
    #expect(mapped.issues.entries.isEmpty)
  }

  @Test func thePageOfAnAdIsWhatTheReferrerNames() throws {
    let referrers = [
      "https://a.example/b", "https://a.example/b", "https://a.example/c", "https://a.example/b?p=2",
      "https://d.example/b",
    ]
    let named = try Mapped(.generic, referrers.map { line("/ad/impression?imp=1", "referrer:\($0)") }.joined())
    let documents = named.events.map(\.document)
    #expect(documents[0] == documents[1] && documents[3] == documents[0])
    #expect(Set(documents).count == 3 && !documents.contains(0))
    let nameless = ["https://a.example/", "https://a.example", "-", "", "/", "x"]
    let mapped = try Mapped(.generic, nameless.map { line("/ad/impression?imp=1", "referrer:\($0)") }.joined())
    #expect(mapped.events.map(\.document) == nameless.map { _ in 0 })
    #expect(try Mapped(.generic, line("/ad/impression?imp=1")).events[0].document == 0)
    #expect(try Mapped(.generic, line("/ad/click?imp=1", "referrer:https://a.example/b")).events[0].document == 0)
  }

  @Test(arguments: [
    ("request", EventKind.adRequest), ("impression", .impression), ("exposure", .exposure), ("click", .click),
    ("conversion", .conversion), ("form", .form), ("video", .video),
  ])
  func everyBeaconHasItsKind(name: String, kind: EventKind) throws {
    let mapped = try Mapped(.generic, line("/x/ad/\(name)") + line("/x/ad/\(name)?cid=1") + line("/ad/\(name)s"))
    #expect(mapped.events.map(\.kind) == [kind, kind, .page])
  }

  @Test func aBeaconIsAGetAndAFormMayBeAPost() throws {
    let mapped = try Mapped(
      .generic,
      line("/ad/form", method: "POST") + line("/ad/impression", method: "POST")
        + line("/ad/impression", method: "HEAD") + line("/ad/form", method: "PUT"))
    #expect(mapped.events.map(\.kind) == [.form, .page, .page, .page])
    #expect(mapped.events.map(\.flags) == [.post, .post, .head, .otherMethod])
  }

  @Test func aClickHasCoordinates() throws {
    let mapped = try Mapped(
      .generic, line("/ad/click?x=12&y=7.9&price=1") + line("/ad/click?x=12") + line("/ad/click?x=-3&y=1"))
    #expect(mapped.events[0].detail == 12 << 32 | 7)
    #expect(mapped.events.map { $0.flags.contains(.coordinates) } == [true, false, false])
    #expect(mapped.events[0].value == Money(millionths: 1_000_000))
    #expect(mapped.issue("event.bad-coordinates") == 1)
  }

  @Test func aConversionHasOrderAndValue() throws {
    let mapped = try Mapped(.generic, line("/ad/conversion?order=A%2D1&value=19.99") + line("/ad/conversion?value=x"))
    #expect(mapped.events[0].detail == StableHash.of(text: "A-1"))
    #expect(mapped.events[0].value == Money(millionths: 19_990_000))
    #expect(mapped.events[1].detail == 0 && mapped.issue("event.bad-value") == 1)
  }

  @Test func aVideoEventHasItsPercentage() throws {
    let mapped = try Mapped(.generic, line("/ad/video?pct=75") + line("/ad/video") + line("/ad/video?pct=101"))
    #expect(mapped.events.map(\.detail) == [75, 0, 0])
    #expect(mapped.events.allSatisfy { $0.flags.contains(.video) })
    #expect(mapped.issue("event.bad-percent") == 1)
  }

  @Test func exposuresKeepTheirSamplesInTheBucket() throws {
    let mapped = try Mapped(
      .generic,
      line("/ad/exposure?vid=a&s=0-0f_200-55.5f_1200-100fz") + line("/ad/exposure?vid=a&s=5-1")
        + line("/ad/exposure?vid=a"))
    #expect(mapped.samples[0].map(\.share) == [0, 5_550, 10_000])
    #expect(mapped.samples[0].map(\.milliseconds) == [0, 200, 1_200])
    #expect(mapped.samples[1] == [ExposureSample(milliseconds: 5, share: 100, state: [])])
    #expect(mapped.samples[2].isEmpty)
  }

  @Test(arguments: [
    ("0-0f_900-0fz", true), ("0-0f_900-0.5fz", false), ("0-0f_900-0u", false), ("", false), ("x", false),
  ])
  func anExposureSaysWhetherNothingWasInView(samples: String, isOutOfView: Bool) throws {
    let mapped = try Mapped(.generic, line("/ad/exposure?vid=a&s=\(samples)"))
    #expect(mapped.events[0].flags.contains(.outOfView) == isOutOfView)
  }

  @Test func declarationsBecomeFlags() throws {
    let mapped = try Mapped(
      .generic,
      ["yes", "no", "undetermined", "maybe"].map { line("/ad/impression?view=\($0)") }.joined()
        + line("/ad/impression?test=1&media=video") + line("/ad/impression?test=0&media=display"))
    let flags: [EventFlags] = [
      .declaredViewable, .declaredNotViewable, .declaredUndetermined, [], [.test, .video], [],
    ]
    #expect(mapped.events.map(\.flags) == flags)
  }

  @Test(arguments: [
    ("prefetch", true), ("Prefetch;anonymous-client-ip", true), ("PREVIEW", true), ("x prerender", true),
    ("navigate", false), ("", false), ("prefetc", false), ("pre", false),
  ])
  func aPurposeHeaderMarksAPrefetch(value: String, expected: Bool) throws {
    let mapped = try Mapped(.generic, line("/ad/impression", "purpose:\(value)"))
    #expect(mapped.events[0].flags.contains(.prefetch) == expected)
  }

  @Test func theReferrerIsThereOrNotOrNotLogged() throws {
    let mapped = try Mapped(
      .generic, line("/", "referrer:https://a.example/") + line("/", "referrer:-") + line("/", "referrer:") + line("/"))
    #expect(mapped.events.map(\.flags) == [.referrer, .noReferrer, .noReferrer, []])
  }

  @Test func theVisitorLadderGoesDownStepByStep() throws {
    let mapped = try Mapped(
      .generic,
      line("/ad/impression?vid=v1") + line("/ad/impression?vid=") + line("/ad/impression?vid=0", agent: "-")
        + line("/ad/impression?vid=%5BVID%5D", agent: nil) + line("/ad/impression?imp=i", address: "-")
        + line("/ad/impression", address: ""))
    #expect(mapped.events.map(\.key) == [.firstParty, .addressAndAgent, .addressAndAgent, .addressOnly, .none, .none])
    let address = try #require(Address("192.0.2.1"))
    let pair = StableHash.of(address.high, address.low)
    #expect(mapped.events[1].visitor == StableHash.of(2, pair, StableHash.of(text: "Browser/1")))
    #expect(mapped.events[2].visitor == StableHash.of(2, pair, StableHash.of(text: "")))
    #expect(mapped.events[3].visitor == StableHash.of(3, address.high, address.low))
    #expect(mapped.events[4].visitor == StableHash.of(4, StableHash.of(text: "i")))
    #expect(mapped.events.map(\.agent) == [2, 2, AgentID.blank, AgentID.notLogged, 2, 2])
  }

  @Test func aHostNameAsClientIsAnIssueAndStillAnEvent() throws {
    let mapped = try Mapped(.generic, line("/", address: "client.example"))
    #expect(mapped.events.count == 1 && mapped.events[0].address.isNone)
    #expect(mapped.issue("event.bad-address") == 1)
    #expect(mapped.issues.entries["event.bad-address"]?.lines == 0)
  }

  @Test func aRecordWithoutATimeIsLostAndSaid() throws {
    let mapped = try Mapped(.generic, line("/") + "address:192.0.2.1\ttarget:/\n" + "?\n" + "\n# x\n")
    #expect(mapped.counts.lines == 5 && mapped.counts.events == 1)
    #expect(mapped.counts.unreadable == 2 && mapped.counts.ignored == 2)
    #expect(mapped.issue("event.no-time") == 1 && mapped.issue("tagged.unknown") == 1)
    #expect(mapped.issues.lines == 2)
  }

  @Test func aMalformedLineKeepsItsPlace() throws {
    let first = line("/")
    let mapped = try Mapped(.generic, first + "time:1\toops\n")
    let sample = try #require(mapped.issues.entries["tagged.unknown"]?.samples.first)
    #expect(sample.position == SourcePosition(source: 0, offset: first.utf8.count))
    #expect(sample.column == 7)
  }

  @Test func thePeriodIsCountedAndNotKept() throws {
    var options = MapOptions()
    options.since = Timestamp(microseconds: 10)
    options.until = Timestamp(microseconds: 20)
    let mapped = try Mapped(.generic, [9, 10, 19, 20].map { line("/", time: $0) }.joined(), options: options)
    #expect(mapped.events.map(\.time.microseconds) == [10, 19])
    #expect(mapped.counts.events == 4 && mapped.counts.outsidePeriod == 2)
    #expect(mapped.counts.firstTime == Timestamp(microseconds: 9))
    #expect(mapped.counts.lastTime == Timestamp(microseconds: 20))
  }

  @Test func lineEndsOfBothKindsAndNone() throws {
    let bare = String(line("/a").dropLast())
    let mapped = try Mapped(.generic, bare + "\r\n" + bare + "\n" + bare)
    #expect(mapped.counts.lines == 3 && mapped.events.count == 3)
    #expect(Set(mapped.events.map(\.page)).count == 1)
    #expect(mapped.events.map(\.lineInChunk) == [0, 1, 2])
    #expect(mapped.events.map(\.position.offset) == [0, bare.utf8.count + 2, 2 * bare.utf8.count + 3])
  }

  @Test func unescapedFieldsAreReadWhereTheyStand() throws {
    let text = line("/ignored").replacing("target:/ignored", with: "target!:/ad/impression?cid=c1&imp=i")
      .replacing("userAgent:", with: "userAgent!:")
    let mapped = try Mapped(.generic, text)
    #expect(mapped.name(.campaign) == "c1")
    #expect(mapped.events[0].impression == StableHash.of(text: "i"))
    #expect(mapped.tables.agents == ["", "", "Browser/1"])
  }

  @Test func namesAreDecodedCutAndPrintable() throws {
    let long = String(repeating: "n", count: 300)
    let mapped = try Mapped(
      .generic,
      line("/ad/impression?cid=a%20b+c&pid=%1B%5B31m") + line("/ad/impression?cid=\(long)")
        + line("/ad/impression?cid=\(long)") + line("/ad/impression?cid=a%20b%20c&pid=%1b%5b31m"))
    #expect(mapped.name(.campaign, 0) == "a b c")
    #expect(mapped.name(.placement, 0) == "\\x1b[31m")
    #expect(mapped.name(.campaign, 1) == String(repeating: "n", count: 256))
    #expect(mapped.issue("event.name-too-long") == 2)
    #expect(mapped.events[0].slot == mapped.events[3].slot)
  }

  @Test func coverageCountsJudgedEventsOnly() throws {
    let mapped = try Mapped(
      .generic,
      line("/ad/impression?imp=1&size=1x1", "purpose:") + line("/ad/click", address: "-", agent: nil) + line("/")
        + line("/ad/form"))
    func share(_ requirement: Requirement) -> [Int64] {
      let index = Requirement.allCases.firstIndex(of: requirement) ?? 0
      return [mapped.coverage[index].carried, mapped.coverage[index].of]
    }
    #expect(share(.address) == [2, 3] && share(.userAgent) == [2, 3] && share(.time) == [3, 3])
    #expect(share(.impressionID) == [1, 2] && share(.size) == [1, 2] && share(.purpose) == [1, 3])
    #expect(share(.status) == [3, 3] && share(.visitor) == [2, 3] && share(.lists) == [0, 0])
  }

  @Test func emptyingTheBucketsKeepsTheTables() throws {
    var mapper = try LineMapper(profile: .generic, options: MapOptions())
    var parser: any LineParser = TaggedParser(mapper.request)
    let bytes = Array(line("/ad/exposure?cid=c&s=0-0").utf8)
    _ = mapper.map(bytes.span, source: 0, offset: 0, parser: &parser)
    let buckets = mapper.batch.buckets
    #expect(buckets.bytesHeld > 0)
    #expect((0..<EventBucket.count).reduce(0) { $0 + buckets.eventCount(of: $1) } == 1)
    buckets.removeAll()
    #expect(mapper.batch.buckets.bytesHeld == 0)
    _ = mapper.map(bytes.span, source: 1, offset: 0, parser: &parser)
    #expect(Mapped(mapper.batch).tables.agents.count == 3 && Mapped(mapper.batch).tables.slots.slots.count == 2)
  }
}
