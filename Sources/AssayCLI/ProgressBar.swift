internal import Assay
@preconcurrency internal import Dispatch
internal import Glibc

/// One line on standard error while a run reads: how far, how fast, how much longer. Only on a terminal.
final class ProgressBar: Sendable {
  private let timer: any DispatchSourceTimer

  /// Begins, or is nil where standard error is no terminal.
  init?(_ progress: RunProgress) {
    guard isatty(STDERR_FILENO) == 1 else { return nil }
    timer = DispatchSource.makeTimerSource(queue: .global(qos: .utility))
    let start = DispatchTime.now()
    timer.schedule(deadline: .now() + .milliseconds(300), repeating: .milliseconds(100))
    timer.setEventHandler {
      let seconds = Double(DispatchTime.now().uptimeNanoseconds - start.uptimeNanoseconds) / 1e9
      Console.progress(ProgressBar.line(progress, seconds))
    }
    timer.resume()
  }

  /// Ends, and leaves the line empty.
  func finish() {
    timer.cancel()
    Console.progress("")
  }

  /// `[######----]  62 %  1,240,000 lines  2.9 million lines/s  3 s left`
  static func line(_ progress: RunProgress, _ seconds: Double) -> String {
    let rate = Double(progress.lines) / max(seconds, 0.001) / 1e6
    let count = "\(grouped(progress.lines)) lines  \((rate * 10).rounded() / 10) million lines/s"
    guard progress.expectedBytes > 0 else { return count }
    let share = min(1, Double(progress.bytes) / Double(progress.expectedBytes))
    let full = Int(share * 20)
    let bar = String(repeating: "#", count: full) + String(repeating: "-", count: 20 - full)
    let left = share > 0.01 ? "  \(Int((seconds / share - seconds).rounded(.up))) s left" : ""
    return "[\(bar)] \(Int(share * 100)) %  \(count)\(left)"
  }

  private static func grouped(_ number: Int) -> String {
    var text = ""
    for (place, digit) in String(number).reversed().enumerated() {
      if place > 0 && place % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return String(text.reversed())
  }
}
