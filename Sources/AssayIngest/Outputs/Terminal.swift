internal import Glibc

/// The terminal behind a standard stream.
public enum Terminal {
  /// Whether standard output is one.
  public static var isOutput: Bool { isatty(STDOUT_FILENO) == 1 }

  /// Whether standard error is one.
  public static var isError: Bool { isatty(STDERR_FILENO) == 1 }

  /// Columns of the terminal behind standard output; nil where there is none, or it does not say.
  public static var columns: Int? {
    var size = winsize()
    // Safe because the call fills the structure that its request number names.
    guard unsafe ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }
}
