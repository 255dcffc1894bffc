internal import Glibc

/// The signal that a terminal sends when it is closed.
public enum HangUp {
  /// Whether whoever started the process wants it to outlive its terminal, as `nohup` does.
  public static var isIgnored: Bool {
    var action = sigaction()
    // Safe because sigaction fills the structure that it is given, and no handler is called but compared.
    return unsafe sigaction(SIGHUP, nil, &action) == 0
      && unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
  }
}
