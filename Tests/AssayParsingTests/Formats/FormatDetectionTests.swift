import AssayModel
import AssayParsing
import TestSupport
import Testing

@Suite struct FormatDetectionTests {
  func detect(_ text: String) -> [FormatGuess] {
    let bytes = Array(text.utf8)
    return FormatDetection.detect(bytes.span)
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

  @Test(arguments: ["syslog", "cri"], Named.all)
  func aTransportsPrefixIsSaid(prefix: String, named: Named) {
    guard named.format.card.splittable, !named.format.card.includesSyslog else { return }
    let stamps = ["syslog": "Nov 23 09:00:00 web1 nginx: ", "cri": "2026-11-23T09:00:00.000000001Z stdout F "]
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

  @Test func onlyTheWholeLinesOfTheFirstPartAreLookedAt() {
    let line = "192.0.2.10 - - [23/Nov/2026:09:00:00 +0100] \"GET / HTTP/1.1\" 200 5 \"-\" \"x\"\n"
    let text = String(repeating: line, count: FormatDetection.sampleSize / line.utf8.count + 10)
    let best = detect(text)[0]
    #expect(best.format.card.id == "combined")
    #expect(best.malformed == 0 && best.records == FormatDetection.sampleSize / line.utf8.count)
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
