/// The run cannot go on: what is wrong, where, why, and what to do. (An odd record is an `Issue`, not an error.)
///
/// Two errors are equal when their codes are: the text may be improved without breaking a test.
public struct AssayError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What kind of failure; also decides the exit code.
  public struct Code: Sendable, Hashable {
    enum Kind: Hashable {
      case failed, unknown, usage, unreadable, noInput, inputOutput, permission, settings, interrupted
    }
    let kind: Kind

    /// Something failed that none of the other codes names. Exit code 1.
    public static let failed = Code(kind: .failed)
    /// What was asked for is not among the results. Exit code 3.
    public static let unknown = Code(kind: .unknown)
    /// The command line is wrong. Exit code 64.
    public static let usage = Code(kind: .usage)
    /// Too much of the input cannot be read as what it should be. Exit code 65.
    public static let unreadable = Code(kind: .unreadable)
    /// An input does not exist or is empty of files. Exit code 66.
    public static let noInput = Code(kind: .noInput)
    /// Reading or writing failed: disk full, pipe closed, hardware. Exit code 74.
    public static let inputOutput = Code(kind: .inputOutput)
    /// Not allowed. Exit code 77.
    public static let permission = Code(kind: .permission)
    /// Settings, a profile or a list is wrong. Exit code 78.
    public static let settings = Code(kind: .settings)
    /// The person stopped it. Exit code 130.
    public static let interrupted = Code(kind: .interrupted)

    /// The exit code of the process (sysexits.h where it has one; design.md §5).
    public var exitCode: Int32 {
      switch kind {
      case .failed: 1
      case .unknown: 3
      case .usage: 64
      case .unreadable: 65
      case .noInput: 66
      case .inputOutput: 74
      case .permission: 77
      case .settings: 78
      case .interrupted: 130
      }
    }
  }

  /// Where it went wrong.
  public struct Location: Sendable {
    /// File, or `-` for standard input.
    public var source: String
    /// Line, from 1.
    public var line: Int?
    /// Column, from 1.
    public var column: Int?
    /// Byte, from 0.
    public var offset: Int?

    /// A place in a source.
    public init(source: String, line: Int? = nil, column: Int? = nil, offset: Int? = nil) {
      self.source = source
      self.line = line
      self.column = column
      self.offset = offset
    }
  }

  /// What kind of failure.
  public var code: Code
  /// A sentence: what is wrong and what to do.
  public var message: String
  /// Where, if anywhere.
  public var location: Location?
  /// What the system said, if it did.
  public var cause: String?

  /// An error from its parts.
  public init(_ code: Code, _ message: String, at location: Location? = nil, cause: String? = nil) {
    self.code = code
    self.message = message
    self.location = location
    self.cause = cause
  }

  /// Equal codes.
  public static func == (left: AssayError, right: AssayError) -> Bool { left.code == right.code }

  /// `file:line:column: message (cause)`, in which nothing can act on a terminal: names and words in it may come from
  /// whoever wrote the input.
  public var description: String {
    var text = ""
    if let location {
      text += printableText(location.source.utf8)
      if let line = location.line { text += ":\(line)" }
      if let column = location.column { text += ":\(column)" }
      if let offset = location.offset, location.line == nil { text += " at byte \(offset)" }
      text += ": "
    }
    text += printableLines(message)
    if let cause { text += " (\(printableText(cause.utf8)))" }
    return text
  }
}
