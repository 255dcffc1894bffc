internal import AssayIngest
internal import AssayMeasurement
internal import AssayModel
internal import AssayReports

/// Where a run writes, held against each other and against what the run reads, before anything is read: no output may
/// replace what the run is about. Files are compared, not paths, so that no link leads around it.
struct OutputPaths {
  private var paths: [FileIdentity: String] = [:]

  /// - Throws: `usage` where two of them are one file.
  init(_ outputs: [String]) throws(AssayError) {
    for output in outputs {
      guard let file = FileIdentity(output: output) else { continue }
      if let other = paths.updateValue(output, forKey: file) {
        throw AssayError(
          .usage,
          "Two outputs go to this file\(other == output ? "" : " (the other as “\(other)”)"); give each its own.",
          at: .init(source: output))
      }
    }
  }

  /// Refuses to replace a file that is read.
  ///
  /// - Parameter use: What the run does with it: “the lists are read”.
  /// - Throws: `usage` where one of the outputs is that file.
  func refuse(_ path: String, _ use: String) throws(AssayError) {
    guard let file = FileIdentity(path: path), let output = paths[file] else { return }
    throw AssayError(
      .usage,
      "The output\(output == path ? "" : " “\(output)”") would replace this file, from which \(use); name another.",
      at: .init(source: path))
  }

  /// Refuses to replace the files that steer a run.
  ///
  /// - Throws: `usage` where one of the outputs is one of them; `noInput` for lists that do not exist.
  func refuse(_ settings: Settings) throws(AssayError) {
    for path in settings.settingsFiles { try refuse(path, "the settings are read") }
    if let profile = settings.profile { try refuse(profile, "the profile is read") }
    for path in try ListLoader.paths(settings.lists) { try refuse(path, "the lists are read") }
  }

  /// Takes what this program writes or wrote out of the inputs: an audit of a folder in which its reports lie is an audit
  /// of the logs beside them. What holds anything else, and would be replaced, is refused.
  ///
  /// - Returns: what was taken out.
  /// - Throws: `usage` where an output would replace an input; `noInput` where no input is left; what reading the first
  ///   bytes of an input throws.
  func leaveOut(from inputs: inout [InputFile]) throws(AssayError) -> [AuditResult.LeftOutInput] {
    let streams = FileIdentity.standardStreams
    var files: [InputFile] = []
    var leftOut: [AuditResult.LeftOutInput] = []
    for input in inputs {
      let file = input.identity
      let isOutput = file.map { paths[$0] != nil } ?? false
      if let kind = OwnOutput.kind(try input.beginning(OwnOutput.bytesToTell)) {
        leftOut.append(.init(path: input.path, name: "input.own-report", reason: "It is \(kind) that assay wrote."))
      } else if let file, streams.contains(file) || isOutput && input.size == 0 && !input.isStandardInput {
        leftOut.append(.init(path: input.path, name: "input.own-output", reason: "This run writes to it."))
      } else {
        if isOutput { try refuse(input) }
        files.append(input)
      }
    }
    if files.isEmpty, let first = leftOut.first {
      throw AssayError(
        .noInput,
        "There is nothing to audit: \(leftOut.count == 1 ? "the only input" : "every input") is left out. "
          + "\(first.reason)", at: .init(source: first.path))
    }
    inputs = files
    return leftOut
  }

  private func refuse(_ input: InputFile) throws(AssayError) {
    let output = input.identity.flatMap { paths[$0] } ?? input.path
    throw AssayError(
      .usage, "The output\(output == input.path ? "" : " “\(output)”") would replace this input; name another.",
      at: .init(source: input.path))
  }
}
