internal import Glibc

/// A folder of its own for each test, gone with it.
public final class TemporaryFolder: Sendable {
  /// Where it is.
  public let path: String

  /// Makes it.
  public init() {
    var template = Array("/tmp/assay-test-XXXXXX".utf8CString)
    // Safe because mkdtemp changes the six letters at the end of the text and nothing else.
    precondition(unsafe mkdtemp(&template) != nil, "a folder can be made in /tmp")
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit { remove(path) }

  /// Where something of that name lies in it.
  public func path(_ name: String) -> String { "\(path)/\(name)" }

  /// Writes a file, making the folders that its name needs, and returns where it is.
  @discardableResult
  public func write(_ bytes: [UInt8], to name: String) -> String {
    let parts = name.split(separator: "/").dropLast()
    for count in 0..<parts.count { makeFolder(parts[...count].joined(separator: "/")) }
    let file = path(name)
    // Safe because path and bytes are alive during the calls, and the count is theirs.
    let descriptor = unsafe open(file, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    precondition(unsafe descriptor >= 0 && Glibc.write(descriptor, bytes, bytes.count) == bytes.count)
    close(descriptor)
    return file
  }

  /// Makes a folder in it.
  public func makeFolder(_ name: String) {
    // Safe because the path is alive during the call.
    _ = unsafe mkdir(path(name), 0o755)
  }

  /// The names in the folder, sorted.
  public var names: [String] { entries(path).sorted() }

  private func remove(_ place: String) {
    for name in entries(place) { remove("\(place)/\(name)") }
    // Safe because the path is alive during the call.
    if unsafe unlink(place) != 0 { _ = unsafe rmdir(place) }
  }

  private func entries(_ place: String) -> [String] {
    // Safe because the stream is closed at the end, and each entry is copied before the next is read.
    guard isFolder(place), let stream = unsafe opendir(place) else { return [] }
    defer { unsafe closedir(stream) }
    var names: [String] = []
    while let entry = unsafe readdir(stream) {
      let bytes = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { unsafe Array($0.prefix { $0 != 0 }) }
      let name = String(decoding: bytes, as: UTF8.self)
      if name != "." && name != ".." { names.append(name) }
    }
    return names
  }

  private func isFolder(_ place: String) -> Bool {
    var status = stat()
    // Safe because lstat fills the structure that it is given.
    return unsafe lstat(place, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }
}
