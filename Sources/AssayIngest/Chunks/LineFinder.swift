public import AssayModel
internal import Glibc

/// Lines again, for evidence: what a log said at the places that an audit names.
public enum LineFinder {
  /// The lines that start at some offsets of a decompressed source, without their newlines.
  ///
  /// - Parameters:
  ///   - file: The source; standard input and pipes cannot be read again, so all of theirs are nil.
  ///   - offsets: Ascending.
  ///   - longest: Bytes of a line that are given at most; the rest of a longer one is cut off.
  /// - Returns: One element for each offset: nil where no line starts there, as after the file was changed.
  /// - Throws: `.noInput`, `.permission`, `.inputOutput`.
  /// - Complexity: plain files: O(bytes of the lines); compressed ones: O(bytes up to the last line).
  public static func lines(
    of file: InputFile, at offsets: [Int], longest: Int = 65_536
  ) throws(AssayError) -> [[UInt8]?] {
    if file.isStandardInput { return Array(repeating: nil, count: offsets.count) }
    let descriptor = try Descriptor(readingWithoutWaiting: file.path)
    switch try descriptor.status(path: file.path).kind {
    case .folder: throw systemError(EISDIR, "The folder cannot be read as a file", path: file.path)
    case .stream: return Array(repeating: nil, count: offsets.count)
    case .file: break
    }
    var start = [UInt8](repeating: 0, count: Compression.bytesToTell)
    let count = try LineFinder.read(descriptor, file.path, into: &start, at: 0)
    if Compression.detect(start.span.extracting(first: count)) != .plain {
      return try decompressedLines(of: file, at: offsets, longest: longest)
    }
    let mark = start.starts(with: [0xef, 0xbb, 0xbf]) ? 3 : 0
    var lines: [[UInt8]?] = []
    for offset in offsets {
      lines.append(try line(of: descriptor, file.path, at: offset, isFirst: offset == mark, longest: longest))
    }
    return lines
  }

  /// One line of a plain file: the byte before it and 1 KiB, then as much more as it needs.
  private static func line(
    of file: borrowing Descriptor, _ path: String, at offset: Int, isFirst: Bool, longest: Int
  ) throws(AssayError) -> [UInt8]? {
    guard offset >= 0 else { return nil }
    let before = isFirst ? 0 : 1
    guard offset >= before else { return nil }
    var size = 1_024
    while true {
      size = min(size, longest + before)
      var bytes = [UInt8](repeating: 0, count: size)
      let count = try read(file, path, into: &bytes, at: offset - before)
      guard count > before, isFirst || bytes[0] == newline else { return nil }
      let line = bytes[before..<count]
      if let end = line.firstIndex(of: newline) { return Array(line[..<end]) }
      if count < size || size == longest + before { return Array(line) }
      size *= 8
    }
  }

  /// Fills as much as the file has at a place.
  private static func read(
    _ file: borrowing Descriptor, _ path: String, into bytes: inout [UInt8], at offset: Int
  ) throws(AssayError) -> Int {
    var span = bytes.mutableSpan
    var count = 0
    while count < span.count {
      let read = file.read(into: &span, from: count, at: offset + count)
      if read < 0 { throw systemError(Int32(-read), "The input cannot be read", path: path, offset: offset + count) }
      if read == 0 { break }
      count += read
    }
    return count
  }

  /// Lines of a compressed file, in one pass that ends with the last of them.
  private static func decompressedLines(
    of file: InputFile, at offsets: [Int], longest: Int
  ) throws(AssayError) -> [[UInt8]?] {
    var lines: [[UInt8]?] = []
    var reader = try ChunkReader(file, source: 0, hashing: false)
    var chunk = Chunk()
    while lines.count < offsets.count, try reader.next(into: &chunk) {
      while lines.count < offsets.count {
        let start = offsets[lines.count] - chunk.offset
        if start >= chunk.bytes.count { break }
        if start < 0 || start > 0 && chunk.bytes[start - 1] != newline {
          lines.append(nil)
        } else {
          let rest = chunk.bytes[start...]
          lines.append(Array(rest[..<(rest.firstIndex(of: newline) ?? rest.endIndex)].prefix(longest)))
        }
      }
    }
    return lines + Array(repeating: nil, count: offsets.count - lines.count)
  }

  private static let newline: UInt8 = 0x0a
}
