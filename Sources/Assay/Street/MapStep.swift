internal import AssayIngest
internal import AssayMeasurement
internal import AssayModel
internal import AssayParsing
internal import Synchronization

/// The first step of the street: inputs to events in visitor buckets, on all cores.
///
/// Each worker takes the next unopened input; when there is none left, it helps with one that is still being read, if
/// its lines can be understood alone. Nothing that it yields depends on who mapped what.
struct MapStep {
  /// What the step yields.
  struct Result: Sendable {
    var store: EventStore
    var tables: RunTables
    var counts: MapCounts
    var countsBySource: [MapCounts]
    var coverage: [Requirement: (carried: Int64, of: Int64)]
    var issues: IssueLog
    var lines: LineIndex
    var summaries: [SourceLane.Summary]
    var formats: [String]
    var compressions: [Compression]
    var wasInterrupted: Bool
  }

  /// What one worker brings.
  private struct Share: Sendable {
    var batch: EventBatch
    var spilled: [[SpilledRun]]
    var pieces: [[LineIndex.Piece]]
    var countsBySource: [MapCounts]
  }

  let settings: Settings
  let profile: Profile
  let options: MapOptions
  let progress: RunProgress

  /// Maps all inputs of the queue.
  ///
  /// - Throws: what a reader throws; `inputOutput` where the spill file cannot be written.
  func run(_ queue: LaneQueue) async throws(AssayError) -> Result {
    let spill = OnDemandSpill(directory: settings.temporaryDirectory)
    let shares: [Share]
    do {
      shares = try await withThrowingTaskGroup(of: (Int, Share).self) { group in
        for worker in 0..<settings.jobs {
          group.addTask { (worker, try await self.work(worker, queue, spill)) }
        }
        var shares: [(Int, Share)] = []
        for try await share in group { shares.append(share) }
        return shares.sorted { $0.0 < $1.0 }.map(\.1)
      }
    } catch {
      throw AssayError(wrapping: error)
    }
    return try merge(shares, queue, spill)
  }

  private func work(_ worker: Int, _ queue: LaneQueue, _ spill: OnDemandSpill) async throws(AssayError) -> Share {
    var mapper = try LineMapper(profile: profile, options: options)
    let sources = queue.files.count
    var spilled = [[SpilledRun]](repeating: [], count: EventBucket.count)
    var pieces = [[LineIndex.Piece]](repeating: [], count: sources)
    var counts = [MapCounts](repeating: MapCounts(), count: sources)
    // A block for each bucket is a third of the least, so that a spill always writes more than a block a bucket.
    let budget = max(8 << 20, settings.memory / settings.jobs)
    var courtesy = Courtesy()
    while let lane = try await queue.next() {
      var parser = try lane.format.makeParser(mapper.request)
      var chunk = Chunk()
      while try lane.next(into: &chunk, progress) {
        let lines = mapper.map(chunk.bytes.span, source: lane.source, offset: chunk.offset, parser: &parser)
        pieces[lane.source].append(LineIndex.Piece(offset: chunk.offset, lines: lines))
        progress.add(lines: lines)
        if mapper.batch.buckets.bytesHeld > budget {
          try spill.open().spill(mapper.batch.buckets, worker: worker, into: &spilled)
        }
        if progress.isInterrupted { lane.stop() }
        await courtesy.turnIsOver()
      }
      counts[lane.source] += mapper.batch.counts
      mapper.batch.counts = MapCounts()
    }
    return Share(batch: mapper.batch, spilled: spilled, pieces: pieces, countsBySource: counts)
  }

  private func merge(_ shares: [Share], _ queue: LaneQueue, _ spill: OnDemandSpill) throws(AssayError) -> Result {
    let (tables, remaps) = mergeTables(shares.map(\.batch.tables))
    let lanes = queue.lanes
    let sources = queue.files.count
    var counts = [MapCounts](repeating: MapCounts(), count: sources)
    var pieces = [[LineIndex.Piece]](repeating: [], count: sources)
    var spilled = [[SpilledRun]](repeating: [], count: EventBucket.count)
    var issues = IssueLog()
    var coverage = [CoverageCount](repeating: CoverageCount(), count: Requirement.allCases.count)
    for share in shares {
      for source in 0..<sources {
        counts[source] += share.countsBySource[source]
        pieces[source] += share.pieces[source]
      }
      for bucket in spilled.indices { spilled[bucket] += share.spilled[bucket] }
      issues.merge(share.batch.issues)
      for (index, entry) in share.batch.coverage.enumerated() {
        coverage[index] += entry
      }
    }
    for (source, lane) in lanes.enumerated() {
      guard let summary = lane?.summary else { continue }
      issues.merge(summary.issues)
      // A line that the reader left out is a line of the accounting, lost to an issue.
      counts[source].lines += Int64(summary.skippedLines.count)
      counts[source].unreadable += Int64(summary.skippedLines.count)
      pieces[source] += summary.skippedLines.map { LineIndex.Piece(offset: $0, lines: 1) }
    }
    if progress.isInterrupted {
      issues.add(
        Issue(
          name: AuditResult.interruptedIssue, position: SourcePosition(source: 0, offset: 0),
          message: "The run was stopped before all of the input was read."), losesLine: false)
    }
    var total = MapCounts()
    for count in counts { total += count }
    if let event = firstEvent(of: counts), !profile.judgesPages,
      total.byKind[Int(EventKind.page.rawValue)] == total.events
    {
      issues.add(
        Issue(
          name: AuditResult.noMatchIssue, position: event,
          message: "No rule of the profile \(profile.name) fits any of the events: none of them is more than a request."
            + " Either there are no ads in this log, or another profile is needed (`assay profiles`)."),
        losesLine: false)
    }
    return Result(
      store: try EventStore(
        residents: shares.map(\.batch.buckets), spilled: spilled, remaps: remaps, spill: spill,
        portionBytes: settings.windowEvents * MemoryLayout<Event>.stride),
      tables: tables, counts: total,
      countsBySource: counts, coverage: byRequirement(coverage), issues: issues, lines: LineIndex(pieces),
      summaries: lanes.map { $0?.summary ?? SourceLane.Summary() }, formats: lanes.map { $0?.format.card.id ?? "" },
      compressions: lanes.map { $0?.compression ?? .plain }, wasInterrupted: progress.isInterrupted)
  }
}

/// Where the first input begins that gave an event, or nil where none did.
private func firstEvent(of counts: [MapCounts]) -> SourcePosition? {
  counts.firstIndex { $0.events > 0 }.map { SourcePosition(source: $0, offset: 0) }
}

/// Coverage by what it is the coverage of; of `lists` no line says anything.
private func byRequirement(_ counts: [CoverageCount]) -> [Requirement: (carried: Int64, of: Int64)] {
  var coverage: [Requirement: (carried: Int64, of: Int64)] = [:]
  for (requirement, count) in zip(Requirement.allCases, counts) where requirement != .lists {
    coverage[requirement] = (count.carried, count.of)
  }
  return coverage
}

/// The spill file of a run, made when the first worker needs it.
final class OnDemandSpill: Sendable {
  private let directory: String
  private let state = Mutex<SpillFile?>(nil)

  init(directory: String) { self.directory = directory }

  /// The file, if anybody needed it.
  var file: SpillFile? { state.withLock { $0 } }

  /// The file.
  func open() throws(AssayError) -> SpillFile {
    let result: Swift.Result<SpillFile, AssayError> = state.withLock { state in
      if let file = state { return .success(file) }
      do throws(AssayError) {
        let file = try SpillFile(directory: directory)
        state = file
        return .success(file)
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }
}
