public import AssayModel
internal import Glibc

/// The whole of a small file: a list, settings, a profile.
///
/// - Parameters:
///   - path: Where it is.
///   - limit: Most bytes that it may have; 256 MiB is ten times the largest public list of addresses that we know of.
/// - Throws: `.noInput`, `.permission`, `.inputOutput`; `.unreadable` where it is larger.
/// - Complexity: O(size) time and memory.
public func readWholeFile(_ path: String, limit: Int = 256 << 20) throws(AssayError) -> [UInt8] {
  let file = try Descriptor(reading: path)
  let status = try file.status(path: path)
  if status.kind == .folder { throw systemError(EISDIR, "The folder cannot be read as a file", path: path) }
  var bytes: [UInt8] = []
  var room = status.kind == .file ? min(status.size, limit) + 1 : 1 << 16
  while true {
    let start = bytes.count
    bytes.append(contentsOf: repeatElement(0, count: room))
    var span = bytes.mutableSpan
    let count = file.read(into: &span, from: start)
    if count < 0 { throw systemError(Int32(-count), "The file cannot be read", path: path, offset: start) }
    bytes.removeLast(room - count)
    if bytes.count > limit {
      throw AssayError(
        .unreadable, "The file is larger than \(limit) bytes, which is the most that is read of a file like this.",
        at: .init(source: path))
    }
    if count == 0 { return bytes }
    room = max(1 << 16, min(bytes.count, limit - bytes.count + 1))
  }
}
