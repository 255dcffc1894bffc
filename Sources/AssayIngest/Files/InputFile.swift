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
