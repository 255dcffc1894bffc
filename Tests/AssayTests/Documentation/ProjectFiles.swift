import Foundation

/// The project's own files, found from where this file lies.
enum ProjectFiles {
  /// The top of the project.
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// The guides, as paths from the top.
  static let guides = names(in: "Sources/Assay/Assay.docc", suffix: ".md")

  /// Every page that is held to the truth.
  static let pages =
    ["README.md", "Benchmarks/README.md", "fixtures/README.md", "fixtures/demo/README.md"] + guides
    + names(in: "Sources/Assay/Assay.docc/Decisions", suffix: ".md")

  /// Paths from the top of the files of a folder, sorted.
  static func names(in folder: String, suffix: String) -> [String] {
    let names = try? FileManager.default.contentsOfDirectory(atPath: root.appending(path: folder).path)
    return (names ?? []).filter { $0.hasSuffix(suffix) }.sorted().map { "\(folder)/\($0)" }
  }

  /// The text of a file.
  static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appending(path: path), encoding: .utf8)
  }

  /// Whether there is something at a path.
  static func exists(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: root.appending(path: path).path)
  }
}

/// A block of code on a page.
struct CodeBlock: CustomTestStringConvertible {
  /// The page, from the top of the project.
  var page: String
  /// What stands behind the opening fence: `sh`, `console`, `sql`.
  var language: String
  /// Its lines.
  var lines: [String]

  /// Its first line names it in test output.
  var testDescription: String { "\(page): \(lines.first ?? "")" }

  /// The blocks of all pages that are in a language.
  static func all(_ language: String) throws -> [CodeBlock] {
    try ProjectFiles.pages.flatMap { try blocks(of: $0) }.filter { $0.language == language }
  }

  /// The blocks of a page.
  static func blocks(of page: String) throws -> [CodeBlock] {
    var blocks: [CodeBlock] = []
    var open: CodeBlock?
    for line in try ProjectFiles.text(page).components(separatedBy: "\n") {
      if let block = open {
        if line == "```" {
          blocks.append(block)
          open = nil
        } else {
          open?.lines.append(line)
        }
      } else if line.hasPrefix("```") {
        open = CodeBlock(page: page, language: String(line.dropFirst(3)), lines: [])
      }
    }
    return blocks
  }
}
