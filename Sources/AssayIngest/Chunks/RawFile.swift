internal import AssayModel
internal import Glibc

/// The bytes of a source as they lie there, from the first to the last: counted, hashed, and watched for changes.
struct RawFile: ~Copyable {
  /// What the errors call it.
  let path: String
  /// Bytes read so far.
  private(set) var count = 0
  /// Size when it was opened; nil for a stream.
  let size: Int?
  /// SHA-256 of the whole file once it has been read to its end; empty before, and where it is not hashed.
  private(set) var sha256 = ""

  private let descriptor: Descriptor
  private let opened: Descriptor.Status
  private let isStopped: @Sendable () -> Bool
  private var hash: SHA256Hash?

  /// Opens a source. A stream (standard input, a pipe) is not hashed: there is no file whose hash it could be.
  ///
  /// - Parameter isStopped: Whether a stream is to be taken as ended; asked again and again while it gives nothing.
  init(_ file: InputFile, hashing: Bool, isStopped: @escaping @Sendable () -> Bool) throws(AssayError) {
    let descriptor = try RawFile.open(file)
    let opened = try descriptor.status(path: file.path)
    if opened.kind == .folder { throw systemError(EISDIR, "The folder cannot be read as a file", path: file.path) }
    self.descriptor = descriptor
    self.opened = opened
    self.isStopped = isStopped
    path = file.path
    size = opened.kind == .file ? opened.size : nil
    hash = hashing && opened.kind == .file && !file.isStandardInput ? SHA256Hash() : nil
  }

  private static func open(_ file: InputFile) throws(AssayError) -> Descriptor {
    if file.isStandardInput { return try Descriptor(duplicating: STDIN_FILENO, path: file.path) }
    return try Descriptor(readingWithoutWaiting: file.path)
  }

  /// Reads on into `bytes[start...]`: how many came, 0 only at the end.
  mutating func read(into bytes: inout MutableSpan<UInt8>, from start: Int) throws(AssayError) -> Int {
    if size == nil && !descriptor.waitForInput(until: isStopped) { return 0 }
    let read = descriptor.read(into: &bytes, from: start)
    if read < 0 { throw systemError(Int32(-read), "The input cannot be read on", path: path, offset: count) }
    count += read
    if hash != nil {
      if read > 0 {
        hash?.update(bytes.span.extracting(start..<start + read))
      } else {
        sha256 = hash.take()?.hexadecimal() ?? ""
      }
    }
    return read
  }

  /// Whether it is still hashed: then even what is of no further use must be read.
  var isHashing: Bool { hash != nil }

  /// Whether the file was written to since it was opened.
  func hasChanged() throws(AssayError) -> Bool {
    if opened.kind != .file { return false }
    let now = try descriptor.status(path: path)
    return now.size != opened.size || now.modified != opened.modified
  }
}
