import AssayMeasurement
import AssayModel

/// A report for people, before it has a form.
struct ReportPage {
  /// How `title` begins.
  static let maker = "Assay "
  /// What made it: one line.
  var title: String
  /// Its sections in reading order: the answer first, how it was found after it, what it rests on last.
  var sections: [Section]

  init(_ original: AuditResult, _ options: ReportOptions) {
    let result = options.privacy.result(original)
    let tool = result.tool
    title =
      "\(ReportPage.maker)\(Display.safe(tool.version)) · profile \(Display.safe(tool.profile))"
      + (tool.profileWasDetected ? " (chosen by looking at the input)" : "")
      + (tool.settingsSHA256.isEmpty ? "" : " · settings \(Display.safe(String(tool.settingsSHA256.prefix(12))))")
    let limit = max(options.worst, 1)
    var sections: [Section?] = [
      Headline.section(result),
      result.judged.gross + result.judged.excluded > 0 ? LedgerSections.waterfall(result) : nil,
      LedgerSections.viewability(result),
    ]
    if result.judged.gross > 0 { sections += LedgerSections.worst(result, limit) }
    sections += [
      FindingSections.reasons(result), NetworkSections.networks(result, limit), FindingSections.evidence(result),
      FindingSections.addresses(result, limit),
      FindingSections.notMeasurable(result), FindingSections.coverage(result),
      InputSections.accounting(result, limit), InputSections.inputs(result, limit), InputSections.next(result),
    ]
    self.sections = sections.compactMap { $0 }
  }
}
