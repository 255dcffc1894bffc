internal import AssayIngest
public import AssayModel
internal import AssaySimulator
internal import Foundation

/// `assay simulate`: writes simulated logs, their truth and the lists that belong to them into a folder.
public struct Simulation: Sendable {
  private let scenario: SimulationScenario

  /// A simulation from the text of its scenario: `mixed`, `mixed,events=1000000,seed=7`.
  ///
  /// - Throws: `usage` for a preset or key that does not exist.
  public init(_ text: String) throws(AssayError) { scenario = try SimulationScenario.parse(text) }

  /// The presets, a line each.
  public static var presets: String {
    SimulationScenario.presets.map { "  \($0.name): \($0.title)" }.joined(separator: "\n")
  }

  /// Writes everything. Each file appears whole or not at all.
  ///
  /// - Parameter replacing: Whether files that are there may be replaced.
  /// - Returns: what was written, for a person.
  /// - Throws: `usage` where a file is there and may not be replaced, before anything is written; `inputOutput` or
  ///   `permission` where the folder cannot be written.
  public func write(to folder: String, replacing: Bool = false) throws(AssayError) -> String {
    var simulator = Simulator(scenario)
    let names = simulator.logNames + ["truth.csv"]
    if !replacing { try refuse((names + simulator.companionFiles.map(\.path)).map { "\(folder)/\($0)" }) }
    try make(folder)
    let companions = try simulator.companionFiles.map { file throws(AssayError) in
      let path = "\(folder)/\(file.path)"
      try make((path as NSString).deletingLastPathComponent)
      let output = try OutputSlot(path: path)
      try output.write(Array(file.text.utf8).span)
      return output
    }
    let logs = try simulator.logNames.map { name throws(AssayError) in try OutputSlot(path: "\(folder)/\(name)") }
    let truth = try OutputSlot(path: "\(folder)/truth.csv")
    try simulator.run(
      log: { server, bytes throws(AssayError) in try logs[server].write(bytes) },
      truth: { bytes throws(AssayError) in try truth.write(bytes) })
    // Nothing appears before everything is written, so that an interrupted run leaves no file behind.
    for file in companions + logs + [truth] { try file.commit() }
    return "Wrote \((names + simulator.companionFiles.map(\.path)).joined(separator: ", ")) to \(folder).\n"
  }

  private func refuse(_ paths: [String]) throws(AssayError) {
    let there = paths.filter { FileManager.default.fileExists(atPath: $0) }
    guard let first = there.first else { return }
    let others = there.count > 1 ? ", and so \(there.count == 2 ? "is one" : "are \(there.count - 1)") more" : ""
    throw AssayError(
      .usage, "This file is there already\(others); name another folder, or replace what is there with --force.",
      at: .init(source: first))
  }

  private func make(_ folder: String) throws(AssayError) {
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      let mayNot = (error as? CocoaError)?.code == .fileWriteNoPermission
      throw AssayError(
        mayNot ? .permission : .inputOutput,
        mayNot
          ? "The folder cannot be made: you may not write where it would be."
          : "The folder cannot be made; is something else in its place?", at: .init(source: folder))
    }
  }
}

/// A file that is being written, held by reference: a noncopyable file cannot lie in an array.
final class OutputSlot {
  private var file: AtomicFile?

  init(path: String) throws(AssayError) { file = try AtomicFile(path: path) }

  func write(_ bytes: Span<UInt8>) throws(AssayError) { try file?.write(bytes) }

  func commit() throws(AssayError) {
    if let file = file.take() { try file.commit() }
  }
}
