import Foundation
import TestSupport
import Testing

/// The pages that are held to the truth.
enum Pages {
  /// The guides, as paths from the top of the project.
  static let guides = names(in: "Sources/Assay/Assay.docc", suffix: ".md")

  /// Every page.
  static let all =
    ["README.md", "CHANGELOG.md", "Benchmarks/README.md", "fixtures/README.md", "fixtures/demo/README.md"] + guides
    + names(in: "Sources/Assay/Assay.docc/Decisions", suffix: ".md")

  /// Paths from the top of the files of a folder, sorted.
  static func names(in folder: String, suffix: String) -> [String] {
    let names = try? FileManager.default.contentsOfDirectory(atPath: ProjectTree.root.appending(path: folder).path)
    return (names ?? []).filter { $0.hasSuffix(suffix) }.sorted().map { "\(folder)/\($0)" }
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
  static func all(_ language: String) -> [CodeBlock] {
    Pages.all.flatMap(blocks).filter { $0.language == language }
  }

  /// The blocks of a page.
  static func blocks(of page: String) -> [CodeBlock] {
    var blocks: [CodeBlock] = []
    var open: CodeBlock?
    for line in ProjectTree.text(page).components(separatedBy: "\n") {
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
