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
