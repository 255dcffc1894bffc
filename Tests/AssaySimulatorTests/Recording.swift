import AssayModel

@testable import AssaySimulator

/// A whole run kept in memory, read back with the simplest means there are.
struct Recording {
  /// One line of a log beside its row of the truth.
  struct Line {
    var source: String
    var offset: Int
    var number: Int
    var text: String
    var kind: String
    var family: String
    var truth: String
    var category: String
    var viewable: String
    /// `chameleon-1`; nil where the truth has no such column.
    var network: String?

    var address: String { String(text.prefix { $0 != " " }) }
    /// What stands between quotes: request, referrer, user agent.
    var quoted: [String]
    var target: String { String(quoted[0].split(separator: " ")[1]) }
    var agent: String { quoted[2] }
    var page: String { quoted[1] }

    /// A parameter of the query.
    func value(_ name: String) -> String? {
      guard let query = target.split(separator: "?", maxSplits: 1).dropFirst().first else { return nil }
      for pair in query.split(separator: "&") where pair.hasPrefix(name + "=") {
        return String(pair.dropFirst(name.count + 1))
      }
      return nil
    }

    /// Milliseconds since midnight of the first day, for scenarios that begin in March 2026.
    var milliseconds: Int {
      let time = text.split(separator: "[")[1].split(separator: "]")[0]
      let parts = time.split { "/: .+".contains($0) }
      let fraction = time.contains(".") ? Int(parts[6]) ?? -1 : 0
      let numbers = [parts[0], parts[3], parts[4], parts[5]].map { Int($0) ?? -1 }
      return ((((numbers[0] - 2) * 24 + numbers[1]) * 60 + numbers[2]) * 60 + numbers[3]) * 1_000 + fraction
    }
  }

  var logs: [[UInt8]]
  var truth: [UInt8] = []
  /// How many pieces came, and how large the largest was.
  var pieces = 0
  var largest = 0
  var peakPlannedLines = 0

  init(_ text: String) throws {
    var simulator = Simulator(try SimulationScenario.parse(text))
    var (logs, truth, pieces, largest) = ([[UInt8]](), [UInt8](), 0, 0)
    for _ in simulator.logNames { logs.append([]) }
    try simulator.run { (server: Int, bytes: Span<UInt8>) throws(AssayError) in
      for index in bytes.indices { logs[server].append(bytes[index]) }
      (pieces, largest) = (pieces + 1, max(largest, bytes.count))
    } truth: { (bytes: Span<UInt8>) throws(AssayError) in
      for index in bytes.indices { truth.append(bytes[index]) }
    }
    (self.logs, self.truth, self.pieces, self.largest) = (logs, truth, pieces, largest)
    peakPlannedLines = simulator.peakPlannedLines
  }

  /// All lines, as the truth lists them.
  func lines() -> [Line] {
    let texts = logs.map { $0.split(separator: 10).map { String(decoding: $0, as: UTF8.self) } }
    return String(decoding: truth, as: UTF8.self).split(separator: "\n").dropFirst().map { row in
      let cells = row.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      let number = Int(cells[2]) ?? 0
      let server = (Int(cells[0].dropFirst(7).dropLast(4)) ?? 0) - 1
      let text = texts[server][number - 1]
      let parts = text.split(separator: "\"", omittingEmptySubsequences: false).map(String.init)
      return Line(
        source: cells[0], offset: Int(cells[1]) ?? -1, number: number, text: text, kind: cells[3], family: cells[4],
        truth: cells[5], category: cells[6], viewable: cells[7],
        network: cells.count > 8 ? cells[8] : nil, quoted: [parts[1], parts[3], parts[5]])
    }
  }

  /// A day of everything, with milliseconds; made once.
  static let mixed: [Line] = {
    do { return try Recording("mixed,events=12000,seed=5,subsecond=1").lines() } catch { return [] }
  }()
}
