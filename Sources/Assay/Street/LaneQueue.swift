internal import AssayIngest
internal import AssayModel
internal import AssayParsing
internal import Synchronization

/// Which input a worker reads next.
final class LaneQueue: Sendable {
  private struct State {
    var lanes: [SourceLane?]
    var nextUntaken = 0
    /// Lanes that several workers may read at once and that are not at their end, the newest last.
    var shared: [SourceLane] = []
  }

  /// The inputs, in byte order of their paths.
  let files: [InputFile]
  private let limits: ReadLimits
  private let chooser: FormatChooser
  private let state: Mutex<State>

  init(_ files: [InputFile], limits: ReadLimits, chooser: FormatChooser) {
    self.files = files
    self.limits = limits
    self.chooser = chooser
    state = Mutex(State(lanes: Array(repeating: nil, count: files.count)))
  }

  /// The lanes opened so far, by source.
  var lanes: [SourceLane?] { state.withLock { $0.lanes } }

  /// Opens one input before its turn, to look at its first lines.
  func open(_ source: Int) throws(AssayError) -> SourceLane {
    if let lane = state.withLock({ $0.lanes[source] }) { return lane }
    let lane = try SourceLane(source: source, file: files[source], limits: limits) { sample throws(AssayError) in
      try chooser.choose(sample)
    }
    state.withLock { $0.lanes[source] = lane }
    return lane
  }

  /// The next input that nobody reads yet, else one that may be shared, else nil.
  func next() throws(AssayError) -> SourceLane? {
    let source: Int? = state.withLock { state in
      guard state.nextUntaken < files.count else { return nil }
      state.nextUntaken += 1
      return state.nextUntaken - 1
    }
    guard let source else {
      return state.withLock { state in
        state.shared.removeAll(where: \.isAtEnd)
        return state.shared.last
      }
    }
    let lane = try open(source)
    if lane.isSplittable { state.withLock { $0.shared.append(lane) } }
    return lane
  }
}
