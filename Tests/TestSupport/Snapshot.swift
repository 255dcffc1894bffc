import Foundation
public import Testing

/// Files that hold what an output looked like when somebody last looked at it and was content.
public enum Snapshot {
  /// Whether snapshots are to be rewritten: `RECORD_SNAPSHOTS=1`.
  public static var isRecording: Bool { ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1" }

  /// Compares a text with `fixtures/<path>`. With `RECORD_SNAPSHOTS=1` the file is rewritten, and the test fails so that
  /// nobody records by accident.
  public static func check(_ text: String, _ path: String, _ place: SourceLocation = #_sourceLocation) throws {
    let file = ProjectTree.root.appending(path: "fixtures/\(path)")
    if isRecording {
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
      Issue.record("\(path) was recorded: look at it, and run again without RECORD_SNAPSHOTS.", sourceLocation: place)
      return
    }
    let expected = String(decoding: try Data(contentsOf: file), as: UTF8.self)
    if text == expected { return }
    let (new, old) = (
      text.split(separator: "\n", omittingEmptySubsequences: false),
      expected.split(separator: "\n", omittingEmptySubsequences: false)
    )
    let line = zip(new, old).enumerated().first { $0.element.0 != $0.element.1 }?.offset ?? min(new.count, old.count)
    Issue.record(
      """
      \(path) differs first in line \(line + 1):
      expected \(line < old.count ? old[line] : "nothing")
      written  \(line < new.count ? new[line] : "nothing")
      """, sourceLocation: place)
  }
}
