import Foundation
import TestSupport
import Testing

/// The module table of the house: who may import whom. C libraries only in AssayIngest.
private let allowedImports: [String: Set<String>] = [
  "AssayModel": [],
  "AssayIngest": [
    "AssayModel", "CZlib", "CIsal", "CZstd", "CBzip2", "CLzma", "CMaxMind", "CCrypto", "Glibc", "Synchronization",
  ],
  "AssayParsing": ["AssayModel", "CVector", "Glibc", "Synchronization"],
  "AssaySessions": ["AssayModel"],
  "AssayDetectors": ["AssayModel", "Glibc"],
  "AssayMeasurement": ["AssayModel", "Glibc"],
  "AssayReports": ["AssayMeasurement", "AssayModel", "GRDB", "Foundation"],
  "AssaySimulator": ["AssayModel", "Glibc"],
  "Assay": [
    "AssayModel", "AssayIngest", "AssayParsing", "AssaySessions", "AssayDetectors", "AssayMeasurement",
    "AssayReports", "AssaySimulator", "Synchronization", "Yams", "Foundation",
  ],
  "AssayCLI": ["Assay", "AssayModel", "AssayReports", "ArgumentParser", "Dispatch", "Glibc", "Foundation"],
]

/// The rest of the path after the module's folder.
private func imports(in path: String) -> [String] {
  ProjectTree.code(path).compactMap { line in
    let words = line.split(separator: " ")
    guard let place = words.firstIndex(of: "import"), place + 1 < words.count,
      words[..<place].allSatisfy({
        ["public", "package", "internal", "private", "fileprivate", "@testable"].contains($0)
      })
    else { return nil }
    // `import struct Glibc.timespec` names a kind first.
    let name = words[(place + 1)...].last ?? ""
    return String(name.split(separator: ".").first ?? "")
  }
}

@Test("A module imports only what the table of the house allows", arguments: allowedImports.keys.sorted())
func importsFollowTheTable(module: String) {
  let files = ProjectTree.swiftFiles(below: "Sources/\(module)")
  #expect(!files.isEmpty, "\(module) has no files")
  for file in files {
    for name in imports(in: file) {
      #expect(allowedImports[module]?.contains(name) == true, "\(file) imports \(name)")
    }
  }
}

@Test("Every folder of Sources is in the table, or only wraps a C library")
func everyModuleIsInTheTable() throws {
  let folders = try FileManager.default.contentsOfDirectory(atPath: ProjectTree.root.appending(path: "Sources").path)
  for folder in folders where allowedImports[folder] == nil {
    let content = try FileManager.default.contentsOfDirectory(
      atPath: ProjectTree.root.appending(path: "Sources/\(folder)").path)
    #expect(Set(content) == ["module.modulemap", "shim.h"], "\(folder) is neither")
  }
}

@Test("The table is what Package.swift builds: our modules and theirs, row by row")
func theTableIsThatOfThePackage() {
  // What comes with the compiler or the system and is no target of a package.
  let system: Set = ["Glibc", "Synchronization", "Foundation", "Dispatch"]
  let manifest = ProjectTree.text("Package.swift")
  let parts =
    manifest.components(separatedBy: "module(").dropFirst()
    + manifest.components(separatedBy: "executableTarget(").dropFirst()
  var rows: [String: Set<String>] = [:]
  for part in parts {
    // Up to the parenthesis that closes the target; names stand between quotes.
    var (depth, text) = (1, "")
    for character in part {
      depth += character == "(" ? 1 : character == ")" ? -1 : 0
      if depth == 0 { break }
      text.append(character)
    }
    let quoted = text.split(separator: "\"", omittingEmptySubsequences: false).enumerated().filter {
      $0.offset % 2 == 1
    }
    .map { String($0.element) }
    guard let name = quoted.first, name.hasPrefix("Assay") else { continue }
    rows[name] = Set(quoted.dropFirst()).subtracting(["GRDB.swift", "swift-argument-parser"])
  }
  #expect(rows.keys.sorted() == allowedImports.keys.sorted())
  for (name, allowed) in allowedImports { #expect(rows[name] == allowed.subtracting(system), "\(name)") }
}

@Test("`unsafe` stands only where bytes come in and in the kernels")
func unsafeStandsInTwoPlaces() {
  for file in ProjectTree.swiftFiles(below: "Sources") {
    if file.hasPrefix("Sources/AssayIngest/") || file.hasPrefix("Sources/AssayParsing/Kernels/") { continue }
    for (number, line) in ProjectTree.code(file).enumerated() {
      let words = line.split { !$0.isLetter && $0 != "_" && $0 != "@" }
      #expect(
        !words.contains("unsafe") && !words.contains("@unchecked") && !words.contains("nonisolated(unsafe)"),
        "\(file):\(number + 1)")
    }
  }
}

@Test("No clock is read and nothing is random where results are made")
func noClockInTheStreet() {
  let forbidden = [
    "Date()", "Date.now", "ContinuousClock", "SuspendingClock", "clock_gettime", "gettimeofday",
    "SystemRandomNumberGenerator",
  ]
  for module in ["AssayModel", "AssaySessions", "AssayDetectors", "AssayMeasurement", "AssayParsing", "AssaySimulator"]
  {
    for file in ProjectTree.swiftFiles(below: "Sources/\(module)") {
      for (number, line) in ProjectTree.code(file).enumerated() {
        for word in forbidden { #expect(!line.contains(word), "\(file):\(number + 1) uses \(word)") }
      }
    }
  }
}

@Test("No source file has more than 500 lines")
func filesAreShort() {
  for file in ProjectTree.swiftFiles(below: "Sources") + ProjectTree.swiftFiles(below: "Tests") {
    let lines = ProjectTree.text(file).split(separator: "\n", omittingEmptySubsequences: false).count
    #expect(lines <= 501, "\(file) has \(lines) lines")
  }
}
