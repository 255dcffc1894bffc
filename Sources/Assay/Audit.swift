internal import AssayDetectors
internal import AssayIngest
public import AssayMeasurement
public import AssayModel
internal import AssayParsing
internal import AssaySessions

/// An audit of archived logs from beginning to end: map, reduce, merge, judge, and what the reports show.
///
/// ```swift
/// var settings = Settings()
/// try settings.set("time-zone", "Europe/Berlin", from: "my program")
/// let outcome = try await Audit(inputs: ["logs/"], settings: settings).run()
/// print(outcome.result.totals.impressions.givt)
/// ```
///
/// - Complexity: O(n log n) time for n events; memory bounded by `Settings.memory` and the number of different user
///   agents, ad slots, addresses and inputs.
public struct Audit: Sendable {
  /// Files, folders, globs, `-`.
  public var inputs: [String]
  /// What steers it.
  public var settings: Settings
  /// What is written event by event while it runs; reports are rendered from the outcome.
  public var rows = RowFiles()
  /// Paths of the reports that will be written from the outcome, so that none of them replaces an input.
  public var reports: [String] = []
  /// Whether somebody will see the hashes of inputs and lines: where not, no line is read again for its hash, which of
  /// compressed input costs as much as inflating it once more, and `read.hash-inputs: auto` hashes no input.
  public var showsHashes = true
  /// How far it is.
  public var progress: RunProgress

  /// An audit of some inputs.
  public init(inputs: [String], settings: Settings, progress: RunProgress = RunProgress()) {
    self.inputs = inputs
    self.settings = settings
    self.progress = progress
  }

  /// What an audit yields.
  public struct Outcome: Sendable {
    /// Everything that the reports show.
    public var result: AuditResult
    /// Whether it was asked to stop before all was read: the result is true of what was read.
    public var wasInterrupted: Bool
    /// Where more of the input was unreadable than the settings allow, the sentence that says so.
    public var unreadable: AssayError?

    /// What of the inputs and of the lists was left out and why: sentences for a terminal. The reports have them too.
    public var remarks: [String] {
      result.leftOut.map { printableText("\($0.path): left out. \($0.reason)".utf8) }
        + result.tool.listRemarks.map { printableText("list \($0.name): \($0.text)".utf8) }
    }
  }

  /// Runs it.
  ///
  /// - Throws: `usage` where an output would replace an input, a list or another output, before anything is read;
  ///   `noInput`, `permission`, `inputOutput`, `settings`. An odd line is an issue in the result, never an error.
  public func run() async throws(AssayError) -> Outcome {
    let outputs = try OutputPaths(reports + rows.paths)
    try rows.check()
    try outputs.refuse(settings)
    var found = try InputFiles.search(inputs)
    let leftOut = (found.leftOut.map(AuditResult.LeftOutInput.init) + (try outputs.leaveOut(from: &found.files)))
      .sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    let files = found.files
    progress.expect(bytes: files.reduce(0) { $0 + $1.size })
    // One core prepares the lists while the other tells the format.
    async let loading = ListLoader(settings.lists)
    let showsHashes = showsHashes || rows.store != nil
    let hashing = settings.inputHashing == .yes || settings.inputHashing == .auto && showsHashes
    let chosen = try ProfileChooser(settings: settings, hashing: hashing, progress: progress).choose(files)
    let lists: ListLoader
    do { lists = try await loading } catch { throw AssayError(wrapping: error) }
    let options = try settings.mapOptions()

    let mapped = try await MapStep(settings: settings, profile: chosen.profile, options: options, progress: progress)
      .run(chosen.queue)
    if mapped.counts.lines == 0 && !mapped.wasInterrupted {
      let subject = files.count == 1 ? files[0].path : "each input"
      if let issue = mapped.issues.sorted.first?.entry.samples.first {
        throw AssayError(.unreadable, "No line could be read of \(subject): \(issue.message)", cause: issue.name)
      }
      throw AssayError(.noInput, "There is nothing to audit: \(subject) is empty.")
    }

    let session = settings.sessionSettings
    // What is known of user agents and networks does not wait for the reduce step.
    async let prepared = DetectorContext(agents: mapped.tables.agents, slots: mapped.tables.slots, lists: lists.set)
    let learning = LearningContext(
      slots: mapped.tables.slots, agents: AgentTable(mapped.tables.agents), judgesPages: chosen.profile.judgesPages)
    let (population, cutSessions) = try await ReduceStep(
      store: mapped.store, learning: learning,
      learners: try Judge.learners(settings.judgeSettings, coverage: mapped.coverage), sessions: session,
      jobs: settings.jobs
    ).run()
    var context = await prepared
    context.population = population
    let judge = try await Judge.prepared(
      settings.judgeSettings, context: context, coverage: mapped.coverage, judgesPages: chosen.profile.judgesPages)

    let first = mapped.counts.firstTime ?? Timestamp(microseconds: 0)
    let calendar = try TimeZones.calendar(settings.timeZone, from: first, to: mapped.counts.lastTime ?? first)
    let resolver = RowResolver(
      tables: mapped.tables, lines: mapped.lines, paths: files.map(\.path), reasons: FindingReasons(context))
    let opened = try rows.open()
    let consumers = opened.consumers
    let judged = try await JudgeStep(
      store: mapped.store, tables: mapped.tables, judge: judge, sessions: session, calendar: calendar,
      judgesPages: chosen.profile.judgesPages, jobs: settings.jobs, windowEvents: settings.windowEvents,
      cutSessions: cutSessions, tableSecret: options.tableSecret,
      rows: consumers.isEmpty
        ? nil
        : RowOutput(
          consumers, resolver: resolver,
          reader: rows.events == nil ? nil : EvidenceReader(files: files, compressions: mapped.compressions))
    ).run()

    let assembly = Assembly(
      settings: settings, files: files, leftOut: leftOut, inputIssues: found.issues, profile: chosen.profile,
      profileWasDetected: chosen.wasDetected, lists: lists, mapped: mapped, judge: judge,
      population: population, judged: judged, resolver: resolver, readsLines: showsHashes)
    let result = try assembly.result()
    try opened.close(result)
    return Outcome(
      result: result, wasInterrupted: mapped.wasInterrupted, unreadable: settings.complaint(about: result))
  }
}
