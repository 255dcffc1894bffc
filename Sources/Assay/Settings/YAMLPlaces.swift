internal import AssayModel
internal import Yams

extension Node {
  /// Where the node stands in a file.
  func location(in path: String) -> AssayError.Location {
    AssayError.Location(source: path, line: mark?.line, column: mark?.column)
  }
}

extension AssayError {
  /// What the YAML parser says of a file that is no YAML.
  init(readingYAML error: any Error, of path: String) {
    guard let failure = error as? YamlError else {
      self.init(.settings, "This is no YAML.", at: Location(source: path), cause: "\(error)")
      return
    }
    switch failure {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      self.init(
        .settings, "This is no YAML: \(problem).",
        at: Location(source: path, line: mark.line, column: mark.column))
    case .duplicatedKeysInMapping(let duplicates, let context):
      self.init(
        .settings, "Written twice: \(duplicates.sorted().joined(separator: ", ")).",
        at: Location(source: path, line: context.mark.line, column: context.mark.column))
    case .reader(let problem, let offset, _, let yaml):
      // The parser would show the line, which of a binary file is no line.
      let before = offset.map { yaml.unicodeScalars.prefix($0) }
      self.init(
        .settings, "This is no YAML: \(problem).",
        at: Location(source: path, line: before.map { $0.count { $0 == "\n" } + 1 }))
    default: self.init(.settings, "This is no YAML.", at: Location(source: path), cause: "\(failure)")
    }
  }
}
