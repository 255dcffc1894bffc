public import AssayModel

/// One source of bytes: a file, or standard input.
public struct InputFile: Sendable, Equatable {
  /// Where it is; `-` for standard input.
  public var path: String
  /// Whether it is standard input.
  public var isStandardInput: Bool

  /// A file at a path.
  public init(path: String, isStandardInput: Bool = false) {
    self.path = path
    self.isStandardInput = isStandardInput
  }

  /// Standard input.
  public static let standardInput = InputFile(path: "-", isStandardInput: true)
}

extension InputFile {
  /// Bytes of the file as it lies there; 0 where nobody can say (standard input, a pipe).
  public var size: Int {
    guard !isStandardInput, case .success(let status) = status(of: path), status.kind == .file else { return 0 }
    return status.size
  }
}

extension InputFile {
  /// The first bytes of what the file holds once it is decompressed, at most `count` of them. Standard input and pipes
  /// have none: what is taken from them is gone.
  ///
  /// - Throws: `.noInput`, `.permission`, `.inputOutput`.
  /// - Complexity: O(`count`), and one block of bzip2.
  public func beginning(_ count: Int) throws(AssayError) -> [UInt8] {
    guard !isStandardInput, FileIdentity(path: path) != nil else { return [] }
    var file = try DecodedFile(
      self, source: 0, limits: ReadLimits(), hashing: false, gzip: .isal, isStopped: { false })
    var bytes = [UInt8](repeating: 0, count: count)
    var filled = 0
    while filled < count {
      var span = bytes.mutableSpan
      let came = try file.read(into: &span, from: filled)
      if came == 0 { break }
      filled += came
    }
    bytes.removeLast(count - filled)
    return bytes
  }
}
