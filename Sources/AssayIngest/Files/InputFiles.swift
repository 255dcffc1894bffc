public import AssayModel
internal import Glibc

/// Finds the files that a person means.
public enum InputFiles {
  /// The files behind some arguments: a file, a folder (with all folders in it), a pattern or `-`.
  ///
  /// In a folder, hidden files and folders are passed over, and whatever is neither file nor folder is left out.
  /// A path that exists is taken as it is, even if it looks like a pattern. In a pattern, `*`, `?` and `[…]` stand
  /// for parts of one name, `**` for any number of folders.
  ///
  /// - Returns: The files in byte order of their paths, whatever the order of the arguments. A file that is reached
  ///   twice (also by a link) is there once, by the first of its paths.
  /// - Throws: `.noInput` where an argument leads to no file, `.permission` where some may not be read: it names them
  ///   all, and nothing is left out of a folder for that reason.
  /// - Complexity: O(entries of the folders) time and memory.
  public static func find(_ arguments: [String]) throws(AssayError) -> [InputFile] { try search(arguments).files }

  /// The same, and an issue for each other name by which a file was reached (`input.same-file`): it is read once, so that
  /// nothing is counted twice, and the report says where the other name has gone. One path twice is that path.
  public static func search(_ arguments: [String]) throws(AssayError) -> Found {
    var search = FileSearch()
    for argument in arguments { try search.add(argument) }
    if arguments.isEmpty { throw AssayError(.noInput, "No input is named: give files, folders, patterns or -.") }
    return try search.result()
  }

  /// What was found.
  public struct Found: Sendable {
    /// The files in byte order of their paths. Whoever leaves some out changes their ordinals, and with them the places
    /// of the issues.
    public var files: [InputFile]
    /// What looked like an input and is none, in byte order of the paths.
    public var leftOut: [LeftOut]
    /// Paths that lead to a file of another path.
    fileprivate var again: [(path: String, as: String)]

    /// What is left out of a folder or of a pattern's files: somebody may have meant it for an input.
    public struct LeftOut: Sendable {
      /// Path as found.
      public var path: String
      /// Why.
      public var reason: Reason
    }

    /// Why something is left out.
    public enum Reason: String, Sendable {
      /// A link that leads to nothing.
      case danglingLink = "input.dangling-link"
      /// A pipe, socket or device in a folder.
      case noFile = "input.no-file"

      /// The reason as a sentence.
      public var sentence: String {
        switch self {
        case .danglingLink: "It is a link to something that is not there."
        case .noFile: "It is a pipe, a socket or a device; name it by itself to have it read."
        }
      }
    }

    /// One issue for each other name of a file, at the file.
    public var issues: IssueLog {
      var (issues, sources) = (IssueLog(), [String: Int]())
      for (source, file) in files.enumerated() { sources[file.path] = source }
      for (path, same) in again {
        guard let source = sources[same] else { continue }
        let message = "The input “\(path)” is the same file as “\(same)”, and was read once, by the latter name."
        issues.add(
          Issue(name: "input.same-file", position: SourcePosition(source: source, offset: 0), message: message),
          losesLine: false)
      }
      return issues
    }
  }
}

/// One search: what was found so far.
private struct FileSearch {
  private var paths: [String] = []
  private var standardInput = false
  /// What may not be read.
  private var closed: [(path: String, code: Int32)] = []
  /// What is no input, perhaps several times.
  private var leftOut: [InputFiles.Found.LeftOut] = []
  /// Folders on whose content this argument has been, so that links cannot lead round in a circle.
  private var visited: Set<Identity> = []

  private struct Identity: Hashable {
    var device: UInt
    var inode: UInt

    init(_ status: Descriptor.Status) { (device, inode) = (status.device, status.inode) }
  }

  private var finds: Int { paths.count + closed.count + leftOut.count }

  mutating func add(_ argument: String) throws(AssayError) {
    if argument == "-" {
      standardInput = true
      return
    }
    let before = finds
    visited.removeAll()
    switch status(of: argument) {
    case .success(let status):
      try take(argument, status)
      if finds == before {
        throw AssayError(.noInput, "The folder holds no files.", at: .init(source: argument))
      }
    case .failure(let failure) where failure.code == EACCES || failure.code == EPERM:
      closed.append((argument, failure.code))
    case .failure(let failure):
      guard failure.code == ENOENT || failure.code == ENOTDIR, isPattern(argument) else {
        throw systemError(failure.code, "The input cannot be read", path: argument)
      }
      let names = argument.split(separator: "/", omittingEmptySubsequences: true).map(String.init)
      try match(names[...], in: argument.hasPrefix("/") ? "/" : "")
      if finds == before {
        throw AssayError(
          .noInput, "No file fits the pattern: check it, and quote it so that the shell leaves it alone.",
          at: .init(source: argument))
      }
    }
  }

  /// All files, each once, checked for being readable, and the other names of some.
  mutating func result() throws(AssayError) -> InputFiles.Found {
    var files: [InputFile] = []
    var first: [Identity: String] = [:]
    var again: [(path: String, as: String)] = []
    for path in Set(paths).sorted(by: isBefore) {
      guard let status = try existing(path) else { continue }
      if let same = first[Identity(status)] {
        again.append((path, same))
        continue
      }
      first[Identity(status)] = path
      // Safe because the path is a text of ours, alive during the call.
      if unsafe access(path, R_OK) != 0 { closed.append((path, errno)) }
      files.append(InputFile(path: path))
    }
    try refuseClosed()
    // A file by its path can be read again for evidence, so standard input gives way to it.
    if standardInput, let same = standardInputIdentity().flatMap({ first[$0] }) {
      again.append(("-", same))
    } else if standardInput {
      files.append(.standardInput)
    }
    files.sort { isBefore($0.path, $1.path) }
    // What is also named by itself is read.
    var known = Set(paths)
    let others = leftOut.sorted { isBefore($0.path, $1.path) }.filter { known.insert($0.path).inserted }
    if files.isEmpty, let first = others.first {
      throw AssayError(
        .noInput, "There is nothing to read: all that was found is left out. \(first.reason.sentence)",
        at: .init(source: first.path))
    }
    return InputFiles.Found(files: files, leftOut: others, again: again)
  }

  private func isBefore(_ left: String, _ right: String) -> Bool { left.utf8.lexicographicallyPrecedes(right.utf8) }

  /// Which file standard input is; nil where there is none.
  private func standardInputIdentity() -> Identity? {
    guard let input = try? Descriptor(duplicating: STDIN_FILENO, path: "-"), let status = try? input.status(path: "-")
    else { return nil }
    return Identity(status)
  }

  /// Names all that may not be read, so that they can be put right in one go. A file is not left out of a folder for
  /// that: nobody would miss its events.
  private func refuseClosed() throws(AssayError) {
    guard let one = closed.first else { return }
    if closed.count == 1 { throw systemError(one.code, "The input cannot be read", path: one.path) }
    let lines = closed.sorted { isBefore($0.path, $1.path) }.map {
      "\n  \(printableText($0.path.utf8)) (\(systemText($0.code)))"
    }
    throw AssayError(
      .permission,
      "\(closed.count) inputs cannot be read, so nothing was: check the rights of each and of its folders, or name the "
        + "others alone.\(lines.joined())")
  }

  /// A file, or all files of a folder.
  private mutating func take(_ path: String, _ status: Descriptor.Status) throws(AssayError) {
    guard status.kind == .folder else {
      paths.append(path)
      return
    }
    var folders = [(path, status)]
    while let (folder, status) = folders.popLast() {
      guard visited.insert(Identity(status)).inserted else { continue }
      for name in try openNames(in: folder) where !name.hasPrefix(".") {
        let path = joined(folder, name)
        guard let entry = try existing(path) else {
          noteLink(path)
          continue
        }
        switch entry.kind {
        case .file: paths.append(path)
        case .folder: folders.append((path, entry))
        case .stream: leftOut.append(.init(path: path, reason: .noFile))
        }
      }
    }
  }

  /// Walks down a pattern, one name of the path at a time.
  private mutating func match(_ names: ArraySlice<String>, in folder: String) throws(AssayError) {
    guard let name = names.first else { return }
    let rest = names.dropFirst()
    if name == "**" {
      try match(rest.isEmpty ? ["*"] : rest, in: folder)
      for child in try openNames(in: folder) where !child.hasPrefix(".") {
        let path = joined(folder, child)
        // A link to a folder is not followed: it could lead back up, and round for ever.
        if !isLink(path), let entry = try existing(path), entry.kind == .folder {
          try match(names, in: path)
        }
      }
    } else if isPattern(name) {
      // Safe because both texts are ours, alive during the call.
      for child in try openNames(in: folder) where unsafe fnmatch(name, child, FNM_PERIOD) == 0 {
        try follow(joined(folder, child), rest)
      }
    } else {
      try follow(joined(folder, name), rest)
    }
  }

  private mutating func follow(_ path: String, _ rest: ArraySlice<String>) throws(AssayError) {
    guard let entry = try existing(path) else {
      if rest.isEmpty { noteLink(path) }
      return
    }
    if rest.isEmpty {
      try take(path, entry)
    } else if entry.kind == .folder {
      try match(rest, in: path)
    }
  }

  /// The names in a folder; none where it is closed, which is noted.
  private mutating func openNames(in folder: String) throws(AssayError) -> [String] {
    do throws(AssayError) {
      return try namesInFolder(folder)
    } catch  where error.code == .permission {
      closed.append((folder, EACCES))
      return []
    }
  }

  /// What a path leads to; nil where it leads nowhere, as a link to a file that is gone or a name that a pattern only
  /// supposed, or where it is closed, which is noted.
  private mutating func existing(_ path: String) throws(AssayError) -> Descriptor.Status? {
    switch status(of: path) {
    case .success(let status): return status
    case .failure(let failure) where [ENOENT, ENOTDIR, ELOOP].contains(failure.code): return nil
    case .failure(let failure) where failure.code == EACCES || failure.code == EPERM:
      closed.append((path, failure.code))
      return nil
    case .failure(let failure): throw systemError(failure.code, "The input cannot be read", path: path)
    }
  }

  /// Notes a path that leads nowhere, if it is a link: what is no link has gone meanwhile, or was only supposed.
  private mutating func noteLink(_ path: String) {
    guard isLink(path), !closed.contains(where: { $0.path == path }) else { return }
    leftOut.append(.init(path: path, reason: .danglingLink))
  }

  private func isLink(_ path: String) -> Bool {
    var status = stat()
    // Safe because lstat fills the structure that it is given.
    return unsafe lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
  }

  private func isPattern(_ text: String) -> Bool { text.utf8.contains { $0 == 0x2a || $0 == 0x3f || $0 == 0x5b } }

  private func joined(_ folder: String, _ name: String) -> String {
    folder.isEmpty || folder.hasSuffix("/") ? folder + name : folder + "/" + name
  }
}

/// The names in a folder (the working folder for an empty path), sorted, so that links that lead to the same place
/// lead there in the same order on every machine.
private func namesInFolder(_ path: String) throws(AssayError) -> [String] {
  let place = path.isEmpty ? "." : path
  // Safe because the stream is closed below on every way out, and each entry is copied before the next is read.
  guard let stream = unsafe opendir(place) else { throw systemError(errno, "The folder cannot be read", path: place) }
  defer { unsafe closedir(stream) }
  var names: [String] = []
  errno = 0
  while let entry = unsafe readdir(stream) {
    let bytes = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { name in
      unsafe Array(name.prefix { $0 != 0 })
    }
    guard let name = String(validating: bytes, as: UTF8.self) else {
      throw AssayError(
        .noInput, "A name in the folder is not UTF-8, so the file could not be named in the report: rename it.",
        at: .init(source: place), cause: printableText(bytes))
    }
    if name != "." && name != ".." { names.append(name) }
    errno = 0
  }
  if errno != 0 { throw systemError(errno, "The folder cannot be read", path: place) }
  return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
}
