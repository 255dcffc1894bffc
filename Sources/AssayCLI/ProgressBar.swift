internal import Assay

/// One line on standard error while a run reads: how far, how fast, how much longer. Only on a terminal.
struct ProgressBar {
  private let task: Task<Void, Never>

  /// Begins, or is nil where standard error is no terminal.
  init?(_ progress: RunProgress) {
    guard Streams.errorIsTerminal else { return nil }
    task = Task {
      let clock = ContinuousClock()
      let start = clock.now
      while !Task.isCancelled {
        try? await Task.sleep(for: .milliseconds(100))
        if Task.isCancelled { return }
        Console.progress(ProgressBar.line(progress, seconds: (clock.now - start) / .seconds(1)))
      }
    }
  }

  /// Ends, and leaves the line empty.
  func finish() async {
    task.cancel()
    await task.value
    Console.progress("")
  }

  /// `[############--------] 62 %  1,240,000 lines  2.9 million lines/s  3 s left`
  static func line(_ progress: RunProgress, seconds: Double) -> String {
    let rate = Double(progress.lines) / max(seconds, 0.001) / 1e6
    let count = "\(grouped(progress.lines)) lines  \((rate * 10).rounded() / 10) million lines/s"
    guard progress.expectedBytes > 0 else { return count }
    let share = min(1, Double(progress.bytes) / Double(progress.expectedBytes))
    let full = Int(share * 20)
    let bar = String(repeating: "#", count: full) + String(repeating: "-", count: 20 - full)
    let left = share > 0.01 && share < 1 ? "  \(Int((seconds / share - seconds).rounded(.up))) s left" : ""
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
