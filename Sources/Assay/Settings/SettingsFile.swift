internal import AssayDetectors
internal import AssayIngest
public import AssayModel
internal import AssayParsing
internal import Yams

extension Settings {
  /// Lays a settings file (YAML) over what is there: nested keys are joined with dots, so that
  /// `detectors: {fast-click: {minimum: 500}}` sets `detectors.fast-click.minimum`.
  ///
  /// - Throws: `settings` with file, line and column for what is no YAML, an unknown key or a value that cannot be.
  public mutating func read(file path: String) throws(AssayError) {
    guard let text = String(validating: try readWholeFile(path), as: UTF8.self) else {
      throw AssayError(.settings, "This is no text in UTF-8.", at: .init(source: path))
    }
    settingsFiles.append(path)
    let root: Node?
    do {
      root = try Yams.compose(yaml: text)
    } catch {
      throw AssayError(readingYAML: error, of: path)
    }
    guard let root else { return }
    guard case .mapping(let mapping) = root else {
      throw AssayError(.settings, "A settings file is a list of “key: value”.", at: root.location(in: path))
    }
    try read(mapping, prefix: "", path)
  }

  private mutating func read(_ mapping: Node.Mapping, prefix: String, _ path: String) throws(AssayError) {
    for (key, value) in mapping {
      guard case .scalar(let name) = key else {
        throw AssayError(.settings, "A key must be a word.", at: key.location(in: path))
      }
      switch value {
      case .mapping where prefix == "detectors." && !DetectorCatalog.all.contains { $0.card.id == name.string }:
        let near = nearest(name.string, in: DetectorCatalog.all.map { $0.card.id })
        throw AssayError(
          .settings, "There is no detector “\(name.string)”.\(near.map { " Did you mean “\($0)”?" } ?? "")",
          at: key.location(in: path))
      case .mapping(let inner): try read(inner, prefix: prefix + name.string + ".", path)
      case .scalar(let scalar):
        do throws(AssayError) {
          try set(prefix + name.string, scalar.string, from: path)
        } catch {
          var located = error
          located.location = key.location(in: path)
          throw located
        }
      case .sequence(let items) where Setting.all.contains { $0.key == prefix + name.string && $0.takesSeveral }:
        let texts = items.compactMap(\.scalar?.string)
        guard texts.count == items.count, !texts.contains(where: { $0.contains(",") }) else {
          throw AssayError(
            .settings, "\(prefix + name.string) must be texts without commas.", at: value.location(in: path))
        }
        try set(prefix + name.string, texts.joined(separator: ","), from: path)
      default:
        throw AssayError(.settings, "\(prefix + name.string) must be one value.", at: value.location(in: path))
      }
    }
  }

  /// Lays the environment's `ASSAY_…` variables over what is there.
  ///
  /// - Throws: `settings` for a value that cannot be.
  public mutating func read(environment: [String: String]) throws(AssayError) {
    for setting in Setting.all {
      guard let value = environment[setting.variable] else { continue }
      do throws(AssayError) {
        try set(setting.key, value, from: setting.variable)
      } catch {
        var located = error
        located.location = .init(source: setting.variable)
        throw located
      }
    }
  }

  /// A sentence for each `ASSAY_…` variable of the environment that sets nothing, in byte order of their names: most
  /// likely a name that somebody mistyped.
  public static func remarks(onEnvironment environment: [String: String]) -> [String] {
    let known = Setting.all.map(\.variable)
    return environment.keys.filter { $0.hasPrefix("ASSAY_") && !known.contains($0) }
      .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      .map { name in
        let near = nearest(name, in: known).map { " Did you mean \($0)?" } ?? ""
        return printableText("The variable \(name) sets nothing: no setting has it.\(near)".utf8)
      }
  }

  /// The effective settings as a settings file, each with its meaning and where it came from.
  public var yaml: String {
    let help = Dictionary(uniqueKeysWithValues: Setting.all.map { ($0.key, $0.help) })
    return lines.map { line in
      let comment = help[line.key].map { "# \($0)\n" } ?? ""
      let isUnset = line.value.isEmpty
      return "\(comment)\(isUnset ? "# " : "")\(line.key): \(isUnset ? "" : quoted(line.value))  # \(line.origin)\n"
    }.joined(separator: "\n")
  }

  private func quoted(_ value: String) -> String {
    let isPlain = value.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "./_-".contains($0)) }
    return isPlain ? value : "'" + value.replacing("'", with: "''") + "'"
  }
}
