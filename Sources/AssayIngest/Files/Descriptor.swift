internal import AssayModel
internal import Glibc

/// An open file: closed when its owner goes. Every call that a signal interrupts is taken up again.
struct Descriptor: ~Copyable {
  /// The system's number of it.
  let number: Int32

  /// What a file is, and which one.
  struct Status: Equatable {
    enum Kind { case file, folder, stream }
    var kind: Kind
    /// Bytes; what a stream says of its size means nothing.
    var size: Int
    /// Nanoseconds since 1970 of the last change of the content.
    var modified: Int
    var device: UInt
    var inode: UInt
    /// Permission bits.
    var mode: mode_t

    init(_ status: stat) {
      kind =
        switch status.st_mode & S_IFMT {
        case S_IFREG: .file
        case S_IFDIR: .folder
        default: .stream
        }
      size = Int(status.st_size)
      modified = Int(status.st_mtim.tv_sec) &* 1_000_000_000 &+ Int(status.st_mtim.tv_nsec)
      device = UInt(status.st_dev)
      inode = UInt(status.st_ino)
      mode = status.st_mode & 0o7777
    }
  }

  /// Takes over an open descriptor.
  init(owning number: Int32) { self.number = number }

  /// Opens a file to read.
  init(reading path: String) throws(AssayError) {
    try self.init(opening: path, flags: O_RDONLY | O_CLOEXEC, "The file cannot be opened")
  }

  /// Opens a file to read. A named pipe that nobody writes to would hold the other way up for ever; this one opens it.
  init(readingWithoutWaiting path: String) throws(AssayError) {
    try self.init(opening: path, flags: O_RDONLY | O_CLOEXEC | O_NONBLOCK, "The file cannot be opened")
  }

  /// Opens a file.
  init(opening path: String, flags: Int32, mode: mode_t = 0, _ action: String) throws(AssayError) {
    // Safe because the path is a text of ours, alive during the call.
    number = retried { unsafe open(path, flags, mode) }
    if number < 0 { throw systemError(errno, action, path: path) }
  }

  /// Another descriptor of the same open file, for standard input and output.
  init(duplicating original: Int32, path: String) throws(AssayError) {
    number = fcntl(original, F_DUPFD_CLOEXEC, 3)
    if number < 0 { throw systemError(errno, "The stream cannot be opened", path: path) }
  }

  deinit { _ = close(number) }

  /// What the open file is.
  func status(path: String) throws(AssayError) -> Status {
    var status = stat()
    // Safe because fstat fills the structure that it is given.
    if unsafe fstat(number, &status) != 0 {
      throw systemError(errno, "The file cannot be examined", path: path)
    }
    return Status(status)
  }

  /// Reads once into `bytes[start...]`: how many came, 0 at the end, or the negative error number.
  func read(into bytes: inout MutableSpan<UInt8>, from start: Int) -> Int {
    // Safe because the system writes at most as many bytes as the rest of the span holds.
    unsafe bytes.withUnsafeMutableBytes { buffer in
      let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[start...])
      let count = retried { unsafe Glibc.read(number, rest.baseAddress, rest.count) }
      return count < 0 ? -Int(errno) : count
    }
  }

  /// Waits until a stream has something to read, or has ended: false where it was told to stop before.
  func waitForInput(until isStopped: () -> Bool) -> Bool {
    while !isStopped() {
      var waiting = pollfd(fd: number, events: Int16(POLLIN), revents: 0)
      // Safe because one structure is given and one is announced.
      let count = unsafe poll(&waiting, 1, Descriptor.pollMilliseconds)
      // What poll cannot say, the read will.
      if count > 0 || count < 0 && errno != EINTR { return true }
    }
    return false
  }

  /// How long a wait may overlook that it was told to stop: less than a person notices.
  private static let pollMilliseconds: Int32 = 100

  /// Reads at a place into `bytes[start...]`: how many came, 0 at the end, or the negative error number.
  func read(into bytes: inout MutableSpan<UInt8>, from start: Int, at offset: Int) -> Int {
    // Safe because the system writes at most as many bytes as the rest of the span holds.
    unsafe bytes.withUnsafeMutableBytes { buffer in
      let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[start...])
      let count = retried { unsafe pread(number, rest.baseAddress, rest.count, offset) }
      return count < 0 ? -Int(errno) : count
    }
  }

  /// Writes all of some bytes. Returns 0, or the error number.
  func write(_ bytes: Span<UInt8>) -> Int32 { writeAll(bytes, to: number) }
}

/// What a path leads to, or the error number.
func status(of path: String) -> Result<Descriptor.Status, SystemFailure> {
  var result = stat()
  // Safe because stat fills the structure that it is given.
  let outcome = unsafe stat(path, &result)
  return outcome == 0 ? .success(Descriptor.Status(result)) : .failure(SystemFailure(code: errno))
}

/// An error number on its way to a sentence.
struct SystemFailure: Error {
  var code: Int32
}

/// Writes all of some bytes to a descriptor that somebody else owns; waits where it would block. Returns 0, or the
/// error number.
func writeAll(_ bytes: Span<UInt8>, to number: Int32) -> Int32 {
  var written = 0
  while written < bytes.count {
    // Safe because the system reads no more bytes than the rest of the span holds.
    let count = unsafe bytes.withUnsafeBytes { buffer in
      unsafe write(number, buffer.baseAddress?.advanced(by: written), buffer.count - written)
    }
    if count >= 0 {
      written += count
    } else if errno == EAGAIN {
      var waiting = pollfd(fd: number, events: Int16(POLLOUT), revents: 0)
      // Safe because one structure is given and one is announced.
      _ = unsafe poll(&waiting, 1, -1)
    } else if errno != EINTR {
      return errno
    }
  }
  return 0
}

/// Calls again as long as a signal interrupts.
private func retried<Number: SignedInteger>(_ call: () -> Number) -> Number {
  while true {
    let result = call()
    if result >= 0 || errno != EINTR { return result }
  }
}
