internal import Glibc

/// Whether writing to a pipe that nobody reads is an error number rather than the end of the process: set once, for
/// the whole process, before the first output is written.
let closedPipesAreErrors: Bool = {
  signal(SIGPIPE, SIG_IGN)
  return true
}()
