/// What some files are that are handed in as logs and cannot be read as one as they are: told by their first bytes,
/// whatever they are called.
public struct ForeignContent: Sendable, Equatable {
  /// Dotted name of the issue: `input.archive`, `input.compressed`, `input.binary`, `input.bare-carriage-returns`.
  public var issue: String
  /// What it is, as the end of a sentence: `a tar archive`.
  public var title: String
  /// What to do, as a clause.
  public var advice: String

  /// How many bytes from the start tell.
  public static let bytesToTell = 265

  /// Tells by the first bytes of a file, decompressed if it was compressed; nil where they are of nothing known here.
  ///
  /// - Parameters:
  ///   - bytes: from the start of the file, as many as are at hand; for bare carriage returns, its whole lines.
  ///   - compression: how the file was compressed around these bytes.
  /// - Complexity: O(n) where there is no newline, else O(1).
  public static func tell(_ bytes: Span<UInt8>, in compression: Compression) -> ForeignContent? {
    for (signature, content) in table where signature.stands(in: bytes) { return content }
    let inner = Compression.detect(bytes.extracting(first: min(bytes.count, Compression.bytesToTell)))
    if inner != .plain { return again(inner, in: compression) }
    return endsLinesWithReturns(bytes) ? bareReturns : nil
  }

  /// Whether there are carriage returns where newlines should be, in what looks like text.
  private static func endsLinesWithReturns(_ bytes: Span<UInt8>) -> Bool {
    var hasReturns = false
    for index in bytes.indices {
      if bytes[index] == 0x0a || bytes[index] == 0 { return false }
      if bytes[index] == 0x0d, index + 1 < bytes.count { hasReturns = true }
    }
    return hasReturns
  }

  private static let bareReturns = ForeignContent(
    issue: "input.bare-carriage-returns",
    title: "a text whose lines end with a carriage return alone, as on the classic Mac",
    advice: #"make them newlines (tr '\r' '\n' < FILE | assay audit -)"#)

  private static func again(_ inner: Compression, in outer: Compression) -> ForeignContent {
    let title =
      inner == outer
      ? "\(inner.rawValue) data that was compressed with \(outer.rawValue) once more"
      : "\(inner.rawValue) data inside \(outer.rawValue) data"
    return ForeignContent(
      issue: "input.compressed", title: title,
      advice: "unpack it once (\(outer.unpacking) FILE | assay audit -)")
  }
}

extension Compression {
  /// The program that unpacks it to standard output.
  var unpacking: String {
    switch self {
    case .plain: "cat"
    case .gzip: "gzip -dc"
    case .zstd: "zstd -dc"
    case .bzip2: "bzip2 -dc"
    case .xz: "xz -dc"
    }
  }
}

/// Bytes at a place that no text has there.
private struct Signature {
  var offset = 0
  var bytes: [UInt8]

  func stands(in content: Span<UInt8>) -> Bool {
    guard content.count >= offset + bytes.count else { return false }
    return bytes.indices.allSatisfy { content[offset + $0] == bytes[$0] }
  }

  static func text(_ text: String, then bytes: UInt8..., at offset: Int = 0) -> Signature {
    Signature(offset: offset, bytes: Array(text.utf8) + bytes)
  }

  static func bytes(_ bytes: UInt8...) -> Signature { Signature(bytes: bytes) }
}

extension ForeignContent {
  /// Signatures as the formats define them. Each has a byte that is no text, so that no log can begin with one; but for
  /// the journal's, eight letters that mean nothing.
  private static let table: [(Signature, ForeignContent)] = [
    // POSIX.1-1988 (ustar, pax), and as GNU tar writes it.
    (.text("ustar", then: 0, 0x30, 0x30, at: 257), tar), (.text("ustar  ", then: 0, at: 257), tar),
    // APPNOTE.TXT §4.3.7; §4.3.16 for one without files.
    (.text("PK", then: 3, 4), zip), (.text("PK", then: 5, 6), zip),
    (.bytes(0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c), archive("a 7z archive", "7z x -so FILE")),
    (.text("Rar!", then: 0x1a, 0x07), archive("a RAR archive", "unrar p -inul FILE")),
    (.bytes(0x04, 0x22, 0x4d, 0x18), packed("lz4", "lz4 -dc")), (.bytes(0x1f, 0x9d), packed("compress (.Z)", "zcat")),
    (.text("LZIP", then: 1), packed("lzip", "lzip -dc")),
    (
      .text("LPKSHHRH"),
      binary("a journal of systemd", "print its messages (journalctl --file FILE -o cat | assay audit -)")
    ),
    (
      .text("ElfFile", then: 0),
      binary("an event log of Windows", "give the text logs of the web server, as IIS keeps them beside it")
    ),
    (.bytes(0xd4, 0xc3, 0xb2, 0xa1), capture), (.bytes(0xa1, 0xb2, 0xc3, 0xd4), capture),
    (.bytes(0x4d, 0x3c, 0xb2, 0xa1), capture), (.bytes(0xa1, 0xb2, 0x3c, 0x4d), capture),
    (
      .text("SQLite format 3", then: 0),
      binary("an SQLite database", "if it is the results of an audit, see assay report and assay explain")
    ),
    (.text("PAR1", then: 0x15), binary("a Parquet file", "write its rows as CSV or JSON Lines first")),
  ]

  private static let tar = archive("a tar archive", "tar -xOf FILE")
  private static let zip = archive("a ZIP archive, or a document that is one inside", "unzip -p FILE")
  private static let capture = binary("a capture of network packets", "give the log of the server instead")

  private static func archive(_ title: String, _ command: String) -> ForeignContent {
    ForeignContent(
      issue: "input.archive", title: title, advice: "unpack it, or hand over what is in it (\(command) | assay audit -)"
    )
  }

  private static func packed(_ name: String, _ command: String) -> ForeignContent {
    ForeignContent(
      issue: "input.compressed", title: "\(name) data, which is not unpacked here",
      advice: "unpack it first (\(command) FILE | assay audit -)")
  }

  private static func binary(_ title: String, _ advice: String) -> ForeignContent {
    ForeignContent(issue: "input.binary", title: title, advice: advice)
  }
}
