public import AssayMeasurement
import AssayModel

/// What keeps the numbers from being the whole truth about the input: said before anything else.
enum Warnings {
  /// From this share of unreadable lines on, in hundredths: one in a hundred. A few odd lines stand in every log.
  private static let unreadableShare: Int64 = 1

  /// The sentences, or nil where all of the input was read as it is.
  static func text(_ result: AuditResult) -> String? {
    let sentences = [interrupted(result), damaged(result), unreadable(result), overflown(result)].compactMap { $0 }
    return sentences.isEmpty ? nil : sentences.joined(separator: " ")
  }

  private static func interrupted(_ result: AuditResult) -> String? {
    result.issues.contains { $0.name == AuditResult.interruptedIssue }
      ? "INCOMPLETE: reading was interrupted; everything here is about what was read until then." : nil
  }

  /// How the names of issues end that say that a part of the input is missing, or is not what was written.
  private static let damages = [
    ".truncated", ".corrupt", ".checksum", ".trailing-data", ".too-much-expansion", ".too-large",
    ".changed-while-read",
  ]

  /// The issues that say that input is damaged.
  fileprivate static func damage(_ result: AuditResult) -> [AuditResult.NamedIssue] {
    result.issues.filter { issue in damages.contains { issue.name.hasSuffix($0) } }
  }

  private static func damaged(_ result: AuditResult) -> String? {
    let names = damage(result).map(\.name)
    if names.isEmpty { return nil }
    return "DAMAGED INPUT (\(Words.list(names.map(Display.safe)))): a part is missing, or is not what was written; see "
      + "the issues below."
  }

  private static func unreadable(_ result: AuditResult) -> String? {
    let accounting = result.accounting
    let readable = accounting.lines - accounting.ignored
    guard readable > 0, accounting.unreadable * 100 >= readable * unreadableShare else { return nil }
    return "\(Numbers.grouped(accounting.unreadable)) of \(Words.plural(readable, "line")) "
      + "(\(Numbers.percent(Ratio(accounting.unreadable, of: readable)))) could not be read and are in no number below."
  }

  private static func overflown(_ result: AuditResult) -> String? {
    result.issues.contains { $0.name == AuditResult.moneyIssue }
      ? "SUMS OF MONEY ARE TOO LARGE: those that reach \(Numbers.money(Money(millionths: .max))) are larger than shown; see "
        + "the issues below." : nil
  }
}

extension AuditResult {
  /// What is damaged of the input, a sentence for the first places of each kind of damage, for whoever reads no report.
  public var damage: [String] {
    Warnings.damage(self).flatMap { issue in
      let sentences = issue.entry.samples.map { sample in
        let source = sample.position.source
        let path = inputs.indices.contains(source) ? inputs[source].path : "#\(source)"
        return Display.safe("\(path): \(sample.message) (\(issue.name))")
      }
      let others = Int64(issue.entry.count - sentences.count)
      return sentences + (others > 0 ? ["\(Words.plural(others, "more place")) with \(Display.safe(issue.name))."] : [])
    }
  }
}
