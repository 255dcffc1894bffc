public import AssayModel
internal import Glibc

/// Finds the files that a person means.
public enum InputFiles {
  /// The files behind some arguments: a file, a folder (with all folders in it), a pattern or `-`.
  ///
  /// In a folder, hidden files and folders and whatever is neither file nor folder (pipes, devices) are passed over.
  /// A path that exists is taken as it is, even if it looks like a pattern. In a pattern, `*`, `?` and `[…]` stand
  /// for parts of one name, `**` for any number of folders.
  ///
  /// - Returns: The files in byte order of their paths, whatever the order of the arguments. A file that is reached
  ///   twice (also by a link) is there once, by the first of its paths.
  /// - Throws: `.noInput` where an argument leads to no file, `.permission` where one may not be read.
  /// - Complexity: O(entries of the folders) time and memory.
  public static func find(_ arguments: [String]) throws(AssayError) -> [InputFile] {
    var search = FileSearch()
    for argument in arguments { try search.add(argument) }
    if arguments.isEmpty { throw AssayError(.noInput, "No input is named: give files, folders, patterns or -.") }
    return try search.result()
  }
}

/// One search: what was found so far.
private struct FileSearch {
  private var paths: [String] = []
  private var standardInput = false
  /// Folders on whose content this argument has been, so that links cannot lead round in a circle.
  private var visited: Set<Identity> = []

  private struct Identity: Hashable {
    var device: UInt
    var inode: UInt

    init(_ status: Descriptor.Status) { (device, inode) = (status.device, status.inode) }
  }

  mutating func add(_ argument: String) throws(AssayError) {
    if argument == "-" {
      standardInput = true
      return
    }
    let before = paths.count
    visited.removeAll()
    switch status(of: argument) {
    case .success(let status):
      try take(argument, status)
      if paths.count == before {
        throw AssayError(.noInput, "The folder holds no files.", at: .init(source: argument))
      }
    case .failure(let failure):
      guard failure.code == ENOENT || failure.code == ENOTDIR, isPattern(argument) else {
        throw systemError(failure.code, "The input cannot be read", path: argument)
      }
      let names = argument.split(separator: "/", omittingEmptySubsequences: true).map(String.init)
      try match(names[...], in: argument.hasPrefix("/") ? "/" : "")
      if paths.count == before {
        throw AssayError(
          .noInput, "No file fits the pattern: check it, and quote it so that the shell leaves it alone.",
          at: .init(source: argument))
      }
    }
  }

  /// All files, each once, checked for being readable.
  func result() throws(AssayError) -> [InputFile] {
    var files: [InputFile] = standardInput ? [.standardInput] : []
    var seen: Set<Identity> = []
    for path in paths.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
      guard let status = try existing(path), seen.insert(Identity(status)).inserted else { continue }
      // Safe because the path is a text of ours, alive during the call.
      if unsafe access(path, R_OK) != 0 { throw systemError(errno, "The input cannot be read", path: path) }
      files.append(InputFile(path: path))
    }
    return files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
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
      for name in try namesInFolder(folder) where !name.hasPrefix(".") {
        let path = joined(folder, name)
        guard let entry = try existing(path) else { continue }
        switch entry.kind {
        case .file: paths.append(path)
        case .folder: folders.append((path, entry))
        case .stream: break
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
      for child in try namesInFolder(folder) where !child.hasPrefix(".") {
        let path = joined(folder, child)
        // A link to a folder is not followed: it could lead back up, and round for ever.
        if !isLink(path), let entry = try existing(path), entry.kind == .folder {
          try match(names, in: path)
        }
      }
    } else if isPattern(name) {
      // Safe because both texts are ours, alive during the call.
      for child in try namesInFolder(folder) where unsafe fnmatch(name, child, FNM_PERIOD) == 0 {
        try follow(joined(folder, child), rest)
      }
    } else {
      try follow(joined(folder, name), rest)
    }
  }

  private mutating func follow(_ path: String, _ rest: ArraySlice<String>) throws(AssayError) {
    guard let entry = try existing(path) else { return }
    if rest.isEmpty {
      try take(path, entry)
    } else if entry.kind == .folder {
      try match(rest, in: path)
    }
  }

  /// What a path leads to; nil where it leads nowhere, as a link to a file that is gone or a name that a pattern only
  /// supposed.
  private func existing(_ path: String) throws(AssayError) -> Descriptor.Status? {
    switch status(of: path) {
    case .success(let status): return status
    case .failure(let failure) where [ENOENT, ENOTDIR, ELOOP].contains(failure.code): return nil
    case .failure(let failure): throw systemError(failure.code, "The input cannot be read", path: path)
    }
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
