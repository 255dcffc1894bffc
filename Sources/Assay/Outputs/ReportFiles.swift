internal import AssayIngest
public import AssayMeasurement
public import AssayModel
public import AssayReports

/// The report files of a run: opened before it, so that a path that cannot be written is said at once, and there, whole,
/// only after it.
public struct ReportFiles: ~Copyable {
  private var files: [(report: any Report.Type, file: OutputSlot)] = []

  /// Opens report files; the extension of each path chooses the report.
  ///
  /// - Parameter source: A file from which the reports are made, and which none of them may replace.
  /// - Throws: `usage` for an extension that no report has, two reports of one path, or one of the path of `source`;
  ///   `inputOutput` or `permission` where a file cannot be made.
  public init(paths: [String], madeFrom source: String? = nil) throws(AssayError) {
    let outputs = try OutputPaths(paths)
    if let source { try outputs.refuse(source, "the reports are made") }
    for path in paths {
      let name = path.split(separator: "/").last.map(String.init) ?? path
      let fileExtension = name.split(separator: ".").dropFirst().last.map(String.init) ?? ""
      guard let report = ReportCatalog.report(fileExtension: fileExtension) else {
        let known = (ReportCatalog.all.flatMap { $0.card.fileExtensions } + ["db"]).map { ".\($0)" }
        throw AssayError(
          .usage,
          "No report is written as “\(name)”; the file name must end in one of \(known.joined(separator: ", ")).")
      }
      files.append((report, try OutputSlot(path: path)))
    }
  }

  /// Whether a path asks for a results file, which is written while the audit runs.
  public static func isStore(_ path: String) -> Bool { path.lowercased().hasSuffix(".db") }

  /// Writes all reports and makes them appear.
  ///
  /// - Throws: `inputOutput` where the disk is full or the file system refuses; that file does not appear.
  public consuming func write(_ result: AuditResult, options: ReportOptions) throws(AssayError) {
    for (report, file) in files {
      var buffer = TextBuffer()
      report.render(result, options: options, to: &buffer)
      try file.write(buffer.bytes.span)
      try file.commit()
    }
  }
}
