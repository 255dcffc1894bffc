internal import Synchronization

/// How far a run is, for whoever shows it, and whether it was asked to stop. Shared by all workers.
public final class RunProgress: Sendable {
  private let readBytes = Atomic<Int>(0)
  private let readLines = Atomic<Int>(0)
  private let interrupted = Atomic<Bool>(false)
  private let expected = Atomic<Int>(0)

  /// Nothing read yet.
  public init() {}

  /// Bytes of the inputs read so far, as they lie there.
  public var bytes: Int { readBytes.load(ordering: .relaxed) }
  /// Lines mapped so far.
  public var lines: Int { readLines.load(ordering: .relaxed) }
  /// Bytes of all inputs as they lie there; 0 where that is not known (standard input).
  public var expectedBytes: Int { expected.load(ordering: .relaxed) }
  /// Whether the run was asked to stop reading.
  public var isInterrupted: Bool { interrupted.load(ordering: .relaxed) }

  /// Asks the run to stop reading and to finish its report with what it has.
  public func interrupt() { interrupted.store(true, ordering: .relaxed) }

  func expect(bytes: Int) { expected.store(bytes, ordering: .relaxed) }

  func add(bytes: Int) { readBytes.add(bytes, ordering: .relaxed) }

  func add(lines: Int) { readLines.add(lines, ordering: .relaxed) }
}
