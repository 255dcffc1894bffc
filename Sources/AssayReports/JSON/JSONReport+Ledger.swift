import AssayMeasurement
import AssayModel

extension JSONWriter {
  /// Rows of the ledger with their names.
  mutating func rows(_ rows: [AuditResult.NamedRow], _ standards: [AuditResult.Standard]) {
    array(rows) { json, named in
      json.object {
        $0.member("name", named.name)
        $0.row(named.row, standards: standards, showsEmptyKinds: false)
      }
    }
  }

  /// The members of one row. Kinds that were not counted at all are left out of the rows by name, or a log of
  /// impressions alone would be five times as long; in the totals they stand with their zeros.
  mutating func row(_ row: LedgerRow, standards: [AuditResult.Standard], showsEmptyKinds: Bool) {
    for kind in LedgerKind.allCases {
      let tally = row[keyPath: kind.path]
      if showsEmptyKinds || !tally.isEmpty { self.tally(tally, kind.rawValue) }
    }
    let headline = row.headlineViewability
    member("measured", headline.measured)
    member("viewable", headline.viewable)
    member("undetermined", headline.undetermined)
    member("measured_rate", millionths: headline.measuredRate?.millionths)
    member("viewable_rate", millionths: headline.viewableRate?.millionths)
    let judged = LedgerKind.allCases.reduce(into: Tally()) { $0 += row[keyPath: $1.path] }
    member("decision_rate_givt", millionths: judged.decisionRateGIVT?.millionths)
    member("decision_rate_sivt", millionths: judged.decisionRateSIVT?.millionths)
    member("viewability") { json in
      json.array(standards.enumerated()) { json, standard in
        json.object { json in
          json.member("standard", standard.element.id)
          for tier in ViewabilityTier.allCases {
            let tallies = tier.of(row)
            let tally = tallies.indices.contains(standard.offset) ? tallies[standard.offset] : ViewabilityTally()
            json.member(tier.rawValue) { $0.viewability(tally) }
          }
        }
      }
    }
  }

  private mutating func tally(_ tally: Tally, _ kind: String) {
    for count in LedgerCount.allCases { member("\(count.rawValue)_\(kind)", count.of(tally)) }
    for value in LedgerValue.allCases {
      member("\(value.rawValue)_\(kind)_value", millionths: value.of(tally).millionths)
    }
    let interval = tally.ivtRate?.interval()?.millionths
    member("invalid_\(kind)_rate", millionths: tally.ivtRate?.millionths)
    member("invalid_\(kind)_rate_low", millionths: interval?.lower)
    member("invalid_\(kind)_rate_high", millionths: interval?.upper)
  }

  private mutating func viewability(_ tally: ViewabilityTally) {
    object {
      $0.member("viewable", tally.viewable)
      $0.member("not_viewable", tally.notViewable)
      $0.member("undetermined", tally.undetermined)
      $0.member("measured_rate", millionths: tally.measuredRate?.millionths)
      $0.member("viewable_rate", millionths: tally.viewableRate?.millionths)
    }
  }
}
