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
      let second = duplicates.min().flatMap { secondPlace(of: $0, after: context.mark, in: context.text) }
      let place = second ?? (context.mark.line, context.mark.column)
      let first = second == nil ? "" : " (first in line \(context.mark.line))"
      self.init(
        .settings, "Written twice: \(duplicates.sorted().joined(separator: ", "))\(first).",
        at: Location(source: path, line: place.line, column: place.column))
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

/// Where a key stands for the second time in its mapping, of which the parser only says where it stands first.
///
/// Which of the places further on belongs to the same mapping, only the parser can tell: it is the first that still is
/// a duplicate when the key is renamed in all the others.
///
/// - Returns: line and column from 1; nil where the key is written in another way there, or in very many places.
/// - Complexity: O(places × length of the text).
private func secondPlace(of key: String, after first: Mark, in text: String) -> (line: Int, column: Int)? {
  let (scalars, wanted) = (Array(text.unicodeScalars), Array(key.unicodeScalars))
  var places: [(index: Int, line: Int, column: Int)] = []
  var (line, column, index) = (1, 1, 0)
  while index < scalars.count {
    let isBehind = line > first.line || line == first.line && column > first.column
    if isBehind, !wanted.isEmpty, scalars[index...].starts(with: wanted) { places.append((index, line, column)) }
    (line, column) = scalars[index] == "\n" ? (line + 1, 1) : (line, column + 1)
    index += 1
  }
  guard places.count <= 256 else { return nil }
  for place in places {
    var changed = scalars
    for (ordinal, other) in places.enumerated().reversed() where other.index != place.index {
      // A scalar for private use stands in no key that anybody writes.
      changed.insert(contentsOf: "\u{e000}\(ordinal)".unicodeScalars, at: other.index + wanted.count)
    }
    var renamed = String.UnicodeScalarView()
    renamed.append(contentsOf: changed)
    do {
      _ = try Yams.compose(yaml: String(renamed))
    } catch YamlError.duplicatedKeysInMapping(let duplicates, let context) {
      guard duplicates.contains(key), context.mark.line == first.line, context.mark.column == first.column else {
        continue
      }
      let isQuoted = place.index > 0 && ["\"", "'"].contains(scalars[place.index - 1])
      return (place.line, place.column - (isQuoted ? 1 : 0))
    } catch {
      continue
    }
  }
  return nil
}
