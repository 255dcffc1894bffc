internal import AssayDetectors
internal import AssayModel
internal import AssayParsing

extension Settings {
  /// Sets a key `detectors.<id>.<name>`; the names `enabled` and `shadow` are those of every detector.
  mutating func setDetector(_ key: String, _ text: String) throws(AssayError) {
    let parts = key.split(separator: ".", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
    let cards = DetectorCatalog.all.map { $0.card }
    guard parts.count == 3, let card = cards.first(where: { $0.id == parts[1] }) else {
      let near = nearest(parts.count > 1 ? parts[1] : "", in: cards.map(\.id))
      let rest = parts.dropFirst(2).map { "." + $0 }.joined()
      throw AssayError(
        .settings, "There is no setting “\(key)”.\(near.map { " Did you mean “detectors.\($0)\(rest)”?" } ?? "")")
    }
    switch parts[2] {
    case "enabled": try insert(card.id, into: \.disabledDetectors, unless: Settings.flag(key, text))
    case "shadow": try insert(card.id, into: \.shadowDetectors, unless: !Settings.flag(key, text))
    default:
      guard let value = Double(text), value.isFinite else {
        throw AssayError(.settings, "\(key) is “\(text)”; it must be a number.")
      }
      // The card's own check names the key, the range and the nearest name.
      _ = try DetectorSettings(card, replacing: [parts[2]: value])
      thresholds[card.id, default: [:]][parts[2]] = value
    }
  }

  private mutating func insert(
    _ id: String, into path: WritableKeyPath<Settings, Set<String>>, unless isOut: Bool
  ) {
    if isOut { self[keyPath: path].remove(id) } else { self[keyPath: path].insert(id) }
  }

  /// Reads a yes or no.
  static func flag(_ key: String, _ text: String) throws(AssayError) -> Bool {
    switch text {
    case "true", "yes", "on": return true
    case "false", "no", "off": return false
    default: throw AssayError(.settings, "\(key) is “\(text)”; it must be true or false.")
    }
  }

  /// What the judge needs to know.
  var judgeSettings: JudgeSettings {
    var judge = JudgeSettings()
    judge.replacements = thresholds
    judge.disabled = disabledDetectors
    judge.shadow = shadowDetectors
    return judge
  }

  /// The settings as canonical lines, `key: value` and where each came from: standard keys first, then what is set of
  /// the detectors in byte order.
  public var lines: [(key: String, value: String, origin: String)] {
    var lines: [(key: String, value: String, origin: String)] = []
    for setting in Setting.all {
      lines.append((setting.key, setting.write(self) ?? "", origins[setting.key] ?? "standard"))
    }
    var detectors: [String: String] = [:]
    for (id, values) in thresholds {
      for (name, value) in values { detectors["detectors.\(id).\(name)"] = "\(value)" }
    }
    for id in disabledDetectors { detectors["detectors.\(id).enabled"] = "false" }
    for id in shadowDetectors { detectors["detectors.\(id).shadow"] = "true" }
    for (key, value) in detectors.sorted(by: { $0.key < $1.key }) {
      lines.append((key, value, origins[key] ?? "standard"))
    }
    return lines
  }

  /// What of the settings can change a result, as canonical text; its hash stands in every report.
  var canonicalText: String {
    let technical = Set(Setting.all.filter { !$0.changesResult }.map(\.key)).union(["profile", "lists"])
    return lines.filter { !technical.contains($0.key) }.map { "\($0.key): \($0.value)\n" }.joined()
  }
}
