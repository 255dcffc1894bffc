internal import AssayIngest
public import AssayModel

/// Standard output and standard error, for programs on top of the facade.
public enum Streams {
  /// Writes to standard output.
  ///
  /// - Returns: false where nobody reads any more, which is no error.
  /// - Throws: `inputOutput` where it cannot be written (a full disk behind a redirection).
  @discardableResult
  public static func writeOutput(_ text: String) throws(AssayError) -> Bool { try StandardOutput.write(text) }

  /// Writes to standard error; nothing is to be done where that fails.
  public static func writeError(_ text: String) { _ = try? StandardError.write(text) }

  /// Whether standard output is a terminal.
  public static var outputIsTerminal: Bool { Terminal.isOutput }

  /// Whether standard error is a terminal.
  public static var errorIsTerminal: Bool { Terminal.isError }

  /// Columns of the terminal behind standard output, where there is one.
  public static var columns: Int? { Terminal.columns }

  /// Whether the process is to outlive its terminal (`nohup`).
  public static var hangUpIsIgnored: Bool { HangUp.isIgnored }

  /// Removes the files that are being written, before the process ends in the middle of a run.
  public static func removeUnfinishedFiles() { AtomicFile.removeUnfinished() }
}
