import AssayModel
import AssayParsing
import TestSupport
import Testing

@Suite struct FormatDetectionTests {
  func detect(_ text: String) -> [FormatGuess] {
    let bytes = Array(text.utf8)
    let guesses = FormatDetection.detect(bytes.span)
    // The quick way to the best one finds the same, whatever is looked at.
    let best = FormatDetection.best(bytes.span)
    #expect(best?.format.card.id == guesses.first?.format.card.id && best?.score == guesses.first?.score)
    #expect(best?.records == guesses.first?.records && best?.malformed == guesses.first?.malformed)
    return guesses
  }

  /// The records among a format's samples.
  func records(of format: any LogFormat.Type) -> [String] {
    format.samples.filter { $0.issue == nil }.map(\.text)
  }

  @Test(arguments: Named.all)
  func aFormatIsKnownByItsOwnSamples(of named: Named) {
    let samples = records(of: named.format)
    // Each line may also fit a plainer format; together they fit none so well. A sample with a header is a file.
    let files = named.format.card.splittable ? [samples.joined(separator: "\n")] : samples
    for file in files {
      let bytes = Array(file.utf8)
      #expect(FormatDetection.fit(ResolvedFormat(named.format), bytes.span).score == 1, "\(file)")
    }
    let found = files.map { detect($0)[0].format.card.id }
    #expect(found.contains(named.format.card.id), "\(found)")
  }

  @Test(arguments: ["syslog", "cri", "compose"], Named.all)
  func aTransportsPrefixIsSaid(prefix: String, named: Named) {
    guard named.format.card.splittable, !named.format.card.includesSyslog else { return }
    let stamps = [
      "syslog": "Nov 23 09:00:00 web1 nginx: ", "cri": "2026-11-23T09:00:00.000000001Z stdout F ",
      "compose": "web-1  | ",
    ]
    let text = records(of: named.format).map { stamps[prefix, default: ""] + $0 }.joined(separator: "\r\n")
    let best = detect(text)[0]
    #expect(best.format.card.id == "\(prefix)+\(named.format.card.id)")
    #expect(best.score == 1)
  }

  @Test func aFileThatIsMostlyGarbageIsKnownByTheRest() {
    let lines = records(of: FormatCatalog.all.first { $0.card.id == "combined" }!)
    let garbage = (0..<lines.count * 3 / 2).map { "garbage \($0) \u{1F4A9} [23/Nov/2026 \"" }
    let best = detect((garbage + lines).joined(separator: "\n"))[0]
    #expect(best.format.card.id == "combined")
    #expect(best.records == lines.count && best.malformed == garbage.count)
    #expect(best.score == Double(lines.count) / Double(lines.count + garbage.count))
    #expect(best.firstFailure?.line == 1)
    #expect(best.firstFailure?.text == Array(garbage[0].utf8))
    #expect(best.firstFailure?.expected.isEmpty == false)
  }

  @Test(arguments: ["", "\n\n", "once upon a time\nthere was a log\n", "\0\u{1}\u{2}", "{\"a\":"])
  func whereNothingFitsTheScoreIsZero(text: String) {
    let guesses = detect(text)
    #expect(guesses.count >= FormatCatalog.all.count)
    #expect(guesses[0].score == 0)
  }

  @Test(arguments: [
    ("time,ip,path\n", "csv"), ("Event Time\tUser ID\tImpression ID\n\n", "tsv"),
    ("#Version: 1.0\n#Fields: date time c-ip cs-uri-stem\n", "w3c"), ("# nothing yet\n", "w3c"),
  ])
  func aHeaderWithoutRowsIsAFormatWithoutRecords(text: String, id: String) {
    let best = detect(text)[0]
    #expect(best.isOnlyHeader && best.score == 0 && best.format.card.id == id)
    #expect(!detect("\n \n")[0].isOnlyHeader)
  }

  @Test func onlyTheWholeLinesOfTheFirstPartAreLookedAt() {
    let line = "192.0.2.10 - - [23/Nov/2026:09:00:00 +0100] \"GET / HTTP/1.1\" 200 5 \"-\" \"x\"\n"
    let text = String(repeating: line, count: FormatDetection.sampleSize / line.utf8.count + 10)
    let best = detect(text)[0]
    #expect(best.format.card.id == "combined")
    #expect(best.malformed == 0 && best.records == FormatDetection.sampleSize / line.utf8.count)
  }

  @Test(arguments: [FormatDetection.sampleSize + 1, FormatDetection.sampleSize * 2])
  func aFirstLineLongerThanTheSampleIsPassedOver(count: Int) {
    let line = "192.0.2.10 - - [23/Nov/2026:09:00:00 +0100] \"GET / HTTP/1.1\" 200 5 \"-\" \"x\"\n"
    let best = detect(String(repeating: "\0", count: count) + line + line + line)[0]
    #expect(best.format.card.id == "combined" && best.records == 2 && best.malformed == 0)
    #expect(detect(String(repeating: "x", count: count) + "\n")[0].score == 0)
  }

  // MARK: what may mislead

  static let w3c = """
    #Software: Microsoft Internet Information Services 10.0
    #Version: 1.0
    #Date: 2026-11-23 09:00:00
    #Fields: date time c-ip cs-method cs-uri-stem sc-status cs(User-Agent)
    2026-11-23 09:00:01 192.0.2.7 GET /a 200 Mozilla/5.0+(X11)
    2026-11-23 09:00:02 192.0.2.8 GET /b 404 -
    """
  static let zeek = """
    #separator \\x09
    #set_separator\t,
    #path\thttp
    #open\t2026-11-23-09-00-00
    #fields\tts\tuid\tid.orig_h\tmethod\turi\tuser_agent
    1795424400.000250\tC1\t192.0.2.7\tGET\t/a\tMozilla/5.0
    1795424401.000250\tC2\t192.0.2.8\tGET\t/b\t-
    """

  func comments(_ text: String) -> String {
    text.split(separator: "\n").filter { $0.hasPrefix("#") }.joined(separator: "\n") + "\n"
  }

  @Test func w3cAndZeekAreToldApartEvenBehindEachOthersComments() throws {
    for (own, other, id) in [(Self.w3c, Self.zeek, "w3c"), (Self.zeek, Self.w3c, "zeek")] {
      for text in [own, comments(other) + own, comments(other) + comments(own) + own] {
        let best = detect(text)[0]
        #expect(best.format.card.id == id && best.records == 2 && best.timed == 2, "\(text)")
        #expect(detect(text).count { $0.score > 0 } == 1, "\(text)")
      }
    }
  }

  @Test func aFormatWhoseLinesHaveATimeGoesBeforeOneThatFindsNone() {
    let best = detect("time\tip\n1795424400\t192.0.2.7\n1795424401\t192.0.2.8\n")[0]
    #expect(best.format.card.id == "tsv" && best.timed == 2)
    // Where no format finds a time, what fits is still said.
    let timeless = detect("#Fields: c-ip cs-uri-stem\n192.0.2.7 /a\n")[0]
    #expect(timeless.format.card.id == "w3c" && timeless.timed == 0 && timeless.score == 1)
  }

  static let combined =
    #"192.0.2.10 - - [23/Nov/2026:09:00:00 +0100] "GET /i HTTP/1.1" 200 43 "https://a.example/" "curl/8.5.0""#
  static let common = #"192.0.2.10 - - [23/Nov/2026:09:00:00 +0100] "GET /i HTTP/1.1" 200 43"#

  @Test(arguments: [
    ([common], "common"), ([common, common, common], "common"), ([combined], "combined"),
    ([combined, common], "combined"), ([common, common, common, common, combined], "combined"),
    ([common, "[Mon Nov 23 09:00:00 2026] [error] no such file", combined], "combined"),
  ])
  func plainAndCombinedLinesInOneFileAreCombined(lines: [String], id: String) {
    for end in ["\n", "\r\n"] {
      let best = detect(lines.joined(separator: end) + end)[0]
      #expect(best.format.card.id == id)
      #expect(best.records == lines.count { !$0.hasPrefix("[") })
    }
  }

  @Test(arguments: Named.all)
  func threeHundredCommentsDoNotHideAFormat(of named: Named) {
    let card = named.format.card
    // JSON has no comments; the formats of tables have their own.
    guard card.splittable, let line = records(of: named.format).first, line.first != "{", line.first != "<",
      card.id != "iis-native"
    else { return }
    let text = String(repeating: "# nothing\n", count: 300) + "2026-11-23T09:00:00Z stdout F " + line + "\n"
    #expect(detect(text)[0].format.card.id == (card.id == "haproxy" ? "cri+haproxy" : "cri+" + card.id))
  }

  @Test(arguments: ["caddy", "traefik-json", "cloudflare", "gcp", "zeek", "nginx-json", "envoy"])
  func aFewForeignObjectsDoNotMakeALogAnybodysJSON(id: String) throws {
    let format = try #require(FormatCatalog.all.first { $0.card.id == id })
    let line = try #require(records(of: format).first { $0.hasPrefix("{") })
    let foreign = #"{"time":"2026-11-23T09:00:00Z","ip":"192.0.2.7","url":"/x"}"#
    let lines = [String](repeating: line, count: 60) + [String](repeating: foreign, count: 2)
    #expect(detect(lines.joined(separator: "\n"))[0].format.card.id == id)
    let others = [String](repeating: line, count: 30) + [String](repeating: foreign, count: 30)
    #expect(detect(others.joined(separator: "\n"))[0].format.card.id == "ndjson")
  }

  @Test(arguments: ["csv", "tsv"])
  func aHeaderDoesNotTakeAnotherFormatsLines(id: String) {
    let separator = id == "csv" ? "," : "\t"
    let text = "ip\(separator)time\n" + String(repeating: Self.combined + "\n", count: 5)
    #expect(detect(text)[0].format.card.id == "combined")
  }

  // MARK: names

  @Test func everyIdAndAliasFindsItsFormat() throws {
    for format in FormatCatalog.all {
      for name in [format.card.id] + format.card.aliases {
        #expect(try FormatCatalog.format(named: name.uppercased()).card.id == format.card.id)
        #expect(try FormatCatalog.format(named: "syslog+" + name).card.id == "syslog+" + format.card.id)
        #expect(try FormatCatalog.format(named: "CRI+" + name).card.id == "cri+" + format.card.id)
      }
    }
  }

  @Test(arguments: [
    ("combind", "combined"), ("haprox", "haproxy"), ("vhost-comon", "vhost-common"), ("aws-abl", "aws-alb"),
  ])
  func aWrongNameIsAnsweredWithTheNearest(name: String, expected: String) {
    #expect(throws: AssayError(.settings, "")) { try FormatCatalog.format(named: name) }
    do { _ = try FormatCatalog.format(named: name) } catch { #expect(error.message.contains("“\(expected)”")) }
  }

  @Test func nothingIsNearToNonsense() {
    #expect(nearest("xyzzyx", in: ["combined", "common"]) == nil)
    #expect(nearest("", in: ["combined"]) == nil)
    #expect(nearest("Commno", in: ["combined", "common"]) == "common")
    #expect(nearest("combined", in: []) == nil)
  }
}

/// A prefix that no line of the log has.
@Suite struct AbsentPrefixTests {
  @Test func linesOfAnErrorLogAmongOthersAreNoPrefix() {
    let line = #"192.0.2.10 - - [23/Nov/2026:09:00:00 +0100] "GET / HTTP/1.1" 200 43 "-" "x""#
    let text = [
      line, line, #"2026/11/23 09:00:01 [error] 31#31: *46 "/srv/market/index.html" is not found, client: 192.0.2.1"#,
      line,
    ].joined(separator: "\n")
    let bytes = Array(text.utf8)
    #expect(FormatDetection.best(bytes.span)?.format.card.id == "combined")
    #expect(FormatDetection.detect(bytes.span).first?.format.card.id == "combined")
  }
}
