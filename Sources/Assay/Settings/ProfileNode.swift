internal import AssayModel
internal import AssayParsing
internal import Yams

/// A YAML node that knows where it stands, and reads itself strictly.
struct ProfileNode {
  private let node: Node
  private let source: String

  private init(_ node: Node, source: String) {
    self.node = node
    self.source = source
  }

  /// The one document of a text.
  ///
  /// - Throws: `settings` where the text is no YAML, or empty.
  init(yaml text: String, source: String) throws(AssayError) {
    do {
      guard let node = try Yams.compose(yaml: text) else {
        throw AssayError(.settings, "the profile is empty.", at: .init(source: source))
      }
      self.init(node, source: source)
    } catch let error as AssayError {
      throw error
    } catch {
      throw AssayError(readingYAML: error, of: source)
    }
  }

  /// An error about this node.
  func error(_ message: String) -> AssayError {
    AssayError(
      .settings, message, at: .init(source: source, line: node.mark?.line, column: node.mark?.column))
  }

  /// Whether nothing is written, or `null` without quotes.
  var isNull: Bool {
    guard case .scalar(let scalar) = node, scalar.style == .any || scalar.style == .plain else { return false }
    return ["", "~", "null"].contains(scalar.string)
  }

  /// A single value as text.
  func text() throws(AssayError) -> String {
    guard case .scalar(let scalar) = node, !isNull else { throw error("a single value must stand here.") }
    return scalar.string
  }

  /// Several texts; one alone may stand without brackets.
  func texts() throws(AssayError) -> [String] { try list { item throws(AssayError) in try item.text() } }

  /// Several things; one alone may stand without brackets.
  func list<Value>(_ read: (ProfileNode) throws(AssayError) -> Value) throws(AssayError) -> [Value] {
    if isNull { return [] }
    guard case .sequence(let items) = node else { return [try read(self)] }
    var values: [Value] = []
    for item in items { values.append(try read(ProfileNode(item, source: source))) }
    return values
  }

  /// Keys and values in their order.
  func pairs() throws(AssayError) -> [(ProfileNode, ProfileNode)] {
    guard case .mapping(let mapping) = node else { throw error("keys with values must stand here.") }
    return mapping.map { (ProfileNode($0.key, source: source), ProfileNode($0.value, source: source)) }
  }

  /// Values by their keys, which must be among the known ones.
  func map(of known: [String]) throws(AssayError) -> [String: ProfileNode] {
    var values: [String: ProfileNode] = [:]
    for (key, value) in try pairs() {
      let name = try key.text()
      guard known.contains(name) else { throw key.error(unknown("key", name, known)) }
      values[name] = value
    }
    return values
  }

  /// One of a few words.
  func choice<Value>(_ values: [String: Value]) throws(AssayError) -> Value {
    let name = try text()
    guard let value = values[name] else { throw error(unknown("value", name, values.keys.sorted())) }
    return value
  }

  /// A whole number in a range.
  func number(_ range: ClosedRange<Int>) throws(AssayError) -> Int {
    let text = try text()
    guard let value = Int(text), range.contains(value) else {
      throw error("`\(text)` is no whole number from \(range.lowerBound) to \(range.upperBound).")
    }
    return value
  }

  private func unknown(_ what: String, _ name: String, _ known: [String]) -> String {
    let near = nearest(name, in: known).map { "; the nearest is `\($0)`" } ?? ""
    return "unknown \(what) `\(name)`\(near). Known: \(known.joined(separator: ", "))."
  }
}
