internal import AssayDetectors
internal import AssayIngest
internal import AssayMeasurement
internal import AssayModel
internal import AssayParsing

/// Reads lists: robots, browsers, networks, and `.mmdb` databases of autonomous systems, of which those count whose
/// numbers stand in a list beside them.
///
/// A file in a folder that is no list, or of which nobody can tell what it is, is left out with a remark. A file that
/// a person names is meant to count: there the same is an error.
struct ListLoader {
  /// The lists.
  private(set) var set = ListSet()
  /// What each file was read as, in byte order of their names, after the built-in list.
  private(set) var lists: [AuditResult.List] = []
  /// What was left out and why, in byte order of their names.
  private(set) var remarks: [AuditResult.ListRemark] = []
  /// Numbers of autonomous systems that host servers.
  private var hosting: Set<UInt32> = []

  /// One file to be read.
  private struct Source {
    var path: String
    /// As the report calls it: the path below the folder that was named.
    var name: String
    /// What its kind is told from: its name, and the folder that it was found in.
    var fullName: String
    /// What a person says it is.
    var kind: ListKind?
    /// Whether the file itself was named, and not a folder.
    var isNamed: Bool

    var isDatabase: Bool { path.hasSuffix(".mmdb") }
  }

  /// The lists behind some arguments, or the built-in one alone: each is a file, a folder or a pattern, with `KIND=`
  /// before it where a person says what its files are.
  ///
  /// - Throws: `noInput` where an argument leads to no file; `settings` where a file that was named is no list, or one
  ///   whose kind was told has no entry that can be read.
  init(_ arguments: [String]) throws(AssayError) {
    lists = set.lists.map {
      AuditResult.List(
        name: $0.name, kind: $0.kind.rawValue, entries: $0.entries, version: assayVersion,
        sha256: sha256(of: Array(ListSet.builtInText.utf8).span))
    }
    let sources = try ListLoader.sources(arguments)
    for source in sources where !source.isDatabase { try read(source) }
    for source in sources where source.isDatabase { try readDatabase(source) }
    let builtIn = lists.removeFirst()
    lists = [builtIn] + lists.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    remarks.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }

  private mutating func read(_ source: Source) throws(AssayError) {
    let bytes = try readWholeFile(source.path)
    let kind: ListKind
    switch source.kind.map({ ListRecognition.kind($0) }) ?? ListRecognition.tell(name: source.fullName, bytes: bytes) {
    case .kind(let told): kind = told
    case .none(let why): return try leaveOut(source, why)
    case .document where !source.isNamed: return
    case .document: return try leaveOut(source, "It is a text about lists, going by its name.")
    }
    let entries: Int
    if kind == .autonomousSystems {
      let numbers = try ListLoader.numbers(bytes, source.name)
      hosting.formUnion(numbers)
      entries = numbers.count
    } else {
      let added: (entries: Int, issues: IssueLog)
      do throws(AssayError) {
        added = try set.add(name: source.name, bytes: bytes, as: kind)
      } catch  where !source.isNamed {
        return try leaveOut(source, error.message)
      }
      entries = added.entries
      for (issue, entry) in added.issues.sorted {
        let count = entry.count == 1 ? "One entry was" : "\(entry.count) entries were"
        remark(source, "\(count) left out (\(issue)), first: \(entry.samples.first?.message ?? "")")
      }
    }
    lists.append(
      .init(
        name: source.name, kind: kind.rawValue, entries: entries, version: ListVersion.of(bytes),
        sha256: sha256(of: bytes.span)))
  }

  private mutating func readDatabase(_ source: Source) throws(AssayError) {
    do throws(AssayError) {
      try readUsableDatabase(source)
    } catch  where !source.isNamed && error.code == .settings {
      try leaveOut(source, error.message)
    }
  }

  private mutating func readUsableDatabase(_ source: Source) throws(AssayError) {
    let database = try AddressDatabase(path: source.path)
    var systems = 0
    let networks = try database.networks {
      systems += 1
      return hosting.contains($0)
    }
    if systems == 0 {
      return try leaveOut(
        source,
        "The database (\(database.type)) has no numbers of autonomous systems, so it cannot say whose a network "
          + "is: give one of them, such as GeoLite2-ASN.")
    }
    if hosting.isEmpty {
      return try leaveOut(
        source,
        "A database of autonomous systems says whose a network is, and not who hosts servers: put the hosts' "
          + "numbers beside it, in a file with “asn” in its name, one number a line.")
    }
    if networks.isEmpty {
      remark(source, "None of its \(systems) networks belongs to one of the \(hosting.count) systems that were listed.")
    }
    set.add(networks: networks.map { ($0.prefix, $0.bits) }, name: source.name, kind: source.kind ?? .dataCentre)
    let bytes = try readWholeFile(source.path, limit: 1 << 30)
    lists.append(
      .init(
        name: source.name, kind: ListKind.autonomousSystems.rawValue, entries: networks.count,
        version: "\(database.type) \(database.built.iso8601)", sha256: sha256(of: bytes.span)))
  }

  private mutating func remark(_ source: Source, _ text: String) {
    remarks.append(.init(name: source.name, text: text))
  }

  private mutating func leaveOut(_ source: Source, _ why: String) throws(AssayError) {
    if source.isNamed { throw AssayError(.settings, "The list cannot be used. \(why)", at: .init(source: source.path)) }
    remark(source, "Left out. \(why)")
  }
}

extension ListLoader {
  /// The paths of the files behind some arguments.
  ///
  /// - Throws: `noInput` where an argument leads to no file.
  static func paths(_ arguments: [String]) throws(AssayError) -> [String] { try sources(arguments).map(\.path) }

  /// The files behind the arguments, each once, in byte order of their names.
  private static func sources(_ arguments: [String]) throws(AssayError) -> [Source] {
    var sources: [Source] = []
    for argument in arguments {
      let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      let kind = parts.count == 2 ? ListKind(rawValue: parts[0]) : nil
      let place = kind == nil ? argument : parts[1]
      if place == "-" { throw AssayError(.usage, "A list is a file or a folder, and not standard input.") }
      let folder = place.hasSuffix("/") ? String(place.dropLast()) : place
      for file in try files(place, of: argument) {
        let isBelow = file.path.hasPrefix(folder + "/")
        let name = isBelow ? String(file.path.dropFirst(folder.count + 1)) : lastParts(file.path, 1)
        sources.append(
          Source(
            path: file.path, name: name,
            fullName: isBelow ? lastParts(folder, 1) + "/" + name : lastParts(file.path, 2), kind: kind,
            isNamed: !isBelow))
      }
    }
    var seen: Set<String> = []
    return sources.sorted {
      $0.name == $1.name
        ? $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) : $0.name.utf8.lexicographicallyPrecedes($1.name.utf8)
    }.filter { seen.insert($0.path).inserted }
  }

  private static func files(_ place: String, of argument: String) throws(AssayError) -> [InputFile] {
    do throws(AssayError) {
      return try InputFiles.find([place])
    } catch  where error.code == .noInput && place == argument {
      let word = String(place.prefix { $0 != "=" })
      guard word.count < place.count, !word.contains("/") else { throw error }
      let kinds = ListKind.allCases.map(\.rawValue)
      let all = "there are \(kinds.joined(separator: ", "))."
      let near = nearest(word, in: kinds).map { "did you mean “\($0)”?" } ?? all
      throw AssayError(
        .noInput, "There is no such file, and “\(word)” is no kind of list: \(near)", at: .init(source: place))
    }
  }

  private static func lastParts(_ path: String, _ count: Int) -> String {
    path.split(separator: "/").suffix(count).joined(separator: "/")
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
}
