public import AssayMeasurement
public import AssayModel
internal import AssayReports

/// The result that a results file holds.
public enum StoredResult {
  /// Reads it.
  ///
  /// - Throws: `noInput` where there is no such file; `unreadable` where it is not a results file of this program.
  public static func read(_ path: String) throws(AssayError) -> AuditResult { try ResultStore(path: path).result() }
}
