public import AssayModel
internal import Glibc

/// Standard output: where data goes.
public enum StandardOutput {
  /// Writes all of some bytes, at once and in one piece as far as the system does.
  ///
  /// - Returns: false where nobody reads any more, as after `| head`: a good reason to stop, and no failure.
  /// - Throws: `.inputOutput` where they cannot be written: disk full, hardware.
  public static func write(_ bytes: Span<UInt8>) throws(AssayError) -> Bool {
    try writeToStream(bytes, STDOUT_FILENO, name: "standard output")
  }

  /// Writes a text.
  public static func write(_ text: String) throws(AssayError) -> Bool {
    try write(Array(text.utf8).span)
  }
}

/// Standard error: where progress and messages go.
public enum StandardError {
  /// Writes all of some bytes, as `StandardOutput.write` does.
  @discardableResult
  public static func write(_ bytes: Span<UInt8>) throws(AssayError) -> Bool {
    try writeToStream(bytes, STDERR_FILENO, name: "standard error")
  }

  /// Writes a text.
  @discardableResult
  public static func write(_ text: String) throws(AssayError) -> Bool {
    try write(Array(text.utf8).span)
  }
}

func writeToStream(_ bytes: Span<UInt8>, _ number: Int32, name: String) throws(AssayError) -> Bool {
  _ = closedPipesAreErrors
  switch writeAll(bytes, to: number) {
  case 0: return true
  case EPIPE: return false
  case let code: throw systemError(code, "The output cannot be written", path: name)
  }
}
