internal import AssayDetectors
internal import AssayModel
internal import AssayParsing
internal import AssaySessions

/// The second step of the street, and the merge after it: buckets to sessions, sessions to what is known of the whole
/// population, which the judge compares each visitor with.
struct ReduceStep {
  let store: EventStore
  let slots: SlotTable
  let sessions: SessionSettings
  let judgesPages: Bool
  let jobs: Int

  /// Reduces all buckets.
  ///
  /// - Throws: `inputOutput` where the spill file cannot be read.
  func run() async throws(AssayError) -> (population: Population, cutSessions: CutSessions) {
    let buckets = BucketCounter()
    do {
      let (builders, cutSessions) = try await withThrowingTaskGroup(of: (PopulationBuilder, CutSessions).self) {
        group in
        for _ in 0..<jobs {
          group.addTask {
            var builder = PopulationBuilder(judgesPages: judgesPages, slots: slots)
            var cutSessions = CutSessions()
            // What is learned of all visitors together asks for the impressions of clicks alone.
            var walk = VisitorWalk(sessions, joining: .clickers)
            var (content, sorter) = (EventBucket(), EventSorter())
            var courtesy = Courtesy()
            while let bucket = buckets.next() {
              content.removeAll()
              var reader = try BucketReader(bucket, of: store)
              while let portion = try reader.next(&content, &sorter) {
                walk.walk(content.events.span.extracting(portion.events), window: portion.window) { facts, events in
                  builder.add(facts, events)
                  cutSessions.add(facts, events)
                }
              }
              await courtesy.turnIsOver()
            }
            return (builder, cutSessions)
          }
        }
        var (builders, cutSessions) = ([PopulationBuilder](), CutSessions())
        for try await (builder, sessions) in group {
          builders.append(builder)
          cutSessions.merge(sessions)
        }
        return (builders, cutSessions)
      }
      return (await Population.learned(builders, jobs: jobs), cutSessions)
    } catch {
      throw AssayError(wrapping: error)
    }
  }
}

extension AssayError {
  /// An error that went through a task group, which forgets its type.
  init(wrapping error: any Error) {
    self = error as? AssayError ?? AssayError(.failed, "The run failed.", cause: "\(error)")
  }
}
