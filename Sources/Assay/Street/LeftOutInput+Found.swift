internal import AssayIngest
internal import AssayMeasurement

extension AuditResult.LeftOutInput {
  /// What the search for inputs left out.
  init(_ found: InputFiles.Found.LeftOut) {
    self.init(path: found.path, name: found.reason.rawValue, reason: found.reason.sentence)
  }
}
