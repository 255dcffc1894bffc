public import AssayMeasurement
import AssayModel

/// The result in sentences: what a person takes away who reads nothing else.
enum Headline {
  static func section(_ result: AuditResult) -> Section {
    let warnings = [Warnings.text(result)].compactMap { $0 }
    if let nothing = result.nothingJudged { return Section(title: "", paragraphs: warnings + [nothing]) }
    let answer = [logged(result), invalid(result), reasons(result)].compactMap { $0 }
    let doubts = [suspicious(result), decisions(result), tracked(result)].compactMap { $0 }
    return Section(
      title: "",
      paragraphs: warnings
        + [answer.joined(separator: " "), viewability(result), cost(result), doubts.joined(separator: " ")]
        .compactMap { $0 }.filter { !$0.isEmpty })
  }

  private static func logged(_ result: AuditResult) -> String {
    let parts = result.countedKinds.filter { result.totals[keyPath: $0.path].gross > 0 }
      .map { Words.count(result.totals[keyPath: $0.path].gross, $0, in: result) }
    let one = parts.count == 1 && result.judged.gross == 1
    return "\(Words.list(parts)) \(one ? "was" : "were") logged."
  }

  private static func invalid(_ result: AuditResult) -> String {
    let main = result.totals[keyPath: result.mainKind.path]
    var text: String
    if main.ivt == 0 {
      text = "No \(Words.noun(result.mainKind, 1, in: result)) was identified as invalid"
    } else {
      text = "\(Words.count(main.ivt, result.mainKind, in: result)) (\(Numbers.percent(main.ivtRate))) "
      text += main.ivt == 1 ? "is invalid: " : "are invalid: "
      let tiers = [(main.givt, "general (GIVT)"), (main.sivt, "sophisticated (SIVT)")].filter { $0.0 > 0 }
      text += Words.list(tiers.map { "\(Numbers.grouped($0.0)) \($0.1)" })
    }
    let others = result.countedKinds.filter { $0 != result.mainKind && result.totals[keyPath: $0.path].ivt > 0 }
    if !others.isEmpty {
      let parts = others.map { kind in
        let tally = result.totals[keyPath: kind.path]
        return "\(Words.count(tally.ivt, kind, in: result)) (\(Numbers.percent(tally.ivtRate)))"
      }
      let isOne = others.count == 1 && result.totals[keyPath: others[0].path].ivt == 1
      let verb = isOne ? "is" : "are"
      text += main.ivt == 0 ? "; but \(Words.list(parts)) \(verb)" : "; so \(verb) \(Words.list(parts))"
    }
    return text + "."
  }

  /// The three most frequent primary categories of what was found.
  private static func reasons(_ result: AuditResult) -> String? {
    // What is only suspicious has reasons too, which are none for a sentence about what is invalid.
    if !result.countedKinds.contains(where: { result.totals[keyPath: $0.path].ivt > 0 }) { return nil }
    var byCode: [(title: String, events: Int64, code: String)] = []
    var weighed: Int64 = 0
    for detector in result.detectors where detector.primaryEvents > 0 && detector.card.action != .report {
      if case .weigh = detector.card.action {
        weighed += detector.primaryEvents
        continue
      }
      let category = detector.card.category
      if let index = byCode.firstIndex(where: { $0.code == category.code }) {
        byCode[index].events += detector.primaryEvents
      } else {
        byCode.append((Display.safe(category.title), detector.primaryEvents, category.code))
      }
    }
    // Of events that evidence was weighed for, those are invalid that are not suspicious; which signal came first says
    // nothing about them, for no one convicts alone.
    let convicted = weighed - result.judged.suspicious
    if convicted > 0 { byCode.append(("Several kinds of evidence together", convicted, "")) }
    // Equal counts stay in catalogue order.
    let order = byCode.indices.sorted {
      byCode[$0].events != byCode[$1].events ? byCode[$0].events > byCode[$1].events : $0 < $1
    }
    if order.isEmpty { return nil }
    let parts = order.prefix(3).map { "\(byCode[$0].title) (\(Numbers.grouped(byCode[$0].events)))" }
    return "Most frequent \(parts.count == 1 ? "reason" : "reasons"): \(parts.joined(separator: "; "))."
  }

  private static func suspicious(_ result: AuditResult) -> String? {
    let count = result.judged.suspicious
    if count == 0 { return nil }
    let rate = Numbers.percent(Ratio(count, of: result.judged.gross))
    return "\(Words.plural(count, "event")) (\(rate)) \(count == 1 ? "is" : "are") suspicious: some evidence, too "
      + "little to subtract \(count == 1 ? "it" : "them")."
  }

  private static func decisions(_ result: AuditResult) -> String? {
    let judged = result.judged
    if judged.undecidedGIVT == 0, judged.undecidedSIVT == 0 { return nil }
    return "The log says enough to decide on \(Numbers.percent(judged.decisionRateGIVT)) of the events for GIVT and "
      + "\(Numbers.percent(judged.decisionRateSIVT)) for SIVT."
  }

  private static func tracked(_ result: AuditResult) -> String? {
    if result.countsRenderedImpressions || result.totals.impressions.gross == 0 { return nil }
    return "Tracked ads are not impressions: the log says that they were asked for, not that they began to render."
  }

  private static func viewability(_ result: AuditResult) -> String? {
    let tally = result.totals.impressions
    guard tally.totalNet > 0 else { return nil }
    let seen = result.totals.headlineViewability
    let left =
      "\(Words.count(tally.totalNet, .impressions, in: result)) \(tally.totalNet == 1 ? "remains" : "remain") (total net): "
    if seen.measured == 0 {
      return left + "none could be measured for viewability, since the log does not say how much of an ad was in view."
    }
    return left
      + "\(Numbers.grouped(seen.measured)) (\(Numbers.percent(seen.measuredRate))) measured for viewability, and "
      + "\(Numbers.grouped(seen.viewable)) of those (\(Numbers.percent(seen.viewableRate))) viewable."
  }

  private static func cost(_ result: AuditResult) -> String? {
    let cost = result.cost(result.totals)
    guard cost.grossValue > .zero else { return nil }
    let rate = Numbers.percent(Ratio(cost.ivtValue.millionths, of: cost.grossValue.millionths))
    return "Of \(Numbers.money(cost.grossValue)) in the log's prices, \(Numbers.money(cost.ivtValue)) (\(rate)) "
      + "went to invalid traffic."
  }
}

extension AuditResult {
  /// Where not one event was judged, the sentence that says so, and what may be wrong; nil elsewhere.
  public var nothingJudged: String? {
    if judged.gross > 0 { return nil }
    let what = judgesPages ? "page view" : "impression, click, conversion or form post"
    if accounting.events > 0, accounting.outsidePeriod == accounting.events {
      let (first, last) = (inputs.compactMap(\.firstTime).min(), inputs.compactMap(\.lastTime).max())
      let count = Numbers.grouped(accounting.events)
      let whose = accounting.events == 1 ? "the only event lies" : "all \(count) events lie"
      var text = "Nothing to judge: \(whose) outside the period that was asked for"
      if let first, let last { text += "; the log runs from \(TimeText.text(first)) to \(TimeText.text(last))" }
      return text + "."
    }
    var text = "Nothing to judge: no \(what) in \(Words.plural(accounting.lines, "line"))."
    if judged.excluded > 0 { text += " \(Words.plural(judged.excluded, "event")) excluded before counting." }
    if accounting.events > 0, !judgesPages {
      text += " If this log does hold ads, another profile is needed to see them: `assay profiles` lists them."
    }
    return text
  }
}
