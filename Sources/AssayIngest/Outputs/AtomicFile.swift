public import AssayModel
internal import Glibc
internal import Synchronization

/// A file that appears whole or not at all: written beside its place, under a hidden name, and moved there when it is
/// complete and on the disk. Whoever reads it sees the old file or the new one; an interrupted run leaves the old.
///
/// A device, a pipe or `/dev/stdout` is written directly: there is nothing to move.
public struct AtomicFile: ~Copyable {
  /// Where the file is to appear.
  public let path: String

  private let descriptor: Descriptor
  /// Where it will be, links resolved.
  private let target: String
  /// Where it is meanwhile; nil where it is written directly, and after it was moved.
  private var unfinished: String?
  /// What is not written yet.
  private var buffer: [UInt8] = []

  /// Bytes gathered before they are written: as large as a chunk, so that system calls are rare.
  private static let bufferSize = 256 << 10

  /// Begins a file.
  ///
  /// - Parameter path: Where it is to appear. Its folder must exist; a file that is there is replaced, keeping its
  ///   permissions, and a link is followed.
  /// - Throws: `.inputOutput` where there is no such folder or the file system refuses, `.permission`.
  public init(path: String) throws(AssayError) {
    _ = closedPipesAreErrors
    self.path = path
    if let direct = try AtomicFile.openDirectly(path) {
      descriptor = direct
      target = path
      unfinished = nil
      return
    }
    let target = resolved(path)
    let aside = try AtomicFile.openAside(target)
    descriptor = Descriptor(owning: aside.number)
    unfinished = aside.path
    self.target = target
  }

  /// Where the file is until it is complete, for whoever writes it by its path; nil where it is written directly.
  public var pathMeanwhile: String? { unfinished }

  deinit {
    if let unfinished { AtomicFile.remove(unfinished) }
  }

  /// Adds bytes.
  ///
  /// - Throws: `.inputOutput` where they cannot be written: disk full, pipe closed.
  public mutating func write(_ bytes: Span<UInt8>) throws(AssayError) {
    if bytes.count >= AtomicFile.bufferSize {
      try flush()
      return try writeNow(bytes)
    }
    // Safe because the bytes are copied during the call.
    unsafe bytes.withUnsafeBufferPointer { unsafe buffer.append(contentsOf: $0) }
    if buffer.count >= AtomicFile.bufferSize { try flush() }
  }

  /// Adds a text.
  ///
  /// - Throws: `.inputOutput` where it cannot be written.
  public mutating func write(_ text: String) throws(AssayError) {
    buffer.append(contentsOf: text.utf8)
    if buffer.count >= AtomicFile.bufferSize { try flush() }
  }

  /// Completes the file: everything is on the disk and in its place when this returns, or it throws and nothing has
  /// changed.
  ///
  /// - Throws: `.inputOutput`, `.permission`.
  public consuming func commit() throws(AssayError) {
    try flush()
    guard let unfinished else { return }
    if case .success(let old) = status(of: target), fchmod(descriptor.number, old.mode) != 0 {
      throw systemError(errno, "The permissions of the output cannot be set", path: path)
    }
    if fsync(descriptor.number) != 0 { throw systemError(errno, "The output cannot be written to disk", path: path) }
    // Safe because both paths are texts of ours, alive during the call.
    if unsafe rename(unfinished, target) != 0 {
      throw systemError(errno, "The output cannot be moved to its place", path: path)
    }
    AtomicFile.forget(unfinished)
    self.unfinished = nil
    // The name is on the disk only when its folder is. A folder that cannot be opened (no right to list it) is no
    // reason to fail: the file is whole.
    if let folder = try? Descriptor(reading: folderOf(target)) { _ = fsync(folder.number) }
  }

  private mutating func flush() throws(AssayError) {
    if buffer.isEmpty { return }
    try writeNow(buffer.span)
    buffer.removeAll(keepingCapacity: true)
  }

  private borrowing func writeNow(_ bytes: Span<UInt8>) throws(AssayError) {
    let code = descriptor.write(bytes)
    if code != 0 { throw systemError(code, "The output cannot be written", path: path) }
  }
}

extension AtomicFile {
  /// What is written as it comes: a standard stream under its name, and whatever is there and is no file.
  private static func openDirectly(_ path: String) throws(AssayError) -> Descriptor? {
    // Opened anew, a file behind a standard stream would be written from its start.
    if path == "/dev/stdout" { return try Descriptor(duplicating: STDOUT_FILENO, path: path) }
    if path == "/dev/stderr" { return try Descriptor(duplicating: STDERR_FILENO, path: path) }
    guard isDirect(path) else { return nil }
    return try Descriptor(opening: path, flags: O_WRONLY | O_CLOEXEC, "The output cannot be opened")
  }

  /// Whether something stands at a path that is no file, and would be written as it comes: a device, a pipe. To be asked
  /// by whoever needs a file, since a pipe without a reader cannot even be opened without waiting.
  public static func isDirect(_ path: String) -> Bool {
    guard case .success(let status) = status(of: path) else { return false }
    return status.kind != .file
  }

  /// A new, hidden file in the same folder, with the permissions that any new file gets.
  private static func openAside(_ target: String) throws(AssayError) -> (number: Int32, path: String) {
    let folder = folderOf(target)
    let name = target.split(separator: "/").last.map(String.init) ?? target
    var attempt = 0
    while true {
      let path = "\(folder)/.\(name).unfinished-\(getpid())-\(attempt)"
      // Safe because the path is a text of ours, alive during the call.
      let number = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      if number >= 0 {
        unfinishedFiles.withLock { $0.append(path) }
        return (number, path)
      }
      if errno != EEXIST && errno != EINTR {
        var error = systemError(errno, "The output cannot be created", path: target)
        // What is missing is no input.
        if error.code == .noInput { error.code = .inputOutput }
        throw error
      }
      attempt += 1
    }
  }

  /// Removes what unfinished files there are: to be called when a person interrupts the run, from an ordinary thread
  /// (a signal source) or at exit. It never waits: a file that is being begun or ended at this very moment stays.
  public static func removeUnfinished() {
    _ = unfinishedFiles.withLockIfAvailable { paths in
      // Safe because the paths are texts of ours, alive during the calls.
      for path in paths { _ = unsafe unlink(path) }
      paths.removeAll()
    }
  }

  private static func remove(_ path: String) {
    // Safe because the path is a text of ours, alive during the call.
    _ = unsafe unlink(path)
    forget(path)
  }

  private static func forget(_ path: String) {
    unfinishedFiles.withLock { $0.removeAll { $0 == path } }
  }
}

/// Paths of all files that were begun and neither completed nor given up.
private let unfinishedFiles = Mutex<[String]>([])

/// The folder that a path is in.
func folderOf(_ path: String) -> String {
  guard let slash = path.utf8.lastIndex(of: 0x2f) else { return "." }
  return slash == path.startIndex ? "/" : String(path[..<slash])
}

/// The path with its links followed, as far as it exists.
private func resolved(_ path: String) -> String {
  // Safe because realpath allocates the text that it returns, and it is freed once it is copied.
  guard let text = unsafe realpath(path, nil) else { return path }
  defer { unsafe free(text) }
  return unsafe String(validatingCString: text) ?? path
}
