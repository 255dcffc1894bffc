import Assay
import AssayIngest
import AssayModel
import AssayReports
import Foundation
import TestSupport

/// A folder of logs, and audits of them.
struct Workbench {
  let folder = TemporaryFolder()

  func path(_ name: String) -> String { folder.path(name) }

  /// Writes a text, and returns where it is.
  @discardableResult
  func write(_ text: String, to name: String) -> String { folder.write(Array(text.utf8), to: name) }

  /// Writes simulated logs and returns their paths; lists and truth lie beside them.
  func simulate(_ scenario: String) throws -> [String] {
    _ = try Simulation(scenario).write(to: folder.path)
    return folder.names.filter { $0.hasSuffix(".log") }.map(path)
  }

  /// Audits inputs with settings `key=value`.
  func audit(_ inputs: [String], _ settings: [String: String] = [:], rows: RowFiles = RowFiles()) async throws
    -> Audit.Outcome
  {
    var laid = Settings()
    try laid.set("temporary-directory", folder.path, from: "test")
    for (key, value) in settings.sorted(by: { $0.key < $1.key }) { try laid.set(key, value, from: "test") }
    var audit = Audit(inputs: inputs, settings: laid)
    audit.rows = rows
    return try await audit.run()
  }

  /// The JSON report of an audit.
  func json(_ inputs: [String], _ settings: [String: String] = [:]) async throws -> String {
    JSONReport.text(of: try await audit(inputs, settings).result)
  }

  /// The bytes of a file.
  func bytes(_ path: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(filePath: path))) }

  /// The text of a file.
  func text(_ path: String) throws -> String { String(decoding: try bytes(path), as: UTF8.self) }
}

/// A line of a combined log.
func combined(
  _ target: String, at time: String = "23/Nov/2026:09:00:00 +0000", from address: String = "203.0.113.7",
  agent: String = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0", status: Int = 200,
  method: String = "GET"
) -> String {
  "\(address) - - [\(time)] \"\(method) \(target) HTTP/1.1\" \(status) 43 \"-\" \"\(agent)\"\n"
}

/// A JSON report without what says where things lie: inputs, sources, offsets and line numbers. What is left must not
/// depend on how a log is cut into files.
func withoutPlaces(_ json: String) throws -> String {
  let places: Set = ["inputs", "source", "offset", "line", "path", "subject", "sample_lines", "samples"]
  func stripped(_ value: Any) -> Any {
    if let object = value as? [String: Any] {
      return object.filter { !places.contains($0.key) }.mapValues(stripped)
    }
    if let array = value as? [Any] { return array.map(stripped) }
    return value
  }
  let value = stripped(try JSONSerialization.jsonObject(with: Data(json.utf8)))
  let data = try JSONSerialization.data(withJSONObject: value, options: [.sortedKeys, .prettyPrinted])
  return String(decoding: data, as: UTF8.self)
}

/// Where two texts differ first, for the message of a failed test; nil where they do not.
func firstDifference(_ one: String, _ other: String) -> String? {
  if one == other { return nil }
  let (left, right) = (one.split(separator: "\n"), other.split(separator: "\n"))
  for (line, pair) in zip(left, right).enumerated() where pair.0 != pair.1 {
    return "line \(line + 1): \(pair.0.prefix(300)) ≠ \(pair.1.prefix(300))"
  }
  return "\(left.count) lines ≠ \(right.count) lines"
}
