public import Foundation

/// The project's own files, found from where this file lies.
public enum ProjectTree {
  /// The top of the project.
  public static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// Paths, relative to the top, of the Swift files below a folder.
  public static func swiftFiles(below folder: String) -> [String] {
    let base = root.appending(path: folder)
    let names = FileManager.default.enumerator(atPath: base.path)?.compactMap { $0 as? String } ?? []
    return names.filter { $0.hasSuffix(".swift") }.sorted().map { folder + "/" + $0 }
  }

  /// The text of a file.
  public static func text(_ path: String) -> String {
    (try? String(contentsOf: root.appending(path: path), encoding: .utf8)) ?? ""
  }

  /// Whether there is something at a path.
  public static func exists(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: root.appending(path: path).path)
  }

  /// Whether a path of the system is a folder.
  public static func isFolder(_ path: String) -> Bool {
    var isFolder = ObjCBool(false)
    // Safe because the flag is alive during the call.
    return unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
  }

  /// The lines of a file without comments and without what stands between quotes.
  public static func code(_ path: String) -> [String] {
    text(path).split(separator: "\n", omittingEmptySubsequences: false).map { line in
      let withoutComment = line.firstRange(of: "//").map { line[..<$0.lowerBound] } ?? line
      var (code, isQuoted) = ("", false)
      for character in withoutComment {
        if character == "\"" { isQuoted.toggle() } else if !isQuoted { code.append(character) }
      }
      return code
    }
  }
}

/// `regular-cadence` → `RegularCadence`, `aws-alb` → `AWSALB` is not derivable, so names are compared without case and
/// hyphens.
public func folded(_ name: String) -> String { name.lowercased().filter { $0 != "-" } }
