internal import Assay
internal import Dispatch
internal import Glibc

/// Ctrl-C, a request to end, a terminal that is closed: the first one stops reading and lets the report be finished, the
/// second one ends the process, leaving no unfinished file.
final class InterruptHandler {
  private let sources: [any DispatchSourceSignal]

  /// Listens for SIGINT, SIGTERM and SIGHUP on behalf of a run; of a command that has nothing to finish where nil: it
  /// ends at once.
  init(_ progress: RunProgress?) {
    let signals = [SIGINT, SIGTERM] + (Streams.hangUpIsIgnored ? [] : [SIGHUP])
    sources = signals.map { number in
      _ = signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global(qos: .userInitiated))
      source.setEventHandler { InterruptHandler.handle(progress) }
      source.resume()
      return source
    }
  }

  private static func handle(_ progress: RunProgress?) {
    guard let progress, !progress.isInterrupted else {
      Streams.removeUnfinishedFiles()
      exit(130)
    }
    progress.interrupt()
    Console.error("assay: stopping; the report will be about what was read. Press Ctrl-C again to end at once.")
  }

  /// Listens no more.
  func stop() {
    for source in sources { source.cancel() }
  }
}
