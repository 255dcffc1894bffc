import Assay
import AssayIngest
import AssayMeasurement
import AssayModel
import Foundation
import TestSupport
import Testing

@testable import AssayReports

/// `assay explain`: what it says about an event is what the log says.
@Suite struct ExplainTests {
  private let bench = Workbench()

  /// Audits a log of simulated traffic into a results file.
  private func audited(_ inputs: [String], _ settings: [String: String] = [:]) async throws -> (
    explainer: Explainer, result: AuditResult
  ) {
    var rows = RowFiles()
    rows.store = bench.path("audit.db")
    let result = try await bench.audit(inputs, settings, rows: rows).result
    return (try Explainer(results: bench.path("audit.db")), result)
  }

  private func text(_ explainer: Explainer, _ id: String, limit: Int = 20, privacy: AddressPrivacy = .full) throws
    -> String
  {
    try explainer.explanation(of: id, limit: limit, options: ReportOptions(privacy: privacy))
  }

  @Test(arguments: [nil, Compression.gzip, .zstd]) func `the printed line is the log's line`(form: Compression?)
    async throws
  {
    let plain = try bench.simulate("tiny,servers=1")[0]
    let lines = try bench.text(plain).split(separator: "\n").map(String.init)
    var input = plain
    if let form { input = bench.folder.write(form.member(try bench.bytes(plain)), to: "packed") }
    let (explainer, result) = try await audited([input])
    #expect(!result.samples.isEmpty)
    for sample in result.samples {
      let explanation = try text(explainer, sample.event.id)
      #expect(explanation.contains(lines[sample.event.line - 1]), "\(sample.event.id)")
      #expect(explanation.contains(":\(sample.event.line) (byte"))
      for detector in sample.event.detectors { #expect(explanation.contains(detector)) }
    }
  }

  @Test func `an event is found by its file and line too`() async throws {
    let log = try bench.simulate("tiny,servers=1")[0]
    let (explainer, result) = try await audited([log])
    let event = try #require(result.samples.first?.event)
    for id in ["\(log):\(event.line)", "access-1.log:\(event.line)"] {
      #expect(try text(explainer, id).contains("\(event.id) \(event.event.kind.name)"), "\(id)")
    }
    for id in ["access-9.log:\(event.line)", "access-1.log:999999"] {
      #expect(throws: AssayError(.unknown, "")) { try text(explainer, id) }
    }
  }

  @Test func `a session, an address, a network, a campaign and a detector lead to their events`() async throws {
    let logs = try bench.simulate("tiny")
    let (explainer, result) = try await audited(logs, ["lists": bench.path("lists")])
    let sample = try #require(result.samples.first { !$0.event.name(.campaign).isEmpty && $0.event.session != 0 })
    let event = sample.event
    let campaign = event.name(.campaign)
    let session = String(event.session, radix: 16)
    let hex = String(repeating: "0", count: 16 - session.count) + session
    let address = event.event.address.description
    let network = address.split(separator: ".").dropLast().joined(separator: ".") + ".0/24"
    for id in [hex, address, network, campaign, "campaign=\(campaign)", "detector=\(event.detectors[0])"] {
      let explanation = try text(explainer, id, limit: 100_000)
      #expect(explanation.contains(event.id), "\(id)")
      #expect(explanation.contains("log line"), "\(id)")
    }
    #expect(try text(explainer, event.detectors[0], limit: 100_000).contains(event.id), "a bare word may be a detector")
    #expect(throws: AssayError(.unknown, "")) { try text(explainer, "no such thing") }
  }

  @Test func `the limit holds, and what is not shown is counted`() async throws {
    let (explainer, result) = try await audited(try bench.simulate("mixed,events=3000"))
    let robots = try #require(result.detectors.first { $0.card.id == "declared-robot" })
    #expect(robots.events > 2)
    let explanation = try text(explainer, "detector=declared-robot", limit: 2)
    #expect(explanation.contains("the first 2 follow"), "\(explanation.prefix(200))")
    #expect(explanation.split(separator: "\n").count { $0.contains("log line") } == 2)
  }

  @Test func `a log that is gone or has become shorter is said to be so`() async throws {
    let log = try bench.simulate("tiny,servers=1")[0]
    let (explainer, result) = try await audited([log])
    let event = try #require(result.samples.last?.event)
    bench.write("short\n", to: "access-1.log")
    #expect(try text(explainer, event.id).contains("has changed since the audit"))
    try FileManager.default.removeItem(atPath: log)
    let gone = try text(explainer, event.id)
    #expect(gone.contains("cannot be shown") && !gone.contains("log line"))
    #expect(gone.contains(event.detectors[0]), "the verdict is still told")
  }

  @Test func `addresses that are not to be shown are shown nowhere`() async throws {
    let log = bench.write(
      combined("/ad/impression?imp=1&cid=c", from: "203.0.113.77", agent: "curl/8.0"), to: "a.log")
    let (explainer, _) = try await audited([log])
    #expect(try text(explainer, "0:0").contains("203.0.113.77"))
    let shown = try text(explainer, "0:0", privacy: .truncated)
    #expect(!shown.contains("203.0.113.77") && shown.contains("203.0.113.0"))
  }

  @Test func `bytes of a log that would act on a terminal are shown as text`() async throws {
    let log = bench.write(
      combined("/ad/impression?imp=1&cid=\u{1b}[31m", agent: "curl/8.0 \u{1b}]0;x\u{7}\u{202e}"), to: "a.log")
    let (explainer, _) = try await audited([log])
    let shown = try text(explainer, "0:0")
    #expect(!shown.unicodeScalars.contains { $0.value == 0x1b || $0.value == 7 || $0.value == 0x202e })
  }

  @Test func `what is no results file is told`() async throws {
    for (path, code) in [
      (bench.path("none.db"), AssayError.Code.noInput), (bench.write("text", to: "text.db"), .unreadable),
      (bench.write("", to: "empty.db"), .unreadable),
    ] {
      #expect(throws: AssayError(code, ""), "\(path)") { try Explainer(results: path) }
      #expect(throws: AssayError(code, ""), "\(path)") { try StoredResult.read(path) }
    }
  }
}
