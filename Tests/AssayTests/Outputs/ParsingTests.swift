import AssayMeasurement
import AssayModel
import AssayReports
import Testing

@testable import Assay

@Suite struct ParsingTests {
  @Test(
    arguments: [
      ("10%", 100_000), ("2.5 %", 25_000), ("0.1", 100_000), ("0", 0), ("1", 1_000_000), ("100%", 1_000_000),
      ("0.0000005", 1), ("0%", 0), ("1e-2", 10_000),
    ] as [(String, Int64)])
  func `a rate is a share or a percentage`(text: String, millionths: Int64) throws {
    #expect(try FailureRate(text).millionths == millionths)
  }

  @Test(arguments: ["", "%", "ten", "10", "-1%", "101%", "1.5", "nan", "inf", "10%%", "1,5%", "0x1p-1 x"])
  func `what is no rate is told`(text: String) {
    #expect(throws: AssayError(.usage, "")) { try FailureRate(text) }
  }

  @Test func `a rate is reached by the first kind of event that there is`() async throws {
    let bench = Workbench()
    // Two impressions, one of them by a robot that says so; three clicks, all fine by themselves.
    let robot = "Googlebot/2.1 (+http://www.google.com/bot.html)"
    let text = combined("/ad/impression?imp=1") + combined("/ad/impression?imp=2", from: "203.0.113.9", agent: robot)
    let result = try await bench.audit([bench.write(text, to: "a.log")]).result
    #expect(result.totals.impressions.gross == 2 && result.totals.impressions.givt == 1)
    func outcome(_ rate: String, _ result: AuditResult) throws -> FailureRate.Outcome {
      try FailureRate(rate).outcome(of: result)
    }
    #expect(try outcome("50%", result) == .reached && outcome("0.4999", result) == .reached)
    #expect(try outcome("50.0001%", result) == .below)
  }

  @Test func `a rate of nothing is neither reached nor missed`() async throws {
    let bench = Workbench()
    let blank = try await bench.audit([bench.write("\n", to: "blank.log")]).result
    let pages = try await bench.audit([bench.write(combined("/page"), to: "p.log")], ["profile": "generic"]).result
    for rate in ["0", "10%"] {
      for result in [blank, pages] { #expect(try FailureRate(rate).outcome(of: result) == .undefined) }
    }
    #expect(blank.issues.isEmpty)
    #expect(pages.issues.map(\.name) == [AuditResult.noMatchIssue] && pages.accounting.balances)
    #expect(pages.issues[0].entry.lines == 0, "its lines are events all the same")
    // Impressions of which the log says too little to decide on one of them.
    var undecided = blank
    undecided.totals.impressions.valid = 3
    undecided.totals.impressions.undecidedGIVT = 3
    #expect(try FailureRate("10%").outcome(of: undecided) == .below)
    undecided.totals.impressions.undecidedSIVT = 3
    #expect(try FailureRate("10%").outcome(of: undecided) == .undefined)
    undecided.totals.impressions.givt = 1
    #expect(try FailureRate("10%").outcome(of: undecided) == .reached)
  }

  @Test(arguments: ["generic", "weblog"])
  func `one event that a rule fits is enough for a profile`(profile: String) async throws {
    let bench = Workbench()
    let text = combined("/page") + combined("/ad/impression?imp=1")
    let result = try await bench.audit([bench.write(text, to: "a.log")], ["profile": profile]).result
    #expect(!result.issues.contains { $0.name == AuditResult.noMatchIssue })
  }

  @Test func `how addresses are shown`() throws {
    let address = Address(v4: 0xc633_6407)
    func shown(_ text: String) throws -> AddressPrivacy { try AddressPrivacy(parsing: text) }
    if case .full = try shown("full") {} else { Issue.record("full") }
    if case .truncated = try shown("truncated") {} else { Issue.record("truncated") }
    guard case .hashed(let hash) = try shown("hashed:sixteen-bytes-or-more") else {
      Issue.record("hashed")
      return
    }
    guard case .hashed(let other) = try shown("hashed:another-key-of-enough-bytes") else { return }
    #expect(hash(address) == hash(address) && hash(address) != other(address))
    #expect(hash(address) != hash(Address(v4: 0xc633_6408)))
    // HMAC-SHA-256 of the 16 bytes ::ffff:198.51.100.7, computed with OpenSSL; a key longer than a block is hashed first.
    #expect(hash(address) == 0xe199_6736_2686_0db1)
    guard case .hashed(let long) = try shown("hashed:" + String(repeating: "k", count: 100)) else { return }
    #expect(long(address) == 0x967e_f099_3bcb_452c)
    for wrong in ["", "Full", "hashed", "hashed:", "hashed:short", "none", "truncated "] {
      #expect(throws: AssayError(.usage, "")) { try AddressPrivacy(parsing: wrong) }
    }
  }
}
