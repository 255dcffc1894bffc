public import AssayModel

/// Writes the traffic of a scenario: log files in combined format, and the truth about every line of them.
///
/// Memory is bounded by the traffic of the next few minutes, however long the scenario: visits are planned whole when
/// they begin, and their lines wait in a calendar until their minute comes. Everything is integer arithmetic on seeded
/// sources, so equal scenarios give equal bytes on every machine.
public struct Simulator: Sendable {
  /// What is simulated.
  public let scenario: SimulationScenario
  /// The most lines that were held at once in the last run.
  package private(set) var peakPlannedLines = 0

  /// Pieces handed to the sinks are about this large.
  private static let pieceSize = 1 << 18

  /// A simulator of a scenario, whose values are brought into their ranges. Nothing is written before `run`.
  public init(_ scenario: SimulationScenario) { self.scenario = scenario.bounded }

  /// Names of the log files, by server: `access-1.log`.
  public var logNames: [String] { scenario.logNames }

  /// Further files that belong to the scenario: `lists/data-centres.txt` with the networks of its hosting companies, and
  /// `networks.csv` with what belongs to its networks of robots.
  public var companionFiles: [(path: String, text: String)] { scenario.companionFiles }

  /// Writes the traffic. Each server's lines come in order of time, in pieces of about 256 KiB that end with a line;
  /// so do the rows of the truth, all servers' together, after a header. May be run again, with the same outcome.
  ///
  /// - Parameters:
  ///   - log: takes the next piece of the log of a server, an ordinal into `logNames`.
  ///   - truth: takes the next piece of the truth: CSV with the columns `source` (log file), `offset` (of the line, in
  ///     bytes), `line` (from 1), `kind`, `family`, `truth` (`valid`, `givt`, `sivt`, `excluded`), `category` (reason
  ///     code or `-`), `viewable` (of an impression: `yes`, `no`, `undetermined` by the MRC's rules; else `-`), and where
  ///     the scenario has networks of robots `network` (`chameleon-1`, else `-`).
  /// - Throws: what the sinks throw.
  /// - Complexity: O(n log m) time for n lines, m a minute.
  public mutating func run(
    log: (Int, Span<UInt8>) throws(AssayError) -> Void, truth: (Span<UInt8>) throws(AssayError) -> Void
  ) throws(AssayError) {
    var planner = VisitPlanner(scenario)
    var calendar = LineCalendar(start: planner.start)
    var budget = LineBudget(scenario)
    var output = Output(planner)
    var credits = Family.allCases.map { _ in 0 }
    func plan(_ family: Family, minute: Int) {
      let index = Int(family.rawValue)
      planner.plan(family, minute: planner.start + Int64(minute) * 60_000, lines: credits[index])
      for line in planner.lines { calendar.add(line) }
      // Visits of some families contain lines of others.
      for other in credits.indices { credits[other] -= planner.charges[other] }
    }
    for minute in 0..<scenario.minutes {
      let allowed = budget.nextMinute()
      for family in Family.allCases {
        let index = Int(family.rawValue)
        credits[index] += allowed[index]
        if family.isContinuous {
          // Its hosts live through every minute, all of them at once.
          if scenario.lines(of: family) > 0 { plan(family, minute: minute) }
          continue
        }
        while credits[index] > 0 {
          plan(family, minute: minute)
          // A visit costs something even if all of it is cut off.
          credits[index] -= planner.charges[index] == 0 ? 1 : 0
        }
      }
      try calendar.nextMinute { (line: PlannedLine) throws(AssayError) in
        output.write(line)
        try output.flush(server: Int(line.server), from: Simulator.pieceSize, log, truth)
      }
    }
    for server in 0..<scenario.servers { try output.flush(server: server, from: 1, log, truth) }
    peakPlannedLines = calendar.peak
  }
}

/// Lines that were written but not handed out, and how far each file has come.
private struct Output {
  var lineWriter: LineWriter
  let truthWriter: TruthWriter
  var logs: [[UInt8]]
  var truth: [UInt8]
  /// Bytes that were handed out, by server.
  var offsets: [Int]
  /// Lines written, by server.
  var counts: [Int]

  init(_ planner: VisitPlanner) {
    lineWriter = LineWriter(planner)
    truthWriter = TruthWriter(planner)
    truth = truthWriter.header
    logs = Array(repeating: [], count: planner.scenario.servers)
    offsets = logs.map { _ in 0 }
    counts = offsets
  }

  mutating func write(_ line: PlannedLine) {
    let server = Int(line.server)
    counts[server] += 1
    truthWriter.write(line, offset: offsets[server] + logs[server].count, number: counts[server], to: &truth)
    lineWriter.write(line, to: &logs[server])
  }

  /// Hands out what has grown to a size.
  mutating func flush(
    server: Int, from size: Int, _ log: (Int, Span<UInt8>) throws(AssayError) -> Void,
    _ sink: (Span<UInt8>) throws(AssayError) -> Void
  ) throws(AssayError) {
    if logs[server].count >= size {
      // A span of an element would not outlive the subscript, so the piece is taken out and its memory put back.
      var piece: [UInt8] = []
      swap(&piece, &logs[server])
      try log(server, piece.span)
      offsets[server] += piece.count
      piece.removeAll(keepingCapacity: true)
      swap(&piece, &logs[server])
    }
    if truth.count >= size {
      try sink(truth.span)
      truth.removeAll(keepingCapacity: true)
    }
  }
}
