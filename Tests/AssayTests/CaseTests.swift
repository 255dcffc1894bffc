import Assay
import AssayModel
import AssayReports
import Foundation
import TestSupport
import Testing

/// The folders of `fixtures/cases`: whole audits with what must come out.
@Suite struct CaseTests {
  static let root = ProjectTree.root.appending(path: "fixtures/cases")

  static let names: [String] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: root.path)) ?? []
    return names.filter { ProjectTree.isFolder(root.appending(path: $0).path) }.sorted()
  }()

  /// The JSON report of a case, with paths as they stand in its folder.
  private func report(_ name: String) async throws -> [String: Any] {
    let folder = CaseTests.root.appending(path: name).path
    let others: Set = ["README.md", "expected.json", "settings.yaml", "lists"]
    let inputs = try FileManager.default.contentsOfDirectory(atPath: folder).filter { !others.contains($0) }
    var settings = Settings()
    if FileManager.default.fileExists(atPath: folder + "/settings.yaml") {
      try settings.read(file: folder + "/settings.yaml")
    }
    if ProjectTree.isFolder(folder + "/lists") { try settings.set("lists", folder + "/lists", from: "case") }
    let result = try await Audit(inputs: inputs.map { "\(folder)/\($0)" }, settings: settings).run().result
    let json = JSONReport.text(of: result).replacing(folder + "/", with: "")
    return try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
  }

  @Test func `there are cases`() { #expect(CaseTests.names.count >= 6) }

  @Test(arguments: names) func `the numbers found by hand come out`(name: String) async throws {
    let report = try await report(name)
    let lines = ProjectTree.text("fixtures/cases/\(name)/README.md").split(separator: "\n")
    let claims = lines.compactMap { $0.wholeMatch(of: /- `(.+)` = ([0-9.]+): .+/) }
    #expect(claims.count >= 8, "a README says what must come out")
    for claim in claims {
      let expected = try #require(Double(claim.output.2))
      let value = number(at: String(claim.output.1), in: report)
      #expect(value == expected, "\(claim.output.1)")
    }
  }

  @Test(arguments: names) func `the report is the one that somebody looked at`(name: String) async throws {
    let shown = try #require(concise(try await report(name)))
    let data = try JSONSerialization.data(
      withJSONObject: shown, options: [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes])
    try Snapshot.check(String(decoding: data, as: UTF8.self) + "\n", "cases/\(name)/expected.json")
  }

  /// The number at a path such as `by.campaign.spring.gross_impressions`; nil where there is nothing of the name. Names
  /// may hold dots themselves, so the longest that fits is taken.
  private func number(at path: String, in value: Any?) -> Double? {
    if path.isEmpty { return (value as? NSNumber)?.doubleValue }
    let parts = path.split(separator: ".")
    for count in (1...parts.count).reversed() {
      let name = parts.prefix(count).joined(separator: ".")
      let rest = parts.dropFirst(count).joined(separator: ".")
      if let object = value as? [String: Any], let inner = object[name] { return number(at: rest, in: inner) }
      let row = (value as? [[String: Any]])?.first { row in
        ["name", "detector", "standard"].contains { row[$0] as? String == name }
      }
      if let row { return number(at: rest, in: row) }
    }
    return nil
  }

  /// A report without what changes with every release, and without what is zero, null or empty.
  private func concise(_ value: Any) -> Any? {
    let changing: Set = [
      "version", "settings_sha256", "summary", "fools_it", "references", "thresholds", "title", "lists", "standards",
      "needs", "reason", "family", "action", "weight",
    ]
    switch value {
    case let object as [String: Any]:
      var kept: [String: Any] = [:]
      for (key, inner) in object where !changing.contains(key) { kept[key] = concise(inner) }
      return kept.isEmpty ? nil : kept
    case let array as [Any]:
      let kept = array.compactMap(concise)
      return kept.isEmpty ? nil : kept
    case let number as NSNumber: return number == 0 ? nil : number
    case let text as String: return text.isEmpty ? nil : text
    default: return nil
    }
  }
}
