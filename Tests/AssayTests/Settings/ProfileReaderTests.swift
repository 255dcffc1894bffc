import Assay
import AssayModel
import AssayParsing
import Testing

/// Profiles as YAML: there, back, and what is wrong with them.
@Suite struct ProfileReaderTests {
  @Test(arguments: ProfileCatalog.all.map(\.name)) func aBuiltInProfileReadsBackAsItself(name: String) throws {
    let profile = try #require(ProfileCatalog.profile(named: name))
    #expect(try ProfileReader.profile(yaml: ProfileText.yaml(profile), source: "x") == profile)
  }

  @Test func everyKeyAndOddTextReadsBack() throws {
    var profile = Profile(name: "odd", title: "“quotes”: \"and\" \\back\\ #no comment\n\tline two \u{1b}[31m \u{202e}")
    profile.about = "- not a list\n{nor: a map}"
    profile.format = "nginx:$remote_addr [$time_local] \"$request\""
    profile.countsRendered = true
    profile.judgesPages = true
    profile.rules = [
      Rule(
        nil,
        when: Condition(
          methods: ["GET", "yes"], hosts: [Glob("*.example")], paths: [Glob("/a: b*"), Glob("#")], status: 200...299,
          has: [.query("a b"), .path(-2)],
          equals: [.init(.column("Event Type"), ["1", "true", "~", ""]), .init(.host, ["h"])])),
      Rule(.video, when: Condition(status: 200...200), percent: 25, omits: [.impression, .clickX]),
      Rule(.page, when: Condition()),
    ]
    for fact in Fact.allCases { profile.facts[fact] = [.query(fact.rawValue), .packed(parameter: "p", name: "a:b")] }
    profile.priceScale = .cpm
    profile.test = [Condition(), Condition(has: [.cookie("t")])]
    profile.video = [Condition()]
    profile.viewability = [
      Declaration(.undetermined, when: Condition()), Declaration(.viewable, when: Condition(methods: ["GET"])),
    ]
    profile.blankIDs = ["", "null", "0", "é"]
    profile.macros = MacroStyle.allCases
    profile.trustedHops = ["10.0.0.0/8", "::/0"].compactMap { AddressPrefix($0) }
    profile.internalNetworks = ["2001:db8::/32"].compactMap { AddressPrefix($0) }
    profile.addressesAreInexact = true
    let text = ProfileText.yaml(profile)
    #expect(try ProfileReader.profile(yaml: text, source: "x") == profile)
    #expect(text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x202e || $0 == "\n" })
  }

  @Test func whatIsLeftOutIsTheDefaultAndOneNeedsNoBrackets() throws {
    let text = """
      name: mine
      rules:
        - kind: click
          path: "*/c"
          status: 200
          equals: {query:e: click}
      facts: {campaign: query:c}
      """
    var expected = Profile(name: "mine", title: "mine")
    expected.rules = [
      Rule(.click, when: Condition(paths: [Glob("*/c")], status: 200...200, equals: [.init(.query("e"), ["click"])]))
    ]
    expected.facts = [.campaign: [.query("c")]]
    #expect(try ProfileReader.profile(yaml: text, source: "x") == expected)
  }

  @Test func tooManyPlacesAreRefusedWhereTheyBecomeTooMany() {
    func columns(_ letter: String, _ count: Int) -> String {
      (0..<count).map { "column:\(letter)\($0)" }.joined(separator: ", ")
    }
    func refusal(_ text: String) -> String {
      do throws(AssayError) {
        _ = try ProfileReader.profile(yaml: text, source: "p.yaml")
        return ""
      } catch {
        return error.description
      }
    }
    let facts = "name: x\nfacts:\n  campaign: [\(columns("a", 38))]\n"
    #expect(refusal(facts) == "")
    #expect(refusal(facts + "  seller: [column:b]\n").hasPrefix("p.yaml:4:11: profile x names more than 38 columns"))
    #expect(refusal(facts + "rules:\n  - {kind: click, has: [column:b]}\n").hasPrefix("p.yaml:5:3: "))
    #expect(refusal(facts + "viewability:\n  - {says: yes, has: [column:b]}\n").hasPrefix("p.yaml:5:3: "))
  }

  @Test(arguments: [
    ("name: x\nimpresions: rendered", "p.yaml:2:1", "unknown key `impresions`; the nearest is `impressions`"),
    ("name: x\nimpressions: renderd", "p.yaml:2:14", "unknown value `renderd`; the nearest is `rendered`"),
    ("name: x\nrules:\n  - kind: clik", "p.yaml:3:11", "the nearest is `click`"),
    ("name: x\nrules:\n  - kind: click\n    pth: /", "p.yaml:4:5", "the nearest is `path`"),
    ("name: x\nrules:\n  - path: /", "p.yaml:3:5", "needs a `kind`"),
    ("name: x\nrules: click", "p.yaml:2:8", "keys with values must stand here"),
    ("name: x\nrules:\n  - {kind: video, percent: 101}", "p.yaml:3:28", "no whole number from 0 to 100"),
    ("name: x\nrules:\n  - {kind: video, status: 9-8}", "p.yaml:3:27", "is no status"),
    ("name: x\nrules:\n  - {kind: video, omits: [prise]}", "p.yaml:3:27", "the nearest is `price`"),
    ("name: x\nfacts:\n  campain: query:c", "p.yaml:3:3", "the nearest is `campaign`"),
    ("name: x\nfacts:\n  campaign: querry:c", "p.yaml:3:13", "is no place; the nearest is `query:NAME`"),
    ("name: x\nfacts:\n  campaign: xyz", "p.yaml:3:13", "is no place. Known: query:NAME"),
    ("name: x\nfacts:\n  seller: referer-host", "p.yaml:3:11", "the nearest is `referrer-host`"),
    ("name: x\nformat: combind", "p.yaml:2:9", "did you mean “combined”?"),
    ("name: x\nformat: apache:%Q", "p.yaml:2:9", "%Q"),
    ("name: \"\"", "p.yaml:1:7", "at least one letter"),
    ("name: x\n\"\\e[31m\": x", "p.yaml:2:1", "unknown key `\\x1b[31m`"),
    ("name: x\nfacts:\n  campaign: [[query:c]]", "p.yaml:3:14", "a single value must stand here"),
    ("name: x\ntrusted-hops: [10.0.0.1/8]", "p.yaml:2:16", "is no network"),
    ("name: x\nviewability: [{says: maybe}]", "p.yaml:2:22", "unknown value `maybe`"),
    ("name: x\nviewability: [{has: [host]}]", "p.yaml:2:15", "needs `says`"),
    ("name: x\njudge-pages: perhaps", "p.yaml:2:14", "unknown value `perhaps`"),
    ("name: x\nmacros: [round]", "p.yaml:2:10", "unknown value `round`"),
    ("title: x", "p.yaml:1:1", "needs a `name`"), ("name: [x]", "p.yaml:1:7", "a single value"),
    ("name:", "p.yaml:1:6", "a single value"), ("", "p.yaml:", "is empty"), ("- a", "p.yaml:1:1", "keys with values"),
    ("name: \"x", "p.yaml:1:", "no YAML"), ("name: x\nname: y", "p.yaml:2:1", "Written twice: name (first in line 1)"),
    (
      "name: x\nfacts:\n  price: query:price\n  seller: query:s\n  price: query:p", "p.yaml:5:3", "Written twice: price"
    ),
    ("name: x\nfacts: {seller: 'query:seller:', price: query:a, 'seller': b}", "p.yaml:2:50", "Written twice: seller"),
    ("a: {a: 1, b: {a: 2}}\nb: a\na: a\na: 3", "p.yaml:3:1", "Written twice: a"),
    ("name: x\n\tb: y", "p.yaml:2:", "no YAML"),
  ])
  func whatIsWrongIsSaidWithItsPlace(text: String, place: String, message: String) {
    do throws(AssayError) {
      _ = try ProfileReader.profile(yaml: text, source: "p.yaml")
      Testing.Issue.record("no error")
    } catch {
      #expect(error.code == .settings)
      #expect(error.description.hasPrefix(place), "\(error)")
      #expect(error.description.contains(message), "\(error)")
    }
  }
}
