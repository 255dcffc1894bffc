internal import Assay
internal import Dispatch
internal import Glibc

/// Ctrl-C: the first one stops reading and lets the report be finished, the second one ends the process, leaving no
/// unfinished file.
final class InterruptHandler {
  private let sources: [any DispatchSourceSignal]

  /// Listens for SIGINT and SIGTERM on behalf of a run.
  init(_ progress: RunProgress) {
    sources = [SIGINT, SIGTERM].map { number in
      _ = signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global(qos: .userInitiated))
      source.setEventHandler {
        if progress.isInterrupted {
          Streams.removeUnfinishedFiles()
          exit(130)
        }
        progress.interrupt()
        Console.error("assay: stopping; the report will be about what was read. Press Ctrl-C again to end at once.")
      }
      source.resume()
      return source
    }
  }

  /// Listens no more.
  func stop() {
    for source in sources { source.cancel() }
  }
}
