internal import AssayModel
internal import Glibc

/// Which file a path leads to, whatever it is called: equal for a file, its hard links and every link to it.
public struct FileIdentity: Sendable, Hashable {
  private var device: UInt
  private var inode: UInt
  /// The name in the folder that `device` and `inode` are, where the file does not exist yet.
  private var name: String?

  private init(_ status: Descriptor.Status, name: String? = nil) {
    (device, inode, self.name) = (status.device, status.inode, name)
  }

  /// The file that a path leads to; nil where there is none, or something that is no file.
  public init?(path: String) {
    guard case .success(let status) = status(of: path), status.kind == .file else { return nil }
    self.init(status)
  }

  /// The file that an `AtomicFile` of a path would replace or make; nil for what it writes directly (a device, a pipe),
  /// and where there is no folder to make it in.
  public init?(output path: String) {
    switch status(of: path) {
    case .success(let status):
      guard status.kind == .file else { return nil }
      self.init(status)
    case .failure:
      guard case .success(let folder) = status(of: folderOf(path)), folder.kind == .folder,
        let name = path.split(separator: "/").last
      else { return nil }
      self.init(folder, name: String(name))
    }
  }

  /// The file behind a descriptor of this process; nil where it is closed, or no file.
  private init?(descriptor number: Int32) {
    var status = stat()
    // Safe because fstat fills the structure that it is given.
    guard unsafe fstat(number, &status) == 0 else { return nil }
    let found = Descriptor.Status(status)
    guard found.kind == .file else { return nil }
    self.init(found)
  }

  /// The files that standard output and standard error were redirected to.
  public static var standardStreams: Set<FileIdentity> {
    Set([STDOUT_FILENO, STDERR_FILENO].compactMap { FileIdentity(descriptor: $0) })
  }

  /// The file that standard input was redirected from.
  fileprivate static var standardInput: FileIdentity? { FileIdentity(descriptor: STDIN_FILENO) }
}

extension InputFile {
  /// Which file it is; nil for a pipe and everything else that is none.
  public var identity: FileIdentity? { isStandardInput ? .standardInput : FileIdentity(path: path) }
}
