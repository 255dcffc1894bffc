internal import AssayIngest
internal import AssayModel
internal import AssayParsing
internal import Synchronization

/// Which input a worker reads next.
final class LaneQueue: Sendable {
  fileprivate struct State {
    var lanes: [SourceLane?]
    var nextUntaken = 0
    /// How many inputs are just being opened.
    var opening = 0
    /// Lanes that several workers may read at once and that are not at their end, the newest last.
    var shared: [SourceLane] = []
  }

  /// The inputs, in byte order of their paths.
  let files: [InputFile]
  private let limits: ReadLimits
  private let hashing: Bool
  private let chooser: FormatChooser
  private let progress: RunProgress
  private let state: Mutex<State>

  init(_ files: [InputFile], settings: Settings, hashing: Bool, chooser: FormatChooser, progress: RunProgress) {
    self.files = files
    limits = settings.readLimits
    self.hashing = hashing
    self.chooser = chooser
    self.progress = progress
    state = Mutex(State(lanes: Array(repeating: nil, count: files.count)))
  }

  /// The lanes opened so far, by source.
  var lanes: [SourceLane?] { state.withLock { $0.lanes } }

  /// Opens one input before its turn, to look at its first lines.
  func open(_ source: Int) throws(AssayError) -> SourceLane {
    if let lane = state.withLock({ $0.lanes[source] }) { return lane }
    let lane = try SourceLane(
      source: source, file: files[source], limits: limits, hashing: hashing, progress: progress
    ) { sample, compression throws(AssayError) in
      try chooser.choose(sample, in: compression)
    }
    state.withLock { $0.lanes[source] = lane }
    return lane
  }

  /// The next input that nobody reads yet, else one that may be shared, else nil. Once the run is interrupted, no input
  /// is opened any more, but what has been read of those that are open still gets its turn.
  ///
  /// - Throws: what opening an input throws.
  func next() async throws(AssayError) -> SourceLane? {
    while true {
      switch state.withLock({ $0.takeTurn(isInterrupted: progress.isInterrupted) }) {
      case .open(let source):
        defer { state.withLock { $0.opening -= 1 } }
        let lane = try open(source)
        if lane.isSplittable { state.withLock { $0.shared.append(lane) } }
        return lane
      case .share(let lane): return lane
      // Another worker opens an input that may be one to share.
      case .wait: await Task.yield()
      case .end: return nil
      }
    }
  }
}

extension LaneQueue.State {
  /// What a worker does next.
  enum Turn {
    case open(Int)
    case share(SourceLane)
    case wait
    case end
  }

  /// Decides it.
  mutating func takeTurn(isInterrupted: Bool) -> Turn {
    while isInterrupted, nextUntaken < lanes.count, lanes[nextUntaken] == nil { nextUntaken += 1 }
    if nextUntaken < lanes.count {
      nextUntaken += 1
      opening += 1
      return .open(nextUntaken - 1)
    }
    shared.removeAll(where: \.isAtEnd)
    if let lane = shared.last { return .share(lane) }
    return opening > 0 ? .wait : .end
  }
}
