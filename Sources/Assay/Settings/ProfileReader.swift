internal import AssayIngest
public import AssayModel
public import AssayParsing
internal import Yams

/// Reads a profile from YAML: what `ProfileText` writes. Whatever is not understood is an error that says where and
/// names the nearest thing that would have been.
public enum ProfileReader {
  /// The profile in a YAML text.
  ///
  /// - Parameters:
  ///   - text: the YAML.
  ///   - source: the file, for errors.
  /// - Throws: `settings` with file, line and column: no YAML, an unknown key, a wrong value or type.
  public static func profile(yaml text: String, source: String) throws(AssayError) -> Profile {
    let node = try ProfileNode(yaml: text, source: source)
    let keys = try node.map(of: Key.allCases.map(\.rawValue))
    guard let name = keys[Key.name.rawValue] else {
      throw node.error("a profile needs a `name`.")
    }
    let id = try name.text()
    if id.isEmpty { throw name.error("a profile needs a `name` of at least one letter.") }
    var profile = Profile(name: id, title: id)
    for key in Key.allCases {
      if let value = keys[key.rawValue] { try read(key, value, into: &profile) }
    }
    do throws(AssayError) {
      _ = try LineMapper(profile: profile, options: MapOptions())
    } catch {
      throw (try excess(profile, keys) ?? node).error(error.message)
    }
    return profile
  }

  /// What names more places than a line can hold: the fact at which they become too many, or the rules or conditions.
  private static func excess(_ profile: Profile, _ keys: [String: ProfileNode]) throws(AssayError) -> ProfileNode? {
    var part = Profile(name: profile.name, title: profile.title)
    func isTooMuch() -> Bool { (try? LineMapper(profile: part, options: MapOptions())) == nil }
    let facts = try keys[Key.facts.rawValue]?.map(of: Fact.allCases.map(\.rawValue)) ?? [:]
    for fact in Fact.allCases {
      part.facts[fact] = profile.facts[fact]
      if isTooMuch() { return facts[fact.rawValue] }
    }
    part.rules = profile.rules
    if isTooMuch() { return keys[Key.rules.rawValue] }
    part.test = profile.test
    if isTooMuch() { return keys[Key.test.rawValue] }
    part.video = profile.video
    if isTooMuch() { return keys[Key.video.rawValue] }
    return keys[Key.viewability.rawValue]
  }

  /// The keys of a profile.
  private enum Key: String, CaseIterable {
    case name, title, about, format, impressions
    case judgePages = "judge-pages"
    case rules, facts
    case priceScale = "price-scale"
    case test, video, viewability
    case blankIDs = "blank-ids"
    case macros
    case trustedHops = "trusted-hops"
    case internalNetworks = "internal-networks"
    case addresses
  }

  private static func read(_ key: Key, _ node: ProfileNode, into profile: inout Profile) throws(AssayError) {
    switch key {
    case .name: break
    case .title: profile.title = try node.text()
    case .about: profile.about = try node.text()
    case .format: profile.format = node.isNull ? nil : try format(node)
    case .impressions:
      profile.countsRendered = try node.choice(["rendered": true, "tracked": false])
    case .judgePages: profile.judgesPages = try node.choice(["true": true, "false": false])
    case .rules: profile.rules = try node.list { item throws(AssayError) in try rule(item) }
    case .facts: profile.facts = try facts(node)
    case .priceScale: profile.priceScale = try node.choice(byName(PriceScale.allCases))
    case .test: profile.test = try conditions(node)
    case .video: profile.video = try conditions(node)
    case .viewability: profile.viewability = try node.list { item throws(AssayError) in try declaration(item) }
    case .blankIDs: profile.blankIDs = try node.texts()
    case .macros:
      let styles = byName(MacroStyle.allCases)
      profile.macros = try node.list { item throws(AssayError) in try item.choice(styles) }
    case .trustedHops: profile.trustedHops = try node.list { item throws(AssayError) in try prefix(item) }
    case .internalNetworks: profile.internalNetworks = try node.list { item throws(AssayError) in try prefix(item) }
    case .addresses: profile.addressesAreInexact = try node.choice(["exact": false, "inexact": true])
    }
  }

  /// A format's name or string, which is tried at once: here its place is known.
  private static func format(_ node: ProfileNode) throws(AssayError) -> String {
    let text = try node.text()
    do throws(AssayError) {
      _ = try FormatCatalog.format(named: text)
    } catch {
      throw node.error(error.message)
    }
    return text
  }

  private static func byName<Value: RawRepresentable>(_ values: [Value]) -> [String: Value]
  where Value.RawValue == String {
    Dictionary(uniqueKeysWithValues: values.map { ($0.rawValue, $0) })
  }

  // MARK: Rules and conditions

  private static let conditionKeys = ["method", "host", "path", "status", "has", "equals"]

  private static func rule(_ node: ProfileNode) throws(AssayError) -> Rule {
    let keys = try node.map(of: ["kind", "percent", "omits"] + conditionKeys)
    guard let name = keys["kind"] else { throw node.error("a rule needs a `kind`.") }
    var kinds: [String: EventKind?] = ["ignore": nil]
    for kind in EventKind.allCases { kinds[kind.name] = .some(kind) }
    var rule = Rule(try name.choice(kinds), when: try condition(keys))
    if let percent = keys["percent"] { rule.percent = try percent.number(0...100) }
    if let omits = keys["omits"] {
      let facts = byName(Fact.allCases)
      rule.omits = try omits.list { item throws(AssayError) in try item.choice(facts) }
    }
    return rule
  }

  private static func declaration(_ node: ProfileNode) throws(AssayError) -> Declaration {
    let keys = try node.map(of: ["says"] + conditionKeys)
    guard let says = keys["says"] else { throw node.error("a declaration needs `says`: yes, no or undetermined.") }
    let names = Dictionary(uniqueKeysWithValues: Viewability.allCases.map { ($0.name, $0) })
    return Declaration(try says.choice(names), when: try condition(keys))
  }

  private static func conditions(_ node: ProfileNode) throws(AssayError) -> [Condition] {
    try node.list { item throws(AssayError) in try condition(try item.map(of: conditionKeys)) }
  }

  private static func condition(_ keys: [String: ProfileNode]) throws(AssayError) -> Condition {
    var condition = Condition()
    if let node = keys["method"] { condition.methods = try node.texts() }
    if let node = keys["host"] { condition.hosts = try node.texts().map { Glob($0) } }
    if let node = keys["path"] { condition.paths = try node.texts().map { Glob($0) } }
    if let node = keys["status"] { condition.status = try status(node) }
    if let node = keys["has"] { condition.has = try places(node) }
    if let node = keys["equals"] {
      for (key, value) in try node.pairs() {
        condition.equals.append(.init(try place(key), try value.texts()))
      }
    }
    return condition
  }

  /// `200`, or `200-299`.
  private static func status(_ node: ProfileNode) throws(AssayError) -> ClosedRange<Int> {
    let text = try node.text()
    let parts = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count <= 2, let first = parts.first, let low = first, let last = parts.last, let high = last,
      (0...999).contains(low), (low...999).contains(high)
    else { throw node.error("`\(text)` is no status; write 200 or 200-299.") }
    return low...high
  }

  // MARK: Facts

  private static func facts(_ node: ProfileNode) throws(AssayError) -> [Fact: [Place]] {
    var facts: [Fact: [Place]] = [:]
    let keys = try node.map(of: Fact.allCases.map(\.rawValue))
    for fact in Fact.allCases {
      if let value = keys[fact.rawValue] { facts[fact] = try places(value) }
    }
    return facts
  }

  private static func places(_ node: ProfileNode) throws(AssayError) -> [Place] {
    try node.list { item throws(AssayError) in try place(item) }
  }

  private static func place(_ node: ProfileNode) throws(AssayError) -> Place {
    let text = try node.text()
    guard let place = Place(text) else {
      let kind = text.split(separator: ":", omittingEmptySubsequences: false).first.map(String.init) ?? text
      let kinds = Place.forms.map { form in form.prefix { $0 != ":" } }.map(String.init)
      let near = nearest(kind, in: kinds).flatMap { kind in Place.forms.first { $0.hasPrefix(kind) } }
      throw node.error(
        "`\(text)` is no place\(near.map { "; the nearest is `\($0)`" } ?? ""). Known: "
          + "\(Place.forms.joined(separator: ", ")).")
    }
    return place
  }

  private static func prefix(_ node: ProfileNode) throws(AssayError) -> AddressPrefix {
    let text = try node.text()
    guard let prefix = AddressPrefix(text) else {
      throw node.error("`\(text)` is no network; write 192.0.2.0/24, 2001:db8::/32 or one address.")
    }
    return prefix
  }
}

extension ProfileReader {
  /// The profile of a name: a built-in one, or else the profile file at that path.
  ///
  /// - Throws: `settings` where it is neither, with the nearest built-in one, or where the file is wrong.
  public static func profile(named name: String) throws(AssayError) -> Profile {
    if let profile = ProfileCatalog.profile(named: name) { return profile }
    guard name.contains("/") || name.contains(".") else {
      let near = nearest(name, in: ProfileCatalog.all.map(\.name)).map { " Did you mean “\($0)”?" } ?? ""
      throw AssayError(
        .settings,
        "There is no profile “\(name)”.\(near) `assay profiles` lists them; a file needs a path such as ./\(name).yaml."
      )
    }
    guard let text = String(validating: try readWholeFile(name), as: UTF8.self) else {
      throw AssayError(.settings, "This is no text in UTF-8.", at: .init(source: name))
    }
    return try profile(yaml: text, source: name)
  }
}
