import AssayMeasurement
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

  private static func damaged(_ result: AuditResult) -> String? {
    let endings = [
      ".truncated", ".corrupt", ".checksum", ".trailing-data", ".too-much-expansion", ".too-large",
      ".changed-while-read",
    ]
    let names = result.issues.map(\.name).filter { name in endings.contains { name.hasSuffix($0) } }
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
