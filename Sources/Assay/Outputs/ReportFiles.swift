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
  /// - Parameter sources: Files from which the reports are made, and which none of them may replace: a results file, the
  ///   logs that it is about.
  /// - Throws: `usage` for an extension that no report has, two reports of one path, or one of the path of a source;
  ///   `inputOutput` or `permission` where a file cannot be made.
  public init(paths: [String], madeFrom sources: [String] = []) throws(AssayError) {
    let outputs = try OutputPaths(paths)
    for source in sources { try outputs.refuse(source, "the reports are made") }
    for path in paths {
      let name = path.split(separator: "/").last.map(String.init) ?? path
      let fileExtension = name.split(separator: ".").dropFirst().last.map(String.init) ?? ""
      if ReportFiles.isStore(path), !sources.isEmpty {
        throw AssayError(
          .usage,
          "A results file is written by an audit alone, since it holds the evidence; copy the one that is there, or "
            + "audit again with -o \(name).", at: .init(source: path))
      }
      guard let report = ReportCatalog.report(fileExtension: fileExtension) else {
        let known = (ReportCatalog.all.flatMap { $0.card.fileExtensions } + ["db"]).map { ".\($0)" }
        throw AssayError(
          .usage,
          "No report is written as “\(name)”; the file name must end in one of \(known.joined(separator: ", ")).")
      }
      files.append((report, try OutputSlot(path: path)))
    }
  }

  /// Opens files for the reports of a stored result, none of which may replace the results file or an input of it.
  ///
  /// - Throws: as `init(paths:madeFrom:)`.
  public init(paths: [String], of result: AuditResult, storedIn results: String) throws(AssayError) {
    try self.init(paths: paths, madeFrom: [results] + result.inputs.map(\.path))
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
