internal import AssayModel

/// Writes a profile as YAML with comments, to start one's own from (`assay profiles show NAME`). What it writes reads
/// back as the same profile.
public enum ProfileText {
  /// The YAML text of a profile.
  public static func yaml(_ profile: Profile) -> String {
    var text = Text()
    text.comment("A profile says how an ad server writes its log. Every key but `name` may be left out.")
    text.add("name", quoted(profile.name))
    text.add("title", quoted(profile.title))
    if !profile.about.isEmpty { text.add("about", quoted(profile.about)) }
    text.comment("The log format: its id (assay formats), a pasted format string, or null to look at the input.")
    text.add("format", profile.format.map(quoted) ?? "null")
    text.comment("rendered: an impression counts when the ad begins to render (MRC). tracked: anything less.")
    text.add("impressions", profile.countsRendered ? "rendered" : "tracked")
    text.comment("true judges page views: a log without ads.")
    text.add("judge-pages", "\(profile.judgesPages)")
    text.comment("What each request is: the first rule whose conditions all hold; a request without one is a page.")
    text.comment("kind: \((EventKind.allCases.map(\.name) + ["ignore"]).joined(separator: ", ")).")
    text.comment("Conditions: method, host, path (* stands for anything), status (from-to), has, equals.")
    text.list("rules", profile.rules.map(rule))
    text.comment("Where each fact stands; the first place that says something counts.")
    text.comment("Places: \(Place.forms.joined(separator: ", ")).")
    let known = Fact.allCases.filter { profile.facts[$0]?.isEmpty == false }
    text.map("facts", known.map { ($0.rawValue, flow((profile.facts[$0] ?? []).map(\.text))) })
    text.comment("How prices and values are written: unit (this one event), cpm (a thousand of them), micros.")
    text.add("price-scale", profile.priceScale.rawValue)
    text.comment("Conditions of which any makes an event a declared test, or says that the ad is a video.")
    text.list("test", profile.test.map(condition))
    text.list("video", profile.video.map(condition))
    text.comment("What the ad server itself says about viewability (yes, no, undetermined); the first that holds.")
    text.list(
      "viewability", profile.viewability.map { [("says", $0.says.name)] + condition($0.condition) })
    text.comment("Values that mean “no id” in visitor, impression and order ids, beside the empty one.")
    text.add("blank-ids", flow(profile.blankIDs))
    text.comment(
      "How macros are written; one left unexpanded is an issue: square [A], dollar ${A}, percent %%A%%, brace {a}.")
    text.add("macros", "[\(profile.macros.map(\.rawValue).joined(separator: ", "))]")
    text.comment("Proxies whose X-Forwarded-For is believed, and networks of one's own, whose events are tests.")
    text.add("trusted-hops", flow(profile.trustedHops.map(\.description)))
    text.add("internal-networks", flow(profile.internalNetworks.map(\.description)))
    text.comment("inexact: addresses are cut short or made up, and not looked up in lists.")
    text.add("addresses", profile.addressesAreInexact ? "inexact" : "exact")
    return text.content
  }

  private static func rule(_ rule: Rule) -> [(String, String)] {
    var lines = [("kind", rule.kind?.name ?? "ignore")]
    if let percent = rule.percent { lines.append(("percent", "\(percent)")) }
    if !rule.omits.isEmpty { lines.append(("omits", flow(rule.omits.map(\.rawValue)))) }
    return lines + condition(rule.condition)
  }

  private static func condition(_ condition: Condition) -> [(String, String)] {
    var lines: [(String, String)] = []
    if !condition.methods.isEmpty { lines.append(("method", flow(condition.methods))) }
    if !condition.hosts.isEmpty { lines.append(("host", flow(condition.hosts.map(\.text)))) }
    if !condition.paths.isEmpty { lines.append(("path", flow(condition.paths.map(\.text)))) }
    if let status = condition.status { lines.append(("status", "\(status.lowerBound)-\(status.upperBound)")) }
    if !condition.has.isEmpty { lines.append(("has", flow(condition.has.map(\.text)))) }
    if !condition.equals.isEmpty {
      let pairs = condition.equals.map { "\(quoted($0.place.text)): \(flow($0.values))" }
      lines.append(("equals", "{\(pairs.joined(separator: ", "))}"))
    }
    return lines
  }

  private static func flow(_ values: [String]) -> String { "[\(values.map(quoted).joined(separator: ", "))]" }

  /// A double-quoted scalar (YAML 1.2 §7.3.1): what is not printable ASCII or a letter beyond it is escaped.
  static func quoted(_ value: String) -> String {
    var text = "\""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\t": text += "\\t"
      default:
        let isPlain = (0x20..<0x7f).contains(scalar.value) || scalar.value >= 0xa0 && scalar.properties.isGraphic
        let digits = String(scalar.value, radix: 16)
        text += isPlain ? String(scalar) : "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
      }
    }
    return text + "\""
  }

  /// Lines of YAML.
  private struct Text {
    var content = ""

    mutating func comment(_ line: String) { content += "# \(line)\n" }

    mutating func add(_ key: String, _ value: String) { content += "\(key): \(value)\n" }

    /// A list of small maps, each key on its own line; a map without keys is `{}`.
    mutating func list(_ key: String, _ items: [[(String, String)]]) {
      content += items.isEmpty ? "\(key): []\n" : "\(key):\n"
      for item in items {
        if item.isEmpty { content += "  - {}\n" }
        for (index, line) in item.enumerated() {
          content += "\(index == 0 ? "  - " : "    ")\(line.0): \(line.1)\n"
        }
      }
    }

    mutating func map(_ key: String, _ lines: [(String, String)]) {
      content += lines.isEmpty ? "\(key): {}\n" : "\(key):\n"
      for line in lines { content += "  \(line.0): \(line.1)\n" }
    }
  }
}

extension Unicode.Scalar.Properties {
  /// Whether the character is drawn and cannot act on a terminal or a parser.
  fileprivate var isGraphic: Bool {
    switch generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: false
    default: true
    }
  }
}
