internal import AssayIngest
internal import AssayMeasurement
public import AssayModel
internal import AssayReports

/// `assay evaluate`: the results of an audit held against the truth.
public enum EvaluationReport {
  /// Precision, recall and false positives with 95 % intervals, per family.
  ///
  /// - Parameters:
  ///   - results: a results file; an event that it does not hold was judged valid.
  ///   - labels: the truth (`TruthReader`); its sources are file names without their folders.
  /// - Throws: `noInput` where one of the files is missing; `unreadable` where one is not what it should be, where the truth
  ///   has a line that cannot be read, or none of its sources was audited.
  public static func text(results: String, labels: String, json: Bool) throws(AssayError) -> String {
    let store = try ResultStore(path: results)
    var flagged: [String: [Int: TrafficClass]] = [:]
    for source in try store.sources() { flagged[fileName(source.path)] = [:] }
    for position in try store.flaggedPositions() {
      flagged[fileName(position.path), default: [:]][position.offset] = position.trafficClass
    }
    let bytes = try readWholeFile(labels, limit: 1 << 34)
    var reader = TruthReader(name: labels)
    var evaluation = Evaluation()
    var (judged, elsewhere) = (0, 0)
    while let label = try reader.next(in: bytes.span) {
      guard label.kind.isJudged else { continue }
      guard let found = flagged[label.source] else {
        elsewhere += 1
        continue
      }
      judged += 1
      evaluation.add(family: label.family, truth: label.truth, predicted: found[label.offset] ?? .valid)
    }
    guard judged > 0 || elsewhere == 0 else {
      throw AssayError(
        .unreadable, "None of the \(elsewhere) labels is about a file that was audited; are these its labels?",
        at: .init(source: labels))
    }
    let result = evaluation.result()
    return json ? EvaluationText.json(result) : EvaluationText.table(result)
  }

  private static func fileName(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }
}
