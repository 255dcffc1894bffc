import Assay
import AssayIngest
import AssayMeasurement
import AssayModel
import AssayReports
import Glibc
import TestSupport
import Testing

/// Promise 2 of the house: everything that is read is accounted for, and nothing that is not there is made up.
@Suite struct AccountingTests {
  private let bench = Workbench()

  /// A log in which every line is an impression of its own.
  private func log(_ count: Int) -> String {
    (0..<count).map { combined("/ad/impression?imp=i\($0)&cid=c", from: "203.0.113.\($0 % 250)") }.joined()
  }

  private func expectBalance(_ outcome: Audit.Outcome, _ place: SourceLocation = #_sourceLocation) {
    let accounting = outcome.result.accounting
    #expect(accounting.balances, sourceLocation: place)
    for (total, part) in [
      (accounting.lines, \AuditResult.Input.lines), (accounting.events, \.events), (accounting.ignored, \.ignored),
      (accounting.unreadable, \.unreadable),
    ] {
      #expect(outcome.result.inputs.reduce(0) { $0 + $1[keyPath: part] } == total, sourceLocation: place)
    }
    #expect(
      outcome.result.issues.reduce(0) { $0 + $1.entry.lines } == Int(accounting.unreadable), sourceLocation: place)
  }

  @Test func `garbage, binary, blank and good files in one folder add up`() async throws {
    bench.write(log(100), to: "logs/good.log")
    bench.write(log(20) + "what is this\n\n" + log(5) + "half a li", to: "logs/mixed.log")
    bench.write("Dear diary,\ntoday it rained.\n\nAgain.\n", to: "logs/diary.txt")
    bench.folder.write([0, 1, 2, 10, 3, 0, 10], to: "logs/picture.bin")
    bench.write("", to: "logs/empty.log")
    bench.write("\n\n\n", to: "logs/blank.log")
    bench.write(log(3), to: "logs/.hidden.log")
    let outcome = try await bench.audit([bench.path("logs")], ["jobs": "3"])
    expectBalance(outcome)
    let accounting = outcome.result.accounting
    // 100 + 28 + 4 + 2 + 0 + 3 lines; unreadable: 2 + 3 + 2; blank: 1 + 1 + 3.
    #expect(accounting.lines == 137 && accounting.events == 125)
    #expect(accounting.unreadable == 7 && accounting.ignored == 5)
    #expect(outcome.unreadable == nil)
    let names = outcome.result.issues.map(\.name)
    #expect(names.contains("input.binary") && names.contains("input.unknown-format"))
    // In byte order: blank, diary, empty, good, mixed, picture.
    #expect(
      outcome.result.inputs.map(\.format) == ["unknown", "unknown", "unknown", "combined", "combined", "binary"])
    #expect(!outcome.result.inputs.contains { $0.path.hasSuffix(".hidden.log") })
  }

  @Test func `lines of an error log and a header without rows are no riddles`() async throws {
    let error = "2026/11/23 09:00:00 [error] 31#31: *46 no such file\n"
    bench.write(log(3) + error + log(2) + "[Mon Nov 23 09:00:00 2026] [core:warn] x\n", to: "logs/container.log")
    bench.write(String(repeating: error, count: 40), to: "logs/error.log")
    bench.write("time,ip,path,status\n", to: "logs/hour.csv")
    let outcome = try await bench.audit([bench.path("logs")])
    expectBalance(outcome)
    #expect(outcome.result.inputs.map(\.format) == ["combined", "unknown", "csv"])
    #expect(outcome.result.issues.map(\.name) == ["line.error-log"])
    #expect(outcome.result.accounting.unreadable == 42 && outcome.result.accounting.ignored == 1)
    // More than half of all lines, and yet nothing was misread.
    #expect(outcome.unreadable == nil)
  }

  @Test(arguments: 0..<6) func `whatever bytes a file holds, its lines add up`(seed: UInt64) async throws {
    var random = SeededGenerator(seed: seed)
    let alphabet: [UInt8] =
      seed % 2 == 0 ? Array(0...255) : Array("0123456789.-[]\"/ \\\n\n{}:,\t%&=?GETPOSTadimpression".utf8)
    for file in 0..<4 { bench.folder.write(random.text(alphabet, upTo: 4_000), to: "logs/\(file)") }
    bench.write(log(2), to: "logs/log")
    expectBalance(try await bench.audit([bench.path("logs")], ["jobs": "2"]))
  }

  @Test func `a line that is too long is a line, and unreadable`() async throws {
    let long = combined("/ad/impression?imp=x&pad=" + String(repeating: "y", count: 3_000))
    let path = bench.write(log(10) + long + log(10), to: "long.log")
    let outcome = try await bench.audit([path], ["read.longest-line": "1024"])
    expectBalance(outcome)
    #expect(outcome.result.accounting.lines == 21 && outcome.result.accounting.unreadable == 1)
    let issue = try #require(outcome.result.issues.first { $0.name == "line.too-long" })
    #expect(issue.sampleLines == [11])
  }

  @Test func `an absurd price is no price, and an issue`() async throws {
    func line(_ id: Int, _ price: String) -> String { combined("/ad/impression?imp=i\(id)&cid=c&price=\(price)") }
    let lines = [
      line(1, "0.5"), line(2, "1000000000"), line(3, "1000000000.000001"), line(4, "99999999999999999999999"),
      line(5, "1e300"), line(6, "free"), combined("/ad/conversion?order=o&value=2e9"),
    ]
    let outcome = try await bench.audit([bench.write(lines.joined(), to: "a.log")])
    expectBalance(outcome)
    let issues = Dictionary(uniqueKeysWithValues: outcome.result.issues.map { ($0.name, $0.entry.count) })
    #expect(issues == ["event.price-too-large": 3, "event.value-too-large": 1, "event.bad-price": 1])
    #expect(outcome.result.totals.impressions.gross == 6)
    #expect(outcome.result.totals.impressions.grossValue == Money(millionths: 1_000_000_000_500_000))
    #expect(outcome.result.totals.conversions.grossValue == .zero)
  }

  @Test func `a sum of money that does not fit is said`() async throws {
    let lines = (0..<9_224).map { combined("/ad/impression?imp=i\($0)&cid=c&price=1000000000") }
    let fits = try await bench.audit([bench.write(lines.dropLast().joined(), to: "fits.log")]).result
    #expect(fits.totals.impressions.grossValue == Money(millionths: 9_223 * Money.mostOfOneEvent.millionths))
    #expect(!fits.issues.contains { $0.name == AuditResult.moneyIssue })
    let result = try await bench.audit([bench.write(lines.joined(), to: "a.log")], ["jobs": "2"]).result
    #expect(result.issues.filter { $0.name == AuditResult.moneyIssue }.map(\.entry.count) == [1])
    #expect(MarkdownReport.text(of: result).contains("SUMS OF MONEY ARE TOO LARGE"))
  }

  @Test func `the lines of issues are those of the file`() async throws {
    var text = ""
    for number in 1...9_000 {
      text += number % 3_000 == 0 ? "nonsense \(number)\n" : combined("/ad/impression?imp=i\(number)")
    }
    let path = bench.write(text, to: "a.log")
    let issues = try await bench.audit([path], ["jobs": "4"]).result.issues
    let issue = try #require(issues.first { $0.entry.lines == 3 })
    #expect(issue.sampleLines == [3_000, 6_000, 9_000])
  }

  @Test func `a gzip file that breaks off gives what it holds, and an issue`() async throws {
    let member = Compression.gzip.member(Array(log(5_000).utf8))
    bench.folder.write(Array(member.prefix(member.count / 2)), to: "cut.gz")
    let outcome = try await bench.audit([bench.path("cut.gz")])
    expectBalance(outcome)
    #expect(outcome.result.accounting.events > 1_000 && outcome.result.accounting.events < 5_000)
    #expect(outcome.result.issues.contains { $0.name == "gzip.truncated" })
  }

  @Test func `where there is nothing to audit it says so`() async throws {
    let empty = bench.write("", to: "empty.log")
    bench.write("", to: "empties/b.log")
    bench.folder.makeFolder("bare")
    for input in [empty, bench.path("empties"), bench.path("bare"), bench.path("missing.log"), bench.path("no*.log")] {
      await #expect(throws: AssayError(.noInput, ""), "\(input)") { try await bench.audit([input]) }
    }
    await #expect(throws: AssayError(.noInput, "")) { try await bench.audit([]) }
    // Blank lines are lines: they were read, and nothing is lost.
    expectBalance(try await bench.audit([bench.write("\n\n", to: "blank.log")]))
  }

  @Test func `a file that may not be read is said before anything is read`() async throws {
    let path = bench.write(log(1), to: "secret.log")
    // Safe because the path is alive during the call.
    #expect(unsafe chmod(path, 0) == 0)
    if geteuid() == 0 {
      // Whoever is root may read everything: then the rule cannot be seen, and the audit must simply work.
      print("SKIPPED in part: as root no file is unreadable")
      expectBalance(try await bench.audit([path]))
    } else {
      await #expect(throws: AssayError(.permission, "")) { try await bench.audit([path]) }
    }
  }

  @Test func `too much unreadable is told with the result, and the limit can be set`() async throws {
    let path = bench.write(log(4) + "one\ntwo\nthree\nfour\nfive\n", to: "bad.log")
    let outcome = try await bench.audit([path])
    #expect(outcome.unreadable?.code == .unreadable)
    #expect(outcome.unreadable?.message.contains("5 of 9") == true)
    #expect(outcome.result.totals.impressions.gross == 4)
    let lax = try await bench.audit([path], ["read.largest-unreadable-share": "0.6"])
    #expect(lax.unreadable == nil)
    let strict = try await bench.audit(
      [bench.write(log(99) + "odd\n", to: "odd.log")],
      [
        "read.largest-unreadable-share": "0.0099"
      ])
    #expect(strict.unreadable != nil)
  }
}
