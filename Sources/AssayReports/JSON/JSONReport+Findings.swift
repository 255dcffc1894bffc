import AssayMeasurement
import AssayModel

extension JSONWriter {
  /// What one detector is and did.
  mutating func detector(_ result: AuditResult.DetectorResult) {
    let card = result.card
    object { json in
      json.member("detector", card.id)
      json.member("title", card.title)
      json.member("category", card.category.code)
      json.member("mrc", card.category.mrc)
      json.member("reason", card.category.title)
      json.member("family", card.family.name)
      json.member("action", card.action.name)
      json.member("weight", orNull: card.action.hundredths)
      json.member("not_measurable", orNull: result.notMeasurable)
      json.member("events", result.events)
      json.member("primary_events", result.primaryEvents)
      json.member("sessions", result.sessions)
      json.member("money", millionths: result.value.millionths)
      json.member("needs") { $0.array(card.needs) { $0.text($1.rawValue) } }
      json.member("summary", card.summary)
      json.member("fools_it", card.foolsIt)
      json.member("measures") { json in
        json.array(card.measures) { json, measure in
          json.object {
            $0.member("name", measure.name)
            $0.member("unit", measure.unit)
          }
        }
      }
      json.member("thresholds") { $0.array(card.thresholds) { $0.threshold($1) } }
      json.member("references") { $0.array(card.references) { $0.text($1) } }
    }
  }

  private mutating func threshold(_ threshold: DetectorCard.Threshold) {
    object {
      $0.member("name", threshold.name)
      $0.member("standard", number: threshold.standard)
      $0.member("least", number: threshold.range.lowerBound)
      $0.member("most", number: threshold.range.upperBound)
      $0.member("unit", threshold.unit)
      $0.member("origin", threshold.origin)
    }
  }

  /// A setting as the shortest decimal that reads back as the same number; null for no bound.
  private mutating func member(_ key: String, number: Double) {
    member(key) { $0.literal(number.isFinite ? "\(number)" : "null") }
  }

  /// A flagged event with its evidence.
  mutating func verdict(_ sample: AuditResult.Sample, cards: [DetectorCard]) {
    let judged = sample.event
    let event = judged.event
    object { json in
      json.member("subject", judged.id)
      json.member("path", judged.source)
      json.member("line", judged.line)
      json.member("line_sha256", sample.lineSHA256)
      json.member("time", TimeText.text(event.time))
      json.member("kind", event.kind.name)
      json.member("impression_id", orNull: judged.impressionID)
      json.member("impression_hash", Numbers.hex(event.impression))
      json.member("session", Numbers.hex(judged.session))
      json.member("visitor", Numbers.hex(event.visitor))
      json.member("visitor_key", event.key.name)
      json.member("address", event.address)
      json.member("user_agent", orNull: judged.userAgent)
      for dimension in Dimension.allCases { json.member(dimension.name, judged.name(dimension)) }
      json.member("price", millionths: event.value.millionths)
      json.member("status", Int(event.status))
      json.member("class", judged.trafficClass.name)
      json.member("undecided", judged.undecided)
      json.member("category", orNull: judged.category?.code)
      json.member("mrc", orNull: judged.category?.mrc)
      json.member("reason", orNull: judged.category?.title)
      json.member("score") { $0.literal(Numbers.hundredths(judged.score)) }
      json.member("viewable", judged.viewability.name)
      json.member("detectors") { $0.array(judged.detectors) { $0.text($1) } }
      json.member("evidence") { json in
        json.array(judged.evidence) { json, evidence in
          let finding = evidence.finding
          json.object { json in
            let measure = cards.measure(of: finding)
            json.member("detector", cards.card(of: finding)?.id ?? "")
            json.member("measure", measure?.name ?? "")
            json.member("observed", millionths: finding.observed)
            json.member("threshold", millionths: finding.threshold)
            json.member("unit", measure?.unit ?? "")
            json.member("reason", orNull: evidence.reason)
            json.member("network", orNull: evidence.network)
            json.member("source", finding.position.source)
            json.member("offset", finding.position.offset)
            json.member("line_sha256", finding.position == event.position ? sample.lineSHA256 : "")
          }
        }
      }
    }
  }
}
