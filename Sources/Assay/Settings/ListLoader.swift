internal import AssayDetectors
internal import AssayIngest
internal import AssayMeasurement
internal import AssayModel

/// Reads a folder of lists: robots, browsers, networks, and `.mmdb` databases of autonomous systems, of which those
/// count whose numbers stand in a list `*asn*.txt` beside them.
struct ListLoader {
  /// The lists.
  private(set) var set = ListSet()
  /// What each file was read as, in byte order of their names, after the built-in list.
  private(set) var lists: [AuditResult.List] = []
  /// What was not understood, a sentence for each file that has such entries.
  private(set) var remarks: [String] = []

  /// The lists of a folder, or the built-in one alone.
  ///
  /// - Throws: `noInput` where there is no such folder or nothing in it; `settings` where a file cannot be read as
  ///   what its name and content say.
  init(_ folder: String?) throws(AssayError) {
    lists = set.lists.map {
      AuditResult.List(name: $0.name, kind: $0.kind.rawValue, entries: $0.entries, sha256: "")
    }
    guard let folder else { return }
    let files = try InputFiles.find([folder])
    var hosting: Set<UInt32> = []
    for file in files where !file.path.hasSuffix(".mmdb") {
      let name = ListLoader.name(file.path, in: folder)
      let bytes = try readWholeFile(file.path)
      if name.lowercased().contains("asn") {
        let numbers = try ListLoader.numbers(bytes, name)
        hosting.formUnion(numbers)
        lists.append(
          .init(name: name, kind: "autonomous-systems", entries: numbers.count, sha256: sha256(of: bytes.span)))
        continue
      }
      let added = try set.add(name: name, bytes: bytes)
      lists.append(.init(name: name, kind: added.kind.rawValue, entries: added.entries, sha256: sha256(of: bytes.span)))
      for (issue, entry) in added.issues.sorted {
        remarks.append("\(name): \(entry.count) × \(issue): \(entry.samples.first?.message ?? "")")
      }
    }
    for file in files where file.path.hasSuffix(".mmdb") {
      let name = ListLoader.name(file.path, in: folder)
      let networks = try AddressDatabase(path: file.path).networks { hosting.contains($0) }
      set.add(networks: networks.map { ($0.prefix, $0.bits) }, name: name, kind: .dataCentre)
      let bytes = try readWholeFile(file.path, limit: 1 << 30)
      lists.append(
        .init(name: name, kind: "autonomous-systems", entries: networks.count, sha256: sha256(of: bytes.span)))
    }
  }

  /// Numbers of autonomous systems, one a line, with or without `AS`; `#` begins a comment.
  private static func numbers(_ bytes: [UInt8], _ name: String) throws(AssayError) -> [UInt32] {
    var numbers: [UInt32] = []
    for (index, line) in String(decoding: bytes, as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false
    ).enumerated() {
      let text = line.prefix { $0 != "#" && $0 != "," }.filter { !$0.isWhitespace }
      if text.isEmpty { continue }
      guard let number = UInt32(text.uppercased().hasPrefix("AS") ? text.dropFirst(2) : text[...]) else {
        throw AssayError(
          .settings, "“\(printableText(text.utf8))” is no number of an autonomous system; write AS64500 or 64500.",
          at: .init(source: name, line: index + 1))
      }
      numbers.append(number)
    }
    return numbers
  }

  private static func name(_ path: String, in folder: String) -> String {
    path.hasPrefix(folder) ? String(path.dropFirst(folder.count).drop { $0 == "/" }) : path
  }
}
