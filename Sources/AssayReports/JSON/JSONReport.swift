public import AssayMeasurement
internal import AssayModel

/// The result as canonical JSON: everything that there is, in a stable order, so that two runs can be compared byte
/// by byte and the result can be read again (`AuditResult(json:)`).
public enum JSONReport: Report {
  /// What it is.
  public static let card = ReportCard(
    id: "json", title: "Everything, for programs", fileExtensions: ["json"], mediaType: "application/json")

  /// The document begins with its schema, with or without spaces.
  public static func isBeginning(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.prefix(64).filter { $0 > 0x20 }.starts(with: "{\"schema\":\"assay/audit/".utf8)
  }

  /// Writes the document and a line end.
  public static func render(_ result: AuditResult, options: ReportOptions, to sink: inout some TextSink) {
    var writer = JSONWriter()
    writer.audit(options.privacy.result(result))
    sink.write(writer.bytes)
    sink.write("\n")
  }
}

extension JSONWriter {
  fileprivate mutating func audit(_ result: AuditResult) {
    let cards = result.detectors.map(\.card)
    object { json in
      json.member("schema", AuditResult.schema)
      json.member("tool") { $0.tool(result.tool) }
      json.member("inputs") { $0.array(result.inputs) { $0.input($1) } }
      json.member("inputs_left_out") { json in
        json.array(result.leftOut) { json, input in
          json.object {
            $0.member("path", input.path)
            $0.member("name", input.name)
            $0.member("reason", input.reason)
          }
        }
      }
      json.member("accounting") { $0.accounting(result.accounting) }
      json.member("issues") { $0.array(result.issues) { $0.issue($1) } }
      json.member("coverage") { json in
        json.object { json in
          for coverage in result.coverage { json.member(coverage.requirement.rawValue) { $0.coverage(coverage) } }
        }
      }
      json.member("standards") { json in
        json.array(result.standards) { json, standard in
          json.object {
            $0.member("id", standard.id)
            $0.member("title", standard.title)
          }
        }
      }
      json.member("counts_rendered_impressions", result.countsRenderedImpressions)
      json.member("judges_pages", result.judgesPages)
      json.member("time_zone", result.timeZone)
      json.member("population") { json in
        json.object {
          $0.member("visitors", result.population.visitors)
          $0.member("sessions", result.population.sessions)
          $0.member("addresses", result.population.addresses)
          $0.member("user_agents", result.population.userAgents)
        }
      }
      json.member("totals") { json in
        json.object {
          $0.member("lines", result.accounting.lines)
          $0.member("events", result.accounting.events)
          $0.row(result.totals, standards: result.standards, showsEmptyKinds: true)
        }
      }
      json.member("by") { json in
        json.object { json in
          for dimension in Dimension.allCases where dimension.rawValue < result.byDimension.count {
            json.member(dimension.name) { $0.rows(result.byDimension[dimension.rawValue], result.standards) }
          }
          json.member("day") { $0.rows(result.byDay, result.standards) }
        }
      }
      json.member("findings") { $0.array(result.detectors) { $0.detector($1) } }
      if !result.networks.isEmpty { json.member("networks") { $0.array(result.networks) { $0.network($1) } } }
      json.member("worst_addresses") { json in
        json.array(result.worstAddresses) { json, entry in
          json.object {
            $0.member("address", entry.address)
            $0.member("events", entry.events)
            $0.member("invalid", entry.invalid)
          }
        }
      }
      json.member("verdicts") { $0.array(result.samples) { $0.verdict($1, cards: cards) } }
    }
  }

  private mutating func tool(_ tool: AuditResult.Tool) {
    object { json in
      json.member("version", tool.version)
      json.member("settings_sha256", tool.settingsSHA256)
      json.member("profile", tool.profile)
      json.member("profile_was_detected", tool.profileWasDetected)
      json.member("lists") { json in
        json.array(tool.lists) { json, list in
          json.object {
            $0.member("name", list.name)
            $0.member("kind", list.kind)
            $0.member("entries", list.entries)
            $0.member("version", orNull: list.version)
            $0.member("sha256", list.sha256)
          }
        }
      }
      json.member("list_remarks") { json in
        json.array(tool.listRemarks) { json, remark in
          json.object {
            $0.member("name", remark.name)
            $0.member("text", remark.text)
          }
        }
      }
    }
  }

  private mutating func input(_ input: AuditResult.Input) {
    object {
      $0.member("path", input.path)
      $0.member("sha256", input.sha256)
      $0.member("bytes", input.bytes)
      $0.member("compression", input.compression)
      $0.member("format", input.format)
      $0.member("lines", input.lines)
      $0.member("events", input.events)
      $0.member("ignored", input.ignored)
      $0.member("unreadable", input.unreadable)
      $0.member("first_time", orNull: input.firstTime.map(TimeText.text))
      $0.member("last_time", orNull: input.lastTime.map(TimeText.text))
    }
  }

  private mutating func accounting(_ accounting: AuditResult.Accounting) {
    object { json in
      json.member("lines", accounting.lines)
      json.member("events", accounting.events)
      json.member("ignored", accounting.ignored)
      json.member("unreadable", accounting.unreadable)
      json.member("outside_period", accounting.outsidePeriod)
      json.member("by_kind") { json in
        json.object { json in
          for (kind, count) in zip(EventKind.allCases, accounting.byKind) { json.member(kind.name, count) }
        }
      }
    }
  }

  private mutating func issue(_ issue: AuditResult.NamedIssue) {
    object { json in
      json.member("name", issue.name)
      json.member("count", issue.entry.count)
      json.member("lines", issue.entry.lines)
      json.member("samples") { json in
        json.array(issue.entry.samples.enumerated()) { json, sample in
          json.object { json in
            json.member("source", sample.element.position.source)
            json.member("offset", sample.element.position.offset)
            let lines = issue.sampleLines
            json.member("line", orNull: lines.indices.contains(sample.offset) ? lines[sample.offset] : nil)
            json.member("column", orNull: sample.element.column)
            json.member("message", sample.element.message)
          }
        }
      }
    }
  }

  private mutating func coverage(_ coverage: AuditResult.Coverage) {
    object {
      $0.member("carried", coverage.carried)
      $0.member("of", coverage.of)
      $0.member("share", millionths: Ratio(coverage.carried, of: coverage.of)?.millionths)
    }
  }

  /// An address, empty for none.
  mutating func member(_ key: String, _ address: Address) { member(key, address.isNone ? "" : address.description) }

  mutating func member(_ key: String, orNull text: String?) {
    if let text { member(key, text) } else { member(key) { $0.null() } }
  }

  mutating func member(_ key: String, orNull number: Int?) {
    if let number { member(key, number) } else { member(key) { $0.null() } }
  }
}
