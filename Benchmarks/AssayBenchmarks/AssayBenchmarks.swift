import Assay
import Benchmark
import Foundation

/// The facade on a small log: the whole street, and what is written beside it.
///
/// The log has 20,000 lines of the simulator's `benchmark` scenario; start-up is a part of each number. For whole files of
/// the size that people have, see `compare.sh`.
let benchmarks = { @Sendable in
  Benchmark.defaultConfiguration = .init(
    metrics: [.wallClock, .cpuTotal, .peakMemoryResident, .throughput], timeUnits: .milliseconds,
    maxDuration: .seconds(5))

  Benchmark("Simulate 20,000 lines") { _ in
    let folder = try TemporaryFolder()
    _ = try Simulation("benchmark,events=20000").write(to: folder.path)
  }

  Benchmark("Audit 20,000 lines, one worker") { benchmark in
    let folder = try TemporaryFolder.withLog()
    benchmark.startMeasurement()
    blackHole(try await audit(folder).run())
    benchmark.stopMeasurement()
  }

  Benchmark("Audit 20,000 lines, two workers") { benchmark in
    let folder = try TemporaryFolder.withLog()
    var audit = try audit(folder)
    audit.settings.jobs = 2
    benchmark.startMeasurement()
    blackHole(try await audit.run())
    benchmark.stopMeasurement()
  }

  Benchmark("Audit 20,000 lines into a results file") { benchmark in
    let folder = try TemporaryFolder.withLog()
    var audit = try audit(folder)
    audit.rows.store = folder.path + "/audit.db"
    benchmark.startMeasurement()
    blackHole(try await audit.run())
    benchmark.stopMeasurement()
  }

  Benchmark("Audit 20,000 lines with a row for each judged event") { benchmark in
    let folder = try TemporaryFolder.withLog()
    var audit = try audit(folder)
    audit.rows.events = folder.path + "/events.ndjson"
    benchmark.startMeasurement()
    blackHole(try await audit.run())
    benchmark.stopMeasurement()
  }
}

/// An audit of the log of a folder with the lists beside it.
private func audit(_ folder: TemporaryFolder) throws -> Audit {
  var settings = Settings()
  try settings.set("lists", folder.path + "/lists", from: "benchmark")
  return Audit(inputs: [folder.path + "/access-1.log"], settings: settings)
}

/// A folder that is gone with its last user.
private final class TemporaryFolder {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.appending(path: "assay-benchmark-\(UUID())").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// With the simulated log in it.
  static func withLog() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    _ = try Simulation("benchmark,events=20000").write(to: folder.path)
    return folder
  }
}
