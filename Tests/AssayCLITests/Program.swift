import Foundation
import TestSupport

/// The built program, run as a person runs it.
struct Program {
  /// The program, which is built beside the tests.
  static let path: String = {
    // The tests' own program lies in `.build/<configuration>`, itself or in a bundle.
    var folder = URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent()
    while folder.path != "/" {
      let program = folder.appending(path: "assay").path
      if FileManager.default.isExecutableFile(atPath: program), !ProjectTree.isFolder(program) { return program }
      folder = folder.deletingLastPathComponent()
    }
    for configuration in ["debug", "release"] {
      let program = ProjectTree.root.appending(path: ".build/\(configuration)/assay").path
      if FileManager.default.isExecutableFile(atPath: program) { return program }
    }
    preconditionFailure("the program assay is not built; swift build builds it")
  }()

  /// What a run left behind.
  struct Outcome {
    var code: Int32
    var output: String
    var messages: String
  }

  /// Runs it to its end, with nothing of this process's environment but the path.
  static func run(
    _ arguments: [String], input: String = "", environment: [String: String] = [:], in folder: String? = nil
  ) throws -> Outcome {
    let process = try start(arguments, environment: environment, in: folder)
    process.input.write(Data(input.utf8))
    try process.input.close()
    return process.finish()
  }

  /// Runs a line of shell, in which `$ASSAY` is the program.
  static func shell(_ line: String, in folder: String? = nil) throws -> Outcome {
    let running = try Running("/bin/bash", ["-c", line], environment: ["ASSAY": path], in: folder)
    try running.input.close()
    return running.finish()
  }

  /// Starts it.
  static func start(_ arguments: [String], environment: [String: String] = [:], in folder: String? = nil) throws
    -> Running
  {
    try Running(path, arguments, environment: environment, in: folder)
  }

  /// A run that goes on. Its outputs go to files, so that no full pipe holds it up.
  final class Running {
    let process = Process()
    let input: FileHandle
    private let folder = TemporaryFolder()

    init(_ program: String, _ arguments: [String], environment: [String: String], in folder: String?) throws {
      process.executableURL = URL(filePath: program)
      process.arguments = arguments
      process.environment = environment.merging(["PATH": "/usr/bin:/bin", "HOME": "/nonexistent"]) { own, _ in own }
      if let folder { process.currentDirectoryURL = URL(filePath: folder) }
      let pipe = Pipe()
      input = pipe.fileHandleForWriting
      process.standardInput = pipe
      process.standardOutput = FileHandle(forWritingAtPath: self.folder.write([], to: "output"))
      process.standardError = FileHandle(forWritingAtPath: self.folder.write([], to: "messages"))
      try process.run()
    }

    /// What it has said so far.
    var messages: String { text("messages") }

    /// Waits for its end.
    func finish() -> Outcome {
      process.waitUntilExit()
      return Outcome(code: process.terminationStatus, output: text("output"), messages: messages)
    }

    private func text(_ name: String) -> String {
      String(decoding: (try? Data(contentsOf: URL(filePath: folder.path(name)))) ?? Data(), as: UTF8.self)
    }
  }
}
